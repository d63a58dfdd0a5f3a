"""Meetings of a course: who is invited, what is talked about, decided and written. Rows are only added."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspil.collaboration.journal.models import ChildView
from samspil.foundation.access.models import ItemBacked, Space, Subject
from samspil.foundation.organisations.models import Membership

_WORD, _LINE = 40, 500


class PlaceCode(models.TextChoices):
    """What kind of place a meeting is at. The code may stand in a fact, the address never."""

    OFFICE = "office", _("At a professional's workplace")
    HOME = "home", _("At the family's home")
    WARD = "ward", _("On the ward")
    SCHOOL = "school", _("At the school or day-care")
    ONLINE = "online", _("On video")
    PHONE = "phone", _("On the phone")
    OTHER = "other", _("Somewhere else")


class ReplyAnswer(models.TextChoices):
    """What somebody answers to an invitation."""

    COMING = "coming", _("Is coming")
    OTHER = "other", _("Would like another time or place")
    NOT_COMING = "not-coming", _("Is not coming")


class Presence(models.TextChoices):
    """Whether somebody took part."""

    HERE = "here", _("In the room")
    REMOTE = "remote", _("On the phone or video")
    ABSENT = "absent", _("Not here")


class Meeting(ItemBacked):
    """A meeting that was arranged. When it is now, and how it went, follow from the rows about it."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=_WORD)
    """As the steps of the model name it."""
    starts_at = models.DateTimeField()
    length = models.PositiveSmallIntegerField()
    purpose = models.TextField()
    called_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="meeting_says_why"),
            models.CheckConstraint(condition=Q(length__gte=1), name="meeting_has_a_length"),
        ]


class MeetingMove(ItemBacked):
    """A meeting got another time. The newest one holds."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    length = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=_LINE)


class MeetingPlace(ItemBacked):
    """Where a meeting is: an item of its own, since it may tell where a protected person is."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=_WORD, choices=PlaceCode.choices)
    text = models.CharField(max_length=_LINE, blank=True)


class MeetingEnd(ItemBacked):
    """How a meeting ended: it was held, or called off with a reason."""

    class Outcome(models.TextChoices):
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Called off")

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=_WORD, choices=Outcome.choices)
    on = models.DateField()
    noted_on = models.DateField()
    reason = models.CharField(max_length=_LINE, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="held") | ~Q(reason=""), name="meeting_is_called_off_for_a_reason"
            ),
            models.CheckConstraint(condition=Q(on__lte=F("noted_on")), name="meeting_end_dates_in_order"),
        ]


class Invitation(ItemBacked):
    """Somebody is asked to a meeting: one of the team, somebody of the family, or another by name."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    """Of somebody in the family's network, with what they are to the family."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, person__isnull=True, name="")
                | Q(post__isnull=True, person__isnull=False, name="")
                | Q(post__isnull=True, person__isnull=True) & ~Q(name=""),
                name="invitation_is_to_one",
            ),
        ]
        indexes = [models.Index(fields=["post", "meeting"], name="invitation_of_post")]


class Reply(ItemBacked):
    """What somebody answered, and who wrote it down. The newest one holds."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=_WORD, choices=ReplyAnswer.choices)
    words = models.CharField(max_length=_LINE, blank=True)
    on = models.DateField()
    noted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)


class Point(ItemBacked):
    """Something to talk about, perhaps with words that are read aloud. A change is a row of its own."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    thread = models.UUIDField()
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    length = models.PositiveSmallIntegerField(null=True, blank=True)
    wished_post = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    wished_person = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    view = models.ForeignKey(ChildView, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """What a child has said, and has said yes to that others see."""
    words = models.TextField(blank=True)
    said_by = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_dropped = models.BooleanField(default=False)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="point_has_a_title"),
            models.CheckConstraint(
                condition=Q(words="") | Q(said_by__isnull=False), name="point_words_have_a_voice"
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, thread=F("item")) | Q(supersedes__isnull=False),
                name="point_versions_follow_each_other",
            ),
        ]


class Sitting(ItemBacked):
    """A meeting that is going on: since when."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()


class Attendance(ItemBacked):
    """Whether somebody who was invited took part. The newest one holds."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(max_length=_WORD, choices=Presence.choices)


class Decision(ItemBacked):
    """What those present agreed on, or did not, and who said what."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    point = models.UUIDField(null=True, blank=True)
    """The thread of the point it was made under."""
    text = models.CharField(max_length=_LINE)
    is_agreed = models.BooleanField()
    voices = models.CharField(max_length=_LINE, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="decision_says_what"),
            models.CheckConstraint(
                condition=Q(is_agreed=True) | ~Q(voices=""), name="disagreement_says_who_said_what"
            ),
        ]


class Minutes(ItemBacked):
    """The words about a meeting that everybody gets. A change is a version of its own, with the reason."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    reason = models.CharField(max_length=_LINE, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("of a meeting", "minutes")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="minutes_say_something"),
            models.CheckConstraint(
                condition=Q(version=1, supersedes__isnull=True)
                | Q(version__gt=1, supersedes__isnull=False) & ~Q(reason=""),
                name="minutes_are_amended_for_a_reason",
            ),
        ]


class ReadReceipt(ItemBacked):
    """Somebody has read the minutes. Never released: the reader alone sees the row, the others a number."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "post"], name="minutes_read_once_by_each"),
        ]
