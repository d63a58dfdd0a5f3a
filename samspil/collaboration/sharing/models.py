"""What was agreed or decided about sharing one category about one person. Rows are added, never changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samspil.foundation.access.models import ItemBacked, Subject
from samspil.foundation.kernel.sharing import PURPOSE_LABELS, Category
from samspil.foundation.organisations.models import Authority, Membership, Unit


class Way(models.TextChoices):
    """How the basis came about."""

    PAPER = "paper", _("Consent on paper")
    MEETING = "meeting", _("Consent in the meeting")
    STATUTE = "statute", _("The law, without a yes")


class Answer(models.TextChoices):
    """What was answered. A limited yes opens nothing by itself: only what is written may be shared."""

    YES = "yes", _("Yes")
    LIMITED = "limited", _("Yes, but only to what is written")
    NO = "no", _("No")


class Ending(models.TextChoices):
    """Why a basis stopped before its last day."""

    WITHDRAWN = "withdrawn", _("The yes was taken back")
    NOT_NEEDED = "not-needed", _("It is no longer needed")
    MISTAKE = "mistake", _("It was registered by mistake")


class Told(models.TextChoices):
    """How the person learnt about sharing that rests on the law."""

    CONVERSATION = "conversation", _("In a conversation")
    LETTER = "letter", _("By letter or Digital Post")
    LATER = "later", _("Will be told")
    NOT_TOLD = "not-told", _("Is not told, because it is dangerous for somebody")


class Basis(ItemBacked):
    """One category, person, receiver, purpose and period. `agreement` joins what was agreed at once.

    The item's category *is* the category shared: who may not see it does not learn that it was asked.
    The end of a basis, and its replacement, are rows of their own that supersede this one.
    """

    class State(models.TextChoices):
        GIVEN = "given"
        ENDED = "ended"

    agreement = models.UUIDField()
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    """Who shares: the unit that registered it."""
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    category = models.IntegerField()
    receiver_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    receiver_authority = models.ForeignKey(
        Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(
        max_length=20, choices=[(p.value, label) for p, label in PURPOSE_LABELS.items()]
    )
    way = models.CharField(max_length=10, choices=Way.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.YES)
    starts = models.DateField()
    ends = models.DateField()
    """The first day on which it no longer holds."""

    said_by = ArrayField(models.UUIDField(), default=list, blank=True)
    said_on = models.DateField(null=True, blank=True)
    wording = models.TextField(blank=True)
    wording_hash = models.CharField(max_length=64, blank=True)

    ground = models.CharField(max_length=40, blank=True)
    section = models.CharField(max_length=120, blank=True)
    reasoning = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    told = models.CharField(max_length=20, choices=Told.choices, blank=True)
    told_on = models.DateField(null=True, blank=True)
    told_text = models.CharField(max_length=500, blank=True)

    relation = models.UUIDField(null=True, blank=True)
    """The row of the ledger that this opened; none where the answer opens nothing."""
    confirms = models.UUIDField(null=True, blank=True)
    """The basis of another unit that this one answers: it shared with us, so we share back."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.GIVEN)
    ending = models.CharField(max_length=20, choices=Ending.choices, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=[bit.value for bit in Category]), name="basis_has_one_category"
            ),
            models.CheckConstraint(
                condition=Q(receiver_unit__isnull=False, receiver_authority__isnull=True)
                | Q(receiver_unit__isnull=True, receiver_authority__isnull=False),
                name="basis_has_one_receiver",
            ),
            models.CheckConstraint(condition=Q(starts__lte=F("ends")), name="basis_dates_in_order"),
            models.CheckConstraint(
                condition=Q(way=Way.STATUTE, said_by__len=0, answer=Answer.YES)
                & ~Q(reasoning="")
                & ~Q(ground="")
                & Q(decided_by__isnull=False)
                | Q(said_by__len__gt=0, said_on__isnull=False) & ~Q(way=Way.STATUTE) & ~Q(wording=""),
                name="basis_is_a_yes_or_a_law",
            ),
            models.CheckConstraint(
                condition=Q(state="given", ended_on__isnull=True, ending="")
                | Q(state="ended", ended_on__isnull=False, supersedes__isnull=False) & ~Q(ending=""),
                name="basis_end_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.YES, relation__isnull=False)
                | ~Q(answer=Answer.YES) & Q(relation__isnull=True),
                name="basis_opens_what_was_answered",
            ),
        ]
        indexes = [models.Index(fields=["subject", "unit"], name="basis_of_subject")]
