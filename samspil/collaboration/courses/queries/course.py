"""A course as the actor sees it: its people, who takes part, what happened."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from samspil.collaboration.courses import rules
from samspil.collaboration.courses.models import Course, CoursePerson, Fact, Participant
from samspil.collaboration.programmes import vocabulary
from samspil.collaboration.programmes.language import Programme, Text
from samspil.collaboration.sharing import queries as sharing
from samspil.foundation.access import sight
from samspil.foundation.access.kept import kept
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import day_of


def visible_courses(actor: Actor) -> "QuerySet[Course]":
    """The courses in whose space the actor stands, also where not everybody in them may be read about."""
    return sight.visible(Course.objects.all()).select_related(None)


def closed_spaces(spaces: Collection[UUID]) -> set[UUID]:
    """Those of the spaces whose course has been closed, as far as the reader may see it. One query."""
    closed = sight.visible(Fact.objects.filter(space__in=spaces, kind=rules.CLOSED, corrected_by=None))
    return {one.space_id for one in closed.select_related(None)}


@kept
def course_of(space: UUID) -> "QuerySet[Course]":
    """The course of a space, or nothing. One query."""
    return sight.visible(Course.objects.filter(space=space)).select_related(None)


def people_of(actor: Actor, space: UUID) -> list[CoursePerson]:
    """The people a course is about, as far as the actor sees them. One query."""
    return _people(space)


@kept
def _people(space: UUID) -> "QuerySet[CoursePerson]":
    rows = sight.visible(CoursePerson.objects.filter(space=space)).select_related(None)
    return rows.order_by("-is_in_focus", "born")


def names_in(actor: Actor, space: UUID | None, subjects: Collection[UUID]) -> dict[UUID, str]:
    """What people of a space are called: as they came in, and newer where the actor reads the record.

    Who takes part knows the names of those in the course, also without a record of them. One query, and
    two a person.
    """
    rows = sight.visible(CoursePerson.objects.filter(space=space, subject__in=subjects)).exclude(name="")
    known = {person.subject_id: person.name for person in rows.select_related(None)}
    return {**known, **sharing.names(actor, subjects)}


def participants_of(actor: Actor, spaces: Collection[UUID], today: date) -> list[Participant]:
    """Who fills which role in these courses today, with names. One query."""
    return _participants(list(spaces), today)


@kept
def _participants(spaces: Collection[UUID], today: date) -> "QuerySet[Participant]":
    rows = sight.visible(Participant.objects.filter(space__in=spaces)).filter(
        starts__lte=today, ends__gt=today
    )
    return rows.select_related("membership__staff", "unit__authority").order_by("space", "role", "starts")


def facts_of(actor: Actor, space: UUID) -> "QuerySet[Fact]":
    """The facts of a course that the actor sees, as they happened."""
    return sight.visible(Fact.objects.filter(space=space)).order_by("on_day", "at", "pk")


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened. A corrected one stays, and says so."""

    fact: UUID
    kind: str
    label: Text
    on: date
    at: datetime | None
    noted_at: datetime
    by_role: str
    attributes: dict[str, object]
    remark: str
    corrects: UUID | None
    is_corrected: bool

    @property
    def is_noted_later(self) -> bool:
        """Was it noted on a later day than it happened?"""
        return day_of(self.noted_at) > self.on


def timeline(actor: Actor, space: UUID) -> list[TimelineRow]:
    """What happened in a course, newest first, as far as the actor sees it. One query."""
    facts = _happened(space)
    corrected = {fact.corrects_id for fact in facts}
    return [_timeline_row(fact, is_corrected=fact.pk in corrected) for fact in reversed(facts)]


@kept
def _happened(space: UUID) -> "QuerySet[Fact]":
    rows = sight.visible(Fact.objects.filter(space=space)).select_related(None).select_related("remark")
    return rows.order_by("on_day", "at", "pk")


def _timeline_row(fact: Fact, *, is_corrected: bool) -> TimelineRow:
    kind = vocabulary.KINDS[fact.kind]
    return TimelineRow(
        fact=fact.pk,
        kind=fact.kind,
        label=Text(da=kind.da, en=kind.en),
        on=fact.on_day,
        at=fact.at,
        noted_at=fact.noted_at,
        by_role=fact.by_role,
        attributes=fact.attributes,
        remark=fact.remark.text if fact.remark else "",
        corrects=fact.corrects_id,
        is_corrected=is_corrected,
    )


class Filling(Protocol):
    """Somebody who fills a role in a course."""

    @property
    def pk(self) -> UUID: ...
    @property
    def space_id(self) -> UUID: ...
    @property
    def role(self) -> str: ...
    @property
    def accepted_on(self) -> date | None: ...


Filler = TypeVar("Filler", bound=Filling)


def in_charge(parts: Iterable[Filler], programmes: Mapping[UUID, Programme]) -> list[Filler]:
    """Those who fill their roles now; `programmes` by space.

    Where a role has room for one, it is the one who said yes last: who is asked to take over does not have
    it yet, and who has handed it over takes part and has it no longer.
    """
    parts = list(parts)
    models = {id(one): one for one in programmes.values()}
    of_one = {key: {role.key for role in one.roles if role.max == 1} for key, one in models.items()}
    single = {space: of_one[id(one)] for space, one in programmes.items()}
    newest: dict[tuple[UUID, str], tuple[date, int]] = {}
    for part in parts:
        if part.accepted_on is not None and part.role in single.get(part.space_id, ()):
            key = (part.space_id, part.role)
            newest[key] = max(newest.get(key, (date.min, -1)), (part.accepted_on, part.pk.int))
    return [
        part
        for part in parts
        if (found := newest.get((part.space_id, part.role))) is None or found[1] == part.pk.int
    ]
