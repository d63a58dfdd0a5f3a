"""A course is closed: why, what is left to somebody else, which consents were looked at, and the copies."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.models.facts import Fact
from samspil.foundation.access.models import ItemBacked, Space, Subject
from samspil.foundation.desk.models import StoredFile


class ClosingReason(models.TextChoices):
    """Why a course ended."""

    REACHED = "goals-reached", _("The family has what it needs")
    HANDED_OVER = "handed-over", _("Somebody else goes on helping the family")
    FAMILY_WISHES = "family-wishes", _("The family does not want to go on")
    MOVED = "moved", _("The family has moved")
    NOT_FITTING = "not-fitting", _("It turned out that other help fits better")
    OTHER = "other", _("Another reason")


class ConsentReview(ItemBacked):
    """Everything that may be shared was looked at, one by one. `kept` holds on until its own end."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, related_name="+")
    kept = ArrayField(models.UUIDField(), default=list, blank=True)
    """The bases that still hold; those that were stopped say so themselves."""


class Remainder(ItemBacked):
    """What is left when a course ends, and who takes over: one open thing, or the course as a whole."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    thing = models.UUIDField(null=True, blank=True)
    """The item that is still open: an agreement, an effort. None: the whole, in words for the family."""
    title = models.CharField(max_length=500, blank=True)
    """How the thing was called when this was written."""
    words = models.TextField()
    noted_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )


class FamilyCopy(ItemBacked):
    """The copy of a course that one of its people gets, or why they did not get one.

    The file is its maker's alone: it holds several categories, and nobody else may see them all at once.
    That it was given is a fact of the course.
    """

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    why_not = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, why_not="") & ~Q(sha256="")
                | Q(file__isnull=True, sha256="") & ~Q(why_not=""),
                name="family_copy_or_why_not",
            ),
        ]


class Closing(ItemBacked):
    """How a course was closed: why, what remains, and how long what was written is kept.

    It holds while its fact does: a course is opened again by withdrawing the fact, with a reason.
    """

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(ConsentReview, on_delete=models.PROTECT, related_name="+")
    remainder = models.ForeignKey(Remainder, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=ClosingReason.choices)
    retention = models.CharField(max_length=40)
    deleted_on = models.DateField(null=True, blank=True)
    """When what was written is deleted; none where it waits for an archive or a decision."""
    closed_on = models.DateField()
