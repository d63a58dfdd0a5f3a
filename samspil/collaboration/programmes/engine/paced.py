"""Steps that happen once, or in one rhythm, counting from one day: most of a model, and quickly answered."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from samspil.collaboration.programmes.engine.objects import dated, made
from samspil.collaboration.programmes.engine.occurrence import Occurrence
from samspil.collaboration.programmes.engine.plan import Rule
from samspil.collaboration.programmes.engine.question import Question, horizon
from samspil.collaboration.programmes.engine.standing import done_by, standing
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


def in_pace(question: Question, rule: Rule, found: list[Occurrence]) -> bool:
    """Answer a paced step with which nothing interferes; False where it is no such one.

    Found is how it stands while nothing is done, which courses of the same days share, and what is done in
    its place. A fact shows the repeat in whose time it lies: each ends on the day before the next one opens.
    """
    anchors = question.matching[rule.anchor]
    if not anchors:
        return False
    start = rule.starts[0]
    if start.date is None:
        anchored = (anchors[-1] if start.last else anchors[0]).counts_from
    else:
        anchored = dated(start, anchors)  # type: ignore[assignment]
    if type(anchored) is not date:
        return False
    on, has_baton, role = question.on, rule.has_baton, rule.responsible
    if has_baton:
        role = question.holding
    slots, opening, lapsing, undone = pace(rule, anchored, on, role)
    if has_baton and question.settled_on > min(on, slots[0].closes_day):
        return False
    number = rule.only_match
    evidence = question.evidence(rule)[0] if number is None else question.matching[number]
    if not evidence:
        found += undone
        return True
    rows, latest = list(undone), -1
    for fact in evidence:
        day = fact.day
        place = bisect_right(opening, day) - 1
        if place > latest and day < lapsing[place]:
            latest, at = place, slots[place]
            opens, due, closes, _opens, _due, _closes, _since, _last, _lapses, span = at
            state, note = done_by(fact, at)
            if has_baton:
                role = question.holder(day)
            rows[place] = made(Occurrence, (
                rule.key, place + 1, None, opens, due, closes, state, role, (fact.id,), day, note,
                anchored, span, rule, start, None,
            ))  # fmt: skip
            if place + 1 == len(slots):
                break
    found += rows
    return True


@lru_cache(maxsize=_KEPT)
def pace(rule: Rule, anchored: date, on: date, responsible: str) -> Pace:
    """A paced step as of the day `on`, while nothing of it is done."""
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
