"""What lies ahead: the actor's own meetings over all courses, and the steps that ask for a meeting."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, QuerySet, Subquery

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.meetings import rules
from samspil.collaboration.meetings.models import Invitation, Meeting, MeetingEnd, MeetingMove, MeetingPlace
from samspil.collaboration.meetings.queries.meetings import MeetingRow, rows_of
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.engine import State
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.access import sight
from samspil.foundation.access.kept import kept
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.sharing import Category

WAITS = (State.OPEN, State.DUE, State.LATE)
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A meeting the actor is invited to, with the names of the people its course is about."""

    row: MeetingRow
    programme: Programme
    people: dict[UUID, CoursePerson]
    """The family, those in focus first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A step of the model that asks for a meeting now."""

    occurrence: engine.Occurrence
    kind: str


def meetings_ahead(actor: Actor, today: date) -> list[Ahead]:
    """The meetings that the actor is invited to and that are not over, in all courses. Twelve queries.

    One that was never closed stays here: somebody must say whether it was held.
    """
    if actor.membership_id is None:
        return []
    asked = sight.visible(Invitation.objects.filter(post=actor.membership_id))
    keys = {one.meeting_id for one in asked}
    over = MeetingEnd.objects.filter(meeting=OuterRef("pk"))
    rows = rows_of(actor, Meeting.objects.filter(~Exists(over), pk__in=keys), {"meeting__in": keys})
    spaces = {row.space for row in rows}
    found = {one.space_id: one for one in courses.visible_courses(actor).filter(space__in=spaces)}
    names = _names(spaces)
    return [
        Ahead(row, programmes.definition(found[row.space].version_id), names.get(row.space, {}))
        for row in rows
        if row.space in found and row.is_ahead
    ]


@dataclass(frozen=True, slots=True)
class Booked:
    """A meeting of a course that is arranged and not over; its place where that is no secret."""

    meeting: UUID
    kind: str
    at: datetime
    place: str
    space: UUID


def booked(actor: Actor, space: UUID) -> list[Booked]:
    """The meetings of a course that are arranged and not over, the next first. One query."""
    return booked_in(actor, [space])


def booked_in(actor: Actor, spaces: Collection[UUID]) -> list[Booked]:
    """The meetings of several courses that are arranged and not over, the next first. One query."""
    rows: list[Any] = _arranged(spaces)
    found = [
        Booked(row.pk, row.kind, row.moved_to or row.starts_at, row.where or "", row.space_id) for row in rows
    ]
    return sorted(found, key=lambda one: (one.at, one.meeting))


@kept
def _arranged(spaces: Collection[UUID]) -> "QuerySet[Meeting]":
    over = MeetingEnd.objects.filter(meeting=OuterRef("pk"))
    moves = _asked_along(MeetingMove.objects.filter(meeting=OuterRef("pk"))).order_by("-pk")
    places = _asked_along(
        MeetingPlace.objects.filter(meeting=OuterRef("pk"), item__category=Category.EVERYDAY)
    ).order_by("-pk")
    rows = sight.visible(Meeting.objects.filter(~Exists(over), space__in=spaces)).select_related(None)
    return rows.annotate(
        moved_to=Subquery(moves.values("starts_at")[:1]), where=Subquery(places.values("text")[:1])
    )


def _asked_along(rows: QuerySet[Row]) -> QuerySet[Row]:
    return sight.visible(rows, criterion="meetings that are arranged")


def candidates(actor: Actor, head: CourseHead, today: date) -> list[Candidate]:
    """The steps that a meeting would show done and that are open, due or late; the most urgent first."""
    found = [
        Candidate(one, kind)
        for one in courses.due_rows(actor, head.course, today)
        if one.state in WAITS
        for kind in [kind_shown(one)]
        if kind
    ]
    return sorted(found, key=lambda one: str(one.occurrence.due or "9999"))


def kind_shown(one: engine.Occurrence) -> str:
    """The kind of meeting that shows a step done; empty where no meeting does."""
    for match in one.rule.matches:
        if match.kind == rules.HELD:
            return str(dict(match.where).get("kind", rules.OTHER))
    return ""


def _names(spaces: set[UUID]) -> dict[UUID, dict[UUID, CoursePerson]]:
    rows = CoursePerson.objects.filter(space__in=spaces).order_by(
        "-is_in_focus", F("born").asc(nulls_last=True), "pk"
    )
    found: dict[UUID, dict[UUID, CoursePerson]] = {}
    for person in sight.visible(rows):
        found.setdefault(person.space_id, {})[person.subject_id] = person
    return found
