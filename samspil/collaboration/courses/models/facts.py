"""What happened in a course, by kinds that the definitions name."""

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from samspil.collaboration.courses.models.course import ROLE_LENGTH
from samspil.foundation.access.models import ItemBacked, Space


class FactKind(models.Model):
    """The vocabulary as the wall needs it: the attributes of a kind, and which reach the engine."""

    kind = models.CharField(primary_key=True, max_length=ROLE_LENGTH)
    category = models.IntegerField()
    attributes = ArrayField(models.CharField(max_length=ROLE_LENGTH))
    clock = ArrayField(models.CharField(max_length=ROLE_LENGTH))
    also = ArrayField(models.IntegerField(), default=list)
    """The categories under which it may stand beside its own, one at a time."""

    class Meta:
        db_table = "courses_fact_kind"


class Remark(ItemBacked):
    """Words that a fact points to: why it was corrected, why a step was left out."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()


class Fact(ItemBacked):
    """Something that happened. `on_day` is the Danish day of it, `at` the instant where the kind has one."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=ROLE_LENGTH)
    on_day = models.DateField()
    at = models.DateTimeField(null=True, blank=True)
    noted_at = models.DateTimeField()
    by_role = models.CharField(max_length=ROLE_LENGTH, blank=True)
    attributes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    remark = models.ForeignKey(Remark, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | Q(remark__isnull=False), name="correction_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["space", "kind"], name="fact_of_kind"),
            models.Index(fields=["space", "on_day"], name="fact_by_day"),
        ]
