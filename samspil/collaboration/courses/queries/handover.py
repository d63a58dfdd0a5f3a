"""Handovers of the coordination: what was asked, what was answered, what stood open."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samspil.collaboration.courses.models import Course, DueItem, Handover, HandoverAnswer, HandoverWords
from samspil.collaboration.courses.queries.due import occurrence
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes import queries as programmes
from samspil.foundation.access import sight
from samspil.foundation.access.kept import kept
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.sharing import Category

WORDS = Category.EVERYDAY
"""What a handover says is about everyday life: what needs more is not in it."""
MOST_OPEN = 40
AHEAD = timedelta(days=183)
"""How far a handover looks."""


@dataclass(frozen=True, slots=True)
class HandoverCase:
    """One handover with its answer and its words, as far as the actor sees them."""

    handover: Handover
    answer: HandoverAnswer | None
    words: tuple[HandoverWords, ...]

    @property
    def state(self) -> str:
        """Empty while it waits."""
        return self.answer.answer if self.answer else ""

    @property
    def asked(self) -> HandoverWords | None:
        return next((one for one in self.words if one.why), None)

    @property
    def reply(self) -> str:
        return next((one.reply for one in self.words if one.reply), "")


def handover_case(actor: Actor, space: UUID, handover: UUID) -> HandoverCase | None:
    """One handover of a space. Three queries."""
    row = (
        sight.visible(Handover.objects.filter(space=space, pk=handover))
        .select_related("giver__staff", "giver__unit", "receiver__staff", "receiver__unit", "asked_by__staff")
        .first()
    )
    if row is None:
        return None
    answer = sight.visible(HandoverAnswer.objects.filter(pk=row.pk)).select_related("by__staff").first()
    words = sight.visible(HandoverWords.objects.filter(handover=row)).order_by("pk")
    return HandoverCase(row, answer, tuple(words))


def open_handover(actor: Actor, space: UUID) -> Handover | None:
    """The handover of a space that waits for an answer. One query."""
    return next(iter(_open_handovers(space)), None)


@kept
def _open_handovers(space: UUID) -> "QuerySet[Handover]":
    rows = sight.visible(Handover.objects.filter(space=space, answer=None))
    return rows.select_related("receiver__staff", "giver__staff").order_by("-requested_on", "-pk")[:1]


def handovers_of(actor: Actor, space: UUID) -> list[Handover]:
    """The handovers of a space, the newest first. One query."""
    rows = sight.visible(Handover.objects.filter(space=space)).select_related(
        "receiver__staff", "giver__staff", "answer"
    )
    return list(rows.order_by("-requested_on", "-pk"))


def handovers_waiting(actor: Actor, today: date) -> list[Handover]:
    """The handovers that wait for the actor's answer, the oldest first: for the worklist. One query."""
    rows = Handover.objects.filter(receiver=actor.membership_id, answer=None, requested_on__lte=today)
    return list(sight.visible(rows).select_related("giver__staff").order_by("requested_on", "pk"))


def open_steps(
    actor: Actor, course: Course, subjects: set[UUID], owners: set[UUID], today: date
) -> list[dict[str, Any]]:
    """What stands open in everyday life about these people, with its day: what a handover lists. One query.

    A step that rests on more than everyday life, is about somebody else, or rests on what a third unit has
    noted, is not listed: the words are read by whoever the own unit shows everyday life about these people.
    """
    programme = programmes.definition(course.version_id)
    rows = sight.visible(
        DueItem.objects.filter(space=course.space_id, outcome="", due_on__isnull=False).order_by(
            "due_on", "pk"
        )
    )
    found = []
    for row in rows:
        if row.categories & ~int(WORDS) or set(row.subjects) - subjects or set(row.owner_units) - owners:
            continue
        one = occurrence(row, programme, today)
        if one.state is engine.State.MISSED or (row.due_on or today) > today + AHEAD:
            continue
        if programmes.coming_instrument(one.rule):
            continue
        found.append(
            {
                "step": one.step,
                "n": one.n,
                "person": one.person,
                "title": one.rule.title.model_dump(),
                "due": row.due_on.isoformat() if row.due_on else None,
                "responsible": row.responsible,
                "state": one.state.value,
            }
        )
    return found[:MOST_OPEN]
