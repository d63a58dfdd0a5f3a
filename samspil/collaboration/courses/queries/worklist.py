"""What waits in the actor's courses: for the actor, for others, and where it is quiet."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery

from samspil.collaboration.courses.models import Course, CoursePerson, Fact, Participant
from samspil.collaboration.courses.queries.course import closed_spaces, in_charge, visible_courses
from samspil.collaboration.courses.queries.due import DueRow, occurrence, read_due
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.language import Programme, Text
from samspil.foundation.access import queries as access
from samspil.foundation.access import sight
from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.roles import RoleKey

QUIET_AFTER = timedelta(days=30)
MOST_WAITING = 500
LATEST = "latest in my courses"
"""What the log says of asking when something last happened, of which nothing but the day is shown."""


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
    asked: "tuple[Part, ...]" = ()
    """The roles that wait for the actor's own yes, the oldest first."""
    is_full: bool = False
    """There is more than is read at once: the oldest stand here."""


@dataclass(frozen=True, slots=True)
class Part:
    """Who fills which role in one of the courses, with the name and number they are called by."""

    pk: UUID
    space_id: UUID
    role: str
    membership_id: UUID
    accepted_on: date | None
    starts: date
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class _Course:
    """A course as far as the worklist needs it."""

    item: UUID
    space: UUID
    version: UUID
    opened_on: date
    last_on: date | None


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody a course is about, by the name it uses."""

    space: UUID
    subject: UUID
    name: str


_PARTS = (
    "SELECT p.id, p.space_id, p.role, p.membership_id, p.accepted_on, p.starts, s.name, s.phone "
    "FROM courses_participant p JOIN organisations_membership m ON m.id = p.membership_id "
    "JOIN organisations_staff s ON s.id = m.staff_id "
    "WHERE p.space_id = ANY({spaces}) AND p.starts <= %s AND p.ends > %s "
    "ORDER BY p.space_id, p.role, p.starts"
)
_BESIDE = _PARTS.format(
    spaces="ARRAY(SELECT o.space_id FROM courses_participant o "
    "WHERE o.membership_id = %s AND o.starts <= %s AND o.ends > %s)"
)
_WITHIN = _PARTS.format(spaces="%s::uuid[]")
_COURSES = (
    "SELECT c.item_id, c.space_id, c.version_id, c.opened_on, (SELECT f.on_day FROM courses_fact f "
    "WHERE f.space_id = c.space_id ORDER BY f.on_day DESC LIMIT 1) FROM courses_course c "
    "WHERE c.space_id = ANY(%s::uuid[]){led} ORDER BY c.opened_on, c.item_id"
)
_OF_TEAM = _COURSES.format(led="")
_ALSO_LED = _COURSES.format(
    led=" OR c.space_id IN (SELECT s.id FROM access_space s WHERE s.lead_unit_id = ANY(%s::uuid[]))"
)
_DUE = (
    "space_id = ANY(%s::uuid[]) AND outcome = '' AND opens_on <= %s "
    f"AND (lapses_on IS NULL OR lapses_on > %s) ORDER BY due_on, id LIMIT {MOST_WAITING}"
)
_PEOPLE = (
    "SELECT item_id, space_id, subject_id, name FROM courses_courseperson WHERE space_id = ANY(%s::uuid[]) "
    "ORDER BY is_in_focus DESC, born ASC NULLS LAST, item_id"
)


def worklist(actor: Actor, today: date) -> Worklist:
    """What waits in the actor's courses, the most urgent first. Four queries, however many courses and rows.

    In the first lane stands what the actor's role may do now; in the second what is due from others. Who
    leads a unit finds there what is due in the courses that the unit leads (two queries more). Where a role
    waits for the actor's yes, one more tells whether that course still runs. Everybody asks for it all day
    long: its statements are written by hand and hand out no models.
    """
    beside = _parts(_BESIDE, actor.membership_id, today, today, today, today)
    courses = {one.space: one for one in _courses(actor, {part.space_id for part in beside})}
    if not courses:
        return Worklist((), (), (), {}, {})
    models = {space: programmes.definition(one.version) for space, one in courses.items()}
    spaces = sight.array(courses)
    if actor.role_key is RoleKey.LEADER:
        beside = _parts(_WITHIN, spaces, today, today)
    parts = [part for part in beside if part.space_id in courses]
    held = in_charge(parts, models)
    own = _roles_of(actor, held)
    items, is_full = _waiting(own, spaces, today)
    people = [_Person(space, subject, name) for _, space, subject, name in sight.read(_PEOPLE, [spaces])]
    names = {(person.space, person.subject): person.name for person in people}
    staffed = _staffed(held)
    found = [_work_row(row, courses[row.space_id], models, own, names, staffed, today) for row in items]
    found.sort(key=lambda row: (row.due, row.space.int, row.occurrence.step))
    waiting = {row.space for row in found}
    return Worklist(
        mine=tuple(row for row in found if row.lane is Lane.MINE),
        others=tuple(row for row in found if row.lane is Lane.OTHERS),
        quiet=tuple(_quiet(courses.values(), waiting, today)),
        families=_names_by_space((person.space, person.name) for person in people),
        models={space: one.title for space, one in models.items()},
        programmes=models,
        people=frozenset(person.subject for person in people),
        asked=tuple(_asked(actor, parts)),
        is_full=is_full,
    )


def _parts(statement: str, *values: object) -> list[Part]:
    """Who takes part, by space and role. One query; who takes part is no information about a person."""
    return [Part(*row) for row in sight.read(statement, values, has_items=False)]


def _courses(actor: Actor, spaces: Collection[UUID]) -> list[_Course]:
    """The courses of these spaces, and those that a leader's units lead, each with its last fact's day."""
    log.searched(LATEST)
    if actor.role_key is RoleKey.LEADER:
        led = sight.array(access.asker().led_units)
        rows = sight.read(_ALSO_LED, [sight.array(spaces), led])
    else:
        rows = sight.read(_OF_TEAM, [sight.array(spaces)])
    return [_Course(*row) for row in rows]


def own_roles(actor: Actor, today: date) -> dict[UUID, set[str]]:
    """The roles of the model that the actor fills today, by space. One query."""
    found: dict[UUID, set[str]] = {}
    rows = Participant.objects.filter(membership=actor.membership_id, starts__lte=today, ends__gt=today)
    for row in sight.visible(rows):
        found.setdefault(row.space_id, set()).add(row.role)
    return found


def _asked(actor: Actor, parts: Iterable[Part]) -> list[Part]:
    """The roles that wait for the actor's yes; nobody waits for it where the course has been closed."""
    mine = [one for one in parts if one.membership_id == actor.membership_id and one.accepted_on is None]
    ended = closed_spaces({one.space_id for one in mine}) if mine else set()
    running = (one for one in mine if one.space_id not in ended)
    return sorted(running, key=lambda one: (one.starts, str(one.pk)))


def _roles_of(actor: Actor, held: Iterable[Part]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for one in held:
        if one.membership_id == actor.membership_id:
            found.setdefault(one.space_id, set()).add(one.role)
    return found


def with_last_fact(actor: Actor, spaces: Collection[UUID]) -> list[Course]:
    """The courses of these spaces, and those that a leader's units lead, each with its last fact's day."""
    last = sight.visible(Fact.objects.filter(space=OuterRef("space")), criterion=LATEST)
    newest = last.order_by("-on_day").values("on_day")[:1]
    rows = visible_courses(actor).filter(Q(space__in=spaces) | _led(actor))
    return list(rows.annotate(last_on=Subquery(newest)).order_by("opened_on", "pk"))


def _led(actor: Actor) -> Q:
    """The courses that the actor's units lead, where the actor is their leader."""
    if actor.role_key is not RoleKey.LEADER:
        return Q()
    return Q(space__lead_unit__in=access.asker().led_units)


def _waiting(own: dict[UUID, set[str]], spaces: str, today: date) -> tuple[list[DueRow], bool]:
    """What can be done now in these courses and is not done, and what is due from others; is that all?"""
    found = read_due(_DUE, [spaces, today, today])
    wanted = [row for row in found if _is_own(row, own) or (row.due_on or today) <= today]
    return wanted, len(found) == MOST_WAITING


def _is_own(row: DueRow, own: dict[UUID, set[str]]) -> bool:
    return row.responsible in own.get(row.space_id, ())


def people_in(actor: Actor, spaces: Collection[UUID]) -> list[CoursePerson]:
    """The people of these courses, those in focus first. One query."""
    rows = CoursePerson.objects.filter(space__in=spaces)
    rows = sight.visible(rows).select_related(None)
    return list(rows.order_by("-is_in_focus", F("born").asc(nulls_last=True), "pk"))


def names_of_courses(actor: Actor, spaces: Collection[UUID]) -> dict[str, tuple[str, ...]]:
    """What the courses call their people, by space as text. One query."""
    found = names_by_space(people_in(actor, spaces)) if spaces else {}
    return {str(space): names for space, names in found.items()}


def names_by_space(people: Iterable[CoursePerson]) -> dict[UUID, tuple[str, ...]]:
    """What the courses call their people, by space."""
    return _names_by_space((person.space_id, person.name) for person in people)


def _names_by_space(named: Iterable[tuple[UUID, str]]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, list[str]] = {}
    for space, name in named:
        found.setdefault(space, []).append(name)
    return {space: tuple(names) for space, names in found.items()}


def _staffed(parts: Iterable[Part]) -> dict[tuple[UUID, str], list[Part]]:
    found: dict[tuple[UUID, str], list[Part]] = {}
    for one in parts:
        found.setdefault((one.space_id, one.role), []).append(one)
    return found


def _work_row(
    row: DueRow,
    course: _Course,
    models: Mapping[UUID, Programme],
    own: dict[UUID, set[str]],
    names: dict[tuple[UUID, UUID], str],
    staffed: dict[tuple[UUID, str], list[Part]],
    today: date,
) -> WorkRow:
    programme = models[row.space_id]
    one = occurrence(row, programme, today)
    having = staffed.get((row.space_id, row.responsible), ())
    return WorkRow(
        lane=Lane.MINE if _is_own(row, own) else Lane.OTHERS,
        space=row.space_id,
        course=course.item,
        occurrence=one,
        title=one.rule.title,
        role=_title(programme, row.responsible),
        by=tuple(one.name for one in having),
        person=names.get((row.space_id, row.person_id), "") if row.person_id else "",
        phone=having[0].phone if having else "",
    )


def _title(programme: Programme, role: str) -> Text:
    """What a model calls a role; the key where it does not know it."""
    return next((one.title for one in programme.roles if one.key == role), None) or Text(da=role, en=role)


def _quiet(courses: Iterable[_Course], waiting: set[UUID], today: date) -> Iterable[QuietCourse]:
    for course in courses:
        last = course.last_on or course.opened_on
        if course.space not in waiting and last <= today - QUIET_AFTER:
            yield QuietCourse(course.space, course.item, last)
