"""Each step's occurrences: window, due date, state, responsible role, evidence and reason."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from samspil.collaboration.programmes.engine.compiling import Rule, Shape, Start, compiled
from samspil.collaboration.programmes.engine.facts import Fact, Person, in_force
from samspil.collaboration.programmes.engine.moments import Moment, danish_day, is_after
from samspil.collaboration.programmes.engine.objects import NOTHING, Shelf, Thing, by_order
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
    """Add the occurrences of one rule for one person, or for the course."""
    shape = rule.shape
    if shape is Shape.ONCE:
        found.append(_once(question, rule, member, evidence))
    elif shape is Shape.GROUPS:
        _groups(question, rule, member, evidence, found)
    else:
        start = rule.starts[0]
        anchored = question.anchored(start, member)
        if anchored is None:
            found.append(_unknown(question, rule, member))
        elif shape is Shape.ROUNDS:
            for n, start in enumerate(rule.starts, 1):
                at = slot(start.timing, anchored)
                found.append(_judged(question, rule, member, evidence, n, at, anchored, start))
        else:
            _repeats(question, rule, member, evidence[0], anchored, start, found)


def _once(question: Question, rule: Rule, member: Member | None, evidence: Lists) -> Occurrence:
    """A step that happens once: due on the earliest of its rules that is known."""
    best: tuple[Slot, Moment, Start] | None = None
    if len(rule.starts) == 1:
        start = rule.starts[0]
        anchored = question.anchored(start, member)
        if anchored is not None:
            at = slot(start.timing, anchored)
            return _judged(question, rule, member, evidence, 1, at, anchored, start)
        return _never_due(question, rule, member, evidence)
    for start in rule.starts:
        anchored = question.anchored(start, member)
        if anchored is None:
            continue
        at = slot(start.timing, anchored)
        if best is None or at.due_day < best[0].due_day:
            best = at, anchored, start
    if best is None:
        return _never_due(question, rule, member, evidence)
    return _judged(question, rule, member, evidence, 1, *best)


def _never_due(question: Question, rule: Rule, member: Member | None, evidence: Lists) -> Occurrence:
    """What is done without its anchor known is done: no due date can make it late."""
    done = _done(evidence, None, None)
    return _done_without_date(question, rule, member, done) if done else _unknown(question, rule, member)


def _repeats(
    question: Question,
    rule: Rule,
    member: Member | None,
    evidence: Sequence[Fact],
    anchored: Moment,
    start: Start,
    found: list[Occurrence],
) -> None:
    """A rhythm from the anchor. It keeps its pace whatever was missed, excused or done late."""
    base = danish_day(anchored)
    if rule.every is not None:
        slots = repeats(rule.every, base)
    else:
        first, changes = question.paces(rule)
        slots = changing_repeats(changes, base, first)
    horizon, index, count = question.horizon, 0, len(evidence)
    for n, at in enumerate(slots, 1):
        if at.due_day > horizon and n > 1:
            break
        while index < count and evidence[index].day < at.opens_day:
            index += 1
        next_one = (evidence[index : index + 1],) if index < count else _NONE
        found.append(_judged(question, rule, member, next_one, n, at, anchored, start))


def _groups(
    question: Question, rule: Rule, member: Member | None, evidence: Lists, found: list[Occurrence]
) -> None:
    """One occurrence for each object or fact that the anchors name."""
    things = question.things(rule, member)
    if not things:
        found.append(_unknown(question, rule, member))
        return
    shelf = Shelf(rule, evidence[0]) if evidence[0] else None
    for n, thing in enumerate(things, 1):
        at, anchored, start, _value, _called_off = thing
        found.append(_judged(question, rule, member, _NONE, n, at, anchored, start, thing, shelf))


def _judged(
    question: Question,
    rule: Rule,
    member: Member | None,
    evidence: Lists,
    n: int,
    at: Slot,
    anchored: Moment,
    start: Start,
    thing: Thing | None = None,
    shelf: Shelf | None = None,
) -> Occurrence:
    """One occurrence with its state. Evidence of a `thing` stands on the `shelf`."""
    opens, due, closes, opens_day, due_day, closes_day, since, last, span = at
    closed = None if rule.after_closing else question.closed
    is_on_track, lapses = rule.is_on_default_track, last
    if question.tracks and rule.tracks:
        is_on_track, lapses = _on_track(question, rule, at)
    until = closed if closed is not None and (lapses is None or closed < lapses) else lapses
    note, lapses_on = "", None
    done: tuple[Fact, ...] = ()
    if thing is not None and thing.called_off and thing.called_off <= closes_day:
        state, note = NOT_RELEVANT, "called-off"
    elif done := (
        (shelf.take(thing.value, opens_day, until) if shelf is not None else ())
        if thing is not None
        else _done(evidence, since, until)
    ):
        return _judged_done(question, rule, member, n, at, anchored, start, done)
    elif member is not None and member.has_ages and not member.is_of_age(due_day):
        state, note = NOT_RELEVANT, "age"
    elif not is_on_track:
        state, note = NOT_RELEVANT, "track"
    elif question.excuses and _is_excused(question, rule, member, n, opens_day, until):
        state = EXCUSED
    elif closed is not None and due_day > closed:
        state, note = NOT_RELEVANT, "closed"
    else:
        state, on = MISSED, question.on
        lapses_on = closed if closed is not None else lapses + _DAY if lapses is not None else None
        if closed is None and (lapses is None or on <= lapses):
            if on < due_day:
                state = OPEN if on >= opens_day else NOT_DUE
            else:
                state = LATE if on > closes_day else DUE
    responsible = rule.responsible
    if rule.has_baton:
        responsible = question.holder(closes_day if state is MISSED else question.on)
    return _occurrence(Occurrence, (
        rule.key, n, member.id if member is not None else None, opens, due, closes, state, responsible, (),
        None, note, anchored, span, rule, start, lapses_on,
    ))  # fmt: skip


def _judged_done(
    question: Question,
    rule: Rule,
    member: Member | None,
    n: int,
    at: Slot,
    anchored: Moment,
    start: Start,
    done: tuple[Fact, ...],
) -> Occurrence:
    """One occurrence that was done, in time or late."""
    final = done[0] if len(done) == 1 else max(done, key=by_order)
    day, closes_day, noted = final.day, at.closes_day, final.noted_at
    is_late = is_after(final.instant, at.closes) if final.instant else day > closes_day
    limit = closes_day if closes_day > day else day
    # The Danish day is costly to ask for, and never later than the day after that of the instant itself.
    note = "noted-later" if noted and noted.date() >= limit and danish_day(noted) > limit else ""
    return _occurrence(Occurrence, (
        rule.key, n, member.id if member is not None else None, at.opens, at.due, at.closes,
        DONE_LATE if is_late else DONE, question.holder(day) if rule.has_baton else rule.responsible,
        tuple([fact.id for fact in done]), day, note, anchored, at.span, rule, start, None,
    ))  # fmt: skip


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
        for fact in facts:
            if since is None or fact.day >= since:
                if last is not None and fact.day > last:
                    return ()
                found = (*found, fact) if found else (fact,)
                break
        else:
            return ()
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
