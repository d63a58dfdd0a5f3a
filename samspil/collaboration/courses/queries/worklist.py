"""What waits in the actor's courses: for the actor, for others, and where it is quiet."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery

from samspil.collaboration.courses.models import Course, CoursePerson, DueItem, Fact, Participant
from samspil.collaboration.courses.queries.course import in_charge, participants_of, visible_courses
from samspil.collaboration.courses.queries.due import occurrence
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.language import Programme, Text
from samspil.foundation.access import queries as access
from samspil.foundation.access import sight
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Staff

QUIET_AFTER = timedelta(days=30)
MOST_WAITING = 500


class Lane(StrEnum):
    """Where a row of the worklist stands."""

    MINE = "mine"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing to do, with its reason: by whom, for whom, when."""

    lane: Lane
    space: UUID
    course: UUID
    occurrence: engine.Occurrence
    title: Text
    role: Text
    by: tuple[str, ...]
    person: str
    phone: str = ""
    """Of the first who has it; empty where none is known."""

    @property
    def due(self) -> date:
        day = self.occurrence.due
        return day_of(day) if isinstance(day, datetime) else day or date.max

    @property
    def why(self) -> Text:
        """The reason, in words."""
        return self.occurrence.why


@dataclass(frozen=True, slots=True)
class QuietCourse:
    """A course in which nothing waits and nothing was noted for a while."""

    space: UUID
    course: UUID
    last_on: date


@dataclass(frozen=True, slots=True)
class Worklist:
    """Waits for me · waits for others · quiet here; and by space what people and model are called."""

    mine: tuple[WorkRow, ...]
    others: tuple[WorkRow, ...]
    quiet: tuple[QuietCourse, ...]
    families: dict[UUID, tuple[str, ...]]
    models: dict[UUID, Text]
    programmes: Mapping[UUID, Programme] = field(default_factory=dict)
    """The model of each course."""
    people: frozenset[UUID] = frozenset()
    """Everybody in these courses."""
    asked: tuple[Participant, ...] = ()
    """The roles that wait for the actor's own yes, the oldest first."""
    is_full: bool = False
    """There is more than is read at once: the oldest stand here."""


def worklist(actor: Actor, today: date) -> Worklist:
    """What waits in the actor's courses, the most urgent first. Five queries, however many courses and rows.

    In the first lane stands what the actor's role may do now; in the second what is due from others. Who
    leads a unit finds there what is due in the courses that the unit leads (one query more).
    """
    beside = _beside(actor, today)
    courses = {one.space_id: one for one in with_last_fact(actor, {part.space_id for part in beside})}
    if not courses:
        return Worklist((), (), (), {}, {})
    models = {space: programmes.definition(one.version_id) for space, one in courses.items()}
    if actor.role_key is RoleKey.LEADER:
        beside = participants_of(actor, courses.keys(), today)
    parts = [part for part in beside if part.space_id in courses]
    held = in_charge(parts, models)
    own = _roles_of(actor, held)
    items, is_full = _waiting(own, courses.keys(), today)
    people = people_in(actor, courses.keys())
    names = {(person.space_id, person.subject_id): person.name for person in people}
    staffed = _staffed(held)
    found = [_work_row(row, courses[row.space_id], own, names, staffed, today) for row in items]
    found.sort(key=lambda row: (row.due, str(row.space), row.occurrence.step))
    waiting = {row.space for row in found}
    return Worklist(
        mine=tuple(row for row in found if row.lane is Lane.MINE),
        others=tuple(row for row in found if row.lane is Lane.OTHERS),
        quiet=tuple(_quiet(courses.values(), waiting, today)),
        families=names_by_space(people),
        models={space: one.title for space, one in models.items()},
        programmes=models,
        people=frozenset(person.subject_id for person in people),
        asked=tuple(_asked(actor, parts)),
        is_full=is_full,
    )


def _beside(actor: Actor, today: date) -> list[Participant]:
    """Who takes part where the actor does, the actor included. One query."""
    own = Participant.objects.filter(membership=actor.membership_id, starts__lte=today, ends__gt=today)
    rows = Participant.objects.filter(Exists(own.filter(space=OuterRef("space"))))
    rows = sight.visible(rows).filter(starts__lte=today, ends__gt=today)
    return list(rows.select_related("membership__staff").order_by("space", "role", "starts"))


def own_roles(actor: Actor, today: date) -> dict[UUID, set[str]]:
    """The roles of the model that the actor fills today, by space. One query."""
    found: dict[UUID, set[str]] = {}
    rows = Participant.objects.filter(membership=actor.membership_id, starts__lte=today, ends__gt=today)
    for row in sight.visible(rows):
        found.setdefault(row.space_id, set()).add(row.role)
    return found


def _asked(actor: Actor, parts: Iterable[Participant]) -> list[Participant]:
    mine = [one for one in parts if one.membership_id == actor.membership_id and one.accepted_on is None]
    return sorted(mine, key=lambda one: (one.starts, str(one.pk)))


def _roles_of(actor: Actor, held: Iterable[Participant]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for one in held:
        if one.membership_id == actor.membership_id:
            found.setdefault(one.space_id, set()).add(one.role)
    return found


def with_last_fact(actor: Actor, spaces: Collection[UUID]) -> list[Course]:
    """The courses of these spaces, and those that a leader's units lead, each with its last fact's day."""
    last = sight.visible(Fact.objects.filter(space=OuterRef("space")), criterion="latest in my courses")
    newest = last.order_by("-on_day").values("on_day")[:1]
    rows = visible_courses(actor).filter(Q(space__in=spaces) | _led(actor))
    return list(rows.annotate(last_on=Subquery(newest)).order_by("opened_on", "pk"))


def _led(actor: Actor) -> Q:
    """The courses that the actor's units lead, where the actor is their leader."""
    if actor.role_key is not RoleKey.LEADER:
        return Q()
    return Q(space__lead_unit__in=access.asker().led_units)


def _waiting(own: dict[UUID, set[str]], spaces: Collection[UUID], today: date) -> tuple[list[DueItem], bool]:
    """What can be done now in these courses and is not done, and what is due from others; is that all?"""
    rows = (
        DueItem.objects.filter(space__in=spaces, outcome="", opens_on__lte=today)
        .filter(Q(lapses_on=None) | Q(lapses_on__gt=today))
        .order_by("due_on", "pk")
    )
    found = list(sight.visible(rows)[:MOST_WAITING])
    wanted = [row for row in found if _is_own(row, own) or (row.due_on or today) <= today]
    return wanted, len(found) == MOST_WAITING


def _is_own(row: DueItem, own: dict[UUID, set[str]]) -> bool:
    return row.responsible in own.get(row.space_id, ())


def people_in(actor: Actor, spaces: Collection[UUID]) -> list[CoursePerson]:
    """The people of these courses, those in focus first. One query."""
    rows = CoursePerson.objects.filter(space__in=spaces)
    rows = sight.visible(rows).select_related(None)
    return list(rows.order_by("-is_in_focus", F("born").asc(nulls_last=True), "pk"))


def names_in(actor: Actor, spaces: Collection[UUID]) -> dict[str, tuple[str, ...]]:
    """What the courses call their people, by space as text. One query."""
    found = names_by_space(people_in(actor, spaces)) if spaces else {}
    return {str(space): names for space, names in found.items()}


def names_by_space(people: Iterable[CoursePerson]) -> dict[UUID, tuple[str, ...]]:
    """What the courses call their people, by space."""
    found: dict[UUID, tuple[str, ...]] = {}
    for person in people:
        found[person.space_id] = (*found.get(person.space_id, ()), person.name)
    return found


def _staffed(participants: Iterable[Participant]) -> dict[tuple[UUID, str], tuple[Staff, ...]]:
    found: dict[tuple[UUID, str], tuple[Staff, ...]] = {}
    for one in participants:
        key = (one.space_id, one.role)
        found[key] = (*found.get(key, ()), one.membership.staff)
    return found


def _work_row(
    row: DueItem,
    course: Course,
    own: dict[UUID, set[str]],
    names: dict[tuple[UUID, UUID], str],
    staffed: dict[tuple[UUID, str], tuple[Staff, ...]],
    today: date,
) -> WorkRow:
    programme = programmes.definition(course.version_id)
    one = occurrence(row, programme, today)
    titles = {role.key: role.title for role in programme.roles}
    having = staffed.get((row.space_id, row.responsible), ())
    return WorkRow(
        lane=Lane.MINE if _is_own(row, own) else Lane.OTHERS,
        space=row.space_id,
        course=course.pk,
        occurrence=one,
        title=one.rule.title,
        role=titles.get(row.responsible, Text(da=row.responsible, en=row.responsible)),
        by=tuple(one.name for one in having),
        person=names.get((row.space_id, row.person_id), "") if row.person_id else "",
        phone=having[0].phone if having else "",
    )


def _quiet(courses: Iterable[Course], waiting: set[UUID], today: date) -> Iterable[QuietCourse]:
    for course in courses:
        last: date = getattr(course, "last_on", None) or course.opened_on
        if course.space_id not in waiting and last <= today - QUIET_AFTER:
            yield QuietCourse(course.space_id, course.pk, last)
