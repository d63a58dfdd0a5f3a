"""What coordinators carry: the actor's own, a leader's colleagues, and the organisation as a whole."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from samspil.collaboration.courses.models import CaseloadCeiling
from samspil.collaboration.courses.rules import caseload as rules
from samspil.collaboration.courses.rules.caseload import Carried, Ceiling, Held, Load
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.engine.facts import Fact, fact
from samspil.foundation.access import queries as access
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.organisations.models import Membership, Unit

OWN, LED, AUTHORITY = "own", "led", "authority"
_ASKED = """
SELECT l.course, l.space, l.version, l.parts, l.facts, l.weighing,
    ARRAY(SELECT i.id FROM access_item i WHERE i.id = ANY(l.weighing)),
    (SELECT string_agg(concat_ws(E'\t', x.unit_id, x.starts, extract(epoch FROM x.set_at),
        coalesce(x.ceiling::text, '')), E'\n') FROM courses_caseloadceiling x),
    ARRAY(WITH RECURSIVE up(id, parent, depth) AS (
        SELECT u.id, u.parent_id, 0
        FROM organisations_membership m JOIN organisations_unit u ON u.id = m.unit_id WHERE m.id = %s
        UNION ALL SELECT u.id, u.parent_id, up.depth + 1
        FROM organisations_unit u JOIN up ON u.id = up.parent)
        SELECT id::text FROM up ORDER BY depth)
FROM wall.caseload(%s) l ORDER BY l.course
"""
"""The facts by which a course weighs more are asked for twice: the second time the wall shows them, or not.
Last the ceilings, and the actor's own unit with those over it."""


@dataclass(frozen=True, slots=True)
class OwnLoad:
    """What the actor carries today, and what the unit has set as the most."""

    carried: tuple[Carried, ...]
    most: Decimal | None

    @property
    def total(self) -> Decimal:
        return rules.total(self.carried)


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of a leader's own staff: what is carried now, the ceiling, and how it was month by month."""

    membership: Membership
    carried: tuple[Carried, ...]
    months: tuple[Decimal, ...]
    most: Decimal | None

    @property
    def total(self) -> Decimal:
        return rules.total(self.carried)


@dataclass(frozen=True, slots=True)
class Whole:
    """The organisation as a whole on one day: how many coordinate, what they carry together, and the rule."""

    day: date
    loads: dict[str, Decimal]
    most: dict[str, Decimal | None]


def own_caseload(actor: Actor, today: date) -> OwnLoad:
    """What the actor carries, weighed by what the actor may see. One query."""
    loads, ceilings, above = _asked(actor, OWN)
    own = str(actor.membership_id)
    carried = tuple(one for one in rules.carried_on(loads, today) if one.post == own)
    if not carried:
        return OwnLoad((), None)
    most = rules.ceiling_on(ceilings, above, today)
    return OwnLoad(carried, most or rules.by_models(load.programme for load in loads))


def colleagues(actor: Actor, today: date) -> list[Colleague]:
    """A leader's own staff who coordinate or may, by name. Four queries."""
    loads, ceilings, _own = _asked(actor, LED)
    days = rules.month_ends(today)
    each = [rules.by_post(rules.carried_on(loads, day)) for day in days]
    now = rules.carried_on(loads, today)
    staff = _staff_led(actor, {one.post for one in now}, today)
    above = _above({str(one.unit_id) for one in staff})
    ceilings = ceilings or ceilings_of(actor)
    return [
        Colleague(
            membership=one,
            carried=tuple(row for row in now if row.post == str(one.pk)),
            months=tuple(month.get(str(one.pk), Decimal(0)) for month in each),
            most=rules.ceiling_on(ceilings, above[str(one.unit_id)], today),
        )
        for one in staff
    ]


def whole(actor: Actor, today: date) -> list[Whole]:
    """The whole organisation month by month, coordinators without names. Two queries."""
    loads, ceilings, _own = _asked(actor, AUTHORITY)
    found = []
    for day in rules.month_ends(today):
        carried = rules.carried_on(loads, day)
        units = {one.post: one.unit for one in carried}
        above = _above(set(units.values())) if units else {}
        most = {post: rules.ceiling_on(ceilings, above[unit], day) for post, unit in units.items()}
        found.append(Whole(day, rules.by_post(carried), most))
    return found


def ceilings_of(actor: Actor) -> list[Ceiling]:
    """Every ceiling that the actor's own organisation has set. One query."""
    rows = CaseloadCeiling.objects.filter(authority=actor.authority_id).order_by("starts", "set_at")
    return [Ceiling(str(row.unit_id), row.starts, row.set_at, row.ceiling) for row in rows]


def ceiling_rows(actor: Actor, unit: UUID) -> list[CaseloadCeiling]:
    """What was set for one unit, the newest first, with who did it. One query."""
    rows = CaseloadCeiling.objects.filter(authority=actor.authority_id, unit=unit)
    return list(rows.select_related("set_by__staff").order_by("-starts", "-set_at"))


def led_units(actor: Actor) -> list[Unit]:
    """The units that the actor leads. Two queries."""
    return list(Unit.objects.filter(pk__in=access.asker().led_units).order_by("name"))


def _staff_led(actor: Actor, carrying: set[str], today: date) -> list[Membership]:
    """Who carries something, and who may coordinate in the leader's own unit and carries nothing."""
    may = [key for key, role in ROLES.items() if Permission.COURSE_STEER in role.permissions]
    own = [role for role in may if role is not RoleKey.LEADER]
    rows = Membership.objects.filter(starts__lte=today, ends__gt=today).select_related("staff", "unit")
    mine = Membership.objects.filter(pk=actor.membership_id or UUID(int=0)).values("unit")
    found = {str(row.pk): row for row in rows.filter(unit__in=mine, role__in=own)}
    found |= {str(row.pk): row for row in rows.filter(pk__in=carrying)}
    return sorted(found.values(), key=lambda one: (one.staff.name, str(one.pk)))


def _above(units: Iterable[str]) -> dict[str, list[str]]:
    """Each unit with those over it, the nearest first. One query."""
    near = Unit.objects.filter(pk__in=list(units)).values("authority")
    parents = {str(one.pk): str(one.parent_id) for one in Unit.objects.filter(authority__in=near)}
    found: dict[str, list[str]] = {}
    for unit in units:
        chain, here = [], unit
        while here in parents and here not in chain:
            chain.append(here)
            here = parents[here]
        found[unit] = chain
    return found


def _asked(actor: Actor, whose: str) -> tuple[list[Load], list[Ceiling], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [actor.membership_id, whose])
        rows = cursor.fetchall()
    loads = [_load(row, strict=whose == OWN) for row in rows]
    return (loads, _ceilings(rows[0][7]), list(rows[0][8])) if rows else ([], [], [])


def _load(row: Sequence[Any], *, strict: bool) -> Load:
    course, space, version, parts, facts, weighing, shown = row[:7]
    noted = [_fact(*line.split("\t")) for line in (facts or "").splitlines()]
    hidden = {str(one) for one in set(weighing) - set(shown)} if strict else set()
    return Load(
        course=str(space or course),
        programme=programmes.definition(version),
        parts=[_held(*line.split("\t")) for line in (parts or "").splitlines()],
        facts=[one for one in noted if one.id not in hidden],
    )


def _held(post: str, unit: str, role: str, starts: str, ends: str, accepted: str) -> Held:
    day = date.fromisoformat
    return Held(post, unit, role, day(starts), day(ends), day(accepted) if accepted else None)


EMPTY = "{}"


def _fact(key: str, kind: str, on: str, noted_at: str, corrects: str, attributes: str) -> Fact:
    return fact(
        kind,
        date.fromisoformat(on),
        id=key,
        attributes=json.loads(attributes) if attributes != EMPTY else {},
        noted_at=datetime.fromtimestamp(float(noted_at), UTC),
        corrects=corrects or None,
    )


def _ceilings(lines: str | None) -> list[Ceiling]:
    found = []
    for line in (lines or "").splitlines():
        unit, starts, set_at, most = line.split("\t")
        at = datetime.fromtimestamp(float(set_at), UTC)
        found.append(Ceiling(unit, date.fromisoformat(starts), at, Decimal(most) if most else None))
    return found
