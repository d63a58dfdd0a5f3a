"""What was answered at a step: written once, never changed, without any person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.ids import new_id


class Answer(models.TextChoices):
    """Does this step work?"""

    WORKS = "works", _("Yes, it works")
    ADAPTED = "adapted", _("Yes, but we do it differently")
    FAILS = "fails", _("No, it does not work")
    UNKNOWN = "unknown", _("I do not know yet")


class Experience(models.Model):
    """One answer about one step of one version. Who gave it is nowhere in the row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    step = models.CharField(max_length=80)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    text = models.CharField(max_length=500, blank=True)
    role = models.CharField(max_length=40)
    organisation = models.CharField(max_length=40)
    """The kind of authority: municipality, region … never which one."""
    told_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["key", "version", "step"], name="experience_of_step")]
