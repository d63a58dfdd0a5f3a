"""Each step's occurrences: window, due date, state, responsible role, evidence and reason."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from samspil.collaboration.programmes.engine import reasons
from samspil.collaboration.programmes.engine.compiling import Compiled, Match, Rule, Start, compiled
from samspil.collaboration.programmes.engine.facts import (
    CLOSED,
    EXCUSED,
    TRACK,
    Fact,
    Facts,
    Person,
    in_force,
)
from samspil.collaboration.programmes.language.programme import BATON, Each, Programme
from samspil.collaboration.programmes.language.when import Shift, add_months
from samspil.collaboration.programmes.language.words import Text
from samspil.foundation.kernel.clock import COPENHAGEN
from samspil.foundation.kernel.working_days import add_working_days

HORIZON_MONTHS = 12
"""Repeats are listed this far after the day asked about."""
_DAY = timedelta(days=1)
_NONE = Shift()
_MAX_REPEATS = 2000
Moment = date | datetime
Link = tuple[str | None, object]
"""The attribute and value that tie evidence to one object; no attribute where it has none."""


class State(StrEnum):
    """Where an occurrence stands on the day asked about."""

    NOT_DUE = "not due"
    OPEN = "open"
    DUE = "due"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done late"
    MISSED = "missed"
    EXCUSED = "excused"
    NOT_RELEVANT = "not relevant"


NOT_DUE, OPEN, DUE, LATE, DONE, DONE_LATE, MISSED, EXCUSED_STATE, NOT_RELEVANT = State


class Occurrence(NamedTuple):
    """One occurrence of a step.

    `opens` to `closes` is the time in which doing it counts as in time; `due` lies inside. All three are
    dates, or instants for clocks in hours, or None where the anchor is not known. `n` counts from 1.
    `done_on` is the day of the fact that completed it; `evidence` holds the ids of the facts. `lapses_on`
    is the first day on which what is not done is missed (None: it stays late until it is done).
    """

    step: str
    n: int
    person: str | None
    opens: Moment | None
    due: Moment | None
    closes: Moment | None
    state: State
    responsible: str
    evidence: tuple[str, ...]
    done_on: date | None
    note: str
    anchored_on: Moment | None
    span: Shift
    rule: Rule
    start: Start
    lapses_on: date | None = None

    @property
    def why(self) -> Text:
        """The reason in Danish and English: the rule, the event it counts from, and the state."""
        start = self.start
        name = reasons.event(start.kinds, start.birthday, start.date)
        if self.due is None:
            note = reasons.NOTES[self.note or "unknown"]
            return Text(da=note.da.format(event=name.da), en=note.en.format(event=name.en))
        state = reasons.STATES[self.state.value]
        da, en = state.da, state.en
        if self.done_on:
            day = reasons.spelled_day(self.done_on)
            da, en = f"{da}, {day.da}.", f"{en}, {day.en}."
        elif self.state is EXCUSED_STATE:
            da, en = f"{da}.", f"{en}."
        if self.note:
            note = reasons.NOTES[self.note]
            da, en = f"{da} {note.da}", f"{en} {note.en}"
        due, span = reasons.spelled_day(self.due), reasons.spelled_span(self.span)
        if self.anchored_on is None:
            return Text(da=f"Frist {due.da}. {da}", en=f"Due {due.en}. {en}")
        from_day = reasons.spelled_day(self.anchored_on)
        return Text(
            da=f"Frist {due.da}: {span.da} »{name.da}« {from_day.da}. {da}",
            en=f"Due {due.en}: {span.en} “{name.en}” {from_day.en}. {en}",
        )


def occurrences(
    definition: Programme,
    facts: Iterable[Fact],
    people: Sequence[Person],
    on: date,
    known_by: date | datetime | None = None,
    *,
    steps: Sequence[str] | None = None,
) -> list[Occurrence]:
    """Every occurrence of every step as of the day `on`, in the definition's order, then person, then n.

    Only facts with `day` ≤ `on` count, as known by `known_by` (a day to its end, or an instant; None: all
    that was ever noted). A step whose anchor is not known is listed once with `due` None. Repeats are
    listed up to 12 months after `on` (after the closing, where the course is closed). `steps` restricts
    the answer; of the facts only those of `kinds_of(definition, steps)` are then needed.

    Pure: no clock, no order of input, no state. Cost is linear in the number of facts. Raises nothing for
    facts read by `read_facts`.
    """
    ready = compiled(definition)
    asked = _Asked(ready, in_force(facts, on, known_by), people, on)
    rules = ready.rules if steps is None else [ready.by_key[key] for key in steps]
    found: list[Occurrence] = []
    for rule in rules:
        _of_rule(asked, rule, found)
    return found


def holder(
    definition: Programme, facts: Iterable[Fact], on: date, known_by: date | datetime | None = None
) -> str:
    """The role that holds the baton at the end of the day `on`; needs only the facts that pass it on."""
    ready = compiled(definition)
    passed = _holders(ready, in_force(facts, on, known_by))
    return passed[-1][1] if passed else ready.baton_starts


class _Asked:
    """One question: the facts in force, the day, and what many steps need of them."""

    __slots__ = ("baton", "closed", "excuses", "facts", "horizon", "on", "people", "ready", "tracks")

    def __init__(self, ready: Compiled, facts: Facts, people: Sequence[Person], on: date) -> None:
        self.ready, self.facts, self.people, self.on = ready, facts, people, on
        closings = facts.get(CLOSED)
        self.closed: date | None = closings[0].day if closings else None
        self.horizon = add_months(min(on, self.closed) if self.closed else on, HORIZON_MONTHS)
        self.tracks = facts.get(TRACK, ())
        self.excuses: dict[str, list[Fact]] = {}
        for fact in facts.get(EXCUSED, ()):
            self.excuses.setdefault(str(fact.attributes.get("step")), []).append(fact)
        self.baton = _holders(ready, facts)

    def responsible(self, rule: Rule, day: date) -> str:
        """Exactly one role: the step's own, or the holder of the baton on the day."""
        if rule.responsible != BATON:
            return rule.responsible
        holder = self.ready.baton_starts
        for since, role in self.baton:
            if since > day:
                break
            holder = role
        return holder

    def leaves_track(self, rule: Rule, day: date) -> tuple[bool, date | None]:
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


def _holders(ready: Compiled, facts: Facts) -> list[tuple[date, str]]:
    passed = [fact for kind in ready.baton_kinds for fact in facts.get(kind, ())]
    if len(passed) > 1:
        passed.sort(key=lambda fact: fact.order)
    return [
        (
            fact.day,
            str(fact.attributes.get("to_role") or fact.attributes.get("role") or ready.baton_passes_to),
        )
        for fact in passed
    ]


def _receiver(fact: Fact) -> str:
    return str(fact.attributes.get("to_role") or fact.attributes.get("role") or "")


def _of_rule(asked: _Asked, rule: Rule, found: list[Occurrence]) -> None:
    """Add the occurrences of one rule: for each person it is about, or once."""
    if not rule.each:
        _of_person(asked, rule, None, None, found, alone=True)
        return
    wanted = [(person, each) for each in rule.each for person in asked.people if each.role in person.roles]
    if not wanted:
        found.append(_unknown(asked, rule, None, NOT_RELEVANT, "nobody"))
    wanted.sort(key=lambda pair: pair[0].id)
    seen: set[str] = set()
    for person, each in wanted:
        if person.id not in seen:
            seen.add(person.id)
            _of_person(asked, rule, person, each, found, alone=len(wanted) == 1)


def _of_person(
    asked: _Asked,
    rule: Rule,
    person: Person | None,
    each: Each | None,
    found: list[Occurrence],
    *,
    alone: bool,
) -> None:
    evidence = _candidates(asked.facts, rule, person, alone=alone)
    turn = _Turn(asked, rule, person, each, evidence)
    if rule.every is not None or rule.rhythms:
        turn.repeats(found)
    elif rule.is_rounds:
        turn.rounds(found)
    elif rule.starts[0].is_each:
        turn.groups(found)
    else:
        turn.once(found)


def _candidates(facts: Facts, rule: Rule, person: Person | None, *, alone: bool) -> list[list[Fact]]:
    """Facts that can be evidence, one list a pattern where all are needed, else one merged list."""
    if len(rule.matches) == 1:
        return [_matching(facts, rule.matches[0], person, alone=alone)]
    lists = [_matching(facts, match, person, alone=alone) for match in rule.matches]
    if rule.needs_all or len(lists) == 1:
        return lists
    merged = [fact for one in lists for fact in one]
    if len(merged) > 1:
        merged.sort(key=lambda fact: fact.order)
    return [merged]


def _matching(facts: Facts, match: Match, person: Person | None, *, alone: bool) -> list[Fact]:
    found = facts.get(match.kind)
    if not found:
        return []
    if match.where:
        found = [fact for fact in found if _fits(fact, match.where)]
    if person is not None:
        found = [fact for fact in found if _is_about(fact, person, alone=alone)]
    return found


def _fits(fact: Fact, where: tuple[tuple[str, object], ...]) -> bool:
    attributes = fact.attributes
    for name, value in where:  # noqa: SIM110 - a generator costs three times as much here
        if attributes.get(name) != value:
            return False
    return True


def _is_about(fact: Fact, person: Person, *, alone: bool) -> bool:
    """A fact counts for the people it names; one that names nobody only where there is just one."""
    named = fact.people
    return person.id in named if named else alone


def _unknown(
    asked: _Asked, rule: Rule, person: Person | None, state: State = NOT_DUE, note: str = ""
) -> Occurrence:
    responsible = asked.responsible(rule, asked.on)
    who = person.id if person else None
    return Occurrence(
        rule.key,
        1,
        who,
        None,
        None,
        None,
        state,
        responsible,
        (),
        None,
        note,
        None,
        Shift(),
        rule,
        rule.starts[0],
    )


class _Turn:
    """One rule asked for one person."""

    __slots__ = ("asked", "each", "evidence", "excuses", "person", "rule", "used")

    def __init__(
        self, asked: _Asked, rule: Rule, person: Person | None, each: Each | None, evidence: list[list[Fact]]
    ) -> None:
        self.asked, self.rule, self.person, self.each, self.evidence = asked, rule, person, each, evidence
        excuses: Sequence[Fact] = asked.excuses.get(rule.key, ())
        if excuses and person is not None:
            excuses = [one for one in excuses if one.attributes.get("person") in (None, person.id)]
        self.excuses = excuses
        self.used: set[str] = set()

    def once(self, found: list[Occurrence]) -> None:
        """A step that happens once: due on the earliest of its rules that is known."""
        best: tuple[Moment, Moment, Start] | None = None
        for start in self.rule.starts:
            anchored = self._anchor(start)
            if anchored is None:
                continue
            due = _shifted(start.within, anchored)
            if best is None or _day(due) < _day(best[0]):
                best = due, anchored, start
        if best is None:
            # What is done without its anchor known is done: no due date can make it late.
            done = _completing(self.evidence, None, None)
            if done:
                found.append(self._done_without_due(done))
            else:
                found.append(_unknown(self.asked, self.rule, self.person, *self._without_due()))
            return
        due, anchored, start = best
        opens = self._opens(due, anchored)
        early = opens if self.rule.early is not None else None
        closes = _closes(self.rule, due)
        found.append(self._judged(1, opens, due, closes, None, anchored, start, early))

    def rounds(self, found: list[Occurrence]) -> None:
        """Rounds of a measure: each has its window; an answer counts for the round it falls in."""
        for n, start in enumerate(self.rule.starts, 1):
            anchored = self._anchor(start)
            if anchored is None:
                found.append(_unknown(self.asked, self.rule, self.person, *self._without_due()))
                return
            due = _shifted(start.within, anchored)
            back, late = start.window or (_NONE, _NONE)
            opens, closes = _shifted(back, due), _shifted(late, due)
            found.append(self._judged(n, opens, due, closes, None, anchored, start, opens))

    def groups(self, found: list[Occurrence]) -> None:
        """One occurrence for each object or fact that the anchors name."""
        before = len(found)
        for facts, starts, called_off in _groups(self.asked.facts, self.rule, self.person):
            dated = [(start, _dated(start, facts)) for start in starts]
            known = [(_shifted(start.within, at), at, start) for start, at in dated if at is not None]
            if not known:
                continue
            due, anchored, start = min(known, key=lambda one: _day(one[0]))
            n = len(found) - before + 1
            opens = self._opens(due, anchored)
            closes = _closes(self.rule, due)
            if called_off and called_off <= _day(closes):
                off = self._made(n, opens, due, closes, NOT_RELEVANT, "called-off", anchored, start)
                found.append(off)
                continue
            link = _link(self.rule, facts)
            found.append(self._judged(n, opens, due, closes, None, anchored, start, opens, link=link))
        if len(found) == before:
            found.append(_unknown(self.asked, self.rule, self.person, *self._without_due()))

    def repeats(self, found: list[Occurrence]) -> None:
        """A rhythm from the anchor. It keeps its pace whatever was missed, excused or done late."""
        rule, asked = self.rule, self.asked
        start = rule.starts[0]
        anchored = self._anchor(start)
        if anchored is None:
            found.append(_unknown(asked, rule, self.person, *self._without_due()))
            return
        base = _day(anchored)
        last = rule.until.day(base) if rule.until else None
        early, late = rule.early or Shift(), rule.late
        back, forth = timedelta(days=early.days), timedelta(days=late.days)
        n = 0
        dues = self._dues(base, start.within)
        due, span = next(dues)
        while (last is None or due <= last) and (n == 0 or due <= asked.horizon) and n < _MAX_REPEATS:
            n += 1
            following, following_span = next(dues)
            opens = due - back if not early.months else add_months(due, -early.months)
            closes = due + forth if not late.months else add_months(due, late.months)
            lapse = following - back if not early.months else add_months(following, -early.months)
            found.append(self._judged(n, opens, due, closes, lapse, anchored, start, opens, span))
            due, span = following, following_span

    def _dues(self, base: date, within: Shift) -> Iterator[tuple[date, Shift]]:
        """The due dates of a rhythm, for ever, with the span from the anchor of each."""
        rule = self.rule
        if rule.every is not None:
            first = within.day(base) if rule.opens_first else rule.every.day(base)
            span = within if rule.opens_first else rule.every
            every, count = rule.every, 0
            plain = timedelta(days=every.days) if not every.months and not every.working_days else None
            while True:
                yield (first + plain * count if plain else every.times(count).day(first)), span
                count += 1
                span = Shift(*(one + other for one, other in zip(span, every, strict=True)))
        rhythms = dict(rule.rhythms)
        changes = [
            (fact.day, str(fact.attributes.get("track")))
            for fact in self.asked.tracks
            if fact.attributes.get("track") in rhythms
        ]
        pace = next(
            (rhythms[one] for one in self.asked.ready.phase_defaults.values() if one in rhythms),
            rule.rhythms[0][1],
        )
        at, count, index = base, 0, 0
        while index < len(changes) and changes[index][0] <= base:
            pace, index = rhythms[changes[index][1]], index + 1
        while True:
            due = pace.times(count + 1).day(at)
            if index < len(changes) and changes[index][0] < due:
                at, count, pace = changes[index][0], 0, rhythms[changes[index][1]]
                index += 1
                continue
            yield due, pace.times(count + 1)
            count += 1

    def _anchor(self, start: Start) -> Moment | None:
        """The day or instant that a rule counts from, or None where it is not known."""
        if start.birthday is not None:
            born = self.person.born if self.person else None
            return add_months(born, start.birthday * 12) if born else None
        facts: Sequence[Fact] = self.asked.facts.get(start.kinds[0], ())
        if start.where:
            facts = [fact for fact in facts if _fits(fact, start.where)]
        if start.same_person and self.person is not None:
            person = self.person
            facts = [fact for fact in facts if _is_about(fact, person, alone=True)]
        return _dated(start, facts) if facts else None

    def _opens(self, due: Moment, anchored: Moment) -> Moment:
        """From when it can be done: the early edge of the window, else the anchor."""
        if self.rule.early is not None:
            return _shifted(self.rule.back, _day(due))
        return anchored if _before(anchored, due) else due

    def _linked(self, link: Link, opens: Moment, last: date | None) -> tuple[Fact, ...]:
        """The first unused fact of this object; a fact is evidence for one occurrence only."""
        by, value = link
        tied = by is not None and self.rule.early is None and not self.rule.is_shared
        first = date.min if tied else _day(opens)
        for fact in self.evidence[0]:
            if fact.id in self.used or fact.day < first or (last is not None and fact.day > last):
                continue
            if by is not None and fact.attributes.get(by, value) != value:
                continue
            if not self.rule.is_shared:
                self.used.add(fact.id)
            return (fact,)
        return ()

    def _without_due(self) -> tuple[State, str]:
        if self.rule.tracks and not self.asked.leaves_track(self.rule, self.asked.on)[0]:
            return NOT_RELEVANT, "track"
        if self.asked.closed is not None and not self.rule.after_closing:
            return NOT_RELEVANT, "closed"
        return NOT_DUE, ""

    def _done_without_due(self, done: tuple[Fact, ...]) -> Occurrence:
        unknown = _unknown(self.asked, self.rule, self.person)
        day = max(fact.day for fact in done)
        return unknown._replace(state=DONE, evidence=tuple(fact.id for fact in done), done_on=day)

    def _judged(
        self,
        n: int,
        opens: Moment,
        due: Moment,
        closes: Moment,
        lapse: date | None,
        anchored: Moment,
        start: Start,
        since: Moment | None,
        span: Shift | None = None,
        link: Link | None = None,
    ) -> Occurrence:
        """The state of one occurrence.

        `lapse` is the first day on which it can no longer be done; None: it stays late until it is done.
        Evidence counts from `since` (None: from ever); of an object (`link`) only its own, each fact once.
        """
        asked, rule, on = self.asked, self.rule, self.asked.on
        closes_day = closes if type(closes) is date else _day(closes)
        if rule.lapses and lapse is None:
            lapse = closes_day + _DAY
        closed = None if rule.after_closing else asked.closed
        if rule.tracks:
            is_on, left = asked.leaves_track(rule, min(on, closes_day))
            if left is not None and (lapse is None or left < lapse):
                lapse = max(left, closes_day) + _DAY
        else:
            is_on = True
        last = lapse - _DAY if lapse is not None else None
        if closed is not None and (last is None or closed < last):
            last = closed
        done = _completing(self.evidence, since, last) if link is None else self._linked(link, opens, last)
        if done:
            return self._completed(n, opens, due, closes, anchored, start, done, span)
        if self.each is not None and not _in_ages(self.person, self.each, _day(due)):
            return self._made(n, opens, due, closes, NOT_RELEVANT, "age", anchored, start, span)
        if not is_on:
            return self._made(n, opens, due, closes, NOT_RELEVANT, "track", anchored, start, span)
        if self.excuses and self._is_excused(n, opens, last):
            return self._made(n, opens, due, closes, EXCUSED_STATE, "", anchored, start, span)
        due_day = due if type(due) is date else _day(due)
        if closed is not None and due_day > closed:
            return self._made(n, opens, due, closes, NOT_RELEVANT, "closed", anchored, start, span)
        if closed is not None or (lapse is not None and on >= lapse):
            state = MISSED
        elif on > closes_day:
            state = LATE
        elif on >= due_day:
            state = DUE
        else:
            opens_day = opens if type(opens) is date else _day(opens)
            state = OPEN if on >= opens_day else NOT_DUE
        ends = lapse if closed is None else closed
        return self._made(n, opens, due, closes, state, "", anchored, start, span, ends)

    def _completed(
        self,
        n: int,
        opens: Moment,
        due: Moment,
        closes: Moment,
        anchored: Moment,
        start: Start,
        done: tuple[Fact, ...],
        span: Shift | None,
    ) -> Occurrence:
        final = done[0] if len(done) == 1 else max(done, key=lambda fact: fact.order)
        if final.instant is not None and isinstance(closes, datetime):
            is_late = final.instant > closes
        else:
            is_late = final.day > _day(closes)
        noted = final.noted_at
        note = (
            "noted-later"
            if noted and noted.astimezone(COPENHAGEN).date() > max(final.day, _day(closes))
            else ""
        )
        return Occurrence(
            self.rule.key, n, self.person.id if self.person else None, opens, due, closes,
            DONE_LATE if is_late else DONE, self.asked.responsible(self.rule, final.day),
            tuple([fact.id for fact in done]), final.day, note, anchored, span or start.within,
            self.rule, start,
        )  # fmt: skip

    def _made(
        self,
        n: int,
        opens: Moment,
        due: Moment,
        closes: Moment,
        state: State,
        note: str,
        anchored: Moment,
        start: Start,
        span: Shift | None = None,
        lapses_on: date | None = None,
    ) -> Occurrence:
        rule, asked = self.rule, self.asked
        responsible = rule.responsible
        if responsible == BATON:
            day = asked.on if state is not MISSED else _day(closes)
            responsible = asked.responsible(rule, day)
        return Occurrence(
            rule.key, n, self.person.id if self.person else None, opens, due, closes, state, responsible, (),
            None, note, anchored, span or start.within, rule, start, lapses_on,
        )  # fmt: skip

    def _is_excused(self, n: int, opens: Moment, last: date | None) -> bool:
        """An excuse counts while the occurrence can still be done; it never erases a miss."""
        for fact in self.excuses:
            if last is not None and fact.day > last:
                continue
            wanted = fact.attributes.get("n")
            if wanted == n or (wanted is None and (n == 1 or fact.day >= _day(opens))):
                return True
        return False


def _groups(
    facts: Facts, rule: Rule, person: Person | None
) -> list[tuple[list[Fact], tuple[Start, ...], date | None]]:
    """The facts of each object in order of its first fact, the anchors it answers, when it was called off.

    What one fact of an object says (its sector, its kind) holds for the object.

    Facts without the tying attribute are told apart by order: one of the first kind begins a new object.
    """
    wanted: dict[str, Fact] = {}
    for start in rule.starts:
        for kind in start.kinds:
            for fact in facts.get(kind, ()):
                fits = start.by is not None or _fits(fact, start.where)
                about = not start.same_person or person is None or _is_about(fact, person, alone=True)
                if fits and about:
                    wanted[fact.id] = fact
    ordered = sorted(wanted.values(), key=lambda fact: fact.order)
    first = rule.starts[0]
    groups: dict[object, list[Fact]] = {}
    for key, fact in _keyed(ordered, first):
        groups.setdefault(key, []).append(fact)
    ended = {
        fact.attributes.get(str(first.by)): fact.day
        for fact in (facts.get(first.unless, ()) if first.unless and first.by else ())
    }
    found = []
    for key, group in groups.items():
        known: dict[str, object] = {}
        for fact in group:
            known.update(fact.attributes)
        kinds = {fact.kind for fact in group}
        starts = tuple(
            start
            for start in rule.starts
            if kinds.intersection(start.kinds)
            and all(known.get(name) == value for name, value in start.where)
        )
        if any(not start.joins for start in starts):
            found.append((group, starts, ended.get(key)))
    return found


def _keyed(ordered: list[Fact], first: Start) -> Iterator[tuple[object, Fact]]:
    untied, kinds = 0, set[str]()
    for fact in ordered:
        key = fact.attributes.get(first.by) if first.by else None
        if key is None:
            if not kinds or first.by is None or fact.kind in kinds or fact.kind == first.kinds[0]:
                untied, kinds = untied + 1, set()
            kinds.add(fact.kind)
            key = ("untied", untied)
        yield key, fact


def _link(rule: Rule, facts: list[Fact]) -> Link:
    by = rule.starts[0].by
    value = facts[0].attributes.get(by) if by else None
    return (by, value) if value is not None else (None, None)


def _dated(start: Start, facts: Sequence[Fact]) -> Moment | None:
    """The date a rule counts from: of the first (or last) of these facts of its kinds that has one."""
    if len(facts) > 1:
        facts = sorted(facts, key=lambda fact: fact.order)
    for fact in reversed(facts) if start.last else facts:
        if fact.kind not in start.kinds:
            continue
        if start.date is None:
            return fact.instant or fact.day
        value = fact.attributes.get(start.date)
        if value is not None:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
    return None


def _completing(evidence: list[list[Fact]], opens: Moment | None, last: date | None) -> tuple[Fact, ...]:
    """The first fact of each list from `opens` to `last`; empty where a list has none."""
    first = None if opens is None else _day(opens)
    if len(evidence) == 1:
        for fact in evidence[0]:
            if first is not None and fact.day < first:
                continue
            return (fact,) if last is None or fact.day <= last else ()
        return ()
    found: list[Fact] = []
    for facts in evidence:
        one = _completing([facts], opens, last)
        if not one:
            return ()
        found.extend(one)
    return tuple(found)


def _in_ages(person: Person | None, each: Each, day: date) -> bool:
    """Is the person inside the step's ages on the day? An unknown birth date is: somebody must look."""
    if person is None or person.born is None:
        return True
    if each.from_age is not None and add_months(person.born, each.from_age * 12) > day:
        return False
    return each.below_age is None or add_months(person.born, each.below_age * 12) > day


def _closes(rule: Rule, due: Moment) -> Moment:
    return _shifted(rule.late, due) if rule.has_late else due


def _shifted(span: Shift, start: Moment) -> Moment:
    """A span after a day or an instant; hours make an instant of a day."""
    months, days, hours, working_days = span
    if type(start) is date and not hours:
        if working_days:
            return add_working_days(start, working_days)
        if months:
            start = add_months(start, months)
        return start + timedelta(days) if days else start
    if isinstance(start, datetime):
        if span.hours or not any(span):
            return span.instant(start)
        return span.day(start.astimezone(COPENHAGEN).date())
    if span.hours:
        return span.instant(datetime(start.year, start.month, start.day, tzinfo=COPENHAGEN))
    return span.day(start)


def _day(moment: Moment) -> date:
    if type(moment) is date:
        return moment
    return moment.astimezone(COPENHAGEN).date() if isinstance(moment, datetime) else moment


def _before(one: Moment, other: Moment) -> bool:
    if type(one) is date and type(other) is date:
        return one <= other
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one <= other
    return _day(one) <= _day(other)
