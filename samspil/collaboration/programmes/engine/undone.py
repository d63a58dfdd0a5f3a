"""How a step stands while nothing is done: dates alone say so, and courses of the same days share it."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from samspil.collaboration.programmes.engine.compiling import Rule
from samspil.collaboration.programmes.engine.occurrence import (
    DUE,
    LATE,
    MISSED,
    NOT_DUE,
    OPEN,
    Occurrence,
    State,
)
from samspil.collaboration.programmes.engine.question import horizon
from samspil.collaboration.programmes.engine.timing import Slot, repeats, slot

_KEPT = 32768


class Pace(NamedTuple):
    """What follows from one day: the slots, the time of each, and how each stands while it is not done.

    Evidence counts for a slot from its day in `opening` to the day before that in `lapsing`.
    """

    slots: Sequence[Slot]
    opening: Sequence[date]
    lapsing: Sequence[date]
    undone: Sequence[Occurrence]


def standing(at: Slot, on: date) -> State:
    """The state of what is not done on the day `on`."""
    if at.last is not None and on > at.last:
        return MISSED
    if on < at.due_day:
        return OPEN if on >= at.opens_day else NOT_DUE
    return LATE if on > at.closes_day else DUE


@lru_cache(maxsize=_KEPT)
def pace(rule: Rule, anchored: date, on: date, responsible: str) -> Pace:
    """A step that happens once, or in one rhythm, counting from the day `anchored`; as of the day `on`."""
    start = rule.starts[0]
    slots = repeats(rule.every, anchored, horizon(on)) if rule.every else (slot(start.timing, anchored),)
    return Pace(
        slots,
        [at.since or date.min for at in slots],
        [at.lapses_on or date.max for at in slots],
        [
            Occurrence(
                rule.key, n, None, at.opens, at.due, at.closes, standing(at, on), responsible, (), None, "",
                anchored, at.span, rule, start, at.lapses_on,
            )
            for n, at in enumerate(slots, 1)
        ],
    )  # fmt: skip
