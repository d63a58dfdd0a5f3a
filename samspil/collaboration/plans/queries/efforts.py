"""Questions about efforts."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from samspil.collaboration.plans import rules
from samspil.collaboration.plans.models import Effort, EffortStep, EffortView
from samspil.collaboration.plans.queries.rows import EffortRow
from samspil.collaboration.plans.queries.versions import grouped, newest
from samspil.collaboration.plans.rules import Happening
from samspil.foundation.access import sight
from samspil.foundation.kernel.actor import Actor


def efforts_of(actor: Actor, space: UUID, today: date) -> list[EffortRow]:
    """What each sector does, open ones first, by the day they began. Three queries."""
    rows = _effort_rows(actor, space)
    return sorted(rows, key=lambda row: (not row.is_open, row.starts or today, row.thread))


def effort(actor: Actor, space: UUID, thread: UUID) -> EffortRow | None:
    """One effort; None where the actor does not see it. Three queries."""
    return next(iter(_effort_rows(actor, space, thread)), None)


def happenings(steps: Iterable[EffortStep]) -> list[Happening]:
    """Steps as the rules reckon with them."""
    return [
        Happening(one.kind, one.on, one.reason, one.planned_end, one.with_plan, one.rhythm) for one in steps
    ]


def _effort_rows(actor: Actor, space: UUID, thread: UUID | None = None) -> list[EffortRow]:
    only = {"space": space} | ({"thread": thread} if thread else {})
    efforts = list(sight.visible(Effort.objects.filter(**only)).select_related("item", "unit"))
    steps = grouped("thread", sight.visible(EffortStep.objects.filter(**only)).order_by("on", "pk"))
    views = grouped("thread", sight.visible(EffortView.objects.filter(**only)).order_by("-on", "-pk"))
    return [_effort_row(one, steps.get(one.thread, []), views.get(one.thread, [])) for one in newest(efforts)]


def _effort_row(row: Effort, steps: Sequence[EffortStep], views: Sequence[EffortView]) -> EffortRow:
    place = {kind: number for number, kind in enumerate(EffortStep.Kind.values)}
    ordered = sorted(steps, key=lambda one: (one.on, place[one.kind]))
    planned = [one.planned_end for one in ordered if one.planned_end]
    return EffortRow(
        effort=row,
        steps=tuple(ordered),
        views=tuple(views),
        state=rules.standing_of(happenings(steps)),
        planned_end=planned[-1] if planned else None,
    )
