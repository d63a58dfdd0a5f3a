"""A definition is made ready once: whatever a step asks and no fact changes is worked out here."""

from dataclasses import replace
from typing import TypeVar

from samspil.collaboration.programmes.engine.facts import CLOSED, EXCUSED, OPENED, TRACK, WITHDRAWN
from samspil.collaboration.programmes.engine.plan import (
    Audience,
    Compiled,
    Grouping,
    Match,
    Rule,
    Shape,
    Shown,
    Start,
    Table,
    Where,
)
from samspil.collaboration.programmes.engine.timing import NO_TIME, Rhythm, Timing, rhythm, timing
from samspil.collaboration.programmes.language.programme import BATON, Each, Measure, Phase, Programme, Step
from samspil.collaboration.programmes.language.when import Anchor, Evidence, Pattern, Shift, Value, shift
from samspil.collaboration.programmes.language.words import Text

T = TypeVar("T")
ONCE, REPEATS = Shape.ONCE, Shape.REPEATS


class _Shared:
    """What the rules of one programme have in common, each kept once and numbered."""

    def __init__(self) -> None:
        self.audiences: list[Audience] = []
        self.shown: list[Shown] = []
        self.matches: dict[tuple[str, Where], Match] = {}

    def match(self, kind: str, where: Where) -> Match:
        key = kind, tuple(sorted(where))
        return self.matches.setdefault(key, Match(kind, where, len(self.matches)))

    def evidence(self, evidence: Evidence) -> tuple[tuple[Match, ...], int]:
        """The matches of a step's evidence, and the number of what they show together."""
        matches = tuple(self.match(one.fact, tuple(one.where.items())) for one in evidence.patterns)
        shown = Shown(tuple(one.number for one in matches), bool(evidence.all))
        return matches, _number(shown, self.shown)

    def tables(self) -> tuple[Table, ...]:
        found: dict[tuple[str, tuple[str, ...]], Table] = {}
        for (kind, where), match in self.matches.items():
            names = tuple(name for name, _value in where)
            values = tuple(value for _name, value in where)
            table = found.setdefault((kind, names), Table(kind, names, {}))
            table.numbers[values[0] if len(values) == 1 else values] = match.number
        return tuple(found.values())


def _number(one: T, known: list[T]) -> int:
    if one not in known:
        known.append(one)
    return known.index(one)


_KEPT = 32
_LAST: list[tuple[Programme, Compiled]] = []


def compiled(programme: Programme) -> Compiled:
    """The programme made ready; the same object is made ready once (the last few are kept)."""
    for known, ready in _LAST:
        if known is programme:
            return ready
    ready = _compile(programme)
    _LAST.insert(0, (programme, ready))
    del _LAST[_KEPT:]
    return ready


def touched(programme: Programme, kind: str) -> tuple[str, ...]:
    """The keys of the steps whose occurrences a new fact of this kind can change, in order.

    A correction touches the steps of the fact it corrects, which is of the same kind; for `fact.withdrawn`
    ask with the kind of the fact withdrawn.
    """
    return compiled(programme).touch.get(kind, ())


def kinds_of(programme: Programme, steps: tuple[str, ...]) -> frozenset[str]:
    """The kinds of facts needed to compute the occurrences of these steps: no others change them."""
    by_key = compiled(programme).by_key
    return frozenset().union(*(by_key[step].kinds for step in steps), {WITHDRAWN})


def step_keys(programme: Programme) -> tuple[str, ...]:
    """The keys of everything that has occurrences: steps and measures, in order."""
    return tuple(rule.key for rule in compiled(programme).rules)


def _compile(programme: Programme) -> Compiled:
    shared = _Shared()
    rules = [_rule(programme, phase, step, shared) for phase in programme.phases for step in phase.steps]
    rules += [_measure(programme, measure, shared) for measure in programme.measures]
    touch: dict[str, list[str]] = {}
    for rule in rules:
        for kind in rule.kinds:
            touch.setdefault(kind, []).append(rule.key)
    return Compiled(
        rules=tuple(rules),
        by_key={rule.key: rule for rule in rules},
        touch={kind: tuple(keys) for kind, keys in touch.items()},
        audiences=tuple(shared.audiences),
        shown=tuple(shared.shown),
        tables=shared.tables(),
        matches=len(shared.matches),
        default_track=programme.tracks.default if programme.tracks else None,
        phase_defaults={phase.key: phase.tracks.default for phase in programme.phases if phase.tracks},
        baton_starts=programme.baton.starts,
        baton_passes_to=programme.baton.passes_to,
        baton_kinds=programme.baton.on,
    )


def _rule(programme: Programme, phase: Phase, step: Step, shared: _Shared) -> Rule:
    early, late = _window(step)
    shape, rhythm_, rhythms = _shape(step), _rhythm(step), _rhythms(phase, step)
    is_on_track = _is_on_default_track(programme, step.tracks)
    matches, shown = shared.evidence(step.evidence)
    starts = tuple(
        _start(shared, anchor, timing(shift(span), early, late, step.due.lapses))
        for anchor, span in step.due.anchors
    )
    grouping = _grouping(starts) if starts[0].is_each else None
    is_paced = not step.each and not step.evidence.all and _is_paced(shape, starts, rhythm_)
    if rhythms:
        starts = (*starts, _chosen(starts[0]))
    return Rule(
        key=step.key,
        title=step.title,
        responsible=step.responsible,
        has_baton=step.responsible == BATON,
        shape=shape,
        starts=starts,
        grouping=grouping,
        matches=matches,
        shown=shown,
        only_match=matches[0].number if len(matches) == 1 else None,
        is_simple=is_on_track and not step.due.only_ahead,
        is_paced=is_paced,
        anchor=starts[0].match.number if is_paced and starts[0].match else 0,
        is_direct=grouping is not None and _is_direct(starts),
        is_personal=_is_personal(starts),
        is_early=early is not None,
        audience=_audience(step.each, shared),
        tracks=frozenset(step.tracks),
        is_on_default_track=is_on_track,
        after_closing=step.after_closing,
        only_ahead=step.due.only_ahead,
        start_age=next(iter(_start_ages(step.each)), None),
        every=rhythm_,
        rhythms=rhythms,
        is_shared=step.evidence.shared,
        core_element=step.core_element,
        kinds=_kinds(programme, step.responsible, step.evidence, [a for a, _s in step.due.anchors],
                     is_tracked=bool(step.tracks or rhythms), after_closing=step.after_closing,
                     asks_start=step.due.only_ahead or bool(_start_ages(step.each))),
    )  # fmt: skip


def _is_paced(shape: Shape, starts: tuple[Start, ...], every: Rhythm | None) -> bool:
    """Does everything follow from one day that a fact gives?"""
    if starts[0].match is None:
        return False
    return (shape is ONCE and len(starts) == 1) or (shape is REPEATS and every is not None)


def _is_direct(starts: tuple[Start, ...]) -> bool:
    """Does every object start the clock, with its first fact or its last, whatever it says?"""
    start = starts[0]
    asks = start.date is not None or start.joins or bool(start.by and start.where)
    return len(starts) == 1 and not asks


def _is_personal(starts: tuple[Start, ...]) -> bool:
    return any(start.same_person or start.birthday is not None for start in starts)


def _shape(step: Step) -> Shape:
    anchor, _span = step.due.anchors[0]
    if anchor.episode is not None:
        return Shape.EPISODES
    if step.repeats:
        return Shape.REPEATS
    return Shape.GROUPS if anchor.each is not None else Shape.ONCE


def _start_ages(each: tuple[Each, ...]) -> list[int]:
    """The ages that matter on the day the course opens."""
    return [age for one in each for age in (one.starts_from, one.starts_below) if age is not None]


def _window(step: Step) -> tuple[Shift | None, Shift]:
    """How much before (None: not said) and after the due date counts as in time."""
    if step.repeats:
        return step.repeats.early, step.repeats.late
    if step.due.window is None:
        return None, NO_TIME
    early = step.due.window.early
    return shift(early) if early else None, shift(step.due.window.late)


def _rhythm(step: Step) -> Rhythm | None:
    """The step's own rhythm; None where it has none, or has that of the chosen track."""
    if step.repeats is None or step.repeats.every == "track":
        return None
    first = shift(step.due.within) if step.due.within is not None or step.due.first_of else None
    until = shift(step.repeats.until) if step.repeats.until else None
    return rhythm(first, shift(step.repeats.every), *_window_of_repeats(step), until)


def _rhythms(phase: Phase, step: Step) -> dict[str, Rhythm]:
    """The rhythm that each track of the phase gives the step, where the track is what gives it."""
    if step.repeats is None or step.repeats.every != "track" or phase.tracks is None:
        return {}
    until = shift(step.repeats.until) if step.repeats.until else None
    return {
        key: rhythm(None, shift(option.every), *_window_of_repeats(step), until)
        for key, option in phase.tracks.options.items()
        if option.every
    }


def _window_of_repeats(step: Step) -> tuple[Shift, Shift]:
    early, late = _window(step)
    return early or NO_TIME, late


def _measure(programme: Programme, measure: Measure, shared: _Shared) -> Rule:
    where: dict[str, Value] = {"instrument": measure.instrument, "informant": measure.informant}
    evidence = Evidence(any=(
        Pattern(fact="measure.answered", where=where),
        Pattern(fact="measure.declined", where=where),
    ))  # fmt: skip
    matches, shown = shared.evidence(evidence)
    anchor = Anchor(fact=measure.after) if isinstance(measure.after, str) else measure.after
    after_closing = measure.purpose == "research"
    each = tuple(Each(role=role, from_age=measure.from_age) for role in measure.roles)
    starts = tuple(
        _start(shared, anchor, timing(_after(one.at), shift(one.early), shift(one.late), lapses=True))
        for one in measure.rounds
    )
    return Rule(
        key=measure.key,
        title=Text(da=f"Måling: {measure.instrument}", en=f"Measure: {measure.instrument}"),
        responsible=measure.responsible,
        has_baton=measure.responsible == BATON,
        shape=Shape.ROUNDS,
        starts=starts,
        grouping=None,
        matches=matches,
        shown=shown,
        only_match=None,
        is_simple=_is_on_default_track(programme, measure.tracks),
        is_paced=False,
        anchor=0,
        is_direct=False,
        is_personal=_is_personal(starts),
        is_early=True,
        audience=_audience(each, shared),
        tracks=frozenset(measure.tracks),
        is_on_default_track=_is_on_default_track(programme, measure.tracks),
        after_closing=after_closing,
        only_ahead=False,
        start_age=None,
        every=None,
        rhythms={},
        is_shared=False,
        core_element=None,
        kinds=_kinds(programme, measure.responsible, evidence, [anchor],
                     is_tracked=bool(measure.tracks), after_closing=after_closing, asks_start=False),
    )  # fmt: skip


def _audience(each: tuple[Each, ...], shared: _Shared) -> int | None:
    """The number of this audience among those of the programme; None where the step is for no person."""
    if not each:
        return None
    audience = tuple(
        (one.role, one.from_age, one.below_age, one.starts_from, one.starts_below) for one in each
    )
    return _number(audience, shared.audiences)


def _is_on_default_track(programme: Programme, tracks: tuple[str, ...]) -> bool:
    return not tracks or (programme.tracks is not None and programme.tracks.default in tracks)


def _after(at: str) -> Shift:
    return NO_TIME if at == "start" else shift(at)


def _start(shared: _Shared, anchor: Anchor, timed: Timing) -> Start:
    where = tuple(anchor.where.items())
    return Start(
        kinds=anchor.kinds,
        where=where,
        match=shared.match(anchor.kinds[0], where) if anchor.kinds and anchor.each is None else None,
        by=anchor.by,
        date=anchor.date,
        is_each=anchor.each is not None,
        every=anchor.every,
        last=anchor.pick == "last",
        birthday=anchor.birthday,
        unless=anchor.unless,
        same_person=anchor.same_person,
        joins=anchor.joins,
        timing=timed,
    )


def _chosen(first: Start) -> Start:
    """What a rhythm counts from once a track was chosen: the day of choosing, whatever it was before."""
    return replace(
        first, kinds=(TRACK,), where=(), match=None, by=None, date=None, birthday=None, same_person=False
    )


def _grouping(starts: tuple[Start, ...]) -> Grouping:
    """What the anchors of a rule read. Without a tying attribute each anchor reads only what fits it."""
    first = starts[0]
    patterns = {
        (kind, () if start.by is not None else start.where): None for start in starts for kind in start.kinds
    }
    same_person = any(start.same_person for start in starts)
    key = repr((*patterns, first.by, first.kinds[0], first.unless, same_person))
    is_each_once = len({kind for kind, _where in patterns}) == len(patterns)
    return Grouping(key, tuple(patterns), first.by, first.kinds[0], first.unless, same_person, is_each_once)


def _kinds(
    programme: Programme,
    responsible: str,
    evidence: Evidence,
    anchors: list[Anchor],
    *,
    is_tracked: bool,
    after_closing: bool,
    asks_start: bool,
) -> frozenset[str]:
    found = {EXCUSED, OPENED} if asks_start else {EXCUSED}
    found.update(pattern.fact for pattern in evidence.patterns)
    for anchor in anchors:
        found.update(anchor.kinds)
        found.update({anchor.unless} if anchor.unless else ())
    if responsible == BATON:
        found.update(programme.baton.on)
    if is_tracked:
        found.add(TRACK)
    if not after_closing:
        found.add(CLOSED)
    return frozenset(found)
