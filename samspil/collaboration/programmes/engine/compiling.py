"""A definition made ready once: rules as numbers, and which kinds of facts touch which steps."""

from dataclasses import dataclass

from samspil.collaboration.programmes.engine.facts import CLOSED, EXCUSED, TRACK, WITHDRAWN
from samspil.collaboration.programmes.language.programme import BATON, Each, Measure, Phase, Programme, Step
from samspil.collaboration.programmes.language.when import (
    Anchor,
    Evidence,
    Pattern,
    Shift,
    Value,
    Window,
    shift,
)
from samspil.collaboration.programmes.language.words import Text

Where = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """One anchor with its span, as numbers."""

    kinds: tuple[str, ...]
    where: Where
    by: str | None
    date: str | None
    is_each: bool
    last: bool
    birthday: int | None
    unless: str | None
    same_person: bool
    joins: bool
    within: Shift
    window: tuple[Shift, Shift] | None


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """A pattern of evidence as numbers."""

    kind: str
    where: Where


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A step, a measure's round or a clock, ready to be asked. `title` is for the reason."""

    key: str
    title: Text
    responsible: str
    starts: tuple[Start, ...]
    matches: tuple[Match, ...]
    needs_all: bool
    early: Shift | None
    back: Shift
    late: Shift
    has_late: bool
    lapses: bool
    each: tuple[Each, ...]
    tracks: frozenset[str]
    after_closing: bool
    every: Shift | None
    rhythms: tuple[tuple[str, Shift], ...]
    until: Shift | None
    opens_first: bool
    is_rounds: bool
    is_shared: bool
    core_element: str | None
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A programme ready for the engine."""

    rules: tuple[Rule, ...]
    by_key: dict[str, Rule]
    touch: dict[str, tuple[str, ...]]
    default_track: str | None
    phase_defaults: dict[str, str]
    baton_starts: str
    baton_passes_to: str
    baton_kinds: tuple[str, ...]


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
    rules = [_rule(programme, phase, step) for phase in programme.phases for step in phase.steps]
    rules += [_measure(programme, measure) for measure in programme.measures]
    touch: dict[str, list[str]] = {}
    for rule in rules:
        for kind in rule.kinds:
            touch.setdefault(kind, []).append(rule.key)
    return Compiled(
        rules=tuple(rules),
        by_key={rule.key: rule for rule in rules},
        touch={kind: tuple(keys) for kind, keys in touch.items()},
        default_track=programme.tracks.default if programme.tracks else None,
        phase_defaults={phase.key: phase.tracks.default for phase in programme.phases if phase.tracks},
        baton_starts=programme.baton.starts,
        baton_passes_to=programme.baton.passes_to,
        baton_kinds=programme.baton.on,
    )


def _rule(programme: Programme, phase: Phase, step: Step) -> Rule:
    window = step.due.window or Window()
    rhythms: tuple[tuple[str, Shift], ...] = ()
    every = None
    if step.repeats and step.repeats.every == "track":
        options = phase.tracks.options if phase.tracks else {}
        rhythms = tuple((key, shift(option.every)) for key, option in options.items() if option.every)
    elif step.repeats:
        every = shift(step.repeats.every)
    early = shift(window.early) if window.early else None
    late = shift(window.late)
    if step.repeats:
        early, late = step.repeats.early, step.repeats.late
    return Rule(
        key=step.key,
        title=step.title,
        responsible=step.responsible,
        starts=tuple(_start(anchor, shift(span)) for anchor, span in step.due.anchors),
        matches=_matches(step.evidence.patterns),
        needs_all=bool(step.evidence.all),
        early=early,
        back=early.times(-1) if early else Shift(),
        late=late,
        has_late=any(late),
        lapses=step.due.lapses,
        each=step.each,
        tracks=frozenset(step.tracks),
        after_closing=step.after_closing,
        every=every,
        rhythms=rhythms,
        until=shift(step.repeats.until) if step.repeats and step.repeats.until else None,
        is_rounds=False,
        is_shared=step.evidence.shared,
        opens_first=step.due.within is not None or bool(step.due.first_of),
        core_element=step.core_element,
        kinds=_kinds(programme, step.responsible, step.evidence, [a for a, _s in step.due.anchors],
                     is_tracked=bool(step.tracks or rhythms), after_closing=step.after_closing),
    )  # fmt: skip


def _measure(programme: Programme, measure: Measure) -> Rule:
    where: dict[str, Value] = {"instrument": measure.instrument, "informant": measure.informant}
    evidence = Evidence(any=(
        Pattern(fact="measure.answered", where=where),
        Pattern(fact="measure.declined", where=where),
    ))  # fmt: skip
    anchor = Anchor(fact=measure.after) if isinstance(measure.after, str) else measure.after
    name = Text(da=f"Måling: {measure.instrument}", en=f"Measure: {measure.instrument}")
    return Rule(
        key=measure.key,
        title=name,
        responsible=measure.responsible,
        starts=tuple(
            _start(anchor, _after(one.at), (shift(one.early).times(-1), shift(one.late)))
            for one in measure.rounds
        ),
        matches=_matches(evidence.patterns),
        needs_all=False,
        early=Shift(),
        back=Shift(),
        late=Shift(),
        has_late=False,
        lapses=True,
        each=tuple(Each(role=role, from_age=measure.from_age) for role in measure.roles),
        tracks=frozenset(measure.tracks),
        after_closing=measure.purpose == "research",
        every=None,
        rhythms=(),
        until=None,
        is_rounds=True,
        is_shared=False,
        opens_first=True,
        core_element=None,
        kinds=_kinds(programme, measure.responsible, evidence, [anchor],
                     is_tracked=bool(measure.tracks),
                     after_closing=measure.purpose == "research"),
    )  # fmt: skip


def _after(at: str) -> Shift:
    return Shift() if at == "start" else shift(at)


def _start(anchor: Anchor, within: Shift, window: tuple[Shift, Shift] | None = None) -> Start:
    return Start(
        kinds=anchor.kinds,
        where=tuple(anchor.where.items()),
        by=anchor.by,
        date=anchor.date,
        is_each=anchor.each is not None,
        last=anchor.pick == "last",
        birthday=anchor.birthday,
        unless=anchor.unless,
        same_person=anchor.same_person,
        joins=anchor.joins,
        within=within,
        window=window,
    )


def _matches(patterns: tuple[Pattern, ...]) -> tuple[Match, ...]:
    return tuple(Match(pattern.fact, tuple(pattern.where.items())) for pattern in patterns)


def _kinds(
    programme: Programme,
    responsible: str,
    evidence: Evidence,
    anchors: list[Anchor],
    *,
    is_tracked: bool,
    after_closing: bool,
) -> frozenset[str]:
    found = {EXCUSED}
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
