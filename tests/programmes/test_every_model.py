"""The engine's properties hold for every definition that ships, on courses drawn from what each asks for."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from samspil.collaboration.programmes import engine, loading, vocabulary
from samspil.collaboration.programmes.engine.compiling import compiled
from samspil.collaboration.programmes.engine.facts import Fact, fact
from samspil.collaboration.programmes.engine.moments import danish_day
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.vocabulary import Type

PROGRAMMES = loading.library().programmes
OPENED = date(2026, 1, 5)
_settings = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.generate],
)
_ENDED = {"missed", "done", "done late", "excused"}
_days = st.integers(0, 1200).map(lambda count: OPENED + timedelta(days=count))


def family(programme: Programme) -> tuple[engine.Person, ...]:
    """Somebody in each role of the family: born on a leap day, 15½ at the start, 18 on it, and unknown."""
    born = [date(2012, 2, 29), date(2010, 7, 5), date(2008, 1, 5), None]
    roles = [role.key for role in programme.roles if role.sector == "family"]
    return tuple(
        engine.Person(f"{role}-{index}", day, frozenset({role}))
        for role in roles
        for index, day in enumerate(born)
    )


def values_of(programme: Programme, kind: str) -> dict[str, set[object]]:
    """The values of attributes that the programme tells apart, for one kind of fact."""
    found: dict[str, set[object]] = {}
    for rule in compiled(programme).rules:
        wheres = [match.where for match in rule.matches if match.kind == kind]
        wheres += [start.where for start in rule.starts if kind in start.kinds]
        for name, value in (pair for where in wheres for pair in where):
            found.setdefault(name, set()).add(value)
    if kind == "track.chosen":
        found["track"] = {key for tracks in programme.all_tracks for key in tracks.options}
    if kind == "step.excused":
        found["step"] = {step.key for step in programme.steps}
    if kind == "level.set":
        found["level"] = {0, 1, 2, 3}
    return found


@st.composite
def courses(draw: st.DrawFn, programme: Programme) -> list[Fact]:
    """A course as it may really be noted: in any order, twice, nonsense included."""
    kinds = sorted({kind for rule in compiled(programme).rules for kind in rule.kinds})
    people = [person.id for person in family(programme)]
    found = [fact("course.opened", OPENED, id="f00")]
    for index in range(1, draw(st.integers(1, 22))):
        kind = draw(st.sampled_from(kinds))
        attributes: dict[str, object] = {}
        for name, options in values_of(programme, kind).items():
            if draw(st.booleans()):
                attributes[name] = draw(st.sampled_from(sorted(options, key=str)))
        for name, attribute in vocabulary.KINDS[kind].attributes.items():
            match attribute.type:
                case Type.PERSON if draw(st.booleans()):
                    attributes[name] = draw(st.sampled_from(people))
                case Type.THING if attribute.clock:
                    attributes[name] = draw(st.sampled_from(["x", "y"]))
                case Type.DATE if attribute.clock and draw(st.booleans()):
                    attributes[name] = str(draw(_days))
        found.append(fact(kind, draw(_days), id=f"f{index:02}", attributes=attributes))
    return found


Rows = dict[tuple[str, str | None, int], engine.Occurrence]


def rows(programme: Programme, facts: list[Fact], on: date) -> Rows:
    found = engine.occurrences(programme, facts, family(programme), on)
    assert len({(one.step, one.person, one.n) for one in found}) == len(found)
    return {(one.step, one.person, one.n): one for one in found}


def order_changes_nothing(programme: Programme, facts: list[Fact], on: date) -> None:
    first = engine.occurrences(programme, facts, family(programme), on)
    mixed = list(facts)
    random.Random(1).shuffle(mixed)
    assert engine.occurrences(programme, mixed, tuple(reversed(family(programme))), on) == first


def time_alone_unmakes_nothing(programme: Programme, facts: list[Fact], on: date) -> None:
    """Nothing new is noted: what ended stays as it ended, and what was listed stays with its dates."""
    known = [one for one in facts if one.day <= on]
    before = rows(programme, known, on)
    for later in (1, 400):
        after = rows(programme, known, on + timedelta(days=later))
        for key, one in before.items():
            other = after[key]
            assert (one.opens, one.due, one.closes) == (other.opens, other.due, other.closes)
            if one.state in _ENDED:
                assert other.state == one.state
            if one.state == "late":
                assert other.state in ("late", "missed")


def one_is_responsible_and_says_why(programme: Programme, facts: list[Fact], on: date) -> None:
    roles = {role.key for role in programme.roles}
    for one in rows(programme, facts, on).values():
        assert one.responsible in roles
        assert one.why.da
        assert "{" not in one.why.da + one.why.en
        assert "None" not in one.why.da
        if one.opens is not None and one.due is not None and one.closes is not None:
            days = [danish_day(moment) for moment in (one.opens, one.due, one.closes)]
            assert days == sorted(days)


def what_is_touched_is_all(programme: Programme, facts: list[Fact], on: date) -> None:
    """Rewriting only the touched steps, from only the facts of their kinds, gives the whole answer."""
    new, old = facts[-1], facts[:-1]
    steps = engine.touched(programme, new.kind)
    kinds = engine.kinds_of(programme, steps)
    some = [one for one in facts if one.kind in kinds]
    renewed = engine.occurrences(programme, some, family(programme), on, steps=steps)
    before = engine.occurrences(programme, old, family(programme), on)
    whole = [
        one
        for step in engine.step_keys(programme)
        for one in (renewed if step in steps else before)
        if one.step == step
    ]
    assert whole == engine.occurrences(programme, facts, family(programme), on)


def an_excuse_keeps_the_dates(programme: Programme, facts: list[Fact], on: date) -> None:
    step = programme.steps[len(facts) % len(programme.steps)].key
    excuse = fact("step.excused", OPENED, id="zz", attributes={"step": step, "reason": "r"})
    dates = [
        [(key, one.opens, one.due, one.closes) for key, one in rows(programme, noted, on).items()]
        for noted in (facts, [*facts, excuse])
    ]
    assert dates[0] == dates[1]


def nothing_is_late_that_lay_before_the_start(programme: Programme, facts: list[Fact], on: date) -> None:
    ahead = {step.key for step in programme.steps if step.due.only_ahead}
    opened = min(one.day for one in facts if one.kind == "course.opened")
    for one in rows(programme, facts, on).values():
        if one.step in ahead and one.closes is not None and opened <= on:
            day = danish_day(one.closes)
            assert day >= opened or one.state in ("not relevant", "done", "done late")


def a_score_is_of_what_was_judged(programme: Programme, facts: list[Fact], on: date) -> None:
    judged = engine.fidelity(programme, facts, family(programme), on)
    for one in judged.criteria:
        assert one.points in (None, 0, 1, 2)
        assert 0 <= one.met <= one.due
        assert (one.points is None) or one.due
    assert judged.course is None or 0 <= judged.course <= 1
    assert engine.weight(programme, facts, on) >= 0


PROPERTIES: list[Callable[[Programme, list[Fact], date], None]] = [
    order_changes_nothing,
    time_alone_unmakes_nothing,
    one_is_responsible_and_says_why,
    what_is_touched_is_all,
    an_excuse_keeps_the_dates,
    nothing_is_late_that_lay_before_the_start,
    a_score_is_of_what_was_judged,
]


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda one: f"{one.key}-{one.version}")
def test_properties(programme: Programme) -> None:
    @_settings
    @given(courses(programme), _days)
    def run(facts: list[Fact], on: date) -> None:
        for holds in PROPERTIES:
            holds(programme, facts, on)

    run()


def test_an_episode_without_an_end_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A twin of the engine that forgets when a level was left misses what nobody asked for."""
    from samspil.collaboration.programmes.engine import question

    bti = loading.library().programme("bti", "2012-adapted-2024")
    facts = [
        fact("course.opened", OPENED, id="a"),
        fact("level.set", OPENED, id="b", attributes={"level": 2}),
        fact("level.set", OPENED + timedelta(days=30), id="c", attributes={"level": 1}),
    ]

    def missed() -> list[str]:
        found = rows(bti, facts, OPENED + timedelta(days=400)).values()
        return [one.step for one in found if one.step == "evaluate-2" and one.state == "missed"]

    assert not missed()
    whole = question.episodes
    monkeypatch.setattr(
        question, "episodes", lambda *given_: [one._replace(ends=None) for one in whole(*given_)]
    )
    assert missed()
