"""How it stands while nothing is done: this follows from dates alone, so courses of the same days share it."""

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
from samspil.collaboration.programmes.engine.timing import Slot, repeats

_KEPT = 4096


class Pace(NamedTuple):
    """A rhythm of a step: its slots, the days on which they open and lapse, and each while it is not done."""

    slots: tuple[Slot, ...]
    opening: list[date]
    lapsing: list[date]
    undone: list[Occurrence]


def standing(at: Slot, on: date) -> State:
    """The state of what is not done on the day `on`."""
    if at.last is not None and on > at.last:
        return MISSED
    if on < at.due_day:
        return OPEN if on >= at.opens_day else NOT_DUE
    return LATE if on > at.closes_day else DUE


@lru_cache(maxsize=_KEPT)
def pace(rule: Rule, anchored: date, on: date, responsible: str) -> Pace:
    """The rhythm of a step that counts from the day `anchored`, as of the day `on`."""
    assert rule.every is not None
    slots = repeats(rule.every, anchored, horizon(on))
    undone = [
        Occurrence(
            rule.key, n, None, at.opens, at.due, at.closes, standing(at, on), responsible, (), None, "",
            anchored, at.span, rule, rule.starts[0], at.lapses_on,
        )
        for n, at in enumerate(slots, 1)
    ]  # fmt: skip
    opening, lapsing = [at.opens_day for at in slots], [at.lapses_on or date.max for at in slots]
    return Pace(slots, opening, lapsing, undone)
