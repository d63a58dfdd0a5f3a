"""Every course that the actor takes part in or leads, with how far it is and who coordinates."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Min

from samspil.collaboration.courses.models import Course, DueItem, Participant
from samspil.collaboration.courses.queries.course import participants_of
from samspil.collaboration.courses.queries.worklist import (
    names_by_space,
    own_roles,
    people_in,
    with_last_fact,
)
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.language import Programme, Text
from samspil.foundation.access import sight
from samspil.foundation.kernel.actor import Actor

ENDED = ("done", "done late")


@dataclass(frozen=True, slots=True)
class MyCourse:
    """One course in a list: whose, under which model, how far, what is next, who coordinates."""

    course: Course
    names: tuple[str, ...]
    model: Text
    phase: Text | None
    next_on: date | None
    coordinator: str

    @property
    def space(self) -> UUID:
        return self.course.space_id


def my_courses(actor: Actor, today: date) -> list[MyCourse]:
    """The actor's courses, oldest first. Six queries, however many; the phase is the last one begun."""
    courses = with_last_fact(actor, own_roles(actor, today).keys())
    spaces = [course.space_id for course in courses]
    if not spaces:
        return []
    names = names_by_space(people_in(actor, spaces))
    ahead, begun = _next_days(spaces, today), _begun(spaces)
    staffed: dict[UUID, list[Participant]] = {}
    for one in participants_of(actor, spaces, today):
        staffed.setdefault(one.space_id, []).append(one)
    found = []
    for course in courses:
        space, programme = course.space_id, programmes.definition(course.version_id)
        found.append(
            MyCourse(
                course=course,
                names=names.get(space, ()),
                model=programme.title,
                phase=_phase(programme, begun.get(space, set())),
                next_on=ahead.get(space),
                coordinator=_coordinator(programme, staffed.get(space, [])),
            )
        )
    return found


def _next_days(spaces: Collection[UUID], today: date) -> dict[UUID, date]:
    rows = DueItem.objects.filter(space__in=spaces, outcome="", due_on__gte=today)
    listed = sight.visible(rows, criterion="next day in my courses")
    return dict(listed.values("space_id").annotate(day=Min("due_on")).values_list("space_id", "day"))


def _begun(spaces: Collection[UUID]) -> dict[UUID, set[str]]:
    rows = DueItem.objects.filter(space__in=spaces, outcome__in=ENDED)
    listed = sight.visible(rows, criterion="phase of my courses")
    found: dict[UUID, set[str]] = {}
    for space, step in listed.values_list("space_id", "step").distinct():
        found.setdefault(space, set()).add(step)
    return found


def _phase(programme: Programme, done: Collection[str]) -> Text | None:
    """The furthest phase in which something is done; the first where nothing is."""
    begun = [phase for phase in programme.phases if any(step.key in done for step in phase.steps)]
    return (begun[-1] if begun else programme.phases[0]).title


def _coordinator(programme: Programme, participants: Iterable[Participant]) -> str:
    """Who has said yes to the role that the baton passes to; until then who holds it from the start."""
    for role in (programme.baton.passes_to, programme.baton.starts):
        for one in participants:
            if one.role == role and (one.accepted_on or role == programme.baton.starts):
                return str(one.membership.staff.name)
    return ""
