"""What is due in a course: derived from all its facts by the engine, kept so that worklists are one query."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from multiprocessing import get_context
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from samspil.collaboration.courses import rules, wall
from samspil.collaboration.courses.rules import Frame, Noted
from samspil.collaboration.programmes import engine, queries, vocabulary
from samspil.collaboration.programmes.engine.compiling import Rule, Start, compiled
from samspil.collaboration.programmes.engine.facts import Facts, in_force
from samspil.collaboration.programmes.engine.moments import Moment, danish_day
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.language.when import Shift, add_months
from samspil.foundation.kernel.sharing import Category

BATCH = 200
DONE, DONE_LATE, EXCUSED = engine.State.DONE, engine.State.DONE_LATE, engine.State.EXCUSED
NOT_RELEVANT = engine.State.NOT_RELEVANT
Row = dict[str, Any]
"""A due item; `detail` is JSON in the words of the database, with its spaces and its order of names."""
Whose = tuple[list[str], list[str], list[str]]
"""People, units and authorities, as keys in order."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A course whose due items are not what its facts say."""

    space: UUID
    steps: tuple[str, ...]


def frame_of(space: UUID) -> Frame | None:
    """What the reckoning knows of a course beside its facts, for a member of its team. One query."""
    return wall.course_frame(space)


def rewrite(frame: Frame, kind: str, *, today: date, steps: Sequence[str] | None = None) -> None:
    """Bring the due items up to date after a fact of this kind. Two statements.

    Only the steps that name the kind are reckoned anew (or `steps`), from facts of their kinds alone. The
    first fact of a month reckons the whole course, so that rhythms always reach a year ahead.
    """
    programme = queries.definition(frame.version)
    through = reach(today, frame)
    if frame.through != through or frame.upgrades:
        _whole(frame, through)
        return
    wanted = tuple(steps) if steps is not None else engine.touched(programme, kind)
    if wanted:
        noted = wall.course_facts(frame.space, engine.kinds_of(programme, wanted))
        rows = list(projected(programme, frame, noted, through, steps=wanted))
        wall.put_due(frame.space, through, wanted, rows)


def facts_of(space: UUID, kinds: Iterable[str]) -> list[engine.Fact]:
    """The facts of these kinds as the engine reads them, for a member of the team. One query."""
    return [one.fact for one in wall.course_facts(space, kinds)]


def holder(frame: Frame, today: date) -> str:
    """The role that holds the baton by the facts, for a member of the team. One query."""
    programme = queries.definition(frame.version)
    noted = wall.course_facts(frame.space, {*programme.baton.on, rules.WITHDRAWN})
    return engine.holder(programme, [one.fact for one in noted], today)


def rebuild(space: UUID, *, today: date) -> None:
    """Reckon one course from all its facts, for a member of its team. Three statements."""
    frame = wall.course_frame(space)
    if frame is not None:
        _whole(frame, reach(today, frame))


def rebuild_all(*, today: date, using: str = "owner", processes: int = 1) -> int:
    """Reckon every course anew, as the owner of the tables; says how many. Writes only what differs.

    With several `processes` these are forked, each with a connection of its own; memory is that of a batch.
    """
    batches = wall.spaces(using, BATCH)
    if processes == 1:
        return sum(_rebuild(today, using, spaces) for spaces in batches)
    found = list(batches)
    connections.close_all()
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        return sum(pool.map(partial(_rebuild, today, using), found))


def _rebuild(today: date, using: str, spaces: Sequence[UUID]) -> int:
    with transaction.atomic(using=using):
        wall.lock(using, spaces)
        standing = wall.due(using, spaces)
        made: dict[UUID, tuple[date, list[Row]]] = {}
        different: set[UUID] = set()
        for frame, noted in _batch(using, spaces):
            through = reach(today, frame)
            rows = _reckoned(frame, noted, through, using)
            made[frame.space] = through, rows
            lines = wall.lines(frame.space, rows)
            if frame.through != through or not lines <= standing:
                different.add(frame.space)
            standing -= lines
        different |= {UUID(line.split("|", 1)[0]) for line in standing}
        for space in sorted(different):
            wall.write_due(using, space, *made[space])
    return len(spaces)


def differences(*, using: str = "owner", processes: int = 1) -> Iterator[Difference]:
    """The courses whose due items differ from what all their facts say, as the owner of the tables."""
    batches = wall.spaces(using, BATCH)
    if processes == 1:
        for spaces in batches:
            yield from _differing(using, spaces)
        return
    found = list(batches)
    connections.close_all()
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        for differing in pool.map(partial(_differing, using), found):
            yield from differing


def _differing(using: str, spaces: Sequence[UUID]) -> list[Difference]:
    with transaction.atomic(using=using):
        wall.lock(using, spaces)
        wrong = wall.due(using, spaces)
        found: dict[UUID, set[str]] = {}
        for frame, noted in _batch(using, spaces):
            through = frame.through or frame.opened_on
            wrong ^= wall.lines(frame.space, _reckoned(frame, noted, through, using))
            if frame.through is None:
                found[frame.space] = set()
    for line in wrong:
        space, step, _rest = line.split("|", 2)
        found.setdefault(UUID(space), set()).add(step)
    return [Difference(space, tuple(sorted(found[space]))) for space in sorted(found)]


def reach(today: date, frame: Frame | None = None) -> date:
    """The day up to which courses are reckoned in the month of `today`: its last. Never back again."""
    last = add_months(today.replace(day=1), 1) - timedelta(days=1)
    return max(last, frame.through) if frame is not None and frame.through is not None else last


def projected(
    programme: Programme,
    frame: Frame,
    noted: Sequence[Noted],
    through: date,
    *,
    steps: Sequence[str] | None = None,
) -> Iterator[Row]:
    """The due items as the facts have it: nothing in them depends on the day of asking, but on `through`."""
    facts = [one.fact for one in noted]
    known = {one.fact.id: one for one in noted}
    force = in_force(facts, through)
    passed_on = [fact for kind in programme.baton.on for fact in force.get(kind, ())]
    baton = engine.holder(programme, passed_on, through)
    anchors: dict[tuple[Start, object], list[Noted]] = {}
    whose: dict[tuple[Start, object, str | None], Whose] = {}
    for one in engine.occurrences(programme, facts, frame.people, through, steps=steps):
        if one.state is NOT_RELEVANT:
            continue
        place = one.start, one.anchored_on
        if place not in anchors:
            anchors[place] = [known[id_] for id_ in _anchors(one, force)]
        if one.evidence:
            resting_on = [*(known[id_] for id_ in one.evidence), *anchors[place]]
            yield _row(one, _whose(one, frame, resting_on), baton)
            continue
        about = (*place, one.person)
        if about not in whose:
            whose[about] = _whose(one, frame, anchors[place])
        yield _row(one, whose[about], baton)


def _whole(frame: Frame, through: date) -> None:
    noted = wall.course_facts(frame.space)
    wall.put_due(frame.space, through, None, _reckoned(frame, noted, through))


def _reckoned(
    frame: Frame, noted: Sequence[Noted], through: date, using: str = DEFAULT_DB_ALIAS
) -> list[Row]:
    """All due items of a course: those of its version, and what earlier ones have left (decision 0033)."""
    if not frame.upgrades:
        return list(projected(queries.definition(frame.version, using=using), frame, noted, through))
    versions: list[tuple[rules.Stage, frozenset[str], list[Row]]] = []
    known: frozenset[str] = frozenset()
    for stage in rules.stages(frame.version, frame.upgrades):
        programme = queries.definition(stage.version, using=using)
        last_day = through if stage.until is None else min(stage.until, through)
        versions.append((stage, known, list(projected(programme, frame, noted, last_day))))
        known |= set(engine.step_keys(programme))
    return list(rules.merged(versions))


def last_noted(space: UUID) -> datetime | None:
    """When something was last noted in a course, for a member of the team. One query."""
    return max((one.fact.noted_at for one in wall.course_facts(space) if one.fact.noted_at), default=None)


def _batch(using: str, spaces: Sequence[UUID]) -> Iterator[tuple[Frame, list[Noted]]]:
    facts = wall.facts(using, spaces)
    for frame in wall.frames(using, spaces):
        yield frame, facts[frame.space]


def _whose(one: engine.Occurrence, frame: Frame, resting_on: Sequence[Noted]) -> Whose:
    """Whom it is about, and the units and authorities that own what it rests on."""
    subjects = {one.person} if one.person else set()
    for noted in resting_on:
        subjects |= noted.subjects
    owners = {noted.owner.texts for noted in resting_on}
    texts = sorted(owners or {frame.owners.get(one.person or "", frame.owner).texts})
    return sorted(subjects or frame.in_focus), [unit for unit, _of in texts], [of for _unit, of in texts]


def _row(one: engine.Occurrence, whose: Whose, baton: str) -> Row:
    subjects, units, authorities = whose
    state, rule, anchored = one.state, one.rule, one.anchored_on
    outcome = "done" if state is DONE else "done late" if state is DONE_LATE else ""
    if state is EXCUSED:
        outcome = "excused"
    opens, due, closes = one.opens, one.due, one.closes
    evidence = '"' + '", "'.join(one.evidence) + '"' if one.evidence else ""
    return {
        "step": one.step,
        "n": one.n,
        "person": one.person,
        "responsible": baton if rule.has_baton and not outcome else one.responsible,
        "outcome": outcome,
        "opens_on": _day(opens),
        "due_on": _day(due),
        "closes_on": _day(closes),
        "lapses_on": _iso(one.lapses_on),
        "done_on": _iso(one.done_on),
        "detail": (
            f'{{"due": {_quoted(due)}, "note": "{one.note}", "span": [{_listed(one.span)}], '
            f'"opens": {_quoted(opens)}, "start": {rule.starts.index(one.start)}, '
            f'"closes": {_quoted(closes)}, "anchored": {_quoted(anchored)}, "evidence": [{evidence}]}}'
        ),
        "categories": categories_of(rule, one.start if anchored is not None else None),
        "subjects": subjects,
        "owner_units": units,
        "owner_authorities": authorities,
    }


def _anchors(one: engine.Occurrence, force: Facts) -> list[str]:
    """The facts it counts from: those of its anchor's kinds that lie where it is anchored."""
    start, anchored = one.start, one.anchored_on
    if anchored is None:
        return []
    facts = [fact for kind in start.kinds for fact in force.get(kind, ())]
    if start.date is None:
        return [fact.id for fact in facts if fact.counts_from == anchored]
    return [fact.id for fact in facts if _dated(fact, start.date) == anchored]


def _dated(fact: engine.Fact, attribute: str) -> date | None:
    value = fact.attributes.get(attribute)
    return value if value is None or isinstance(value, date) else date.fromisoformat(str(value))


@lru_cache(maxsize=4096)
def categories_of(rule: Rule, start: Start | None) -> int:
    """Every category of the facts that anchor a step and show it done: who sees its state sees them all."""
    starts = (start,) if start is not None else rule.starts
    kinds = {kind for one in starts for kind in one.kinds} | {match.kind for match in rule.matches}
    found = Category.IDENTITY if any(one.birthday is not None for one in starts) else Category(0)
    for kind in kinds:
        found |= vocabulary.KINDS[kind].category
    return int(found)


def category_of_step(programme: Programme, step: str) -> Category:
    """The category of words about a step: the most guarded one of its facts."""
    found = categories_of(compiled(programme).by_key[step], None)
    return max(Category(bit) for bit in Category if bit & found)


def _day(moment: Moment | None) -> str | None:
    return None if moment is None else _written(danish_day(moment))


def _iso(moment: Moment | None) -> str | None:
    return None if moment is None else _written(moment)


def _quoted(moment: Moment | None) -> str:
    return "null" if moment is None else f'"{_written(moment)}"'


def _written(moment: Moment) -> str:
    return _written_day(moment) if type(moment) is date else moment.isoformat()


_written_day = lru_cache(maxsize=16384)(date.isoformat)
"""Only days are kept: two instants can be equal to Python and yet be written differently."""


@lru_cache(maxsize=4096)
def _listed(span: Shift) -> str:
    return ", ".join(map(str, span))
