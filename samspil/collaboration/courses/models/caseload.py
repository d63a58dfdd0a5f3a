"""How much one coordinator may carry, as a unit has set it from a day on."""

from django.db import models
from django.db.models import Q

from samspil.foundation.kernel.ids import new_id
from samspil.foundation.organisations.models import Authority, Membership, Unit


class CaseloadCeiling(models.Model):
    """A ceiling that a leader has set for a unit and the units below it; empty: none from that day on.

    Rows are only added. The newest that has begun holds, the unit's own before that of a unit above.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    ceiling = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    starts = models.DateField()
    set_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ceiling__isnull=True) | Q(ceiling__gt=0), name="caseload_ceiling_is_above_nothing"
            ),
        ]
        indexes = [models.Index(fields=["authority", "starts"], name="caseload_ceiling_of")]
