"""What is true of the engine whatever happened; each property is shown red on a broken twin."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from samspil.collaboration.programmes import engine, vocabulary
from samspil.collaboration.programmes.engine.facts import Fact, fact
from tests.programmes import courses
from tests.programmes.courses import FAMILY, OPENED, ROLES, VIA

Engine = Callable[..., list[engine.Occurrence]]
_settings = settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
_twins = settings(_settings, phases=[Phase.generate])
"""A broken twin need only be seen: nobody asks for its smallest example."""
_GONE = {"not due", "open", "due", "not relevant"}


def _key(one: engine.Occurrence) -> tuple[str, str | None, int]:
    return one.step, one.person, one.n


def deterministic_and_permuted(run: Engine, facts: list[Fact], on: date) -> None:
    first = run(VIA, facts, FAMILY, on)
    assert run(VIA, facts, FAMILY, on) == first
    for seed in range(3):
        mixed = list(facts)
        random.Random(seed).shuffle(mixed)
        assert run(VIA, mixed, tuple(reversed(FAMILY)), on) == first


def misses_stay(run: Engine, facts: list[Fact], on: date) -> None:
    """Nothing new is noted, time goes on: a miss stays a miss."""
    known = [one for one in facts if one.day <= on]
    before = {_key(one): one.state for one in run(VIA, known, FAMILY, on)}
    for later in (1, 30, 400):
        after = {_key(one): one.state for one in run(VIA, known, FAMILY, on + timedelta(days=later))}
        for key, state in before.items():
            if state == "missed":
                assert after[key] == "missed"
            if state in ("done", "done late", "excused"):
                assert after[key] == state
            if state == "late":
                assert after[key] not in _GONE


def prefix(run: Engine, facts: list[Fact], on: date) -> None:
    """Occurrences at t are a prefix of those at t+1, with the same dates."""
    known = [one for one in facts if one.day <= on]
    rows = [
        {
            step: [(one.person, one.n, one.opens, one.due, one.closes) for one in found if one.step == step]
            for step in engine.step_keys(VIA)
        }
        for found in (run(VIA, known, FAMILY, on), run(VIA, known, FAMILY, on + timedelta(days=1)))
    ]
    for step, earlier in rows[0].items():
        people = {row[0] for row in earlier}
        for person in people:
            mine = [row for row in earlier if row[0] == person]
            assert [row for row in rows[1][step] if row[0] == person][: len(mine)] == mine


def one_responsible(run: Engine, facts: list[Fact], on: date) -> None:
    for one in run(VIA, facts, FAMILY, on):
        assert one.responsible in ROLES
        assert one.why.da
        assert one.why.en
        assert "{" not in one.why.da


def irrelevant_changes_nothing(run: Engine, facts: list[Fact], on: date) -> None:
    extra = fact("complaint.received", OPENED, id="zz")
    assert "complaint.received" in vocabulary.KINDS
    assert not engine.touched(VIA, "complaint.received")
    assert run(VIA, [*facts, extra], FAMILY, on) == run(VIA, facts, FAMILY, on)


def excuse_keeps_the_clock(run: Engine, facts: list[Fact], on: date) -> None:
    excuse = fact("step.excused", OPENED, id="zz", attributes={"step": "coordination-contact", "reason": "r"})
    dates = [
        [(_key(one), one.opens, one.due, one.closes) for one in run(VIA, given_, FAMILY, on)]
        for given_ in (facts, [*facts, excuse])
    ]
    assert dates[0] == dates[1]


def incremental_is_whole(run: Engine, facts: list[Fact], on: date) -> None:
    """Rewriting only the touched steps, from only the facts of their kinds, gives the whole answer."""
    for index, new in enumerate(facts):
        before = run(VIA, facts[:index], FAMILY, on)
        steps = engine.touched(VIA, new.kind)
        kinds = engine.kinds_of(VIA, steps)
        some = [one for one in facts[: index + 1] if one.kind in kinds]
        renewed = run(VIA, some, FAMILY, on, steps=steps)
        rows = [
            one
            for step in engine.step_keys(VIA)
            for one in (renewed if step in steps else before)
            if one.step == step
        ]
        assert rows == run(VIA, facts[: index + 1], FAMILY, on)


PROPERTIES = [
    deterministic_and_permuted,
    misses_stay,
    prefix,
    one_responsible,
    irrelevant_changes_nothing,
    excuse_keeps_the_clock,
]


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda one: one.__name__)
def test_property(holds: Callable[[Engine, list[Fact], date], None]) -> None:
    @_settings
    @given(courses.facts(), courses.days)
    def run(facts: list[Fact], on: date) -> None:
        holds(engine.occurrences, facts, on)

    run()


def test_incremental_is_whole() -> None:
    @_settings
    @given(courses.facts(most=12), courses.days)
    def run(facts: list[Fact], on: date) -> None:
        incremental_is_whole(engine.occurrences, facts, on)

    run()


# Broken twins: each is wrong in one way, and its property must see it.


def _forgets_misses(definition, facts, people, on, known_by=None, **more):  # type: ignore[no-untyped-def]
    found = engine.occurrences(definition, facts, people, on, known_by, **more)
    state = engine.State
    return [
        one._replace(state=state.NOT_DUE) if one.state == state.MISSED and on.day % 2 else one
        for one in found
    ]


def _first_fact_wins(definition, facts, people, on, known_by=None, **more):  # type: ignore[no-untyped-def]
    found = engine.occurrences(definition, facts, people, on, known_by, **more)
    return [one._replace(evidence=(facts[0].id,)) if one.evidence else one for one in found]


def _moves_with_today(definition, facts, people, on, known_by=None, **more):  # type: ignore[no-untyped-def]
    found = engine.occurrences(definition, facts, people, on, known_by, **more)
    return [one._replace(due=on) if one.due else one for one in found]


def _both(definition, facts, people, on, known_by=None, **more):  # type: ignore[no-untyped-def]
    found = engine.occurrences(definition, facts, people, on, known_by, **more)
    return [one._replace(responsible="region and municipality") for one in found]


def _counts_facts(definition, facts, people, on, known_by=None, **more):  # type: ignore[no-untyped-def]
    found = engine.occurrences(definition, facts, people, on, known_by, **more)
    return [one._replace(n=one.n + len(facts)) for one in found]


@pytest.mark.parametrize(
    ("holds", "twin"),
    [
        (deterministic_and_permuted, _first_fact_wins),
        (misses_stay, _forgets_misses),
        (prefix, _moves_with_today),
        (one_responsible, _both),
        (irrelevant_changes_nothing, _counts_facts),
        (excuse_keeps_the_clock, _counts_facts),
        (incremental_is_whole, _counts_facts),
    ],
    ids=lambda one: one.__name__,
)
def test_property_is_red_on_a_broken_twin(holds: Callable[..., None], twin: Engine) -> None:
    @_twins
    @given(courses.facts(), courses.days)
    def run(facts: list[Fact], on: date) -> None:
        holds(twin, facts, on)

    with pytest.raises((AssertionError, ExceptionGroup)):
        run()


def test_engine_imports_no_django() -> None:
    import subprocess
    import sys

    code = (
        "import sys, samspil.collaboration.programmes.engine, samspil.collaboration.programmes.loading;"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
