"""What must be noted before some facts may be: the conditions that hold a fact back, for whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from samspil.collaboration.programmes.engine.facts import Fact, Facts, Person, in_force
from samspil.collaboration.programmes.language.programme import Condition, Programme, Shown

SAID_YES = ("contact_person.accepted", "coordinator.accepted", "handover.accepted")
"""By these a role of the model has a name."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A condition that is not met, for one person."""

    condition: Condition
    person: str


def kinds_asked(definition: Programme) -> set[str]:
    """The kinds of facts that the conditions of a programme are judged by."""
    until = [shown for condition in definition.conditions for shown in condition.until]
    named = set(SAID_YES) if any(shown.adult_side for shown in until) else set()
    return {shown.fact for shown in until} | named


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
    adults = _adult_side(definition, held)
    return tuple(
        HeldBack(condition, person.id)
        for condition in asked
        for person in _of_role(people, condition.for_each)
        if not _is_met(condition, person, held, adults, alone=len(_of_role(people, condition.for_each)) == 1)
    )


def _of_role(people: Sequence[Person], role: str) -> list[Person]:
    return sorted((one for one in people if role in one.roles), key=lambda one: one.id)


def _adult_side(definition: Programme, facts: Facts) -> set[str]:
    """The roles of the adult side to which somebody has said yes."""
    named = {
        str(fact.attributes.get("role") or fact.attributes.get("to_role") or "")
        for kind in SAID_YES
        for fact in facts.get(kind, ())
    }
    return named & {role.key for role in definition.roles if role.adult_side}


def _is_met(condition: Condition, person: Person, facts: Facts, adults: set[str], *, alone: bool) -> bool:
    return any(
        _shows(fact, shown)
        and (not shown.adult_side or fact.attributes.get("role") in adults)
        and (person.id in fact.people or (alone and not fact.people))
        for shown in condition.until
        for fact in facts.get(shown.fact, ())
    )


def _shows(fact: Fact, shown: Shown) -> bool:
    said = fact.attributes
    return all(said.get(name) == value for name, value in shown.where.items()) and all(
        said.get(name) not in (None, "", False) for name in shown.has
    )
