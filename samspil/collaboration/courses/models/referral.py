"""A referral: its people, numbers, words and answers, each an item of its own."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.models.course import ROLE_LENGTH
from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.foundation.access.models import ItemBacked, Space, Subject
from samspil.foundation.organisations.models import Membership, Unit


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
    role = models.CharField(max_length=ROLE_LENGTH)
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
    criterion = models.CharField(max_length=ROLE_LENGTH)
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
