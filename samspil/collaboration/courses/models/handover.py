"""A role or the coordination is handed over: asked for, answered, with words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.models.course import ROLE_LENGTH
from samspil.foundation.access.models import ItemBacked, Space, Walled
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.organisations.models import Membership


class Handover(models.Model):
    """The coordination is asked to pass from one colleague to another, on whatever occasion.

    It says nothing of the family, so whoever stands in the space sees it; its words are an item of their own.
    """

    class Kind(models.TextChoices):
        STAFF = "staff", _("Another colleague takes over")
        SECTOR = "sector", _("From the region to the municipality, or back")
        MUNICIPALITY = "municipality", _("The family moves to another municipality")
        ADULTHOOD = "adulthood", _("A young person comes of age")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    from_role = models.CharField(max_length=ROLE_LENGTH)
    to_role = models.CharField(max_length=ROLE_LENGTH)
    giver = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    receiver = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    requested_on = models.DateField()
    overlap_until = models.DateField(null=True, blank=True)
    """The last day on which both take part; none where the former one stays."""

    objects = Walled()


class HandoverAnswer(models.Model):
    """How an asked handover ended. One a handover: the second finds the first."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    handover = models.OneToOneField(
        Handover, primary_key=True, on_delete=models.PROTECT, related_name="answer"
    )
    answer = models.CharField(max_length=10, choices=Answer.choices)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()

    objects = Walled()


class HandoverWords(ItemBacked):
    """Why, what matters most and what stood open on that day; or why somebody said no."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+", db_index=False)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    matters = models.TextField(blank=True)
    open_steps = models.JSONField(default=list)
    reply = models.TextField(blank=True)
