"""What must be noted before some facts may be: the conditions that hold a fact back, for whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from samspil.collaboration.programmes.engine.facts import Fact, Facts, Person, in_force
from samspil.collaboration.programmes.language.programme import Condition, Programme, Shown


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A condition that is not met, for one person."""

    condition: Condition
    person: str


def held_back(
    definition: Programme,
    facts: Iterable[Fact],
    people: Sequence[Person],
    on: date,
    kind: str,
    attributes: Mapping[str, object] | None = None,
    known_by: date | datetime | None = None,
) -> tuple[HeldBack, ...]:
    """The conditions that hold back a fact of this kind with these attributes; empty: it may be noted."""
    said = attributes or {}
    asked = [
        one
        for one in definition.conditions
        if any(
            pattern.fact == kind and all(said.get(name) == value for name, value in pattern.where.items())
            for pattern in one.holds_back
        )
    ]
    if not asked:
        return ()
    held = in_force(facts, on, known_by)
    return tuple(
        HeldBack(condition, person.id)
        for condition in asked
        for person in _of_role(people, condition.for_each)
        if not _is_met(condition, person, held, alone=len(_of_role(people, condition.for_each)) == 1)
    )


def _of_role(people: Sequence[Person], role: str) -> list[Person]:
    return sorted((one for one in people if role in one.roles), key=lambda one: one.id)


def _is_met(condition: Condition, person: Person, facts: Facts, *, alone: bool) -> bool:
    return any(
        _shows(fact, shown) and (person.id in fact.people or (alone and not fact.people))
        for shown in condition.until
        for fact in facts.get(shown.fact, ())
    )


def _shows(fact: Fact, shown: Shown) -> bool:
    said = fact.attributes
    return all(said.get(name) == value for name, value in shown.where.items()) and all(
        said.get(name) not in (None, "", False) for name in shown.has
    )
