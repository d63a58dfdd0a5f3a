"""Is the model followed: per criterion, core element and course, with misses and adaptations apart."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from samspil.collaboration.programmes.engine.facts import Fact, Facts, Person, in_force
from samspil.collaboration.programmes.engine.occurrence import Occurrence, State
from samspil.collaboration.programmes.engine.occurrences import occurrences
from samspil.collaboration.programmes.language.fidelity import (
    Covered,
    Criterion,
    Exists,
    Few,
    Having,
    InState,
    Limit,
    Measured,
)
from samspil.collaboration.programmes.language.programme import Programme
from samspil.collaboration.programmes.language.when import Pattern, shift

_DECIDED = (State.DONE, State.DONE_LATE, State.LATE, State.MISSED)
_MET, _PARTLY, _NOT = 2, 1, 0
_TOLERANCE = 1e-9
_NOTHING_SAID = (None, "", False)


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """2 met, 1 partly, 0 not, None: not relevant or not due yet.

    `due` is how many cases were judged and `met` how many of them met it. `missed` and `excused` stand
    apart: a reasoned adaptation is no miss.
    """

    key: str
    element: str
    source: str
    level: str
    points: int | None
    due: int
    met: int
    missed: int
    excused: int


@dataclass(frozen=True, slots=True)
class ElementScore:
    """A core element: Σ points / (2 · criteria judged), 0 to 1; None where none is judged yet."""

    element: str
    score: float | None
    due: int
    misses: int
    adaptations: int


@dataclass(frozen=True, slots=True)
class Fidelity:
    """A course: the same formula over all its judged criteria. Never shown as a score for one family."""

    course: float | None
    elements: tuple[ElementScore, ...]
    criteria: tuple[CriterionScore, ...]


def fidelity(
    definition: Programme,
    facts: Iterable[Fact],
    people: Sequence[Person],
    on: date,
    known_by: date | datetime | None = None,
    *,
    found: Sequence[Occurrence] | None = None,
) -> Fidelity:
    """Judge every criterion as of the day `on`; `found` are the occurrences where they are known already.

    Levels and formula: 2 met, 1 partly, 0 not; element = Σ points / (2 · judged). A share counts
    occurrences that are decided (done, done late, late, missed); excused ones and those not relevant are
    left out. Met from `at_least`, partly from `partly` (default half of it). Criteria of team and site
    have no points in one course.
    """
    facts = list(facts)
    held = in_force(facts, on, known_by)
    listed = occurrences(definition, facts, people, on, known_by) if found is None else found
    by_step: dict[str, list[Occurrence]] = {}
    for one in listed:
        by_step.setdefault(one.step, []).append(one)
    scores = tuple(_criterion(criterion, held, by_step, on) for criterion in definition.fidelity)
    elements = tuple(
        _element(core.key, [score for score in scores if score.element == core.key], by_step)
        for core in definition.core_elements
    )
    return Fidelity(_share_of([score.points for score in scores]), elements, scores)


def _criterion(
    criterion: Criterion, facts: Facts, by_step: dict[str, list[Occurrence]], on: date
) -> CriterionScore:
    due = met = missed = excused = 0
    points: int | None = None
    if criterion.level != "course":
        pass
    elif criterion.criterion is None:
        points = _answered(criterion, facts)
        due, met = int(points is not None), int(points == _MET)
    else:
        points, due, met, missed, excused = _measured(criterion.criterion, facts, by_step, on)
    return CriterionScore(
        criterion.key,
        criterion.core_element,
        criterion.source,
        criterion.level,
        points,
        due,
        met,
        missed,
        excused,
    )


def _measured(
    rule: Measured, facts: Facts, by_step: dict[str, list[Occurrence]], on: date
) -> tuple[int | None, int, int, int, int]:
    if rule.share is not None:
        return _in_state(rule.share, by_step)
    if rule.exists is not None:
        return _exists(rule.exists, facts)
    if rule.having is not None:
        return _having(rule.having, facts)
    if rule.few is not None:
        return _few(rule.few, facts)
    if rule.limit is not None:
        return _limit(rule.limit, facts, on)
    if rule.covered is not None:
        cases = _covered(rule.covered, facts)
        at_least, partly = rule.covered.at_least, rule.covered.partly
    else:  # the model demands exactly one
        return None, 0, 0, 0, 0
    met = sum(cases)
    return _points(met, len(cases), at_least, partly), len(cases), met, len(cases) - met, 0


def _in_state(rule: InState, by_step: dict[str, list[Occurrence]]) -> tuple[int | None, int, int, int, int]:
    steps = (rule.of,) if isinstance(rule.of, str) else rule.of
    all_ = [one for step in steps for one in by_step.get(step, ())]
    decided = [one.state for one in all_ if one.state in _DECIDED]
    good = (State.DONE,) if rule.state == "done" else (State.DONE, State.DONE_LATE)
    met = sum(state in good for state in decided)
    missed = sum(state in (State.LATE, State.MISSED) for state in decided)
    excused = sum(one.state is State.EXCUSED for one in all_)
    points = _points(met, len(decided), rule.at_least, rule.partly)
    if points == _NOT and State.DONE_LATE in decided:
        points = _PARTLY  # done, though late, is partly followed
    return points, len(decided), met, missed, excused


def _exists(rule: Exists, facts: Facts) -> tuple[int | None, int, int, int, int]:
    if _first(rule.once, facts) is None:
        return None, 0, 0, 0, 0
    count = sum(_has(fact, rule.where) for fact in facts.get(rule.fact, ()))
    points = _MET if count >= rule.count else _PARTLY if count else _NOT
    return points, 1, int(points == _MET), int(points == _NOT), 0


def _first(pattern: Pattern, facts: Facts) -> Fact | None:
    """The first fact of a pattern."""
    return next((fact for fact in facts.get(pattern.fact, ()) if _has(fact, pattern.where)), None)


def _having(rule: Having, facts: Facts) -> tuple[int | None, int, int, int, int]:
    """`due` and `met` count facts; where they are weighed, only the share is."""
    if rule.when is not None and _first(rule.when, facts) is None:
        return None, 0, 0, 0, 0
    cases = [
        (_shows(fact, rule), _weight(fact, rule.weigh))
        for fact in facts.get(rule.fact, ())
        if _has(fact, rule.where)
    ]
    met = sum(shown for shown, _weighed in cases)
    whole = sum(weighed for _shown, weighed in cases)
    part = sum(weighed for shown, weighed in cases if shown)
    points = _points(part, whole, rule.at_least, rule.partly)
    return points, len(cases), met, len(cases) - met, 0


def _shows(fact: Fact, rule: Having) -> bool:
    said = fact.attributes
    return (
        all(said.get(name) not in _NOTHING_SAID for name in rule.has)
        and (not rule.has_any or any(said.get(name) not in _NOTHING_SAID for name in rule.has_any))
        and all(_number(said.get(name)) >= least for name, least in rule.least.items())
    )


def _weight(fact: Fact, by: str | None) -> float:
    return 1 if by is None else _number(fact.attributes.get(by))


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0


def _few(rule: Few, facts: Facts) -> tuple[int | None, int, int, int, int]:
    """How many of the facts carry one of the `most` commonest values of the attribute."""
    named = Counter(
        fact.attributes[rule.by]
        for fact in facts.get(rule.fact, ())
        if _has(fact, rule.where) and fact.attributes.get(rule.by) is not None
    )
    whole, met = named.total(), sum(count for _value, count in named.most_common(rule.most))
    return _points(met, whole, rule.at_least, rule.partly), whole, met, whole - met, 0


def _limit(rule: Limit, facts: Facts, on: date) -> tuple[int | None, int, int, int, int]:
    begins = _first(rule.once, facts)
    if begins is None:
        return None, 0, 0, 0, 0
    end = shift(rule.within).day(begins.day)
    count = sum(begins.day <= fact.day <= end and _has(fact, rule.where) for fact in facts.get(rule.fact, ()))
    if count > rule.most:
        return _NOT, 1, 0, 1, 0
    return (_MET, 1, 1, 0, 0) if on >= end else (None, 0, 0, 0, 0)


def _covered(rule: Covered, facts: Facts) -> list[bool]:
    """For each fact: was a matching permission given by then, and neither ended nor run out?"""
    given, ended = facts.get(rule.given, ()), facts.get(rule.ended, ())
    return [
        _is_covered(fact, given, ended, rule)
        for fact in facts.get(rule.each.fact, ())
        if _has(fact, rule.each.where)
    ]


def _is_covered(fact: Fact, given: Sequence[Fact], ended: Sequence[Fact], rule: Covered) -> bool:
    wanted = [fact.attributes.get(name) for name in rule.by]
    starts = [
        one
        for one in given
        if [one.attributes.get(name) for name in rule.by] == wanted and one.day <= fact.day
    ]
    ends = [
        one
        for one in ended
        if [one.attributes.get(name) for name in rule.by] == wanted and one.day <= fact.day
    ]
    for start in starts:
        until = start.attributes.get(rule.until) if rule.until else None
        if until is not None and str(until) <= fact.day.isoformat():
            continue
        if not any(end.order > start.order for end in ends):
            return True
    return False


def _has(fact: Fact, where: Mapping[str, object]) -> bool:
    said = fact.attributes
    return all(
        said.get(name) in value if isinstance(value, tuple) else said.get(name) == value
        for name, value in where.items()
    )


def _points(met: float, due: float, at_least: float, partly: float | None) -> int | None:
    if due == 0:
        return None
    share = met / due + _TOLERANCE
    if share >= at_least:
        return _MET
    return _PARTLY if met and share >= (at_least / 2 if partly is None else partly) else _NOT


def _answered(criterion: Criterion, facts: Facts) -> int | None:
    """The last answer to a checklist or survey: 0, 1 or 2."""
    levels = [
        fact.attributes.get("level")
        for fact in facts.get("checklist.answered", ())
        if fact.attributes.get("criterion") == criterion.key
    ]
    last = levels[-1] if levels else None
    return last if isinstance(last, int) and last in (_NOT, _PARTLY, _MET) else None


def _element(key: str, scores: list[CriterionScore], by_step: dict[str, list[Occurrence]]) -> ElementScore:
    own = [one for rows in by_step.values() for one in rows if one.rule.core_element == key]
    return ElementScore(
        key,
        _share_of([score.points for score in scores]),
        sum(score.points is not None for score in scores),
        sum(one.state in (State.MISSED, State.LATE) for one in own),
        sum(one.state is State.EXCUSED for one in own),
    )


def _share_of(points: list[int | None]) -> float | None:
    judged = [one for one in points if one is not None]
    return round(sum(judged) / (_MET * len(judged)), 4) if judged else None
