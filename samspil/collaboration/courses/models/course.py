"""A course, the people it is about, and who takes part in which role."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.foundation.access.models import ItemBacked, Space, Subject, Walled
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.organisations.models import Membership, Unit

ROLE_LENGTH = 60


class Course(ItemBacked):
    """A course: an item of identity about the people in focus, with a space of its own."""

    space = models.OneToOneField(Space, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()


class CoursePerson(ItemBacked):
    """Somebody the course is about, in roles of the programme: an item of identity about that person."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=120, blank=True)
    """As it was when the person came in: whoever takes part reads it, also without the record."""
    born = models.DateField(null=True, blank=True)
    roles = ArrayField(models.CharField(max_length=ROLE_LENGTH))
    is_in_focus = models.BooleanField(default=False)
    """What is noted about the course as such is about these."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "subject"], name="course_person_once"),
        ]


class Participant(models.Model):
    """Who fills a role of the programme in one course. What that opens stands in the ledger."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=ROLE_LENGTH)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    accepted_on = models.DateField(null=True, blank=True)
    starts = models.DateField()
    ends = models.DateField(default=NEVER)

    objects = Walled()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts__lte=F("ends")), name="participant_dates_in_order"),
            models.UniqueConstraint(
                fields=["space", "role", "membership"],
                condition=Q(ends=NEVER),
                name="participant_once_a_role",
            ),
        ]
        indexes = [
            models.Index(
                fields=["membership", "ends"], include=["space", "role"], name="participant_of_post"
            ),
            models.Index(fields=["unit", "ends"], include=["space", "role"], name="participant_of_unit"),
        ]
