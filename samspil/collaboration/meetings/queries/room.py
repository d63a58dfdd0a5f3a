"""Who sits in the room, what all of them may see, and what is missing before they meet."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.courses.models import CoursePerson, Participant
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.meetings import rules
from samspil.collaboration.meetings.queries.meetings import MeetingRow
from samspil.foundation.access import queries as access
from samspil.foundation.access import rules as wall
from samspil.foundation.access.models import Item
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import Category, Relation
from samspil.foundation.organisations.models import Unit

RECORDED = "child_view.recorded"


@dataclass(frozen=True, slots=True)
class Seat:
    """One of the professionals in the room, as the wall knows them, with what they hold in the course."""

    participant: Participant
    unit: Unit
    asker: wall.Asker
    held: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """The professionals who are expected or present."""

    seats: tuple[Seat, ...]

    def all_see(self, item: Item) -> bool:
        """May everybody in the room see it? Only then it stands on the screen that all look at."""
        return not self.without(item)

    def without(self, item: Item) -> tuple[Unit, ...]:
        """The units in the room that may not see it."""
        thing = _thing(item)
        found = {
            seat.unit.pk: seat.unit
            for seat in self.seats
            if not wall.sees(seat.asker, thing, seat.held, {}, now=clock.now())
        }
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing before a meeting. It is shown, and stops nobody."""

    unheard: tuple[CoursePerson, ...]
    """Children who have not been heard about it, where the model asks for that."""
    blind: tuple[Unit, ...]
    """Units that are invited and cannot see that there is a meeting: a consent is missing."""
    model_asks_for_basis: bool

    def __bool__(self) -> bool:
        return bool(self.unheard or self.blind)


def room_of(actor: Actor, row: MeetingRow, head: CourseHead, today: date) -> Room:
    """The professionals who are expected at, or came to, a meeting. At most four queries."""
    posts = {one.invitation.post_id for one in row.guests if one.is_expected}
    there = {one.membership_id: one for one in head.participants if one.membership_id in posts}
    if not there:
        return Room(())
    known = [one.relation for one in access.relations(actor, row.space)]
    units = _sharing_units(there.values())
    opened = {one.authority_id: access.open_inside(one.authority_id) for one in units.values()}
    return Room(tuple(_seat(one, units[one.unit_id], known, opened, today) for one in there.values()))


def missing_before(actor: Actor, row: MeetingRow, head: CourseHead, room: Room, today: date) -> Missing:
    """What is missing before a meeting, as far as the actor sees it. One query."""
    programme = head.programme
    asks = rules.wants_children_heard(programme, row.kind)
    heard = _heard(actor, row) if asks else set()
    children = [one for one in head.people if rules.is_child(one.born, today)] if asks else []
    return Missing(
        unheard=tuple(one for one in children if one.subject_id not in heard),
        blind=room.without(row.meeting.item),
        model_asks_for_basis=rules.wants_basis(programme, row.kind),
    )


def _heard(actor: Actor, row: MeetingRow) -> set[UUID]:
    """The children who were heard about this meeting, or in the fortnight before it."""
    since = day_of(row.starts_at) - rules.HEARD_BEFORE
    facts = courses.facts_of(actor, row.space).filter(kind=RECORDED, corrected_by=None)
    return {
        UUID(str(fact.attributes["person"]))
        for fact in facts
        if fact.attributes.get("meeting") == str(row.pk) or fact.on_day >= since
    }


def _seat(
    one: Participant, unit: Unit, known: Sequence[Relation], opened: dict[UUID, Category], today: date
) -> Seat:
    asker = wall.Asker(
        account=new_id(),
        membership=one.membership_id,
        unit=unit.pk,
        authority=unit.authority_id,
        citizen=False,
        mask=ROLES[RoleKey(one.membership.role)].categories,
        receives=False,
        open_mask=opened[unit.authority_id],
        led_units=frozenset(),
        led_mask=Category(0),
        blocked=frozenset(),
        day=today,
    )
    holders: Collection[UUID] = {one.membership_id, unit.pk, unit.authority_id}
    return Seat(one, unit, asker, tuple(relation for relation in known if relation.holder in holders))


def _thing(item: Item) -> wall.Thing:
    return wall.Thing(
        kind=item.kind,
        owner_unit=item.owner_unit_id,
        owner_authority=item.owner_authority_id,
        space=item.space_id,
        lead_unit=None,
        category=Category(item.category),
        author=item.author_id,
        subjects=tuple(item.subjects),
        released=item.released_at is not None,
    )


def _sharing_units(team: Iterable[Participant]) -> dict[UUID, Unit]:
    """The unit inside whose boundary each stands. One query, one more for each level above."""
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
