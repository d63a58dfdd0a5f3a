"""What waits in the actor's courses: for the actor, for others, and where it is quiet."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery

from samspil.collaboration.courses.models import Course, CoursePerson, DueItem, Fact, Participant
from samspil.collaboration.courses.queries.course import participants_of, visible_courses
from samspil.collaboration.courses.queries.due import occurrence
from samspil.collaboration.families.queries import person_records
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.language import Text
from samspil.foundation.access import sight
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import day_of

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
    """Waits for me · waits for others · quiet here; and the names of the people in focus, by space."""

    mine: tuple[WorkRow, ...]
    others: tuple[WorkRow, ...]
    quiet: tuple[QuietCourse, ...]
    families: dict[UUID, tuple[str, ...]]


def worklist(actor: Actor, today: date) -> Worklist:
    """What waits in the actor's courses, the most urgent first. Six queries, however many courses and rows.

    In the first lane stands what the actor's role may do now; in the second what is due from others.
    """
    own = _own_roles(actor, today)
    courses = {course.space_id: course for course in _with_last_fact(actor, own.keys())}
    items = _waiting(own, courses.keys(), today)
    people = _in_focus(actor, courses.keys())
    subjects = {person.subject_id for person in people} | {row.person_id for row in items if row.person_id}
    names = {record.subject_id: record.name for record in person_records(actor).filter(subject__in=subjects)}
    staffed = _staffed(participants_of(actor, courses.keys(), today))
    found = [_work_row(row, courses[row.space_id], own, names, staffed, today) for row in items]
    found.sort(key=lambda row: (row.due, str(row.space), row.occurrence.step))
    waiting = {row.space for row in found}
    return Worklist(
        mine=tuple(row for row in found if row.lane is Lane.MINE),
        others=tuple(row for row in found if row.lane is Lane.OTHERS),
        quiet=tuple(_quiet(courses.values(), waiting, today)),
        families=_families(people, names),
    )


def _own_roles(actor: Actor, today: date) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    rows = Participant.objects.filter(membership=actor.membership_id, starts__lte=today, ends__gt=today)
    for row in sight.visible(rows):
        found.setdefault(row.space_id, set()).add(row.role)
    return found


def _with_last_fact(actor: Actor, spaces: Collection[UUID]) -> list[Course]:
    """The courses of these spaces, each with the day of the last fact that the actor sees."""
    last = sight.visible(Fact.objects.filter(space=OuterRef("space")), criterion="latest in my courses")
    newest = last.order_by("-on_day").values("on_day")[:1]
    return list(visible_courses(actor).filter(space__in=spaces).annotate(last_on=Subquery(newest)))


def _waiting(own: dict[UUID, set[str]], spaces: Collection[UUID], today: date) -> list[DueItem]:
    """What can be done now in these courses and is not done, and what is due from others."""
    rows = (
        DueItem.objects.filter(space__in=spaces, outcome="", opens_on__lte=today)
        .filter(Q(lapses_on=None) | Q(lapses_on__gt=today))
        .order_by("due_on", "pk")
    )
    found = list(sight.visible(rows)[:MOST_WAITING])
    return [row for row in found if row.responsible in own[row.space_id] or (row.due_on or today) <= today]


def _in_focus(actor: Actor, spaces: Collection[UUID]) -> list[CoursePerson]:
    rows = CoursePerson.objects.filter(space__in=spaces, is_in_focus=True)
    return list(sight.visible(rows).order_by(F("born").asc(nulls_last=True), "pk"))


def _staffed(participants: Iterable[Participant]) -> dict[tuple[UUID, str], tuple[str, ...]]:
    found: dict[tuple[UUID, str], tuple[str, ...]] = {}
    for one in participants:
        key = (one.space_id, one.role)
        found[key] = (*found.get(key, ()), one.membership.staff.name)
    return found


def _work_row(
    row: DueItem,
    course: Course,
    own: dict[UUID, set[str]],
    names: dict[UUID, str],
    staffed: dict[tuple[UUID, str], tuple[str, ...]],
    today: date,
) -> WorkRow:
    programme = programmes.definition(course.version_id)
    one = occurrence(row, programme, today)
    titles = {role.key: role.title for role in programme.roles}
    return WorkRow(
        lane=Lane.MINE if row.responsible in own[row.space_id] else Lane.OTHERS,
        space=row.space_id,
        course=course.pk,
        occurrence=one,
        title=one.rule.title,
        role=titles.get(row.responsible, Text(da=row.responsible, en=row.responsible)),
        by=staffed.get((row.space_id, row.responsible), ()),
        person=names.get(row.person_id, "") if row.person_id else "",
    )


def _quiet(courses: Iterable[Course], waiting: set[UUID], today: date) -> Iterable[QuietCourse]:
    for course in courses:
        last: date = getattr(course, "last_on", None) or course.opened_on
        if course.space_id not in waiting and last <= today - QUIET_AFTER:
            yield QuietCourse(course.space_id, course.pk, last)


def _families(people: Sequence[CoursePerson], names: dict[UUID, str]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    for person in people:
        if name := names.get(person.subject_id):
            found[person.space_id] = (*found.get(person.space_id, ()), name)
    return found
