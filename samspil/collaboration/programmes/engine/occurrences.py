"""Each step's occurrences: window, due date, state, responsible role, evidence and reason."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from samspil.collaboration.programmes.engine.compiling import compiled
from samspil.collaboration.programmes.engine.facts import Fact, Facts, Person, in_force
from samspil.collaboration.programmes.engine.moments import Moment, danish_day
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
    EXCUSED,
    MISSED,
    NOT_DUE,
    NOT_RELEVANT,
    Occurrence,
    State,
)
from samspil.collaboration.programmes.engine.paced import in_pace
from samspil.collaboration.programmes.engine.plan import EPISODES, GROUPS, ONCE, REPEATS, Rule, Start
from samspil.collaboration.programmes.engine.question import Lists, Member, Question, held_on, holders
from samspil.collaboration.programmes.engine.standing import done_by, standing
from samspil.collaboration.programmes.engine.timing import NO_TIME, Slot, changing_repeats, repeats, slot
from samspil.collaboration.programmes.language.programme import Programme

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
    is_calm = question.is_calm
    rules = ready.rules if steps is None else [ready.by_key[key] for key in steps]
    found: list[Occurrence] = []
    for rule in rules:
        if rule.audience is None:
            is_plain = rule.is_simple if is_calm else question.is_plain(rule)
            if not (is_plain and rule.is_paced and in_pace(question, rule, found)):
                _answer(question, rule, None, question.evidence(rule), None, found)
            continue
        members = question.audience(rule.audience)
        if not members:
            found.append(_without_date(question, rule, None, NOT_RELEVANT, "nobody"))
            continue
        cases = None if rule.is_personal or rule.shape is EPISODES else _cases(question, rule, None)
        for member in members:
            evidence = question.evidence_about(rule, member.person, alone=len(members) == 1)
            _answer(question, rule, member, evidence, cases, found)
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
    question: Question,
    rule: Rule,
    member: Member | None,
    evidence: Lists,
    cases: Sequence[Thing] | None,
    found: list[Occurrence],
) -> None:
    """What a step is for one person, or for all; `cases` where they are the same for everybody."""
    if rule.shape is EPISODES:
        _episodes(question, rule, member, evidence[0], found)
        return
    if cases is None:
        cases = _cases(question, rule, member)
    if cases:
        shelf = Shelf(rule, evidence[0]) if rule.shape is GROUPS and evidence[0] else None
        _judge(question, rule, member, cases, evidence, found, shelf=shelf)
    elif rule.shape is ONCE and (done := _all_of(evidence, None, None)):
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
        cases = _things(slots, start, begins)
        numbered = len(found) - before
        _judge(question, rule, member, cases, (inside,), found, before=numbered, ended=ends)
    if len(found) == before:
        found.append(_unknown(question, rule, member))


def _cases(question: Question, rule: Rule, member: Member | None) -> Sequence[Thing]:
    """When a step is due: for each object that starts it, or from one anchor; none where none is known."""
    starts, shape = rule.starts, rule.shape
    if shape is GROUPS:
        return question.things(rule, member)
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
    is_on_track = rule.is_on_default_track
    is_tracked = bool(rule.tracks) and not (is_on_track and question.chosen <= rule.tracks)
    closed = None if rule.after_closing else question.closed
    if ended is not None and (closed is None or ended < closed):
        closed = ended
    is_plain = ended is None and question.is_plain(rule) and (member is None or member.is_free)
    is_empty, is_one = shelf is None and not all(evidence), len(evidence) == 1
    for n, (at, anchored, start, value, called_off) in enumerate(cases, before + 1):
        if is_tracked:
            is_on_track, at = _on_track(question, rule, at)  # noqa: PLW2901 - the same, perhaps shorter
        opens, due, closes, opens_day, _due, closes_day, since, last, lapses_on, span = at
        until = last if closed is None or (last is not None and last <= closed) else closed
        is_off = called_off is not None and called_off <= closes_day
        final, done_on, note = None, None, ""
        shown: tuple[str, ...] = ()
        if not (is_empty or is_off):
            if shelf is not None:
                final = shelf.take(value, opens_day, until)
            elif is_one:
                final = _first(evidence[0], since, until)
            elif done := _all_of(evidence, since, until):
                final, shown = max(done, key=by_order), tuple([fact.id for fact in done])
        if final is not None:
            state, note = done_by(final, at)
            done_on, lapses_on, shown = final.day, None, shown or (final.id,)
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
    if rule.tracks and not question.is_on_track(rule):
        state, note = NOT_RELEVANT, "track"
    elif question.closed is not None and not rule.after_closing:
        state, note = NOT_RELEVANT, "closed"
    return _without_date(question, rule, member, state, note)


def _without_date(
    question: Question, rule: Rule, member: Member | None, state: State, note: str
) -> Occurrence:
    role = question.holding if rule.has_baton else rule.responsible
    return made(Occurrence, (
        rule.key, 1, member.id if member is not None else None, None, None, None, state, role, (), None, note,
        None, NO_TIME, rule, rule.starts[0], None,
    ))  # fmt: skip


def _done_without_date(
    question: Question, rule: Rule, member: Member | None, done: tuple[Fact, ...]
) -> Occurrence:
    found = _without_date(question, rule, member, DONE, "")
    return found._replace(evidence=tuple(fact.id for fact in done), done_on=max(fact.day for fact in done))
