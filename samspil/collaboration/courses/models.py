"""Courses: who they are about, who takes part in which role, what happened, and what is due."""

from collections.abc import Collection
from typing import Any, Self
from uuid import uuid5

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.foundation.access.collector import About, note
from samspil.foundation.access.models import ItemBacked, Space, Subject, Walled
from samspil.foundation.desk.models import StoredFile
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.organisations.models import Membership, Unit

_ROLE = 60


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
    roles = ArrayField(models.CharField(max_length=_ROLE))
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
    role = models.CharField(max_length=_ROLE)
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


class FactKind(models.Model):
    """The vocabulary as the wall needs it: the attributes of a kind, and which reach the engine."""

    kind = models.CharField(primary_key=True, max_length=_ROLE)
    category = models.IntegerField()
    attributes = ArrayField(models.CharField(max_length=_ROLE))
    clock = ArrayField(models.CharField(max_length=_ROLE))

    class Meta:
        db_table = "courses_fact_kind"


class Remark(ItemBacked):
    """Words that a fact points to: why it was corrected, why a step was left out."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()


class Fact(ItemBacked):
    """Something that happened. `on_day` is the Danish day of it, `at` the instant where the kind has one."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=_ROLE)
    on_day = models.DateField()
    at = models.DateTimeField(null=True, blank=True)
    noted_at = models.DateTimeField()
    by_role = models.CharField(max_length=_ROLE, blank=True)
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


class DueItem(models.Model):
    """One occurrence of a step, as the engine derived it. A cache, written by the wall's `put_due` alone.

    Whatever depends on the day of reading is left out: the state follows from the dates (`rules.state_on`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+", db_index=False)
    step = models.CharField(max_length=120)
    n = models.PositiveIntegerField()
    person = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    responsible = models.CharField(max_length=_ROLE)
    outcome = models.CharField(max_length=12, blank=True)
    """How it ended: done, done late, excused. Empty while it is not: then the dates say the rest."""
    opens_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    lapses_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    detail = models.JSONField()
    """What the reason says: exact moments, anchor, span, evidence."""
    categories = models.IntegerField()
    subjects = ArrayField(models.UUIDField())
    owner_units = ArrayField(models.UUIDField())
    owner_authorities = ArrayField(models.UUIDField())

    objects = Walled()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "step", "person", "n"], nulls_distinct=False, name="due_item_once"
            ),
            models.CheckConstraint(
                condition=Q(subjects__len__gt=0, owner_units__len__gt=0, categories__gt=0),
                name="due_item_is_about_someone",
            ),
        ]
        indexes = [
            models.Index(
                fields=["space", "responsible", "due_on"], condition=Q(outcome=""), name="due_item_waiting"
            ),
        ]

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **rest: Any
    ) -> Self:
        row = super().from_db(db, field_names, values, **rest)
        if {"subjects", "owner_authorities", "categories"} <= set(row.__dict__):
            for authority in dict.fromkeys(row.owner_authorities):
                note(uuid5(row.pk, str(authority)), About(tuple(row.subjects), authority, row.categories))
        else:
            note(row.pk)
        return row


class Projection(models.Model):
    """Up to which day the due items of a space are reckoned. Written by `put_due` alone."""

    space = models.OneToOneField(Space, primary_key=True, on_delete=models.PROTECT, related_name="+")
    through = models.DateField()

    objects = Walled()


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
    from_role = models.CharField(max_length=_ROLE)
    to_role = models.CharField(max_length=_ROLE)
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


class Referral(ItemBacked):
    """A family is referred to a unit of another sector, in a space that the sender opened for it.

    The item is one of identity about the person it starts from. Before it is sent, the writer alone sees it.
    """

    space = models.OneToOneField(Space, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    call_name = models.CharField(max_length=120, blank=True)
    call_phone = models.CharField(max_length=30, blank=True)
    call_when = models.CharField(max_length=120, blank=True)
    offers_baton = models.BooleanField(default=False)
    result = models.CharField(max_length=8, blank=True)
    """What the target group came to on the day it was sent: yes, no or unknown."""
    begun_on = models.DateField()
    touched_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(to_unit__isnull=False), name="referral_sent_to_a_unit"
            ),
        ]
        indexes = [
            models.Index(fields=["sender", "sent_at"], name="referral_of_sender"),
            models.Index(fields=["to_unit", "sent_at"], name="referral_to_unit"),
        ]


class ReferralPerson(ItemBacked):
    """Somebody of the family as the sender knows them: a snapshot, one item of identity for each."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=120)
    born = models.DateField(null=True, blank=True)
    role = models.CharField(max_length=_ROLE)
    tie = models.CharField(max_length=120, blank=True)
    """What this person is to the others, in words."""
    is_in_focus = models.BooleanField(default=False)
    is_included = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "subject"], name="referral_person_once"),
        ]


class ReferralNumber(ItemBacked):
    """A person's CPR number, sealed, where the sender has chosen to send it along."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "subject"], name="referral_number_once"),
        ]


class ReferralPart(ItemBacked):
    """Words of a referral, of one category. A change is a new row; what is taken out leaves an empty one."""

    class Kind(models.TextChoices):
        WISH = "wish", _("What the family itself wishes")
        HELP = "help", _("What we would like help with")
        MORE = "more", _("More about the family")
        DESPITE = "despite", _("Why we refer although the target group is not clear")

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True)
    said_by = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(supersedes__isnull=False), name="referral_part_says_something"
            ),
        ]
        indexes = [models.Index(fields=["space", "kind"], name="referral_part_of_kind")]


class EligibilityAnswer(ItemBacked):
    """An answer about one criterion of the target group. Of a treatment, only that and until when."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNKNOWN = "unknown", _("We do not know")

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=_ROLE)
    answer = models.CharField(max_length=8, choices=Answer.choices)
    is_ongoing = models.BooleanField(default=False)
    ended_from = models.DateField(null=True, blank=True)
    ended_to = models.DateField(null=True, blank=True)
    """The treatment ended between these two days; on one day where they are the same."""
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_from__isnull=True, ended_to__isnull=True)
                | Q(is_ongoing=False, ended_from__lte=F("ended_to")),
                name="eligibility_dates_in_order",
            ),
        ]
        indexes = [models.Index(fields=["space", "criterion"], name="eligibility_of_criterion")]


class ReferralAnswer(ItemBacked):
    """What the receiver answered: yes, no with the reason, or that more is needed."""

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        MORE = "more", _("Asks for more")

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="accepted") | ~Q(text=""), name="referral_answer_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["space", "answered_at"], name="referral_answer_of_space")]
