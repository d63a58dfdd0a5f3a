"""What a definition may say: frozen models, each with the sentence a model's owner would use for it."""

from samspil.collaboration.programmes.language.fidelity import Criterion, Measured
from samspil.collaboration.programmes.language.law import Clock, Law
from samspil.collaboration.programmes.language.programme import Phase, Programme, Role, Step
from samspil.collaboration.programmes.language.target import Node, TargetGroup
from samspil.collaboration.programmes.language.variant import Variant
from samspil.collaboration.programmes.language.when import (
    Anchor,
    Due,
    Evidence,
    Pattern,
    Repeats,
    Shift,
    shift,
)
from samspil.collaboration.programmes.language.words import Mark, Text, mark_of, weakest

__all__ = [
    "Anchor",
    "Clock",
    "Criterion",
    "Due",
    "Evidence",
    "Law",
    "Mark",
    "Measured",
    "Node",
    "Pattern",
    "Phase",
    "Programme",
    "Repeats",
    "Role",
    "Shift",
    "Step",
    "TargetGroup",
    "Text",
    "Variant",
    "mark_of",
    "shift",
    "weakest",
]
