"""Who else reads what is written: the units that take part and have a basis, reckoned by the wall's twin."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.courses.models import Participant
from samspil.foundation.access import queries as access
from samspil.foundation.access import rules as wall
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import Category, Relation
from samspil.foundation.organisations.models import Unit


@dataclass(frozen=True, slots=True)
class Readers:
    """Which units of the team read something, and which do not."""

    reads: tuple[Unit, ...]
    does_not: tuple[Unit, ...]


def readers_of(
    actor: Actor,
    space: UUID,
    asked: Sequence[tuple[Category, frozenset[UUID]]],
    today: date,
) -> list[Readers]:
    """For each matter and its people: which units of the team would read what the actor's unit writes.

    A unit reads it where one of its members in the team does. Four queries and one for each other authority,
    however many matters.
    """
    known = [row.relation for row in access.relations(actor, space)]
    team = courses.participants_of(actor, [space], today)
    units = _sharing_units(team)
    opened = {one.authority_id: access.open_inside(one.authority_id) for one in units.values()}
    return [
        _readers(actor, space, category, subjects, team, units, known, opened, today)
        for category, subjects in asked
    ]


def units_that_see(
    actor: Actor,
    space: UUID,
    parts: Sequence[tuple[Category, frozenset[UUID]]],
    sector: str,
    today: date,
) -> tuple[Unit, ...]:
    """The other units of a sector in which somebody of the team reads every part. As `readers_of`."""
    found: list[Unit] | None = None
    for readers in readers_of(actor, space, parts, today):
        reads = [unit for unit in readers.reads if _is_of(unit, sector) and unit.pk != actor.unit_id]
        found = reads if found is None else [unit for unit in found if unit in reads]
    return tuple(found or ())


def sectors(actor: Actor, space: UUID, today: date) -> list[str]:
    """The sectors that take part in a course beside the actor's own unit. Two queries."""
    team = courses.participants_of(actor, [space], today)
    units = _sharing_units(team)
    own = units.get(actor.unit_id) if actor.unit_id else None
    found = {one.authority.kind for one in units.values() if one != own}
    return [kind for kind in ("municipality", "region") if kind in found]


def _readers(
    actor: Actor,
    space: UUID,
    category: Category,
    subjects: Collection[UUID],
    team: Iterable[Participant],
    units: dict[UUID, Unit],
    known: Sequence[Relation],
    opened: dict[UUID, Category],
    today: date,
) -> Readers:
    thing = _thing(actor, space, category, subjects)
    reads: dict[UUID, Unit] = {}
    all_units: dict[UUID, Unit] = {}
    for one in team:
        unit = units[one.unit_id]
        all_units[unit.pk] = unit
        asker = _asker(one, unit, opened[unit.authority_id], today)
        held = [r for r in known if r.holder in {one.membership_id, unit.pk, unit.authority_id}]
        if wall.sees(asker, thing, held, {}, now=clock.now()):
            reads[unit.pk] = unit
    rest = tuple(unit for key, unit in all_units.items() if key not in reads)
    return Readers(tuple(reads.values()), rest)


def _thing(actor: Actor, space: UUID, category: Category, subjects: Collection[UUID]) -> wall.Thing:
    if actor.unit_id is None or actor.authority_id is None:
        raise ValueError("only somebody who acts for a unit writes")
    return wall.Thing(
        kind="note",
        owner_unit=actor.unit_id,
        owner_authority=actor.authority_id,
        space=space,
        lead_unit=None,
        category=category,
        author=actor.account_id,
        subjects=tuple(subjects),
        released=True,
    )


def _asker(one: Participant, unit: Unit, opened: Category, today: date) -> wall.Asker:
    return wall.Asker(
        account=new_id(),
        membership=one.membership_id,
        unit=unit.pk,
        authority=unit.authority_id,
        citizen=False,
        mask=ROLES[RoleKey(one.membership.role)].categories,
        receives=False,
        open_mask=opened,
        led_units=frozenset(),
        led_mask=Category(0),
        blocked=frozenset(),
        day=today,
    )


def _sharing_units(team: Iterable[Participant]) -> dict[UUID, Unit]:
    """The unit inside whose boundary each participant stands. One query, one more for each level above."""
    keys = {one.unit_id for one in team}
    known = {unit.pk: unit for unit in Unit.objects.select_related("authority").filter(pk__in=keys)}
    found: dict[UUID, Unit] = {}
    for key in keys:
        unit = known[key]
        while not unit.is_sharing_unit and unit.parent_id is not None:
            if unit.parent_id not in known:
                known[unit.parent_id] = Unit.objects.select_related("authority").get(pk=unit.parent_id)
            unit = known[unit.parent_id]
        found[key] = unit if unit.is_sharing_unit else known[key]
    return found


def _is_of(unit: Unit, sector: str) -> bool:
    return unit.authority.kind == sector
