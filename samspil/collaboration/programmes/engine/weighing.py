"""How much one course weighs for the one who coordinates it, from its facts alone."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from samspil.collaboration.programmes.engine.facts import CLOSED, OPENED, Fact, in_force
from samspil.collaboration.programmes.language.programme import Programme, Weight


class Weighed(NamedTuple):
    """What a course weighs, and by which rule of the model; None: by its default, or nothing at all."""

    weight: float
    by: Weight | None = None


def weight(
    definition: Programme, facts: Iterable[Fact], on: date, known_by: date | datetime | None = None
) -> float:
    """The weight of a course on the day `on`: nothing before it opens and once it is closed."""
    return weighed(definition, facts, on, known_by).weight


def weighed(
    definition: Programme, facts: Iterable[Fact], on: date, known_by: date | datetime | None = None
) -> Weighed:
    """The weight with its rule: the first whose kind's latest fact has the values asked for."""
    held = in_force(facts, on, known_by)
    if OPENED not in held or CLOSED in held:
        return Weighed(0.0)
    for one in definition.caseload.weights:
        latest = held.get(one.fact)
        if latest and all(latest[-1].attributes.get(name) == value for name, value in one.where.items()):
            return Weighed(one.weight, one)
    return Weighed(definition.caseload.weight_default)
