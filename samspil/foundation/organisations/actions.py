"""Everything that changes organisations. Posts are written by functions of the wall, not by the application.

The functions ask the wall who is asking (`wall.ctx()`); what stands here gives the same answer first, with a
reason that a person can read.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

import samspil
from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations import queries, rules
from samspil.foundation.organisations.models import (
    FIRST_DAY,
    Authority,
    Belonging,
    Membership,
    Staff,
    Unit,
)

DEFINITIONS = Path(samspil.__file__).parents[1] / "definitions" / "organisations"


@transaction.atomic
def create_unit(*, actor: Actor, name: str, kind: str, parent: Unit | None, today: date) -> Unit:
    """Add a unit to the actor's own authority, below another one or at the top."""
    require(actor, Permission.MEMBERSHIP_MANAGE, parent.authority_id if parent else actor.authority_id)
    unit_id = _wall("create_unit", parent.pk if parent else None, kind, name, today)
    log.record(actor=actor, act="unit.created", reason=str(unit_id))
    return Unit.objects.get(pk=unit_id)


@transaction.atomic
def declare_sharing_unit(*, actor: Actor, unit: Unit, declared: bool) -> Unit:
    """Make a unit a boundary of its own for sharing, or no longer. It widens or narrows nobody's basis."""
    require(actor, Permission.MEMBERSHIP_MANAGE, unit.authority_id)
    _wall("declare_sharing_unit", unit.pk, declared)
    log.record(actor=actor, act="unit.declared" if declared else "unit.undeclared", reason=str(unit.pk))
    return Unit.objects.get(pk=unit.pk)


@transaction.atomic
def register_staff(*, actor: Actor, login: str, name: str, title: str, phone: str) -> Staff:
    """Write down a new professional with a log-in. The password is chosen by the person, by a link."""
    require(actor, Permission.MEMBERSHIP_MANAGE, actor.authority_id)
    rules.fit_for_a_human(login).or_refuse()
    try:
        with transaction.atomic():
            staff_id = _wall("register_staff", login, name, title, phone)
    except IntegrityError as error:
        raise Refused(_("The log-in name is taken. Choose another one.")) from error
    log.record(actor=actor, act="staff.registered", reason=str(staff_id))
    return Staff.objects.select_related("account").get(pk=staff_id)


@transaction.atomic
def appoint(
    *, actor: Actor, staff: Staff, unit: Unit, role: RoleKey, starts: date, ends: date = NEVER, today: date
) -> Membership:
    """Give a member of staff a post: for one unit, in one role, from a day to a day (`ends` exclusive)."""
    require(actor, Permission.MEMBERSHIP_MANAGE, unit.authority_id)
    require(actor, Permission.MEMBERSHIP_MANAGE, staff.authority_id)
    kind = rules.Kind(queries.own_authority(actor).kind)
    is_oneself = staff.account_id == actor.account_id
    rules.ready_to_appoint(
        kind=kind, role=role, unit=unit, starts=starts, ends=ends, today=today, is_oneself=is_oneself
    ).or_refuse()
    try:
        with transaction.atomic():
            membership_id = _wall("appoint", staff.pk, unit.pk, role.value, starts, ends)
    except IntegrityError as error:
        raise Refused(_("%(name)s has this post already.") % {"name": staff.name}) from error
    log.record(actor=actor, act="post.given", reason=str(membership_id))
    return Membership.objects.get(pk=membership_id)


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership, on: date, today: date) -> Membership:
    """End a post: `on` is the first day without it. The next request in that post is refused."""
    require(actor, Permission.MEMBERSHIP_MANAGE, membership.authority_id)
    rules.ready_to_end(
        membership=membership,
        on=on,
        today=today,
        is_last_administrator=queries.is_last_administrator(membership, on),
    ).or_refuse()
    _wall("end_membership", membership.pk, on)
    log.record(actor=actor, act="post.ended", reason=str(membership.pk))
    return Membership.objects.get(pk=membership.pk)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many authorities the definitions hold, also those that are announced."""

    municipalities: int
    regions: int
    national: int


def load_authorities(*, folder: Path = DEFINITIONS, using: str = "owner") -> Loaded:
    """Bring the authorities in line with the definitions. A system action: run as the owner at every start.

    Running it again changes nothing. An authority that left the definitions stays: its data do not end.
    """
    regions = _regions(_rows(folder / "regions.csv"))
    region_codes = {row["code"]: row["region_code"] for row in _rows(folder / "municipalities.csv")}
    municipalities = [
        _authority(Authority.Kind.MUNICIPALITY, row["code"], name=row["name"], code=row["code"])
        for row in _rows(folder / "municipalities.csv")
    ]
    national = [
        _authority(row["kind"], row["name"], name=row["name"]) for row in _rows(folder / "national.csv")
    ]
    belongings = [
        belonging
        for municipality in municipalities
        for belonging in _belongings(municipality, regions, region_codes[municipality.code])
    ]
    with transaction.atomic(using=using):
        Authority.objects.using(using).bulk_create(
            [*regions, *municipalities, *national],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["kind", "name", "code", "starts", "ends", "successor"],
        )
        Belonging.objects.using(using).bulk_create(
            belongings, update_conflicts=True, unique_fields=["id"], update_fields=["region", "ends"]
        )
    return Loaded(municipalities=len(municipalities), regions=len(regions), national=len(national))


def authority_id(kind: str, key: str) -> UUID:
    """The key of an authority of the definitions, from a municipality's code or another's name."""
    return uuid5(NAMESPACE_URL, f"samspil:authority:{kind}:{key}")


def _regions(rows: list[dict[str, str]]) -> list[Authority]:
    kind = Authority.Kind.REGION
    return [
        _authority(
            kind,
            row["name"],
            name=row["name"],
            code=row["code"],
            starts=date.fromisoformat(row["valid_from"]) if row["valid_from"] else FIRST_DAY,
            ends=date.fromisoformat(row["valid_to"]) + timedelta(days=1) if row["valid_to"] else NEVER,
            successor_id=authority_id(kind, row["successor"]) if row["successor"] else None,
        )
        for row in rows
    ]


def _belongings(municipality: Authority, regions: list[Authority], code: str) -> list[Belonging]:
    """The municipality's regions, one after the other: the first by its code, then each successor."""
    by_id = {region.pk: region for region in regions}
    [region] = [region for region in regions if region.code == code]
    chain = [region]
    while chain[-1].successor_id:
        chain.append(by_id[chain[-1].successor_id])
    return [
        Belonging(
            id=uuid5(municipality.pk, step.starts.isoformat()),
            municipality=municipality,
            region=step,
            starts=step.starts,
            ends=step.ends,
        )
        for step in chain
    ]


def _authority(kind: str, key: str, **values: Any) -> Authority:
    return Authority(id=authority_id(kind, key), kind=kind, **values)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _wall(function: str, *values: UUID | date | str | bool | None) -> Any:
    """Call a function of the wall that writes for the one who asks; answers the id it made."""
    places = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT wall.{function}({places})", values)
        return (cursor.fetchone() or [None])[0]
