"""Each step's occurrences: window, due date, state, responsible role, evidence and reason."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from samspil.collaboration.programmes.engine.compiling import Rule, Shape, Start, compiled
from samspil.collaboration.programmes.engine.facts import Fact, Person, in_force
from samspil.collaboration.programmes.engine.moments import Moment, danish_day, is_after
from samspil.collaboration.programmes.engine.objects import NOTHING, Shelf, by_order
from samspil.collaboration.programmes.engine.occurrence import (
    DONE,
    DONE_LATE,
    DUE,
    EXCUSED,
    LATE,
    MISSED,
    NOT_DUE,
    NOT_RELEVANT,
    OPEN,
    Occurrence,
    State,
)
from samspil.collaboration.programmes.engine.question import Member, Question
from samspil.collaboration.programmes.engine.timing import NO_TIME, Slot, changing_repeats, repeats, slot
from samspil.collaboration.programmes.language.programme import Programme

_occurrence = tuple.__new__
"""Makes an occurrence of its values without naming them: half the time of calling the class."""


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

    Pure: no clock, no order of input, no state but dates kept once worked out. Cost is linear in the number
    of facts. Raises nothing for facts read by `read_facts`.
    """
    ready = compiled(definition)
    question = Question(ready, in_force(facts, on, known_by), people, on)
    rules = ready.rules if steps is None else [ready.by_key[key] for key in steps]
    found: list[Occurrence] = []
    for rule in rules:
        if rule.audience is None:
            Turn(question, rule, None, found, alone=True).answer()
            continue
        members = question.audience(rule.audience)
        if not members:
            found.append(_without_date(question, rule, None, NOT_RELEVANT, "nobody"))
        for member in members:
            Turn(question, rule, member, found, alone=len(members) == 1).answer()
    return found


class Turn:
    """One rule asked for one person, or for the course; `answer` adds what it finds to `found`."""

    __slots__ = (
        "closed", "days", "evidence", "excuses", "found", "id", "is_on_track", "member", "needed", "on", "person",
        "question", "rule", "watches_tracks",
    )  # fmt: skip

    def __init__(
        self, question: Question, rule: Rule, member: Member | None, found: list[Occurrence], *, alone: bool
    ) -> None:
        self.question, self.rule, self.member, self.found = question, rule, member, found
        self.on = question.on
        self.person: Person | None = member.person if member is not None else None
        self.id: str | None = member.id if member is not None else None
        self.closed = None if rule.after_closing else question.closed
        self.watches_tracks = bool(rule.tracks and question.tracks)
        self.is_on_track = not rule.tracks or question.ready.default_track in rule.tracks
        lists = _evidence(question, rule, self.person, alone=alone)
        self.evidence, self.needed = lists[0], lists[1:]
        self.days = [fact.day for fact in self.evidence]
        self.excuses = question.excused(rule, self.id) if question.excuses else NOTHING

    def answer(self) -> None:
        """Add the occurrences in order."""
        _BY_SHAPE[self.rule.shape](self)

    def once(self) -> None:
        """A step that happens once: due on the earliest of its rules that is known."""
        best: tuple[Slot, Moment, Start] | None = None
        for start in self.rule.starts:
            anchored = self.question.anchored(start, self.person)
            if anchored is None:
                continue
            at = slot(start.timing, anchored)
            if best is None or at.due_day < best[0].due_day:
                best = at, anchored, start
        if best is not None:
            self.judge(1, *best)
            return
        # What is done without its anchor known is done: no due date can make it late.
        done = self._done(None, None)
        if done:
            self.found.append(_done_without_date(self.question, self.rule, self.id, done))
        else:
            self.unknown()

    def rounds(self) -> None:
        """Rounds of a measure: each has its window; an answer counts for the round it falls in."""
        starts = self.rule.starts
        anchored = self.question.anchored(starts[0], self.person) if starts else None
        if anchored is None:
            self.unknown()
            return
        for n, start in enumerate(starts, 1):
            self.judge(n, slot(start.timing, anchored), anchored, start)

    def repeats(self) -> None:
        """A rhythm from the anchor. It keeps its pace whatever was missed, excused or done late."""
        start = self.rule.starts[0]
        anchored = self.question.anchored(start, self.person)
        if anchored is None:
            self.unknown()
            return
        horizon = self.question.horizon
        for n, at in enumerate(self._repeats(danish_day(anchored)), 1):
            if at.due_day > horizon and n > 1:
                break
            self.judge(n, at, anchored, start)

    def _repeats(self, base: date) -> Iterator[Slot]:
        if self.rule.every is not None:
            return repeats(self.rule.every, base)
        first, changes = self.question.paces(self.rule)
        return changing_repeats(changes, base, first)

    def groups(self) -> None:
        """One occurrence for each object or fact that the anchors name."""
        things = self.question.things(self.rule, self.person)
        if not things:
            self.unknown()
            return
        shelf = Shelf(self.rule, self.evidence) if self.evidence else None
        for n, (at, anchored, start, value, called_off) in enumerate(things, 1):
            if called_off and called_off <= at.closes_day:
                self._add(n, at, anchored, start, NOT_RELEVANT, "called-off")
            else:
                self.judge(n, at, anchored, start, shelf, value)

    def judge(
        self,
        n: int,
        at: Slot,
        anchored: Moment,
        start: Start,
        shelf: Shelf | None = None,
        value: object = None,
    ) -> None:
        """Add one occurrence with its state. Evidence of an object stands on its `shelf`."""
        last, closed, is_on_track = at.last, self.closed, self.is_on_track
        if self.watches_tracks:
            is_on_track, last = self._on_track(at)
        until = closed if closed is not None and (last is None or closed < last) else last
        if self.days:
            done = self._taken(at, shelf, value, until) if shelf else self._done(at.since, until)
            if done:
                self._add_done(n, at, anchored, start, done)
                return
        state, note = MISSED, ""
        if self.member is not None and not self.member.is_of_age(at.due_day):
            state, note = NOT_RELEVANT, "age"
        elif not is_on_track:
            state, note = NOT_RELEVANT, "track"
        elif self.excuses and self._is_excused(n, at.opens_day, until):
            state = EXCUSED
        elif closed is not None:
            if at.due_day > closed:
                state, note = NOT_RELEVANT, "closed"
        elif last is None or self.on <= last:
            state = self._waiting(at)
        self._add(n, at, anchored, start, state, note)

    def _waiting(self, at: Slot) -> State:
        """Where something stands that can still be done."""
        on = self.on
        if on < at.due_day:
            return OPEN if on >= at.opens_day else NOT_DUE
        return LATE if on > at.closes_day else DUE

    def _on_track(self, at: Slot) -> tuple[bool, date | None]:
        """Is it on the chosen track; and the last day to do it, which leaving the track may bring forward."""
        is_on, left = self.question.track(self.rule, min(self.on, at.closes_day))
        last = at.last
        if left is not None and (last is None or left <= last):
            last = max(left, at.closes_day)
        return is_on, last

    def _is_excused(self, n: int, opens: date, last: date | None) -> bool:
        """An excuse counts while the occurrence can still be done; it never erases a miss."""
        for fact in self.excuses:
            if last is not None and fact.day > last:
                continue
            wanted = fact.attributes.get("n")
            if wanted == n or (wanted is None and (n == 1 or fact.day >= opens)):
                return True
        return False

    def _done(self, since: date | None, last: date | None) -> tuple[Fact, ...]:
        """The first fact from `since` to `last`, of each list where several are needed; empty where not done."""
        index = bisect_left(self.days, since) if since is not None else 0
        if index == len(self.days) or (last is not None and self.days[index] > last):
            return ()
        if not self.needed:
            return (self.evidence[index],)
        others = [_first(facts, since, last) for facts in self.needed]
        found = (self.evidence[index], *(one for one in others if one is not None))
        return found if len(found) == 1 + len(others) else ()

    def _taken(self, at: Slot, shelf: Shelf, value: object, last: date | None) -> tuple[Fact, ...]:
        """The first fact of an object that is not taken. What names its object may lie before its window."""
        is_tied = value is not None and not self.rule.is_early and not self.rule.is_shared
        found = shelf.take(value, date.min if is_tied else at.opens_day, last)
        return (found,) if found is not None else ()

    def _add(self, n: int, at: Slot, anchored: Moment, start: Start, state: State, note: str) -> None:
        """Add an occurrence that is not done."""
        rule = self.rule
        responsible = rule.responsible
        if rule.has_baton:
            responsible = self.question.holder(at.closes_day if state is MISSED else self.on)
        self.found.append(
            _occurrence(Occurrence, (
                rule.key, n, self.id, at.opens, at.due, at.closes, state, responsible, (), None, note, anchored,
                at.span, rule, start,
            ))
        )  # fmt: skip

    def _add_done(self, n: int, at: Slot, anchored: Moment, start: Start, done: tuple[Fact, ...]) -> None:
        final = done[0] if len(done) == 1 else max(done, key=by_order)
        day, closes_day = final.day, at.closes_day
        is_late = is_after(final.instant, at.closes) if final.instant else day > closes_day
        noted, limit = final.noted_at, closes_day if closes_day > day else day
        # The Danish day is costly to ask for, and never later than the day after that of the instant itself.
        is_noted_later = noted is not None and noted.date() >= limit and danish_day(noted) > limit
        self.found.append(
            _occurrence(Occurrence, (
                self.rule.key, n, self.id, at.opens, at.due, at.closes, DONE_LATE if is_late else DONE,
                self.question.responsible(self.rule, day), tuple([fact.id for fact in done]), day,
                "noted-later" if is_noted_later else "", anchored, at.span, self.rule, start,
            ))
        )  # fmt: skip

    def unknown(self) -> None:
        """Add the one occurrence of a rule whose anchor is not known."""
        state, note = NOT_DUE, ""
        if self.rule.tracks and not self.question.track(self.rule, self.on)[0]:
            state, note = NOT_RELEVANT, "track"
        elif self.closed is not None:
            state, note = NOT_RELEVANT, "closed"
        self.found.append(_without_date(self.question, self.rule, self.id, state, note))


_BY_SHAPE: dict[Shape, Callable[[Turn], None]] = {
    Shape.ONCE: Turn.once,
    Shape.ROUNDS: Turn.rounds,
    Shape.GROUPS: Turn.groups,
    Shape.REPEATS: Turn.repeats,
}


def _evidence(
    question: Question, rule: Rule, person: Person | None, *, alone: bool
) -> tuple[Sequence[Fact], ...]:
    """Facts that can be evidence, in order: a list for each pattern where all are needed, else one list."""
    if rule.only_match is not None and person is None:
        return (question.matching(rule.only_match),)
    lists = [
        question.matching(match) if person is None else question.about(match, person, alone=alone)
        for match in rule.matches
    ]
    if rule.needs_all:
        return tuple(lists)
    filled = [one for one in lists if one]
    if len(filled) < 2:  # noqa: PLR2004 - nothing to merge
        return (filled[0],) if filled else (NOTHING,)
    each_once = {fact.id: fact for one in filled for fact in one}
    return (sorted(each_once.values(), key=by_order),)


def _first(facts: Sequence[Fact], since: date | None, last: date | None) -> Fact | None:
    """The first of the facts from `since` to `last`."""
    for fact in facts:
        if since is None or fact.day >= since:
            return fact if last is None or fact.day <= last else None
    return None


def _without_date(question: Question, rule: Rule, person: str | None, state: State, note: str) -> Occurrence:
    return Occurrence(
        rule.key, 1, person, None, None, None, state, question.responsible(rule, question.on), (), None, note,
        None, NO_TIME, rule, rule.starts[0],
    )  # fmt: skip


def _done_without_date(
    question: Question, rule: Rule, person: str | None, done: tuple[Fact, ...]
) -> Occurrence:
    found = _without_date(question, rule, person, DONE, "")
    return found._replace(evidence=tuple(fact.id for fact in done), done_on=max(fact.day for fact in done))
