"""Steps that happen for each object (an effort, a meeting): which there are, and what shows them."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from samspil.collaboration.programmes.engine.facts import Fact, Facts, Person
from samspil.collaboration.programmes.engine.moments import Moment
from samspil.collaboration.programmes.engine.plan import Grouping, Rule, Start, Where
from samspil.collaboration.programmes.engine.timing import Slot, slot

NOTHING: Sequence[Fact] = ()
by_order = attrgetter("order")
by_day = attrgetter("day")
made = tuple.__new__
"""Makes a named tuple of its values without naming them: half the time of calling the class."""


class Group(NamedTuple):
    """The facts of one object in order, and when it was called off."""

    value: object
    facts: Sequence[Fact]
    called_off: date | None


class Thing(NamedTuple):
    """An object that starts a clock: the earliest slot its anchors give. `value` names it in evidence."""

    slot: Slot
    anchored: Moment
    start: Start
    value: object
    called_off: date | None


def groups(facts: Facts, grouping: Grouping, person: Person | None) -> list[Group]:
    """The objects of a grouping, in order of their first fact.

    What one fact of an object says (its sector, its kind) holds for the object. Facts without the tying
    attribute are told apart by order: one of the first kind begins a new object.
    """
    by, found = grouping.by, _anchoring(facts, grouping, person)
    if by is None:
        return [made(Group, (None, (fact,), None)) for fact in found]
    lots: dict[object, list[Fact]] = {}
    untied = 0
    kinds: set[str] = set()
    for fact in found:
        key = fact.attributes.get(by)
        if key is None:
            if not kinds or fact.kind in kinds or fact.kind == grouping.first:
                untied, kinds = untied + 1, set()
            kinds.add(fact.kind)
            key = ("untied", untied)
        lot = lots.get(key)
        if lot is None:
            lots[key] = [fact]
        else:
            lot.append(fact)
    ended: dict[object, date] = {}
    if lots and grouping.unless and grouping.unless in facts:
        ended = {fact.attributes.get(by): fact.day for fact in facts[grouping.unless]}
    return [made(Group, (lot[0].attributes.get(by), lot, ended.get(key))) for key, lot in lots.items()]


def things(found: Iterable[Group], rule: Rule) -> list[Thing]:
    """The objects that start the clock of a rule: all of them, or every so-manieth."""
    starts = rule.starts
    start, every = starts[0], starts[0].every
    if rule.is_direct:
        timed, place = start.timing, -1 if start.last else 0
        known = [
            made(Thing, (slot(timed, at := lot[place].counts_from), at, start, value, called_off))
            for value, lot, called_off in found
        ]
    elif len(starts) == 1:
        known = _of_one_start(found, start)
    else:
        known = [thing for group in found if (thing := _thing(group, starts)) is not None]
    return known if every == 1 else known[every - 1 :: every]


class Episode(NamedTuple):
    """A time in which the latest fact of a kind had these values; it `ends` on the day that changed it."""

    begins: Moment
    ends: date | None


def episodes(facts: Iterable[Fact], where: Where) -> list[Episode]:
    """The episodes that facts of one kind, in order, tell. What says the same again goes on with one."""
    found: list[Episode] = []
    for fact in facts:
        is_on = bool(found) and found[-1].ends is None
        if fits(fact, where):
            if not is_on:
                found.append(Episode(fact.counts_from, None))
        elif is_on:
            found[-1] = Episode(found[-1].begins, fact.day)
    return found


def dated(start: Start, facts: Sequence[Fact]) -> Moment | None:
    """The date a rule counts from: of the first (or last) of these facts of its kinds that has one."""
    for fact in reversed(facts) if start.last else facts:
        if fact.kind not in start.kinds:
            continue
        if start.date is None:
            return fact.counts_from
        value = fact.attributes.get(start.date)
        if value is not None:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
    return None


def _anchoring(facts: Facts, grouping: Grouping, person: Person | None) -> Sequence[Fact]:
    """The facts that the grouping reads, in order, each once."""
    lots: list[Sequence[Fact]] = []
    for kind, where in grouping.patterns:
        lot = facts.get(kind)
        if lot:
            lots.append([fact for fact in lot if fits(fact, where)] if where else lot)
    if not lots:
        return NOTHING
    found = lots[0]
    if len(lots) > 1:
        together = chain.from_iterable(lots)
        each_once = together if grouping.is_each_once else {fact.id: fact for fact in together}.values()
        found = sorted(each_once, key=by_order)
    if grouping.same_person and person is not None:
        return [fact for fact in found if not fact.people or person.id in fact.people]
    return found


def fits(fact: Fact, where: Where) -> bool:
    """Has the fact these values?"""
    return all(fact.attributes.get(name) == value for name, value in where)


def _of_one_start(found: Iterable[Group], start: Start) -> list[Thing]:
    """The objects that a single anchor dates."""
    known: list[Thing] = []
    if start.joins:
        return known
    where, timed = start.where, start.timing
    for value, lot, called_off in found:
        if where and not _says(lot, where):
            continue
        at = dated(start, lot)
        if at is not None:
            known.append(made(Thing, (slot(timed, at), at, start, value, called_off)))
    return known


def _thing(group: Group, starts: tuple[Start, ...]) -> Thing | None:
    """The earliest date that an object's anchors give; None where none is known, or where it only joins."""
    best: tuple[Slot, Moment, Start] | None = None
    is_own = False
    for start in starts:
        if start.where and not _says(group.facts, start.where):
            continue
        anchored = dated(start, group.facts)
        if not start.joins and not is_own:
            is_own = anchored is not None or any(fact.kind in start.kinds for fact in group.facts)
        if anchored is not None:
            at = slot(start.timing, anchored)
            if best is None or at.due_day < best[0].due_day:
                best = at, anchored, start
    return Thing(*best, group.value, group.called_off) if is_own and best is not None else None


def _says(facts: Sequence[Fact], where: Where) -> bool:
    """Have the facts of an object these values? Of those that say something of one, the last wins."""
    for name, value in where:
        for fact in reversed(facts):
            if name in fact.attributes:
                if fact.attributes[name] != value:
                    return False
                break
        else:
            return False
    return True


class Shelf:
    """The evidence of a rule, laid out by object. A fact taken is gone, unless evidence is shared.

    A fact that names no object can show any of them; an object that has no name takes any fact. What names
    its object counts whenever it was, unless the step has a window that says from when.
    """

    __slots__ = ("_is_from_ever", "_is_shared", "_lots")

    def __init__(self, rule: Rule, facts: Sequence[Fact]) -> None:
        by = rule.starts[0].by
        self._is_shared, self._is_from_ever = rule.is_shared, not rule.is_early and not rule.is_shared
        lots: dict[object, list[Fact]] = {}
        self._lots = lots
        if by is None:
            lots[None] = list(facts)
            return
        for fact in facts:
            value = fact.attributes.get(by)
            if value in lots:
                lots[value].append(fact)
            else:
                lots[value] = [fact]

    def take(self, value: object, since: date, last: date | None) -> Fact | None:
        """The first fact from `since` to `last` that can show this object."""
        lots = self._lots
        if value is None:
            return self._first(lots.values(), since, last)
        if self._is_from_ever:
            since = date.min
        own, free = lots.get(value), lots.get(None)
        if own is None:
            return None if free is None else self._first((free,), since, last)
        return self._first((own,) if free is None else (own, free), since, last)

    def _first(self, lots: Iterable[list[Fact]], since: date, last: date | None) -> Fact | None:
        fact: Fact | None = None
        for one in lots:
            place = 0 if one and one[0].day >= since else bisect_left(one, since, key=by_day)
            if place < len(one) and (fact is None or one[place].order < fact.order):
                fact, lot, index = one[place], one, place
        if fact is None or (last is not None and fact.day > last):
            return None
        if not self._is_shared:
            del lot[index]
        return fact
