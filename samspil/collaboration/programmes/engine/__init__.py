"""Facts in, state out: what is due, eligible and faithful, purely from definition, facts and dates."""

from samspil.collaboration.programmes.engine.compiling import kinds_of, step_keys, touched
from samspil.collaboration.programmes.engine.conditions import HeldBack, held_back, kinds_asked
from samspil.collaboration.programmes.engine.eligibility import Answer, Eligibility, NodeAnswer, eligibility
from samspil.collaboration.programmes.engine.facts import BadFact, Fact, Person, read_facts, read_people
from samspil.collaboration.programmes.engine.faithfulness import (
    CriterionScore,
    ElementScore,
    Fidelity,
    fidelity,
)
from samspil.collaboration.programmes.engine.occurrence import Occurrence, State
from samspil.collaboration.programmes.engine.occurrences import (
    holder,
    holder_in_force,
    occurrences,
    occurrences_in_force,
)
from samspil.collaboration.programmes.engine.weighing import Weighed, weighed, weight

__all__ = [
    "Answer",
    "BadFact",
    "CriterionScore",
    "ElementScore",
    "Eligibility",
    "Fact",
    "Fidelity",
    "HeldBack",
    "NodeAnswer",
    "Occurrence",
    "Person",
    "State",
    "Weighed",
    "eligibility",
    "fidelity",
    "held_back",
    "holder",
    "holder_in_force",
    "kinds_asked",
    "kinds_of",
    "occurrences",
    "occurrences_in_force",
    "read_facts",
    "read_people",
    "step_keys",
    "touched",
    "weighed",
    "weight",
]
