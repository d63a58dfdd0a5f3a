"""The shapes of taking a model up, step by step, and of publishing one."""

from samspil.collaboration.programmes.forms.adopting import Adopt, Stop
from samspil.collaboration.programmes.forms.facts import (
    CHOOSING,
    PREFIX,
    WHEN,
    YES_NO,
    Choose,
    FactForm,
    TryAnswers,
    TryDay,
    TryFact,
    TryPerson,
    add_choosing,
    chosen_answers,
    fact_field,
)
from samspil.collaboration.programmes.forms.publishing import Publish

__all__ = [
    "CHOOSING",
    "PREFIX",
    "WHEN",
    "YES_NO",
    "Adopt",
    "Choose",
    "FactForm",
    "Publish",
    "Stop",
    "TryAnswers",
    "TryDay",
    "TryFact",
    "TryPerson",
    "add_choosing",
    "chosen_answers",
    "fact_field",
]
