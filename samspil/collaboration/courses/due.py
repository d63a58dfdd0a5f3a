"""What is due in a course: derived from all its facts by the engine, kept so that worklists are one query."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from multiprocessing import get_context
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from samspil.collaboration.courses import rules, wall
from samspil.collaboration.courses.rules import Frame, Noted
from samspil.collaboration.programmes import engine, queries, vocabulary
from samspil.collaboration.programmes.engine.compiling import Rule, Start, compiled
from samspil.collaboration.programmes.engine.facts import Facts, in_force
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.language.when import add_months
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.sharing import Category

BATCH = 200
NOTHING: Sequence[Noted] = ()
ENDED = {engine.State.DONE, engine.State.DONE_LATE, engine.State.EXCUSED}
Row = dict[str, Any]


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
    if frame.through != through:
        _whole(frame, programme, through)
        return
    wanted = tuple(steps) if steps is not None else engine.touched(programme, kind)
    if wanted:
        noted = wall.course_facts(frame.space, engine.kinds_of(programme, wanted))
        rows = list(projected(programme, frame, noted, through, steps=wanted))
        wall.put_due(frame.space, through, wanted, rows)


def holder(frame: Frame, today: date) -> str:
    """The role that holds the baton by the facts, for a member of the team. One query."""
    programme = queries.definition(frame.version)
    noted = wall.course_facts(frame.space, {*programme.baton.on, rules.WITHDRAWN})
    return engine.holder(programme, [one.fact for one in noted], today)


def rebuild(space: UUID, *, today: date) -> None:
    """Reckon one course from all its facts, for a member of its team. Three statements."""
    frame = wall.course_frame(space)
    if frame is not None:
        _whole(frame, queries.definition(frame.version), reach(today, frame))


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
        for frame, noted in _batch(using, spaces):
            programme = queries.definition(frame.version, using=using)
            through = reach(today, frame)
            rows = list(projected(programme, frame, noted, through))
            if frame.through != through or {wall.line(row) for row in rows} != standing[frame.space]:
                wall.write_due(using, frame.space, through, rows)
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
    found: list[Difference] = []
    with transaction.atomic(using=using):
        wall.lock(using, spaces)
        standing = wall.due(using, spaces)
        for frame, noted in _batch(using, spaces):
            programme = queries.definition(frame.version, using=using)
            through = frame.through or frame.opened_on
            wanted = {wall.line(row) for row in projected(programme, frame, noted, through)}
            wrong = wanted ^ standing[frame.space]
            if wrong or frame.through is None:
                steps = {line.split("|", 1)[0] for line in wrong}
                found.append(Difference(frame.space, tuple(sorted(steps))))
    return found


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
    baton = engine.holder(programme, facts, through)
    anchors: dict[tuple[Start, object], list[Noted]] = {}
    for one in engine.occurrences(programme, facts, frame.people, through, steps=steps):
        if one.state is engine.State.NOT_RELEVANT:
            continue
        resting_on = NOTHING
        if one.anchored_on is not None:
            place = one.start, one.anchored_on
            found = anchors.get(place)
            if found is None:
                found = anchors[place] = [known[id_] for id_ in _anchors(one, force)]
            resting_on = found
        if one.evidence:
            resting_on = [*(known[id_] for id_ in one.evidence), *resting_on]
        yield _row(one, frame, resting_on, baton)


def _whole(frame: Frame, programme: Programme, through: date) -> None:
    noted = wall.course_facts(frame.space)
    wall.put_due(frame.space, through, None, list(projected(programme, frame, noted, through)))


def _batch(using: str, spaces: Sequence[UUID]) -> Iterator[tuple[Frame, list[Noted]]]:
    facts = wall.facts(using, spaces)
    for frame in wall.frames(using, spaces):
        yield frame, facts[frame.space]


def _row(one: engine.Occurrence, frame: Frame, resting_on: Sequence[Noted], baton: str) -> Row:
    has_ended = one.state in ENDED
    subjects = {one.person} if one.person else set()
    for noted in resting_on:
        subjects |= noted.subjects
    owners = {noted.owner for noted in resting_on} or {frame.owners.get(one.person or "", frame.owner)}
    texts = sorted([owner.texts for owner in owners])
    opens, due, closes = _iso(one.opens), _iso(one.due), _iso(one.closes)
    anchored = one.anchored_on
    return {
        "step": one.step,
        "n": one.n,
        "person": one.person,
        "responsible": baton if one.rule.has_baton and not has_ended else one.responsible,
        "outcome": one.state.value if has_ended else "",
        "opens_on": _day(one.opens) if isinstance(one.opens, datetime) else opens,
        "due_on": _day(one.due) if isinstance(one.due, datetime) else due,
        "closes_on": _day(one.closes) if isinstance(one.closes, datetime) else closes,
        "lapses_on": _iso(one.lapses_on),
        "done_on": _iso(one.done_on),
        "detail": {
            "due": due,
            "note": one.note,
            "span": list(one.span),
            "opens": opens,
            "start": one.rule.starts.index(one.start),
            "closes": closes,
            "anchored": _iso(anchored),
            "evidence": list(one.evidence),
        },
        "categories": int(categories_of(one.rule, one.start if anchored is not None else None)),
        "subjects": sorted(subjects or frame.in_focus),
        "owner_units": [unit for unit, _authority in texts],
        "owner_authorities": [authority for _unit, authority in texts],
    }


def _anchors(one: engine.Occurrence, force: Facts) -> list[str]:
    """The facts it counts from: those of its anchor's kinds that lie where it is anchored."""
    if one.anchored_on is None:
        return []
    return [
        fact.id
        for kind in one.start.kinds
        for fact in force.get(kind, ())
        if _moment(fact, one.start) == one.anchored_on
    ]


def _moment(fact: engine.Fact, start: Start) -> date | datetime | None:
    if start.date is None:
        return fact.counts_from
    value = fact.attributes.get(start.date)
    return value if value is None or isinstance(value, date) else date.fromisoformat(str(value))


@lru_cache(maxsize=4096)
def categories_of(rule: Rule, start: Start | None) -> Category:
    """Every category of the facts that anchor a step and show it done: who sees its state sees them all."""
    starts = (start,) if start is not None else rule.starts
    kinds = {kind for one in starts for kind in one.kinds} | {match.kind for match in rule.matches}
    found = Category.IDENTITY if any(one.birthday is not None for one in starts) else Category(0)
    for kind in kinds:
        found |= vocabulary.KINDS[kind].category
    return found


def category_of_step(programme: Programme, step: str) -> Category:
    """The category of words about a step: the most guarded one of its facts."""
    found = categories_of(compiled(programme).by_key[step], None)
    return max(Category(bit) for bit in Category if bit & found)


def _day(moment: date | datetime | None) -> str | None:
    if isinstance(moment, datetime):
        moment = day_of(moment)
    return moment.isoformat() if moment is not None else None


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
