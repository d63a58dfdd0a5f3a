"""Each step's occurrences: window, due date, state, responsible role, evidence and reason."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from samspil.collaboration.programmes.engine.compiling import Rule, Shape, Start, compiled
from samspil.collaboration.programmes.engine.facts import Fact, Person, in_force
from samspil.collaboration.programmes.engine.moments import danish_day, is_after
from samspil.collaboration.programmes.engine.objects import NOTHING, Shelf, Thing, by_day, by_order
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

Lists = tuple[Sequence[Fact], ...]
"""Facts that can be evidence, in order: a list for each pattern where all are needed, else one list."""
_NONE: Lists = (NOTHING,)
_DAY = timedelta(days=1)
_made = tuple.__new__
"""Makes a named tuple of its values without naming them: half the time of calling the class."""


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
            _answer(question, rule, None, _evidence(question, rule), found)
            continue
        members = question.audience(rule.audience)
        if not members:
            found.append(_without_date(question, rule, None, NOT_RELEVANT, "nobody"))
        for member in members:
            evidence = _evidence_about(question, rule, member.person, alone=len(members) == 1)
            _answer(question, rule, member, evidence, found)
    return found


def holder(
    definition: Programme, facts: Iterable[Fact], on: date, known_by: date | datetime | None = None
) -> str:
    """The role that holds the baton at the end of the day `on`; needs only the facts that pass it on."""
    return Question(compiled(definition), in_force(facts, on, known_by), (), on).holder(on)


def _evidence(question: Question, rule: Rule) -> Lists:
    if rule.only_match is not None:
        return (question.matching(rule.only_match),)
    return _merged(rule, [question.matching(match) for match in rule.matches])


def _evidence_about(question: Question, rule: Rule, person: Person, *, alone: bool) -> Lists:
    return _merged(rule, [question.about(match, person, alone=alone) for match in rule.matches])


def _merged(rule: Rule, lists: list[Sequence[Fact]]) -> Lists:
    """A list for each pattern where all are needed, else one list in order, each fact once."""
    if rule.needs_all or len(lists) == 1:
        return tuple(lists)
    filled = [one for one in lists if one]
    if not filled:
        return _NONE
    if len(filled) == 1:
        return (filled[0],)
    each_once = {fact.id: fact for one in filled for fact in one}
    return (sorted(each_once.values(), key=by_order),)


def _answer(
    question: Question, rule: Rule, member: Member | None, evidence: Lists, found: list[Occurrence]
) -> None:
    shape, shelf = rule.shape, None
    if shape is Shape.EPISODES:
        _episodes(question, rule, member, evidence[0], found)
        return
    if shape is Shape.GROUPS:
        cases = question.things(rule, member)
        if cases and evidence[0]:
            shelf = Shelf(rule, evidence[0])
    else:
        cases = _cases(question, rule, member)
        evidence = evidence[:1] if shape is Shape.REPEATS else evidence
    if cases:
        _judge(question, rule, member, cases, evidence, shelf, found)
    elif shape is Shape.ONCE and (done := _done(evidence, None, None)):
        found.append(_done_without_date(question, rule, member, done))
    else:
        found.append(_unknown(question, rule, member))


def _episodes(
    question: Question, rule: Rule, member: Member | None, evidence: Sequence[Fact], found: list[Occurrence]
) -> None:
    """A step that begins with each episode of its anchor and ends with it. Evidence is what lies inside."""
    start, before = rule.starts[0], len(found)
    for begins, ends in question.episodes(start, member):
        base = danish_day(begins)
        slots: Sequence[Slot] = (slot(start.timing, begins),)
        if rule.every is not None:
            slots = repeats(rule.every, base, question.horizon if ends is None else ends)
        first = slots[0].opens_day if rule.is_early else base
        inside = [fact for fact in evidence if first <= fact.day and (ends is None or fact.day <= ends)]
        cases = [_made(Thing, (at, begins, start, None, None)) for at in slots]
        _judge(question, rule, member, cases, (inside,), None, found, len(found) - before, ends)
    if len(found) == before:
        found.append(_unknown(question, rule, member))


def _cases(question: Question, rule: Rule, member: Member | None) -> list[Thing]:
    """When a step that no object starts is due; none where its anchor is not known."""
    starts, shape = rule.starts, rule.shape
    if shape is Shape.ONCE and len(starts) > 1:
        return _earliest(question, starts, member)
    start = starts[0]
    anchored = question.anchored(start, member)
    if anchored is None:
        return []
    if shape is Shape.REPEATS:
        slots = _repeats(question, rule, danish_day(anchored))
        return [_made(Thing, (at, anchored, start, None, None)) for at in slots]
    return [_made(Thing, (slot(one.timing, anchored), anchored, one, None, None)) for one in starts]


def _earliest(question: Question, starts: Sequence[Start], member: Member | None) -> list[Thing]:
    """The earliest of several rules whose anchors are known."""
    best: Thing | None = None
    for start in starts:
        anchored = question.anchored(start, member)
        if anchored is None:
            continue
        at = slot(start.timing, anchored)
        if best is None or at.due_day < best.slot.due_day:
            best = Thing(at, anchored, start, None, None)
    return [best] if best is not None else []


def _repeats(question: Question, rule: Rule, base: date) -> Sequence[Slot]:
    """A rhythm from the anchor. It keeps its pace whatever was missed, excused or done late."""
    if rule.every is not None:
        return repeats(rule.every, base, question.horizon)
    first, changes = question.paces(rule)
    return changing_repeats(changes, base, first, question.horizon)


def _judge(
    question: Question,
    rule: Rule,
    member: Member | None,
    cases: Iterable[Thing],
    evidence: Lists,
    shelf: Shelf | None,
    found: list[Occurrence],
    before: int = 0,
    ended: date | None = None,
) -> None:
    """Each case as an occurrence with its state, numbered on from `before`.

    Evidence of objects stands on the `shelf`. What has `ended` is over as if the course were closed.
    """
    key, person = rule.key, member.id if member is not None else None
    responsible, has_baton = rule.responsible, rule.has_baton
    is_tracked, is_on_track = bool(question.tracks and rule.tracks), rule.is_on_default_track
    closed = None if rule.after_closing else question.closed
    if ended is not None and (closed is None or ended < closed):
        closed = ended
    is_empty = shelf is None and (rule.shape is Shape.GROUPS or not all(evidence))
    for n, (at, anchored, start, value, called_off) in enumerate(cases, before + 1):
        opens, due, closes, opens_day, _due_day, closes_day, since, last, span = at
        if is_tracked:
            is_on_track, last = _on_track(question, rule, at)
        until = closed if closed is not None and (last is None or closed < last) else last
        is_off = called_off is not None and called_off <= closes_day
        if is_off or is_empty:
            done: Sequence[Fact] = NOTHING
        elif shelf is not None:
            done = shelf.take(value, opens_day, until)
        else:
            done = _done(evidence, since, until)
        shown: tuple[str, ...] = ()
        done_on = lapses_on = None
        if done:
            final = done[0] if len(done) == 1 else max(done, key=by_order)
            state, note = _state_of_done(final, at)
            done_on, shown = final.day, tuple([fact.id for fact in done])
        elif is_off:
            state, note = NOT_RELEVANT, "called-off"
        else:
            state, note, lapses_on = _standing(
                question, rule, member, n, at, until, last, closed, is_on_track
            )
        if has_baton:
            day = done_on or (closes_day if state is MISSED else question.on)
            responsible = question.holder(day)
        found.append(_made(Occurrence, (
            key, n, person, opens, due, closes, state, responsible, shown, done_on, note, anchored, span,
            rule, start, lapses_on,
        )))  # fmt: skip


def _state_of_done(final: Fact, at: Slot) -> tuple[State, str]:
    """In time or late, and was it noted later than that."""
    day, closes_day, noted = final.day, at.closes_day, final.noted_at
    is_late = is_after(final.instant, at.closes) if final.instant else day > closes_day
    limit = closes_day if closes_day > day else day
    # The Danish day is costly to ask for, and never later than the day after that of the instant itself.
    note = "noted-later" if noted and noted.date() >= limit and danish_day(noted) > limit else ""
    return DONE_LATE if is_late else DONE, note


def _standing(
    question: Question,
    rule: Rule,
    member: Member | None,
    n: int,
    at: Slot,
    until: date | None,
    last: date | None,
    closed: date | None,
    is_on_track: bool,  # noqa: FBT001 - asked for each occurrence, where a name costs
) -> tuple[State, str, date | None]:
    """The state of what is not done, the note, and the day on which it is missed. It can be done `until`."""
    due_day, on = at.due_day, question.on
    if member is not None and (member.has_ages or member.wrong_start):
        if member.wrong_start:
            return NOT_RELEVANT, member.wrong_start, None
        if not member.is_of_age(due_day):
            return NOT_RELEVANT, "age", None
    if rule.only_ahead and question.opened is not None and at.closes_day < question.opened:
        return NOT_RELEVANT, "before-start", None
    if not is_on_track:
        return NOT_RELEVANT, "track", None
    if question.excuses and _is_excused(question, rule, member, n, at.opens_day, until):
        return EXCUSED, "", None
    if closed is not None:
        note = "closed" if closed == question.closed else "ended"
        return (NOT_RELEVANT, note, None) if due_day > closed else (MISSED, "", closed)
    lapses_on = last + _DAY if last is not None else None
    if last is not None and on > last:
        return MISSED, "", lapses_on
    if on < due_day:
        return (OPEN if on >= at.opens_day else NOT_DUE), "", lapses_on
    return (LATE if on > at.closes_day else DUE), "", lapses_on


def _on_track(question: Question, rule: Rule, at: Slot) -> tuple[bool, date | None]:
    """Is it on the chosen track; and the last day to do it, which leaving the track may bring forward."""
    is_on, left = question.track(rule, min(question.on, at.closes_day))
    last = at.last
    if left is not None and (last is None or left <= last):
        last = max(left, at.closes_day)
    return is_on, last


def _is_excused(
    question: Question, rule: Rule, member: Member | None, n: int, opens: date, last: date | None
) -> bool:
    """An excuse counts while the occurrence can still be done; it never erases a miss."""
    for fact in question.excuses.get(rule.key, NOTHING):
        if last is not None and fact.day > last:
            continue
        if member is not None and fact.attributes.get("person") not in (None, member.id):
            continue
        wanted = fact.attributes.get("n")
        if wanted == n or (wanted is None and (n == 1 or fact.day >= opens)):
            return True
    return False


def _done(evidence: Lists, since: date | None, last: date | None) -> tuple[Fact, ...]:
    """The first fact of each list from `since` to `last`; empty where a list has none."""
    found: tuple[Fact, ...] = ()
    for facts in evidence:
        if not facts:
            return ()
        fact = facts[0]
        if since is not None and fact.day < since:
            index = bisect_left(facts, since, 1, key=by_day)
            if index == len(facts):
                return ()
            fact = facts[index]
        if last is not None and fact.day > last:
            return ()
        found = (*found, fact) if found else (fact,)
    return found


def _unknown(question: Question, rule: Rule, member: Member | None) -> Occurrence:
    """The one occurrence of a rule whose anchor is not known."""
    state, note = NOT_DUE, ""
    if rule.tracks and not question.track(rule, question.on)[0]:
        state, note = NOT_RELEVANT, "track"
    elif question.closed is not None and not rule.after_closing:
        state, note = NOT_RELEVANT, "closed"
    return _without_date(question, rule, member, state, note)


def _without_date(
    question: Question, rule: Rule, member: Member | None, state: State, note: str
) -> Occurrence:
    return Occurrence(
        rule.key, 1, member.id if member is not None else None, None, None, None, state,
        question.responsible(rule, question.on), (), None, note, None, NO_TIME, rule, rule.starts[0], None,
    )  # fmt: skip


def _done_without_date(
    question: Question, rule: Rule, member: Member | None, done: tuple[Fact, ...]
) -> Occurrence:
    found = _without_date(question, rule, member, DONE, "")
    return found._replace(evidence=tuple(fact.id for fact in done), done_on=max(fact.day for fact in done))
