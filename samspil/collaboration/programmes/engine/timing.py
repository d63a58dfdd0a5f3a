"""The dates that follow from the day a rule counts from: windows, rounds and rhythms, kept once worked out.

They depend on nothing but the rule and that day, so courses that began on the same day share them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from samspil.collaboration.programmes.engine.moments import Moment, danish_day, is_after, shifted
from samspil.collaboration.programmes.language.when import Shift

NO_TIME = Shift()
_DAY = timedelta(days=1)
_KEPT = 32768
_BLOCK = 8
_KEPT_BLOCKS = 8192
_MOST = 2000


class Slot(NamedTuple):
    """When one occurrence is due.

    Evidence counts from `since` (None: from ever) to `last`, the last day on which it can be done (None: it
    stays late until it is done); on the day after, `lapses_on`, what is not done is missed. The three `…_day`
    are the Danish days of the moments before them.
    """

    opens: Moment
    due: Moment
    closes: Moment
    opens_day: date
    due_day: date
    closes_day: date
    since: date | None
    last: date | None
    lapses_on: date | None
    span: Shift


@dataclass(frozen=True, slots=True, eq=False)
class Timing:
    """A due rule as numbers: so long after, with so much before and after that still counts as in time."""

    within: Shift
    early: Shift | None
    late: Shift
    lapses: bool


@dataclass(frozen=True, slots=True, eq=False)
class Rhythm:
    """A rhythm as numbers: the first so long after (None: one pace), then so often, until so long after."""

    first: Shift | None
    every: Shift
    early: Shift
    late: Shift
    until: Shift | None


@lru_cache(maxsize=1024)
def timing(within: Shift, early: Shift | None, late: Shift, lapses: bool) -> Timing:  # noqa: FBT001
    """The one timing with these numbers: steps that say the same share it, and so what is kept of it."""
    return Timing(within, early.times(-1) if early is not None else None, late, lapses)


@lru_cache(maxsize=1024)
def rhythm(first: Shift | None, every: Shift, early: Shift, late: Shift, until: Shift | None) -> Rhythm:
    """The one rhythm with these numbers."""
    return Rhythm(first, every, early.times(-1), late, until)


def slot(rule: Timing, anchored: Moment) -> Slot:
    """The slot of a rule that counts from this day or instant."""
    return _slot_of_day(rule, anchored) if type(anchored) is date else _slot(rule, anchored)


def _slot(rule: Timing, anchored: Moment) -> Slot:
    due = shifted(rule.within, anchored)
    closes = shifted(rule.late, due) if any(rule.late) else due
    closes_day = danish_day(closes)
    last, lapses_on = (closes_day, closes_day + _DAY) if rule.lapses else (None, None)
    if rule.early is None:
        opens = due if is_after(anchored, due) else anchored
        first = None
    else:
        opens = shifted(rule.early, danish_day(due))
        first = danish_day(opens)
    days = danish_day(opens), danish_day(due), closes_day
    return Slot(opens, due, closes, *days, first, last, lapses_on, rule.within)


_slot_of_day = lru_cache(maxsize=_KEPT)(_slot)
"""Only days are kept: two instants can be equal to Python and yet an hour apart."""


@lru_cache(maxsize=_KEPT)
def repeats(rule: Rhythm, base: date, horizon: date) -> tuple[Slot, ...]:
    """The slots of a rhythm from the day it counts from to its end or the horizon; the first in any case."""
    return tuple(_up_to(horizon, _counted(rule, base)))


def _up_to(horizon: date, slots: Iterable[Slot]) -> Iterator[Slot]:
    for n, at in enumerate(slots):
        if n and at.due_day > horizon:
            return
        yield at


def _counted(rule: Rhythm, base: date) -> Iterator[Slot]:
    for block in range(_MOST // _BLOCK):
        slots = _block(rule, base, block)
        yield from slots
        if len(slots) < _BLOCK:
            return


@lru_cache(maxsize=_KEPT_BLOCKS)
def _block(rule: Rhythm, base: date, number: int) -> tuple[Slot, ...]:
    """Some slots of a rhythm. All are counted from the first, so that month ends do not drift."""
    begins = rule.every if rule.first is None else rule.first
    first, end = begins.day(base), rule.until.day(base) if rule.until else None
    found: list[Slot] = []
    for index in range(number * _BLOCK, (number + 1) * _BLOCK):
        due = rule.every.times(index).day(first)
        if end is not None and due > end:
            break
        following = rule.every.times(index + 1).day(first)
        span = Shift(*(one + index * other for one, other in zip(begins, rule.every, strict=True)))
        found.append(_repeat(due, following, rule.early, rule.late, span))
    return tuple(found)


def changing_repeats(
    paces: Sequence[tuple[date, Rhythm]], base: date, begins_with: Rhythm, horizon: date
) -> list[tuple[date | None, Slot]]:
    """The slots of a rhythm that changes on some days, each with the change that it counts from (or None).

    Each change begins a new count on its day.
    """
    slots: list[tuple[date | None, Slot]] = []
    for since, at in _changing(paces, base, begins_with):
        if slots and at.due_day > horizon:
            break
        slots.append((since, at))
    return slots


def _changing(
    paces: Sequence[tuple[date, Rhythm]], base: date, begins_with: Rhythm
) -> Iterator[tuple[date | None, Slot]]:
    known = [pace for day, pace in paces if day <= base]
    later = [(day, pace) for day, pace in paces if day > base]
    pace = known[-1] if known else begins_with
    end = pace.until.day(base) if pace.until else None
    dues = _changing_dues(later, base, pace)
    at = next(dues)
    for _number in range(_MOST):
        if end is not None and at.due > end:
            return
        following = next(dues)
        yield at.since, _repeat(at.due, following.due, at.pace.early, at.pace.late, at.span)
        at = following


class _Due(NamedTuple):
    """A due day of a changing rhythm: in which pace, and how long after which change of it."""

    due: date
    since: date | None
    pace: Rhythm
    span: Shift


def _changing_dues(later: Sequence[tuple[date, Rhythm]], base: date, pace: Rhythm) -> Iterator[_Due]:
    since: date | None = None
    for day, following in later:
        for number in count(1):
            span = pace.every.times(number)
            if (due := span.day(base)) > day:
                break
            yield _Due(due, since, pace, span)
        since, base, pace = day, day, following
    for number in count(1):
        span = pace.every.times(number)
        yield _Due(span.day(base), since, pace, span)


def _repeat(due: date, following: date, early: Shift, late: Shift, span: Shift) -> Slot:
    """One repeat: it can be done until the window of the following one opens."""
    opens, closes = early.day(due), late.day(due)
    lapses_on = early.day(following)
    return Slot(opens, due, closes, opens, due, closes, opens, lapses_on - _DAY, lapses_on, span)
