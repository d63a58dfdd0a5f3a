"""Authorities and other organisations, their units, staff and memberships. All dated; `ends` is exclusive."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.kernel.roles import RoleKey

FIRST_DAY = date(1970, 1, 1)


class Authority(models.Model):
    """An organisation that answers for its own data: a municipality, a region, an agency, a provider …"""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Municipality")
        REGION = "region", _("Region")
        AGENCY = "agency", _("National agency")
        MINISTRY = "ministry", _("Ministry")
        RESEARCH = "research", _("Research centre")
        EVALUATOR = "evaluator", _("Evaluator")
        SUPPLIER = "supplier", _("Supplier")
        PROVIDER = "provider", _("Private provider")
        SELF_GOVERNING = "self-governing", _("Self-governing institution")
        ASSOCIATION = "association", _("Association")
        FOUNDATION = "foundation", _("Foundation")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    code = models.CharField(max_length=12, blank=True)
    """The official code; empty where there is none or it is not known."""
    name = models.CharField(max_length=120)
    starts = models.DateField(default=FIRST_DAY)
    ends = models.DateField(default=NEVER)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="authority_dates_in_order"),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(ends__lt=NEVER), name="authority_with_successor_has_an_end"
            ),
            models.UniqueConstraint(
                fields=["kind", "code"], condition=~Q(code=""), name="authority_code_once_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Belonging(models.Model):
    """A municipality belongs to a region, from a day to a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="belongings")
    region = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField(default=FIRST_DAY)
    ends = models.DateField(default=NEVER)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="belonging_dates_in_order"),
            models.UniqueConstraint(fields=["municipality", "starts"], name="belonging_once_a_day"),
        ]


class Unit(models.Model):
    """A part of an authority; a *sharing unit* where the authority has declared it a boundary of its own."""

    class Kind(models.TextChoices):
        LEADERSHIP = "leadership", _("Leadership")
        CHILD_AND_FAMILY = "child-and-family", _("Children and families")
        SCHOOL = "school", _("School")
        DAY_CARE = "day-care", _("Day-care")
        PPR = "ppr", _("Educational psychology (PPR)")
        HEALTH_VISITORS = "health-visitors", _("Health visitors")
        JOBCENTRE = "jobcentre", _("Jobcentre")
        ADULT_SOCIAL = "adult-social", _("Adult social services")
        SUBSTANCE_TREATMENT = "substance-treatment", _("Substance treatment")
        SOCIAL_PSYCHIATRY = "social-psychiatry", _("Social psychiatry")
        WARD = "ward", _("Hospital ward")
        OUTPATIENT = "outpatient", _("Out-patient clinic")
        TEAM = "team", _("Team")
        PRIVACY = "privacy", _("Data protection")
        OFFICE = "office", _("Office")
        OTHER = "other", _("Other")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=30, choices=Kind.choices, default=Kind.OTHER)
    name = models.CharField(max_length=120)
    is_sharing_unit = models.BooleanField(default=False)
    starts = models.DateField(default=FIRST_DAY)
    ends = models.DateField(default=NEVER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "id"], name="unit_of_authority"),
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="unit_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class Staff(models.Model):
    """A professional of one authority, with the name that colleagues and families see."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "id"], name="staff_of_authority"),
            models.UniqueConstraint(fields=["authority", "account"], name="staff_once_an_authority"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A post: one member of staff works for one unit in one role, from a day to a day (`ends` exclusive)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    role = models.CharField(max_length=30, choices=[(key, key) for key in RoleKey])
    starts = models.DateField()
    ends = models.DateField(default=NEVER)

    class Meta:
        constraints = [
            # A post that was ended before it began holds no day at all; it stands as history.
            models.CheckConstraint(condition=Q(starts__lte=F("ends")), name="membership_dates_in_order"),
            models.CheckConstraint(
                condition=Q(role__in=[key.value for key in RoleKey]), name="membership_role_is_known"
            ),
        ]
        indexes = [models.Index(fields=["staff", "ends"], name="membership_of_staff")]
