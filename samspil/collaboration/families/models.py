"""People as one authority knows them, where they are, and the dated ties between them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samspil.foundation.access.models import Item, ItemBacked, Subject, Walled
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.organisations.models import Authority, Unit


class TieKind(models.TextChoices):
    """What one person is to another. Read »person is … of to«; symmetric kinds read the same both ways."""

    PARENT = "parent", _("parent")
    CUSTODY = "custody", _("custody holder")
    STEP_PARENT = "step-parent", _("step-parent")
    FOSTER_PARENT = "foster-parent", _("foster parent")
    GRANDPARENT = "grandparent", _("grandparent")
    SIBLING = "sibling", _("sibling")
    PARTNER = "partner", _("partner")
    EX_PARTNER = "ex-partner", _("former partner")
    LIVES_WITH = "lives-with", _("lives with")
    NETWORK = "network", _("network person")


class TieSource(models.TextChoices):
    """Where we know a tie from. A guess is not the register's word."""

    REGISTER = "register", _("The civil register")
    DECISION = "decision", _("A decision by the Agency of Family Law or a court")
    FAMILY = "family", _("The family says so")
    PROFESSIONAL = "professional", _("A professional says so")


class PlaceKind(models.TextChoices):
    """What kind of place or contact tells where a person is."""

    ADDRESS = "address", _("Address")
    PHONE = "phone", _("Phone")
    SCHOOL = "school", _("School")
    INSTITUTION = "institution", _("Day-care or institution")


class PersonRecord(ItemBacked):
    """A person as one authority has written them down. A correction is a new row that supersedes this."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=250)
    born = models.DateField(null=True, blank=True)
    is_unborn = models.BooleanField(default=False)
    is_protected = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(is_current=True), name="person_has_one_current_record"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(is_unborn=False) | Q(born__isnull=True), name="person_is_born_or_unborn"
            ),
        ]
        indexes = [models.Index(fields=["authority", "born"], name="person_of_birth_date")]


class CivilNumber(ItemBacked):
    """A person's CPR number, encrypted: an item of its own, so that a name can be shown without it."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    sealed = models.CharField(max_length=250)


class Whereabouts(ItemBacked):
    """One place or phone where a person is or was. Read only through `protected_location`."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=PlaceKind.choices)
    text = models.CharField(max_length=300)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(default=NEVER)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(starts__lt=F("ends")), name="whereabouts_dates_in_order"
            ),
        ]


class Tie(ItemBacked):
    """What one person is to another from a day to a day, and who says so. About both of them."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=TieKind.choices)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(default=NEVER)
    source = models.CharField(max_length=20, choices=TieSource.choices)
    is_disputed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("to")), name="tie_is_between_two"),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(starts__lt=F("ends")), name="tie_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(is_disputed=False) | Q(kind=TieKind.CUSTODY), name="tie_doubt_is_about_custody"
            ),
        ]


class SearchKey(models.Model):
    """One key that a record is found by, asked with `=` only. As walled as the record it belongs to."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=32)

    objects = Walled()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "key"], include=["subject", "item"], name="search_key_of_unit")
        ]
