"""Thousands of told courses, and what must be true of the engine for each: `python -m tests.demo.lives`."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from multiprocessing import Pool
from random import Random

from samspil.collaboration.programmes import engine, loading
from samspil.collaboration.programmes.engine.facts import Fact, fact, read_facts
from samspil.collaboration.programmes.engine.moments import danish_day
from samspil.collaboration.programmes.language import Programme
from samspil.doors.demo.simulate import families, telling
from samspil.doors.demo.simulate.asked import CLOSED, Asked
from samspil.doors.demo.simulate.telling import Tale

ON = date(2026, 11, 20)
Engine = Callable[..., list[engine.Occurrence]]
Holds = Callable[[Engine, Tale, date], None]
ENDED = frozenset({"missed", "done", "done late", "excused"})


def lives(programme: Programme, courses: int, seed: int = 1) -> Iterator[Tale]:
    """So many courses of a model, each another one, told up to the same day."""
    asked = Asked(programme)
    for number in range(courses):
        chance = Random(f"{programme.key}:{programme.version}:{seed}:{number}")
        opened = ON - timedelta(days=chance.randrange(20, 760))
        relatives = families.family(programme, opened, chance)
        yield telling.tell(asked, families.people(relatives), opened, ON, chance)


# --- what must be true ---------------------------------------------------------------------------------


def the_same_again_and_in_any_order(run: Engine, tale: Tale, on: date) -> None:
    programme, facts = tale.asked.programme, tale.facts
    first = run(programme, facts, tale.people, on)
    mixed = list(facts)
    Random(len(facts)).shuffle(mixed)
    assert run(programme, mixed, tuple(reversed(tale.people)), on) == first


def time_alone_unmakes_nothing(run: Engine, tale: Tale, on: date) -> None:
    """Nothing new is noted: what ended stays as it ended, what was listed keeps its dates and place."""
    known = [one for one in tale.facts if one.day <= on]
    before = run(tale.asked.programme, known, tale.people, on)
    for later in (1, 200):
        after = run(tale.asked.programme, known, tale.people, on + timedelta(days=later))
        found = {(one.step, one.person, one.n): one for one in after}
        assert len(found) == len(after)
        for one in before:
            other = found[one.step, one.person, one.n]
            assert (one.opens, one.due, one.closes) == (other.opens, other.due, other.closes)
            assert one.state not in ENDED or other.state == one.state
            assert one.state != "late" or other.state in ("late", "missed")


def one_is_responsible_and_says_why(run: Engine, tale: Tale, on: date) -> None:
    roles = {role.key for role in tale.asked.programme.roles}
    for one in run(tale.asked.programme, tale.facts, tale.people, on):
        assert one.responsible in roles
        assert one.why.da
        assert "{" not in one.why.da + one.why.en
        assert "None" not in one.why.da
        if one.opens is not None and one.due is not None and one.closes is not None:
            days = [danish_day(moment) for moment in (one.opens, one.due, one.closes)]
            assert days == sorted(days)


def what_is_touched_is_all(run: Engine, tale: Tale, on: date) -> None:
    """Rewriting only the touched steps, from only the facts of their kinds, gives the whole answer."""
    programme, facts = tale.asked.programme, tale.facts
    new, old = facts[-1], facts[:-1]
    steps = engine.touched(programme, new.kind)
    kinds = engine.kinds_of(programme, steps)
    renewed = run(programme, [one for one in facts if one.kind in kinds], tale.people, on, steps=steps)
    before = run(programme, old, tale.people, on)
    whole = [
        one
        for step in engine.step_keys(programme)
        for one in (renewed if step in steps else before)
        if one.step == step
    ]
    assert whole == run(programme, facts, tale.people, on)


def an_excuse_keeps_the_clock(run: Engine, tale: Tale, on: date) -> None:
    programme = tale.asked.programme
    step = programme.steps[len(tale.deeds) % len(programme.steps)].key
    excuse = fact("step.excused", tale.opened, id="zz", attributes={"step": step, "reason": "r"})
    dates = [
        [(one.step, one.person, one.n, one.opens, one.due, one.closes) for one in run(
            programme, facts, tale.people, on)]
        for facts in (tale.facts, [*tale.facts, excuse])
    ]  # fmt: skip
    assert dates[0] == dates[1]


def what_nobody_counts_from_changes_nothing(run: Engine, tale: Tale, on: date) -> None:
    programme = tale.asked.programme
    extra = fact("complaint.received", tale.opened, id="zz")
    assert not engine.touched(programme, extra.kind)
    assert run(programme, [*tale.facts, extra], tale.people, on) == run(
        programme, tale.facts, tale.people, on
    )


def nothing_falls_due_after_the_end(run: Engine, tale: Tale, on: date) -> None:
    """A closed course asks for nothing but what the model wants afterwards, and forgets nothing."""
    closed = next((one.day for one in tale.facts if one.kind == CLOSED), None)
    if closed is None or closed > on:
        return
    for one in run(tale.asked.programme, tale.facts, tale.people, on):
        if not one.rule.after_closing:
            assert one.state in ENDED or one.state == "not relevant"


def a_score_is_of_what_was_judged(run: Engine, tale: Tale, on: date) -> None:
    programme = tale.asked.programme
    found = run(programme, tale.facts, tale.people, on)
    judged = engine.fidelity(programme, tale.facts, tale.people, on, found=found)
    for one in judged.criteria:
        assert one.points in (None, 0, 1, 2)
        assert 0 <= one.met <= one.due
        assert one.points is None or one.due
    assert judged.course is None or 0 <= judged.course <= 1
    assert engine.weight(programme, tale.facts, on) >= 0


PROPERTIES: tuple[Holds, ...] = (
    the_same_again_and_in_any_order,
    time_alone_unmakes_nothing,
    one_is_responsible_and_says_why,
    what_is_touched_is_all,
    an_excuse_keeps_the_clock,
    what_nobody_counts_from_changes_nothing,
    nothing_falls_due_after_the_end,
    a_score_is_of_what_was_judged,
)


# --- how they went -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Went:
    """How the courses of one model went, taken together."""

    model: str
    courses: int = 0
    facts: int = 0
    closed: int = 0
    stopped: int = 0
    seconds: float = 0.0
    states: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    done: set[str] = field(default_factory=set)
    scores: list[float] = field(default_factory=list)


def went(programme: Programme, tales: Iterator[Tale], properties: Sequence[Holds] = PROPERTIES) -> Went:
    """Every property for every course: on the last day, and on one in the middle."""
    found = Went(f"{programme.key} {programme.version}")
    begun = time.process_time()
    for tale in tales:
        middle = tale.opened + (ON - tale.opened) // 2
        for holds in properties:
            holds(engine.occurrences, tale, ON)
        time_alone_unmakes_nothing(engine.occurrences, tale, middle)
        _count(found, tale)
    found.seconds = time.process_time() - begun
    return found


def _count(found: Went, tale: Tale) -> None:
    programme, facts = tale.asked.programme, tale.facts
    read_facts(_rows(facts), tale.people, [role.key for role in programme.roles])
    rows = engine.occurrences(programme, facts, tale.people, ON)
    found.courses += 1
    found.facts += len(facts)
    found.closed += any(one.kind == CLOSED for one in facts)
    found.stopped += any(one.attributes.get("reason") == "family-stops" for one in facts)
    found.states.update(one.state.value for one in rows)
    found.kinds.update(one.kind for one in facts)
    found.kinds["corrected"] += sum(one.corrects is not None for one in facts)
    found.done.update(one.step for one in rows if one.done_on is not None)
    score = engine.fidelity(programme, facts, tale.people, ON, found=rows).course
    if score is not None:
        found.scores.append(score)


def _rows(facts: Sequence[Fact]) -> list[dict[str, object]]:
    """The facts as a file would have them: the vocabulary is asked about each attribute."""
    rows: list[dict[str, object]] = []
    for one in facts:
        row: dict[str, object] = {
            "id": one.id,
            "kind": one.kind,
            "on": (one.instant or one.day).isoformat(),
            "attributes": dict(one.attributes),
        }
        row |= {"by_role": one.by_role} if one.by_role else {}
        rows.append(row | ({"corrects": one.corrects} if one.corrects else {}))
    return rows


def _of_model(number: int, courses: int, seed: int) -> Went:
    programme = loading.library().programmes[number]
    return went(programme, lives(programme, courses, seed))


def main() -> int:
    """Every property for so many courses over all models; says how they went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--courses", type=int, default=10_000, help="over all models")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    models = range(len(loading.library().programmes))
    each = -(-options.courses // len(models))
    with Pool(options.processes) as pool:
        found = pool.starmap(_of_model, [(number, each, options.seed) for number in models], chunksize=1)
    for one in found:
        score = sum(one.scores) / max(len(one.scores), 1)
        print(
            f"{one.model:<45} {one.courses:>6,} courses {one.facts:>9,} facts  {one.closed:>5,} closed "
            f"{one.stopped:>5,} stopped  fidelity {score:.2f}  {one.seconds:6.1f} s  "
            + ", ".join(f"{name} {count:,}" for name, count in sorted(one.states.items()))
        )
    total = sum(one.courses for one in found)
    print(
        f"{total:,} courses, {sum(one.facts for one in found):,} facts, "
        f"{len(PROPERTIES)} properties: all hold."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
