"""The engine's properties hold for courses as they may be lived, of every model; each is red on a twin."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from samspil.collaboration.programmes import engine, loading
from samspil.collaboration.programmes.engine.facts import Fact
from samspil.doors.demo.simulate.telling import Tale
from tests.demo import lives
from tests.demo.lives import ON

PROGRAMMES = loading.library().programmes
COURSES = 30
NAMES = [f"{one.key}-{one.version}" for one in PROGRAMMES]
TALES = list(lives.lives(PROGRAMMES[0], 12))


@pytest.mark.parametrize("programme", PROGRAMMES, ids=NAMES)
def test_properties_hold_and_courses_are_plausible(programme):
    found = lives.went(programme, lives.lives(programme, COURSES))
    assert found.courses == COURSES
    assert {"done", "done late", "missed", "excused", "not relevant"} <= set(found.states)
    assert found.states["done"] > found.states["missed"]
    assert 0 < found.stopped < found.closed < COURSES
    assert found.kinds["corrected"]
    assert 0.5 < sum(found.scores) / len(found.scores) < 1


def test_the_same_seed_tells_the_same_and_another_tells_another():
    [first], [again], [other] = (list(lives.lives(PROGRAMMES[3], 1, seed)) for seed in (1, 1, 2))
    assert first.deeds == again.deeds
    assert first.deeds != other.deeds


def _broken(
    change: Callable[[list[engine.Occurrence], list[Fact], object], list[engine.Occurrence]],
) -> lives.Engine:
    def run(definition, facts, people, on, known_by=None, **more):  # type: ignore[no-untyped-def]
        found = engine.occurrences(definition, facts, people, on, known_by, **more)
        return change(found, list(facts), on)

    return run


def _shifted(found, facts, on):  # type: ignore[no-untyped-def]
    return [one._replace(n=one.n + len(facts)) for one in found]


TWINS: list[tuple[lives.Holds, lives.Engine]] = [
    (
        lives.the_same_again_and_in_any_order,
        _broken(lambda found, facts, _on: [one._replace(evidence=(facts[0].id,)) for one in found]),
    ),
    (
        lives.time_alone_unmakes_nothing,
        _broken(
            lambda found, _facts, on: [
                one._replace(state=engine.State.NOT_DUE) if one.state in lives.ENDED and on > ON else one
                for one in found
            ]
        ),
    ),
    (
        lives.one_is_responsible_and_says_why,
        _broken(lambda found, _facts, _on: [one._replace(responsible="alle") for one in found]),
    ),
    (lives.what_is_touched_is_all, _broken(_shifted)),
    (lives.an_excuse_keeps_the_clock, _broken(_shifted)),
    (lives.what_nobody_counts_from_changes_nothing, _broken(_shifted)),
    (
        lives.nothing_falls_due_after_the_end,
        _broken(
            lambda found, _facts, _on: [
                one._replace(state=engine.State.LATE) if one.state == "not relevant" else one for one in found
            ]
        ),
    ),
]


@pytest.mark.parametrize(("holds", "twin"), TWINS, ids=[holds.__name__ for holds, _twin in TWINS])
def test_each_property_is_red_on_a_broken_twin(holds: lives.Holds, twin: lives.Engine):
    def all_hold(tales: list[Tale]) -> None:
        for tale in tales:
            holds(twin, tale, ON)

    for tale in TALES:
        holds(engine.occurrences, tale, ON + timedelta(days=1))
    with pytest.raises((AssertionError, KeyError)):
        all_hold(TALES)


def test_a_score_of_more_than_all_is_seen(monkeypatch):
    whole = engine.fidelity

    def doubled(*given, **more):  # type: ignore[no-untyped-def]
        judged = whole(*given, **more)
        return engine.Fidelity((judged.course or 1) * 2, judged.elements, judged.criteria)

    monkeypatch.setattr(engine, "fidelity", doubled)
    with pytest.raises(AssertionError):
        lives.a_score_is_of_what_was_judged(engine.occurrences, TALES[0], ON)
