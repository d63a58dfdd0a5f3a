"""What is due in a course: derived from all its facts by the engine, kept so that worklists are one query."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from itertools import chain
from multiprocessing import get_context
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from samspil.collaboration.courses import rules, wall
from samspil.collaboration.courses.rules import Frame, Noted
from samspil.collaboration.programmes import engine, queries, vocabulary
from samspil.collaboration.programmes.engine.compiling import compiled
from samspil.collaboration.programmes.engine.facts import Facts, in_force
from samspil.collaboration.programmes.engine.moments import Moment, danish_day
from samspil.collaboration.programmes.engine.plan import Rule, Start
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.language.when import Shift, add_months
from samspil.foundation.kernel.decisions import YES, Decision
from samspil.foundation.kernel.sharing import Category

T = TypeVar("T")
BATCH = 200
RARELY = 100_000
"""Values made between two collections of garbage: a batch makes many, and hardly any in a circle."""
DONE, DONE_LATE, EXCUSED = engine.State.DONE, engine.State.DONE_LATE, engine.State.EXCUSED
NOT_RELEVANT = engine.State.NOT_RELEVANT
Row = dict[str, Any]
Basis = frozenset[tuple[frozenset[str], tuple[str, str]]]
"""What a due item rests on: of each fact whom it is about and who owns it, its unit and its authority."""


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


def nothing_holds_back(
    frame: Frame, kind: str, attributes: Mapping[str, object] | None = None, *, today: date
) -> Decision:
    """May the fact be noted, or does the model ask for another one first? One query, where it asks at all."""
    programme = queries.definition(frame.version)
    if not rules.asks_first(programme, kind):
        return YES
    facts = facts_of(frame.space, engine.kinds_asked(programme))
    return rules.nothing_holds_back(programme, facts, frame.people, kind, attributes or {}, today)


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
    return sum(_of_all(partial(_rebuild, today, using), using, processes))


def differences(*, using: str = "owner", processes: int = 1) -> Iterator[Difference]:
    """The courses whose due items differ from what all their facts say, as the owner of the tables."""
    return chain.from_iterable(_of_all(partial(_differing, using), using, processes))


def _of_all(of: Callable[[list[UUID]], T], using: str, processes: int) -> Iterator[T]:
    """The answer for each batch of courses, in order."""
    batches = wall.spaces(using, BATCH)
    if processes == 1:
        yield from map(of, batches)
        return
    found = list(batches)
    connections.close_all()
    gc.freeze()  # what is there before the fork is looked at by no collection, and so stays shared
    with ProcessPoolExecutor(
        processes, get_context("fork"), initializer=gc.set_threshold, initargs=(RARELY,)
    ) as pool:
        yield from pool.map(of, found)
    gc.unfreeze()


def _rebuild(today: date, using: str, spaces: Sequence[UUID]) -> int:
    """Compare course by course; the lines of a batch that differ are written together."""
    with transaction.atomic(using=using):
        wall.lock(using, spaces)
        differing, throughs = dict[UUID, list[str]](), dict[UUID, date]()
        standing = wall.marks(using, spaces)
        for frame, noted in _batch(using, spaces):
            through = reach(today, frame)
            lines = _lines_of(using, frame, noted, through)
            if wall.mark(lines) != standing.get(frame.space, 0):
                differing[frame.space] = lines
            if frame.through != through:
                throughs[frame.space] = through
        if differing:
            gone, come = _unlike(using, differing)
            wall.replace_due(using, gone=gone, come=come)
        wall.put_throughs(using, throughs)
    return len(spaces)


def _differing(using: str, spaces: Sequence[UUID]) -> list[Difference]:
    with transaction.atomic(using=using):
        wall.lock(using, spaces)
        differing, found = dict[UUID, list[str]](), dict[UUID, set[str]]()
        standing = wall.marks(using, spaces)
        for frame, noted in _batch(using, spaces):
            lines = _lines_of(using, frame, noted, frame.through or frame.opened_on)
            if wall.mark(lines) != standing.get(frame.space, 0):
                differing[frame.space] = lines
            if frame.through is None:
                found[frame.space] = set()
        for line in chain(*_unlike(using, differing)) if differing else ():
            space, step, _rest = line.split("|", 2)
            found.setdefault(UUID(space), set()).add(step)
    return [Difference(space, tuple(sorted(found[space]))) for space in sorted(found)]


def _unlike(using: str, made: Mapping[UUID, Sequence[str]]) -> tuple[set[str], set[str]]:
    """The lines that stand there and are not made, and those that are made and do not stand there."""
    standing = wall.due(using, list(made))
    wanted = {f"{space}|{line}" for space, lines in made.items() for line in lines}
    return standing - wanted, wanted - standing


def _lines_of(using: str, frame: Frame, noted: Sequence[Noted], through: date) -> list[str]:
    """The due items of a course as `wall.due` finds them, without their space."""
    if frame.upgrades:
        return [wall.line(row) for row in _reckoned(frame, noted, through, using)]
    return _lines(queries.definition(frame.version, using=using), frame, noted, through)


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
    return map(wall.row, _lines(programme, frame, noted, through, steps=steps))


def _lines(
    programme: Programme,
    frame: Frame,
    noted: Sequence[Noted],
    through: date,
    *,
    steps: Sequence[str] | None = None,
) -> list[str]:
    """The due items, each as the line that the database would write of it, without its space."""
    rests = {one.fact.id: (one.subjects, one.owner.texts) for one in noted}
    force = in_force([one.fact for one in noted], through)
    baton = engine.holder_in_force(programme, force, through)
    anchors = _Anchors(force)
    places: dict[tuple[Start, Moment | None], Basis] = {}
    whose: dict[tuple[str | None, Basis], str] = {}
    found: list[str] = []
    for one in engine.occurrences_in_force(programme, force, frame.people, through, steps=steps):
        if one.state is NOT_RELEVANT:
            continue
        place = one.start, one.anchored_on
        basis = places.get(place)
        if basis is None:
            basis = places[place] = frozenset([rests[id_] for id_ in anchors.of(*place)])
        if one.evidence:
            basis = basis.union([rests[id_] for id_ in one.evidence])
        about = one.person, basis
        said = whose.get(about)
        if said is None:
            said = whose[about] = _whose(one.person, basis, frame)
        found.append(_line(one, said, baton))
    return found


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


def _whose(person: str | None, basis: Basis, frame: Frame) -> str:
    """Whom it is about, and the units and authorities that own what it rests on."""
    subjects = {person} if person else set()
    for about, _owner in basis:
        subjects |= about
    owners = sorted({owner for _about, owner in basis} or {frame.owners.get(person or "", frame.owner).texts})
    lists = sorted(subjects or frame.in_focus), [unit for unit, _of in owners], [of for _unit, of in owners]
    return "|".join([f"{{{','.join(one)}}}" for one in lists])


def _line(one: engine.Occurrence, whose: str, baton: str) -> str:
    (step, n, person, opens, due, closes, state, responsible, evidence, done_on, note, anchored, span, rule,
        start, lapses_on) = one  # fmt: skip
    outcome = "done" if state is DONE else "done late" if state is DONE_LATE else ""
    if state is EXCUSED:
        outcome = "excused"
    if rule.has_baton and not outcome:
        responsible = baton
    is_of_days = type(due) is type(opens) is type(closes) is date and type(anchored) is date
    spelled = _spelled_days if is_of_days else _spelled
    days, before_note, after_note = spelled(opens, due, closes, anchored, span, rule.starts.index(start))
    shown = '"' + '", "'.join(evidence) + '"' if evidence else ""
    return (
        f"{step}|{n}|{person or ''}|{responsible}|{outcome}|{days}|"
        f"{_written(lapses_on) if lapses_on else ''}|{_written(done_on) if done_on else ''}|"
        f"{before_note}{note}{after_note}{shown}]}}|"
        f"{categories_of(rule, start if anchored is not None else None)}|{whose}"
    )


def _spelled(
    opens: Moment | None, due: Moment | None, closes: Moment | None, anchored: Moment | None, span: Shift,
    start: int,
) -> tuple[str, str, str]:  # fmt: skip
    """What a line says of dates: three days, and the detail up to its note and from there to its evidence.

    The detail is JSON in the words of the database, with its spaces and its order of names.
    """
    days = "|".join([_written(danish_day(one)) if one is not None else "" for one in (opens, due, closes)])
    listed = ", ".join(map(str, span))
    before = f'{{"due": {_quoted(due)}, "note": "'
    after = f'", "span": [{listed}], "opens": {_quoted(opens)}, "start": {start}, "closes": {_quoted(closes)}'
    return days, before, f'{after}, "anchored": {_quoted(anchored)}, "evidence": ['


_spelled_days = lru_cache(maxsize=32768)(_spelled)
"""Only days are kept: two instants can be equal to Python and yet be written differently."""


class _Anchors:
    """The facts that occurrences count from: those of the anchor's kinds that lie where it is anchored."""

    def __init__(self, force: Facts) -> None:
        self._force = force
        self._lying: dict[str, dict[Moment, list[str]]] = {}

    def of(self, start: Start, anchored: Moment | None) -> list[str]:
        """Their ids; none where the anchor is not known."""
        if anchored is None:
            return []
        if start.date is None:
            kinds = start.kinds
            return [id_ for kind in kinds for id_ in self._of_kind(kind).get(anchored, ())]
        facts = [fact for kind in start.kinds for fact in self._force.get(kind, ())]
        return [fact.id for fact in facts if _dated(fact, start.date) == anchored]

    def _of_kind(self, kind: str) -> Mapping[Moment, list[str]]:
        """The ids of the facts of a kind by where they lie; laid out for the kinds that anchors ask for."""
        lying = self._lying.get(kind)
        if lying is None:
            lying = self._lying[kind] = {}
            for fact in self._force.get(kind, ()):
                lying.setdefault(fact.counts_from, []).append(fact.id)
        return lying


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


def _quoted(moment: Moment | None) -> str:
    return "null" if moment is None else f'"{_written(moment)}"'


def _written(moment: Moment) -> str:
    return _written_day(moment) if type(moment) is date else moment.isoformat()


_written_day = lru_cache(maxsize=16384)(date.isoformat)
