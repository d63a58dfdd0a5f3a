"""Each step's occurrences: window, due date, state, responsible role, evidence and reason."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from samspil.collaboration.programmes.engine.compiling import (
    EPISODES,
    GROUPS,
    ONCE,
    REPEATS,
    Rule,
    Start,
    compiled,
)
from samspil.collaboration.programmes.engine.facts import Fact, Facts, Person, in_force
from samspil.collaboration.programmes.engine.moments import Moment, danish_day, is_after
from samspil.collaboration.programmes.engine.objects import (
    NOTHING,
    Shelf,
    Thing,
    by_day,
    by_order,
    made,
)
from samspil.collaboration.programmes.engine.occurrence import (
    DONE,
    DONE_LATE,
    EXCUSED,
    MISSED,
    NOT_DUE,
    NOT_RELEVANT,
    Occurrence,
    State,
)
from samspil.collaboration.programmes.engine.question import Lists, Member, Question, held_on, holders
from samspil.collaboration.programmes.engine.timing import NO_TIME, Slot, changing_repeats, repeats, slot
from samspil.collaboration.programmes.engine.undone import pace, standing
from samspil.collaboration.programmes.language.programme import Programme

_NONE: Lists = (NOTHING,)
_DAY = timedelta(days=1)


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
    return occurrences_in_force(definition, in_force(facts, on, known_by), people, on, steps=steps)


def occurrences_in_force(
    definition: Programme,
    facts: Facts,
    people: Sequence[Person],
    on: date,
    *,
    steps: Sequence[str] | None = None,
) -> list[Occurrence]:
    """The same, from what `in_force` has answered for the day `on`."""
    ready = compiled(definition)
    question = Question(ready, facts, people, on)
    rules = ready.rules if steps is None else [ready.by_key[key] for key in steps]
    found: list[Occurrence] = []
    for rule in rules:
        if rule.audience is None:
            _answer(question, rule, None, question.evidence(rule), found)
            continue
        members = question.audience(rule.audience)
        if not members:
            found.append(_without_date(question, rule, None, NOT_RELEVANT, "nobody"))
        for member in members:
            evidence = question.evidence_about(rule, member.person, alone=len(members) == 1)
            _answer(question, rule, member, evidence, found)
    return found


def holder(
    definition: Programme, facts: Iterable[Fact], on: date, known_by: date | datetime | None = None
) -> str:
    """The role that holds the baton at the end of the day `on`; needs only the facts that pass it on."""
    return holder_in_force(definition, in_force(facts, on, known_by), on)


def holder_in_force(definition: Programme, facts: Facts, on: date) -> str:
    """The same, from what `in_force` has answered for the day `on`."""
    return held_on(compiled(definition), holders(compiled(definition), facts), on)


def _answer(
    question: Question, rule: Rule, member: Member | None, evidence: Lists, found: list[Occurrence]
) -> None:
    shape, shelf = rule.shape, None
    if rule.is_paced and _in_pace(question, rule, evidence[0], found):
        return
    if shape is EPISODES:
        _episodes(question, rule, member, evidence[0], found)
        return
    if shape is GROUPS:
        cases: Sequence[Thing] = question.things(rule, member)
        if cases and evidence[0]:
            shelf = Shelf(rule, evidence[0])
        evidence = _NONE
    else:
        cases = _cases(question, rule, member)
    if cases:
        _judge(question, rule, member, cases, evidence, found, shelf=shelf)
    elif shape is ONCE and (done := _all_of(evidence, None, None)):
        found.append(_done_without_date(question, rule, member, done))
    else:
        found.append(_unknown(question, rule, member))


def _in_pace(question: Question, rule: Rule, evidence: Sequence[Fact], found: list[Occurrence]) -> bool:
    """A step that counts from one day and that nothing interferes with; False where it is no such one.

    Found is how it stands while nothing is done, and what is done in its place. A fact shows the repeat in
    whose time it lies: each ends on the day before the next one opens.
    """
    anchored = question.anchored(rule.starts[0], None) if _is_plain(question, rule, None) else None
    if type(anchored) is not date:
        return False
    has_baton, role = rule.has_baton, rule.responsible
    if has_baton:
        role = question.holder(question.on)
    slots, opening, lapsing, undone = pace(rule, anchored, question.on, role)
    if has_baton and question.settled_on > min(question.on, slots[0].closes_day):
        return False
    if not evidence:
        found += undone
        return True
    rows, latest = list(undone), -1
    for fact in evidence:
        place = bisect_right(opening, fact.day) - 1
        if place > latest and fact.day < lapsing[place]:
            latest, at = place, slots[place]
            opens, due, closes, *_days, span = at
            state, note = _state_of_done(fact, at)
            if has_baton:
                role = question.holder(fact.day)
            rows[place] = made(Occurrence, (
                rule.key, place + 1, None, opens, due, closes, state, role, (fact.id,), fact.day, note,
                anchored, span, rule, rule.starts[0], None,
            ))  # fmt: skip
    found += rows
    return True


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
        cases = _things(slots, start, begins)
        numbered = len(found) - before
        _judge(question, rule, member, cases, (inside,), found, before=numbered, ended=ends)
    if len(found) == before:
        found.append(_unknown(question, rule, member))


def _cases(question: Question, rule: Rule, member: Member | None) -> Sequence[Thing]:
    """When a step that no object starts is due; none where its anchor is not known."""
    starts, shape = rule.starts, rule.shape
    if shape is ONCE and len(starts) > 1:
        known = [(start, question.anchored(start, member)) for start in starts]
        things = [_thing(start, anchored) for start, anchored in known if anchored is not None]
        return (min(things, key=_due_day),) if things else ()
    anchored = question.anchored(starts[0], member)
    if anchored is None:
        return ()
    if shape is not REPEATS:
        return [_thing(start, anchored) for start in starts]
    if rule.every is not None:
        slots: Sequence[Slot] = repeats(rule.every, danish_day(anchored), question.horizon)
    else:
        first, changes = question.paces(rule)
        slots = changing_repeats(changes, danish_day(anchored), first, question.horizon)
    return _things(slots, starts[0], anchored)


def _thing(start: Start, anchored: Moment) -> Thing:
    return made(Thing, (slot(start.timing, anchored), anchored, start, None, None))


def _due_day(thing: Thing) -> date:
    return thing.slot.due_day


def _things(slots: Sequence[Slot], start: Start, anchored: Moment) -> list[Thing]:
    """Slots that follow from one anchor."""
    return [made(Thing, (at, anchored, start, None, None)) for at in slots]


def _is_plain(question: Question, rule: Rule, member: Member | None) -> bool:
    """Do the dates alone say how it stands? Nothing ends, excuses or leaves out what is not done."""
    return (
        question.is_calm
        and rule.is_simple
        and (member is None or member.is_free)
        and not (rule.tracks and question.tracks)
    )


def _judge(
    question: Question,
    rule: Rule,
    member: Member | None,
    cases: Iterable[Thing],
    evidence: Lists,
    found: list[Occurrence],
    *,
    shelf: Shelf | None = None,
    before: int = 0,
    ended: date | None = None,
) -> None:
    """Each case as an occurrence with its state, numbered on from `before`.

    Evidence of objects stands on the `shelf`. What has `ended` is over as if the course were closed.
    """
    on, key, person = question.on, rule.key, member.id if member is not None else None
    responsible, has_baton = rule.responsible, rule.has_baton
    is_tracked, is_on_track = bool(question.tracks and rule.tracks), rule.is_on_default_track
    closed = None if rule.after_closing else question.closed
    if ended is not None and (closed is None or ended < closed):
        closed = ended
    is_plain = ended is None and _is_plain(question, rule, member)
    is_empty = shelf is None and not all(evidence)
    for n, (at, anchored, start, value, called_off) in enumerate(cases, before + 1):
        if is_tracked:
            is_on_track, at = _on_track(question, rule, at)  # noqa: PLW2901 - the same, perhaps shorter
        opens, due, closes, opens_day, _due, closes_day, since, last, lapses_on, span = at
        until = last if closed is None or (last is not None and last <= closed) else closed
        is_off = called_off is not None and called_off <= closes_day
        if is_empty or is_off:
            done: Sequence[Fact] = NOTHING
        elif shelf is not None:
            done = shelf.take(value, opens_day, until)
        else:
            done = _all_of(evidence, since, until)
        note, done_on = "", None
        shown: tuple[str, ...] = ()
        if done:
            final = done[0] if len(done) == 1 else max(done, key=by_order)
            state, note = _state_of_done(final, at)
            done_on, lapses_on, shown = final.day, None, tuple([fact.id for fact in done])
        elif is_off:
            state, note, lapses_on = NOT_RELEVANT, "called-off", None
        elif is_plain:
            state = standing(at, on)
        else:
            state, note, lapses_on = _standing(question, rule, member, n, at, until, closed, is_on_track)
        if has_baton:
            responsible = question.holder(done_on or (closes_day if state is MISSED else on))
        found.append(made(Occurrence, (
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
    closed: date | None,
    is_on_track: bool,  # noqa: FBT001 - asked for each occurrence, where a name costs
) -> tuple[State, str, date | None]:
    """The state of what is not done, the note, and the day on which it is missed. It can be done `until`."""
    due_day = at.due_day
    if member is not None and not member.is_free:
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
    return standing(at, question.on), "", at.lapses_on


def _on_track(question: Question, rule: Rule, at: Slot) -> tuple[bool, Slot]:
    """Is it on the chosen track; and its slot, which leaving the track may bring to an earlier end."""
    is_on, left = question.track(rule, min(question.on, at.closes_day))
    if left is not None and (at.last is None or left <= at.last):
        last = max(left, at.closes_day)
        return is_on, at._replace(last=last, lapses_on=last + _DAY)
    return is_on, at


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


def _all_of(evidence: Lists, since: date | None, last: date | None) -> tuple[Fact, ...]:
    """The first fact of each list from `since` to `last`; empty where a list has none."""
    if len(evidence) == 1:
        fact = _first(evidence[0], since, last)
        return (fact,) if fact is not None else ()
    found = [fact for facts in evidence if (fact := _first(facts, since, last)) is not None]
    return tuple(found) if len(found) == len(evidence) else ()


def _first(facts: Sequence[Fact], since: date | None, last: date | None) -> Fact | None:
    """The first of these facts, which are in order, from `since` to `last`."""
    if not facts:
        return None
    fact = facts[0]
    if since is not None and fact.day < since:
        index = bisect_left(facts, since, 1, key=by_day)
        if index == len(facts):
            return None
        fact = facts[index]
    return None if last is not None and fact.day > last else fact


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
