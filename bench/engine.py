"""The pure engine alone, after what the definitions hold: courses a second, its growth, the whole country.

CPU time of this process counts, so that others on the machine do not. Facts are made beforehand; the days
courses open on rotate over three years, so that no two runs of a second ask the same question.
"""

import argparse
import statistics
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle, islice
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time
from typing import NamedTuple

from bench import content
from samspil.collaboration.programmes import engine, loading, vocabulary
from samspil.collaboration.programmes.engine.facts import fact
from samspil.collaboration.programmes.language import Programme

STEPS = 25
RUNS = 5
DAYS = 1095
FIRST = date(2024, 1, 8)
ASKED_AFTER = timedelta(days=430)
FAMILY = (
    engine.Person("far", date(1985, 3, 1), frozenset({"parent_ill"})),
    engine.Person("mor", date(1987, 3, 1), frozenset({"co_parent"})),
    engine.Person("alma", date(2017, 5, 1), frozenset({"child"})),
    engine.Person("noah", date(2010, 5, 12), frozenset({"child"})),
)
STORY: tuple[tuple[int, str, dict[str, object]], ...] = (
    (0, "course.opened", {}),
    (0, "eligibility.checked", {"result": "yes"}),
    (1, "treatment.known", {"person": "far", "ongoing": True}),
    (3, "contact_person.accepted", {}),
    (4, "consent.given", {"person": "far", "receiver": "municipality", "categories": "everyday"}),
    (6, "consent.given", {"person": "mor", "receiver": "municipality", "categories": "everyday"}),
    (6, "consent.refused", {"person": "noah", "receiver": "school", "categories": "health"}),
    (11, "coordinator.named", {"role": "municipal_coordinator"}),
    (14, "coordinator.accepted", {"role": "municipal_coordinator"}),
    (18, "need.stated", {}),
    (19, "measure.answered", {"instrument": "sam-f", "informant": "parent", "person": "far"}),
    (20, "measure.answered", {"instrument": "sam-f", "informant": "parent", "person": "mor"}),
    (20, "measure.answered", {"instrument": "sam-u", "informant": "child", "person": "noah"}),
    (21, "meeting.planned", {"meeting": "m0", "kind": "kickoff"}),
    (26, "child_view.recorded", {"person": "alma"}),
    (27, "child_view.recorded", {"person": "noah"}),
    (29, "meeting.held", {"meeting": "m0", "kind": "kickoff", "child_present": True}),
    (38, "goal.set", {"goal": "g1", "lead_sector": "municipality", "own_words": True}),
    (38, "goal.set", {"goal": "g2", "lead_sector": "region"}),
    (41, "plan.agreed", {"goals": 2}),
    (41, "tool.completed", {"tool": "effort-overview"}),
    (45, "effort.decided", {"effort": "e1", "sector": "municipality", "plan": True}),
    (60, "effort.started", {"effort": "e1", "sector": "municipality"}),
    (62, "effort.started", {"effort": "e2", "sector": "region", "type": "psychoeducation"}),
    (70, "tool.completed", {"tool": "safety-plan"}),
    (74, "tool.shared", {"tool": "safety-plan", "audience": "child", "person": "alma"}),
    (83, "contact.made", {"kind": "coordination"}),
    (120, "meeting.planned", {"meeting": "m1", "kind": "status"}),
    (121, "child_view.recorded", {"person": "alma"}),
    (124, "meeting.held", {"meeting": "m1", "kind": "status", "child_present": True}),
    (125, "contact.made", {"kind": "coordination"}),
    (130, "child_plan.ready", {"effort": "e1"}),
    (150, "follow_up.held", {"effort": "e1"}),
    (167, "contact.made", {"kind": "coordination"}),
    (190, "measure.answered", {"instrument": "sam-f", "informant": "parent", "person": "far"}),
    (212, "meeting.held", {"meeting": "m2", "kind": "status"}),
    (240, "effort.changed", {"effort": "e2", "sector": "region"}),
    (290, "note.sent", {"kind": "transition", "effort": "e2"}),
    (305, "effort.ended", {"effort": "e2", "sector": "region"}),
    (310, "meeting.held", {"meeting": "m3", "kind": "status"}),
)
MIXED = [name for name in vocabulary.KINDS if name not in ("course.closed", "fact.withdrawn", "step.excused")]


class Course(NamedTuple):
    """What the engine is asked: facts, and the day."""

    facts: Sequence[engine.Fact]
    on: date


def story(opened: date) -> Course:
    """A course of 40 facts, asked about after fourteen months."""
    facts = [
        fact(
            kind,
            day := opened + timedelta(days=after),
            id=f"f{index:02}",
            attributes=attributes,
            noted_at=datetime.combine(day, time(12), UTC),
        )
        for index, (after, kind, attributes) in enumerate(STORY)
    ]
    return Course(facts, opened + ASKED_AFTER)


def mixed(opened: date, count: int) -> Course:
    """A course of so many facts of forty kinds, the story's attributes where it has the kind."""
    known = {kind: attributes for _after, kind, attributes in reversed(STORY)}
    facts = []
    for index in range(count):
        kind = MIXED[index % len(STORY)]
        turn = index // len(STORY)
        attributes = known.get(kind, {}) | (
            {
                name: f"{name}{turn}"
                for name in ("effort", "meeting")
                if name in vocabulary.KINDS[kind].attributes
            }
        )
        facts.append(fact(kind, opened + timedelta(days=turn * 7), id=f"f{index:04}", attributes=attributes))
    return Course(facts, opened + ASKED_AFTER)


def shortened(programme: Programme, count: int = STEPS) -> Programme:
    """The programme with its first steps only, and no measures."""
    kept = {step.key for step in programme.steps[:count]}
    phases = tuple(
        phase.model_copy(update={"steps": tuple(step for step in phase.steps if step.key in kept)})
        for phase in programme.phases
    )
    return programme.model_copy(update={"phases": phases, "measures": ()})


def rate(programme: Programme, courses: Sequence[Course], seconds: float) -> list[float]:
    """Courses for each second of CPU time, once a run."""
    return [_run(programme, cycle(courses), seconds) for _run_number in range(RUNS)]


def _run(programme: Programme, courses: Iterator[Course], seconds: float, batch: int = 20) -> float:
    done, start = 0, process_time()
    while (used := process_time() - start) < seconds:
        for course in islice(courses, batch):
            engine.occurrences(programme, course.facts, FAMILY, course.on)
        done += batch
    return done / used


def _occurrences(programme: Programme, courses: Sequence[Course]) -> float:
    """How many occurrences a course has on average."""
    some = courses[:30]
    found = [len(engine.occurrences(programme, one.facts, FAMILY, one.on)) for one in some]
    return statistics.mean(found)


def country(courses: int, processes: int = 2) -> tuple[float, int]:
    """Seconds on the clock to derive so many courses anew, and the most memory of one process in MB."""
    start = perf_counter()
    with ProcessPoolExecutor(processes) as pool:
        most = max(pool.map(_share, [courses // processes] * processes))
    return perf_counter() - start, most


def _share(count: int) -> int:
    programme = loading.library().programme("via-family", "2.0-draft")
    for number in range(count):
        course = story(FIRST + timedelta(days=number % DAYS))
        engine.occurrences(programme, course.facts, FAMILY, course.on)
    return getrusage(RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Print one line a figure: the median, and the spread of the runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1.0, help="CPU seconds a run")
    parser.add_argument(
        "--courses", type=int, default=100_000, help="courses of the country; 0 leaves it out"
    )
    options = parser.parse_args()
    programme = loading.library().programme("via-family", "2.0-draft")
    days = [FIRST + timedelta(days=count) for count in range(DAYS)]
    plain = [story(day) for day in days]
    print("\n".join(content.lines()))
    for name, one in (
        (f"{len(STORY)} facts, {STEPS} steps", shortened(programme)),
        (f"{len(STORY)} facts, whole {programme.title.en}", programme),
    ):
        rates = rate(one, plain, options.seconds)
        _print(name, rates, f"{statistics.median(rates) * _occurrences(one, plain):,.0f} occurrences")
    _growth(programme, days, options.seconds)
    if options.courses:
        seconds, most = country(options.courses)
        print(f"{options.courses:,} courses on two processes: {seconds:.0f} s on the clock, {most} MB each")


def _growth(programme: Programme, days: Sequence[date], seconds: float) -> None:
    first = 0.0
    for count in (40, 320, 2000):
        rates = rate(programme, [mixed(day, count) for day in days[:30]], seconds)
        each = 1e6 / statistics.median(rates) / count
        first = first or each
        _print(f"{count} facts, mixed kinds", rates, f"{each:.2f} µs a fact, {each / first:.2f} × the first")


def _print(name: str, rates: list[float], more: str = "") -> None:
    middle = statistics.median(rates)
    spread = (max(rates) - min(rates)) / middle
    print(f"{name:32} {middle:8,.0f} courses a CPU second (± {spread / 2:.0%})  {more}")


if __name__ == "__main__":
    main()
