"""One question to the engine: the facts in force by kind and attribute, and what many steps ask."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from samspil.collaboration.programmes.engine.compiling import Audience, Compiled, Match, Rule, Start
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
    things,
)
from samspil.collaboration.programmes.engine.timing import Rhythm
from samspil.collaboration.programmes.language.when import add_months

HORIZON_MONTHS = 12
"""Repeats are listed this far after the day asked about."""
MONTHS = 12


class Member(NamedTuple):
    """A person a step is for, from and before the days on which the ages of the step are reached.

    `wrong_start`: why the age at the start puts the step out of question; empty where it does not.
    """

    person: Person
    id: str
    since: date | None
    before: date | None
    has_ages: bool
    wrong_start: str

    def is_of_age(self, day: date) -> bool:
        """Inside the ages on the day. With an unknown birth date yes: somebody must look."""
        return (self.since is None or self.since <= day) and (self.before is None or day < self.before)


class Question:
    """The facts in force on a day, the people, and the answers that several steps share."""

    __slots__ = (
        "_audiences", "_groups", "_holders", "_people", "_tables", "_things", "closed",
        "excuses", "facts", "horizon", "on", "opened", "people", "ready", "tracks",
    )  # fmt: skip

    def __init__(self, ready: Compiled, facts: Facts, people: Sequence[Person], on: date) -> None:
        self.ready, self.facts, self.people, self.on = ready, facts, people, on
        closings, openings = facts.get(CLOSED), facts.get(OPENED)
        self.opened: date | None = openings[0].day if openings else None
        self.closed: date | None = closings[0].day if closings else None
        self.horizon = add_months(min(on, self.closed) if self.closed else on, HORIZON_MONTHS)
        self.tracks: Sequence[Fact] = facts.get(TRACK, NOTHING)
        self.excuses: dict[str, list[Fact]] = {}
        for fact in facts.get(EXCUSED, NOTHING):
            self.excuses.setdefault(str(fact.attributes.get("step")), []).append(fact)
        self._tables: dict[str, dict[object, list[Fact]]] = {}
        self._people: dict[Match, dict[str, list[Fact]]] = {}
        self._groups: dict[str, list[Group]] = {}
        self._things: dict[str, list[Thing]] = {}
        self._audiences: list[list[Member] | None] = [None] * len(ready.audiences)
        self._holders = _holders(ready, facts)

    def matching(self, match: Match) -> Sequence[Fact]:
        """The facts of a pattern, in order. Each kind is sorted into its table once."""
        found = self.facts.get(match.kind)
        if found is None:
            return NOTHING
        if not match.names:
            return found
        table = self._tables.get(match.table)
        if table is None:
            table = self._tables[match.table] = _table(match.names, found)
        return table.get(match.value, NOTHING)

    def about(self, match: Match, person: Person, *, alone: bool) -> Sequence[Fact]:
        """The facts of a pattern that count for a person, in order.

        A fact counts for the people it names; one that names nobody only where there is just one (`alone`).
        """
        found = self.matching(match)
        if not found:
            return NOTHING
        if alone:
            return [fact for fact in found if not fact.people or person.id in fact.people]
        by_person = self._people.get(match)
        if by_person is None:
            by_person = self._people[match] = {}
            for fact in found:
                for one in fact.people:
                    by_person.setdefault(one, []).append(fact)
        return by_person.get(person.id, NOTHING)

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
        found = self._audiences[number]
        if found is None:
            found = _members(self.ready.audiences[number], self.people, self.opened)
            self._audiences[number] = found
        return found

    def episodes(self, start: Start, member: Member | None) -> list[Episode]:
        """The episodes of an anchor; of a person only those that name the person, or nobody."""
        facts = self.facts.get(start.kinds[0], NOTHING)
        if start.same_person and member is not None:
            facts = [fact for fact in facts if not fact.people or member.id in fact.people]
        return episodes(facts, start.where)

    def anchored(self, start: Start, member: Member | None) -> Moment | None:
        """The day or instant that a plain anchor counts from, or None where it is not known."""
        if start.match is None:
            return self._birthday(start, member)
        if start.same_person and member is not None:
            facts = self.about(start.match, member.person, alone=True)
        else:
            facts = self.matching(start.match)
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
        if self._holders and self._holders[-1][0] <= day:
            return self._holders[-1][1]
        role = self.ready.baton_starts
        for since, taken_by in self._holders:
            if since > day:
                break
            role = taken_by
        return role

    def responsible(self, rule: Rule, day: date) -> str:
        """Exactly one role: the step's own, or the holder of the baton on the day."""
        return self.holder(day) if rule.has_baton else rule.responsible

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


def _table(names: tuple[str, ...], facts: Sequence[Fact]) -> dict[object, list[Fact]]:
    """Facts by the value of one attribute, or by the values of several."""
    found: dict[object, list[Fact]] = {}
    for fact in facts:
        get = fact.attributes.get
        value = get(names[0]) if len(names) == 1 else tuple([get(name) for name in names])
        found.setdefault(value, []).append(fact)
    return found


def _members(each: Audience, people: Sequence[Person], opened: date | None) -> list[Member]:
    found: dict[str, Member] = {}
    for role, from_age, below_age, starts_from, starts_below in each:
        for person in people:
            if role not in person.roles or person.id in found:
                continue
            since, before = _reached(person, from_age), _reached(person, below_age)
            has_ages = since is not None or before is not None
            wrong_start = ""
            if opened is not None:
                first, last = _reached(person, starts_from), _reached(person, starts_below)
                if first is not None and opened < first:
                    wrong_start = "too-young"
                elif last is not None and opened >= last:
                    wrong_start = "too-old"
            found[person.id] = Member(person, person.id, since, before, has_ages, wrong_start)
    return [found[key] for key in sorted(found)]


def _reached(person: Person, age: int | None) -> date | None:
    """The birthday on which a person reaches an age; None where one of the two is not known."""
    return add_months(person.born, age * MONTHS) if age is not None and person.born is not None else None


def _holders(ready: Compiled, facts: Facts) -> list[tuple[date, str]]:
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
