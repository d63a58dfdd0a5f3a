"""Notes, children's views, tools filled in, and what was sent: each row is an item about somebody."""

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspil.foundation.access.models import ItemBacked, Space, Subject
from samspil.foundation.organisations.models import Membership


class NoteKind(models.TextChoices):
    """How what a note tells came about."""

    NOTE = "note", pgettext_lazy("a kind of note", "Note")
    TALK = "talk", _("Conversation")
    PHONE = "phone", _("Phone call")
    HOME_VISIT = "home-visit", _("Home visit")
    LETTER = "letter", _("Letter or message")
    OBSERVATION = "observation", _("Observation")


class Note(ItemBacked):
    """What somebody writes down about one or more people. A correction is a row of its own."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=NoteKind.choices)
    on = models.DateField()
    text = models.TextField()
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(reason=""), name="note_correction_has_a_reason"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
        ]
        indexes = [models.Index(fields=["space", "on"], name="note_by_day")]


class Heard(models.TextChoices):
    """How a child or young person was heard."""

    TALK = "talk", _("In a conversation")
    DRAWING = "drawing", _("By drawing")
    LETTER = "letter", _("In a letter or a message")
    THROUGH_ADULT = "through-adult", _("Through an adult")


class ShowAnswer(models.TextChoices):
    """What the child said when asked whether the others may see it."""

    NOT_ASKED = "not-asked", _("Not asked yet")
    YES = "yes", _("Yes")
    NO = "no", _("No")


class ChildView(ItemBacked):
    """What a child or young person has said. Until the child says yes, only who wrote it down sees it.

    A correction is a row of its own; what stood there before is its author's alone again.
    """

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    how = models.CharField(max_length=20, choices=Heard.choices)
    words = models.TextField()
    own_words = models.BooleanField()
    meeting = models.UUIDField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=ShowAnswer.choices, default=ShowAnswer.NOT_ASKED)
    asked_on = models.DateField(null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="child_view_says_something"),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(reason=""),
                name="child_view_correction_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(answer=ShowAnswer.NOT_ASKED, asked_on__isnull=True)
                | ~Q(answer=ShowAnswer.NOT_ASKED) & Q(asked_on__isnull=False),
                name="child_view_answer_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["space", "on"], name="child_view_by_day")]


class Document(ItemBacked):
    """A tool filled in, in one version and for one audience. A draft is its author's alone.

    Holds the fields that are about what the edition itself is about; the others stand in its parts.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        USED = "used"
        """A draft that became a document, or was thrown away. It is empty."""
        DONE = "done"

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    tool = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    schema_hash = models.CharField(max_length=64)
    audience = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State.choices)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    """Not unique: a unique key would tell of a newer one that the writer does not see."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done") | Q(supersedes__isnull=True), name="document_replaces_when_done"
            ),
            models.CheckConstraint(
                condition=~Q(state="used") | Q(data={}), name="document_used_draft_is_empty"
            ),
        ]
        indexes = [models.Index(fields=["space", "tool", "on"], name="document_by_day")]


class DocumentPart(ItemBacked):
    """The fields of a document that are about something else, and so are seen by others."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="parts")
    data = models.JSONField(encoder=DjangoJSONEncoder)


class DocumentShared(ItemBacked):
    """That a document was given to somebody: to a person of the family, or to the units of a sector."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="shares")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    audience = models.CharField(max_length=20)
    person = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    units = ArrayField(models.UUIDField(), default=list, blank=True)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, units__len=0) | Q(person__isnull=True, units__len__gt=0),
                name="document_is_shared_with_somebody",
            ),
        ]


class SentKind(models.TextChoices):
    """What a note to the family or to another sector is about."""

    ADVICE = "advice", _("Note to the family about what we talked about")
    EVENT = "event", _("An admission, a discharge, or a change of treatment")
    CHANGE = "change", _("An effort is changed")
    TRANSITION = "transition", _("Something ends or is handed on")


class Sector(models.TextChoices):
    """To whom a note is sent."""

    FAMILY = "family", _("The family")
    MUNICIPALITY = "municipality", _("The municipality")
    REGION = "region", _("The region")


class SentNote(ItemBacked):
    """A note that was sent to the family or to the units of another sector. It stays as it was sent."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=SentKind.choices)
    to_sector = models.CharField(max_length=12, choices=Sector.choices)
    units = ArrayField(models.UUIDField(), default=list, blank=True)
    effort = models.UUIDField(null=True, blank=True)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="sendings"
    )
    text = models.TextField()
    whom_to_call = models.CharField(max_length=300, blank=True)
    seen_by_family = models.BooleanField()
    seen_on = models.DateField(null=True, blank=True)
    on = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="sent_note_says_something"),
            models.CheckConstraint(
                condition=Q(to_sector="family", units__len=0) | ~Q(to_sector="family") & Q(units__len__gt=0),
                name="sent_note_has_a_receiver",
            ),
            models.CheckConstraint(
                condition=Q(seen_by_family=True, seen_on__isnull=False)
                | Q(seen_by_family=False, seen_on__isnull=True),
                name="sent_note_seen_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["space", "on"], name="sent_note_by_day")]
