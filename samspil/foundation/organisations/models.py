"""Authorities and other organisations, their units, staff and memberships. All dated."""

from datetime import date

from django.conf import settings
from django.db import models

from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.kernel.roles import RoleKey


class Authority(models.Model):
    """An organisation that answers for its own data: a municipality, a region, an agency, a provider …"""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality"
        REGION = "region"
        AGENCY = "agency"
        MINISTRY = "ministry"
        RESEARCH = "research"
        SUPPLIER = "supplier"
        PROVIDER = "provider"
        ASSOCIATION = "association"
        FOUNDATION = "foundation"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    code = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=120)
    starts = models.DateField(default=date(1970, 1, 1))
    ends = models.DateField(default=NEVER)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)


class Unit(models.Model):
    """A part of an authority; a *sharing unit* where the authority has declared it a boundary of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    is_sharing_unit = models.BooleanField(default=False)
    starts = models.DateField(default=date(1970, 1, 1))
    ends = models.DateField(default=NEVER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "id"], name="unit_of_authority")]


class Staff(models.Model):
    """A professional of one authority, with the name that colleagues and families see."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "id"], name="staff_of_authority")]


class Membership(models.Model):
    """A post: one member of staff works for one unit in one role, from a day to a day (`ends` exclusive)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    role = models.CharField(max_length=30, choices=[(key, key) for key in RoleKey])
    starts = models.DateField()
    ends = models.DateField(default=NEVER)
