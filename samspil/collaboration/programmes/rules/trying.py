"""What a draft would do to invented families, beside what the version before it does. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.engine import Occurrence, State
from samspil.collaboration.programmes.language import Programme, Text

Where = tuple[str, int, str | None]


@dataclass(frozen=True, slots=True)
class Family:
    """An invented family: people, facts and answers as they stand in a file, and the day one asks about."""

    title: Text
    on: date
    people: tuple[Mapping[str, object], ...]
    facts: tuple[Mapping[str, object], ...]
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Moved:
    """One occurrence that is not the same under both versions."""

    kind: Literal["appears", "vanishes", "moves", "changes"]
    step: str
    title: Text
    person: str | None
    before: tuple[date | datetime | None, State] | None
    after: tuple[date | datetime | None, State] | None


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one family. `unread` says why a version cannot read it; then nothing else is known."""

    title: Text
    on: date
    steps: int = 0
    moved: tuple[Moved, ...] = ()
    eligible: tuple[str, str] = ("", "")
    unread: str = ""


def tried(before: Programme | None, after: Programme, family: Family) -> Tried:
    """The family traced through both versions on the same day, and what differs."""
    try:
        old = _traced(before, family) if before else {}
        new = _traced(after, family)
        eligible = (_eligible(before, family) if before else "", _eligible(after, family))
    except (engine.BadFact, ValueError) as error:
        return Tried(family.title, family.on, unread=str(error))
    titles = {step.key: step.title for one in (before, after) if one for step in one.steps}
    titles |= {
        measure.key: Text(da=measure.instrument.upper(), en=measure.instrument.upper())
        for one in (before, after)
        if one
        for measure in one.measures
    }
    moved = _moved(old, new, titles) if before else ()
    return Tried(family.title, family.on, len(new), tuple(moved), eligible)


def _traced(programme: Programme, family: Family) -> dict[Where, Occurrence]:
    roles = [role.key for role in programme.roles]
    people = engine.read_people(list(family.people), roles)
    facts = engine.read_facts(list(family.facts), people, roles)
    found = engine.occurrences(programme, facts, people, family.on)
    return {(one.step, one.n, one.person): one for one in found}


def _eligible(programme: Programme, family: Family) -> str:
    roles = [role.key for role in programme.roles]
    people = engine.read_people(list(family.people), roles)
    facts = engine.read_facts(list(family.facts), people, roles)
    known = {node.key for node in programme.target_group.criteria.criteria()}
    answers = {key: answer for key, answer in family.answers.items() if key in known}
    found = engine.eligibility(programme, people, facts, family.on, answers=answers)
    return str(found.result.value)


def _moved(
    old: Mapping[Where, Occurrence], new: Mapping[Where, Occurrence], titles: Mapping[str, Text]
) -> Sequence[Moved]:
    found = []
    for where in (*old, *(one for one in new if one not in old)):
        before, after = _seen(old.get(where)), _seen(new.get(where))
        if before == after:
            continue
        kind: Literal["appears", "vanishes", "moves", "changes"]
        if before is None or after is None:
            kind = "appears" if before is None else "vanishes"
        else:
            kind = "moves" if before[0] != after[0] else "changes"
        found.append(Moved(kind, where[0], titles[where[0]], where[2], before, after))
    return found


def _seen(one: Occurrence | None) -> tuple[date | datetime | None, State] | None:
    return (one.due, one.state) if one else None
