"""One question to the engine: the facts in force by kind and attribute, and what many steps ask."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from samspil.collaboration.programmes.engine.facts import (
    CLOSED,
    EXCUSED,
    OPENED,
    TRACK,
    Fact,
    Facts,
    Person,
)
from samspil.collaboration.programmes.engine.moments import Moment
from samspil.collaboration.programmes.engine.objects import (
    NOTHING,
    Episode,
    Group,
    Thing,
    by_order,
    dated,
    episodes,
    groups,
    made,
    things,
)
from samspil.collaboration.programmes.engine.plan import Audience, Compiled, Rule, Shown, Start
from samspil.collaboration.programmes.engine.timing import Rhythm
from samspil.collaboration.programmes.language.when import add_months

_NO_TRACKS: frozenset[str] = frozenset()
HORIZON_MONTHS = 12
"""Repeats are listed this far after the day asked about."""
MONTHS = 12
Lists = tuple[Sequence[Fact], ...]
"""Facts that can be evidence, in order: a list for each match where all are needed, else one list."""


class Member(NamedTuple):
    """A person a step is for, from and before the days on which the ages of the step are reached.

    `wrong_start`: why the age at the start puts the step out of question; empty where it does not.
    """

    person: Person
    id: str
    since: date | None
    before: date | None
    wrong_start: str
    is_free: bool
    """No age matters: the step is for this person on every day."""

    def is_of_age(self, day: date) -> bool:
        """Inside the ages on the day. With an unknown birth date yes: somebody must look."""
        return (self.since is None or self.since <= day) and (self.before is None or day < self.before)


class Question:
    """The facts in force on a day, the people, and the answers that several steps share."""

    __slots__ = (
        "_audiences",
        "_by_person",
        "_groups",
        "_holders",
        "_lists",
        "_people",
        "_things",
        "chosen",
        "closed",
        "excuses",
        "facts",
        "holding",
        "is_calm",
        "matching",
        "on",
        "opened",
        "ready",
        "settled_on",
        "tracks",
    )  # fmt: skip

    def __init__(self, ready: Compiled, facts: Facts, people: Sequence[Person], on: date) -> None:
        self.ready, self.facts, self._people, self.on = ready, facts, people, on
        closings, openings = facts.get(CLOSED), facts.get(OPENED)
        self.opened: date | None = openings[0].day if openings else None
        self.closed: date | None = closings[0].day if closings else None
        self.tracks: Sequence[Fact] = facts.get(TRACK, NOTHING)
        self.excuses: dict[str, list[Fact]] = {}
        for fact in facts.get(EXCUSED, NOTHING):
            self.excuses.setdefault(str(fact.attributes.get("step")), []).append(fact)
        self.is_calm = self.closed is None and not self.tracks and not self.excuses
        self.chosen = frozenset([str(one) for one in _tracks(self.tracks)]) if self.tracks else _NO_TRACKS
        self.matching = _matching(ready, facts)
        self._lists: dict[int, Lists] = {}
        self._by_person: dict[int, list[dict[str, list[Fact]]]] = {}
        self._groups: dict[str, list[Group]] = {}
        self._things: dict[str, list[Thing]] = {}
        self._audiences: dict[int, list[Member]] = {}
        self._holders = holders(ready, facts)
        self.settled_on, self.holding = date.min, ready.baton_starts
        if self._holders:
            self.settled_on, self.holding = self._holders[-1]
            if self.settled_on > on:
                self.holding = held_on(ready, self._holders, on)

    @property
    def horizon(self) -> date:
        """The day up to which repeats are listed."""
        return horizon(min(self.on, self.closed) if self.closed else self.on)

    def is_plain(self, rule: Rule) -> bool:
        """Do the dates alone say how it stands? Nothing ends, excuses or leaves out what is not done."""
        if self.is_calm:
            return rule.is_simple
        if not rule.is_simple or (
            self.closed is not None and not (rule.after_closing and rule.every is None)
        ):
            return False
        return rule.key not in self.excuses and (not rule.tracks or self.chosen <= rule.tracks)

    def evidence(self, rule: Rule) -> Lists:
        """The facts that can show a rule done: a list for each match where all are needed, else one list."""
        if rule.only_match is not None:
            return (self.matching[rule.only_match],)
        lists = self._lists.get(rule.shown)
        if lists is None:
            lists = self._lists[rule.shown] = _merged(self.ready.shown[rule.shown], self.matching)
        return lists

    def evidence_about(self, rule: Rule, person: Person, *, alone: bool) -> Lists:
        """The same for a person. A fact counts for the people it names; one that names nobody only where
        there is just one (`alone`).
        """
        if alone:
            return tuple([_about(person.id, facts) for facts in self.evidence(rule)])
        by_person = self._by_person.get(rule.shown)
        if by_person is None:
            by_person = self._by_person[rule.shown] = [_by_person(facts) for facts in self.evidence(rule)]
        if len(by_person) == 1:
            return (by_person[0].get(person.id, NOTHING),)
        return tuple([named.get(person.id, NOTHING) for named in by_person])

    def things(self, rule: Rule, member: Member | None) -> list[Thing]:
        """The objects that start the clock of a rule. Rules and people with the same objects share them."""
        grouping = rule.grouping
        if grouping is None:
            return []
        if grouping.same_person:
            return things(groups(self.facts, grouping, member.person if member else None), rule)
        found = self._things.get(rule.key)
        if found is None:
            if grouping.key not in self._groups:
                self._groups[grouping.key] = groups(self.facts, grouping, None)
            found = self._things[rule.key] = things(self._groups[grouping.key], rule)
        return found

    def audience(self, number: int) -> list[Member]:
        """The people of an audience by id, each once."""
        found = self._audiences.get(number)
        if found is None:
            found = _members(self.ready.audiences[number], self._people, self.opened)
            self._audiences[number] = found
        return found

    def episodes(self, start: Start, member: Member | None) -> list[Episode]:
        """The episodes of an anchor; of a person only those that name the person, or nobody."""
        facts: Sequence[Fact] = self.facts.get(start.kinds[0], NOTHING)
        if start.same_person and member is not None:
            facts = _about(member.id, facts)
        return episodes(facts, start.where)

    def anchored(self, start: Start, member: Member | None) -> Moment | None:
        """The day or instant that a plain anchor counts from, or None where it is not known."""
        if start.match is None:
            return self._birthday(start, member)
        facts = self.matching[start.match.number]
        if facts and start.same_person and member is not None:
            facts = _about(member.id, facts)
        if not facts:
            return None
        if start.date is None:
            return (facts[-1] if start.last else facts[0]).counts_from
        return dated(start, facts)

    def _birthday(self, start: Start, member: Member | None) -> date | None:
        born = member.person.born if member is not None else None
        return add_months(born, start.birthday * MONTHS) if born and start.birthday is not None else None

    def holder(self, day: date) -> str:
        """The role that holds the baton on the day."""
        if self._holders and self.settled_on <= day:
            return self._holders[-1][1]
        return held_on(self.ready, self._holders, day)

    def is_on_track(self, rule: Rule) -> bool:
        """Is the step on the track that was chosen last?"""
        return rule.is_on_default_track if not self.tracks else self.track(rule, self.on)[0]

    def track(self, rule: Rule, day: date) -> tuple[bool, date | None]:
        """Is the step on the chosen track on `day`; and if so, on which later day it was left."""
        chosen = self.ready.default_track
        left: date | None = None
        for fact in self.tracks:
            track = fact.attributes.get("track")
            if fact.attributes.get("phase") is not None or track is None:
                continue
            if fact.day <= day:
                chosen = str(track)
            elif left is None and track not in rule.tracks:
                left = fact.day
        return chosen in rule.tracks, left

    def paces(self, rule: Rule) -> tuple[Rhythm, list[tuple[date, Rhythm]]]:
        """The rhythm that the tracks give a step at first, and each change of it with its day."""
        rhythms = rule.rhythms
        chosen = [(fact.day, rhythms.get(str(fact.attributes.get("track")))) for fact in self.tracks]
        defaults = [rhythms[one] for one in self.ready.phase_defaults.values() if one in rhythms]
        first = defaults[0] if defaults else next(iter(rhythms.values()))
        return first, [(day, pace) for day, pace in chosen if pace is not None]


@lru_cache(maxsize=4096)
def horizon(on: date) -> date:
    """The day up to which repeats are listed when asked about the day `on`."""
    return add_months(on, HORIZON_MONTHS)


def _tracks(chosen: Iterable[Fact]) -> Iterator[object]:
    """The tracks that were chosen for the whole course."""
    for fact in chosen:
        track = fact.attributes.get("track")
        if track is not None and fact.attributes.get("phase") is None:
            yield track


def _matching(ready: Compiled, facts: Facts) -> list[Sequence[Fact]]:
    """The facts of each match of the programme by its number, in order. A fact is looked at once a table."""
    found: list[Sequence[Fact]] = [NOTHING] * ready.matches
    for kind, names, numbers in ready.tables:
        noted = facts.get(kind)
        if noted is None:
            continue
        if not names:
            found[numbers[()]] = noted
            continue
        lots: dict[int, list[Fact]] = {}
        for fact in noted:
            get = fact.attributes.get
            value = get(names[0]) if len(names) == 1 else tuple([get(name) for name in names])
            number = numbers.get(value)
            if number is None:
                continue
            if number in lots:
                lots[number].append(fact)
            else:
                found[number] = lots[number] = [fact]
    return found


def _merged(shown: Shown, matching: Sequence[Sequence[Fact]]) -> Lists:
    """A list for each match where all are needed, else one list in order, each fact once."""
    lists = [matching[number] for number in shown.matches]
    if shown.needs_all or len(lists) == 1:
        return tuple(lists)
    filled = [one for one in lists if one]
    if len(filled) <= 1:
        return (filled[0],) if filled else (NOTHING,)
    each_once = {fact.id: fact for one in filled for fact in one}
    return (sorted(each_once.values(), key=by_order),)


def _about(person: str, facts: Sequence[Fact]) -> Sequence[Fact]:
    """Those that name the person, or nobody."""
    return [fact for fact in facts if not fact.people or person in fact.people]


def _by_person(facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        for person in fact.people:
            if person in found:
                found[person].append(fact)
            else:
                found[person] = [fact]
    return found


def _members(each: Audience, people: Sequence[Person], opened: date | None) -> list[Member]:
    found: dict[str, Member] = {}
    for role, from_age, below_age, starts_from, starts_below in each:
        is_ageless = from_age is below_age is starts_from is starts_below is None
        for person in people:
            if role not in person.roles or person.id in found:
                continue
            if is_ageless:
                found[person.id] = made(Member, (person, person.id, None, None, "", True))
            else:
                found[person.id] = _member(person, opened, from_age, below_age, starts_from, starts_below)
    return [found[key] for key in sorted(found)] if len(found) > 1 else list(found.values())


def _member(
    person: Person,
    opened: date | None,
    from_age: int | None,
    below_age: int | None,
    starts_from: int | None,
    starts_below: int | None,
) -> Member:
    since, before = _reached(person, from_age), _reached(person, below_age)
    first, last = _reached(person, starts_from), _reached(person, starts_below)
    wrong_start = ""
    if opened is not None and first is not None and opened < first:
        wrong_start = "too-young"
    elif opened is not None and last is not None and opened >= last:
        wrong_start = "too-old"
    is_free = since is None and before is None and not wrong_start
    return Member(person, person.id, since, before, wrong_start, is_free)


def _reached(person: Person, age: int | None) -> date | None:
    """The birthday on which a person reaches an age; None where one of the two is not known."""
    return add_months(person.born, age * MONTHS) if age is not None and person.born is not None else None


def held_on(ready: Compiled, taken: Iterable[tuple[date, str]], day: date) -> str:
    """The role that holds the baton on the day; `taken` are those who took it, in order."""
    role = ready.baton_starts
    for since, taken_by in taken:
        if since > day:
            break
        role = taken_by
    return role


def holders(ready: Compiled, facts: Facts) -> list[tuple[date, str]]:
    """Who took the baton, with the day."""
    passed = [fact for kind in ready.baton_kinds for fact in facts.get(kind, NOTHING)]
    if len(passed) > 1:
        passed.sort(key=by_order)
    return [
        (
            fact.day,
            str(fact.attributes.get("to_role") or fact.attributes.get("role") or ready.baton_passes_to),
        )
        for fact in passed
    ]
