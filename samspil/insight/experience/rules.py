"""What may stand in an answer, and what the owner may see of few answers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.decisions import YES, Decision, no

LEAST = 5
"""Fewer answers than this at one step show neither role nor organisation."""
_NUMBER = re.compile(r"\b\d{6}[-  ]?\d{4}\b")
_TELEPHONE = re.compile(r"(?<!\d)(?:\+45 ?)?\d{2} ?\d{2} ?\d{2} ?\d{2}(?!\d)")
_MAIL = re.compile(r"\S+@\S+\.\S+")


def without_person(text: str) -> Decision:
    """What can only be about somebody is refused; names remain the writer's care."""
    if _NUMBER.search(text):
        return no(_("This looks like a CPR number. Write about the step, not about a person."))
    if _MAIL.search(text):
        return no(_("This looks like a mail address. Write about the step, not about a person."))
    if _TELEPHONE.search(text):
        return no(_("This looks like a telephone number. Write about the step, not about a person."))
    return YES


def says_something(answer: str, text: str) -> Decision:
    """Whoever does it differently, or finds that it fails, says in a line how."""
    if answer in ("adapted", "fails") and not text.strip():
        return no(_("Write in a line what you do instead, or what is in the way."))
    return YES


@dataclass(frozen=True, slots=True)
class Told:
    """One answer as it was given."""

    step: str
    answer: str
    text: str
    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers at one step: how many of each, and what was written; by whom, only where there are five."""

    step: str
    counts: Counter[str]
    words: tuple[Told, ...]

    @property
    def total(self) -> int:
        return self.counts.total()


def tallies(answers: Sequence[Told]) -> dict[str, Tally]:
    """Step → its answers. Where fewer than five have answered, role and organisation are left out."""
    steps: dict[str, list[Told]] = {}
    for one in answers:
        steps.setdefault(one.step, []).append(one)
    return {step: _tally(step, given) for step, given in steps.items()}


def _tally(step: str, given: Sequence[Told]) -> Tally:
    few = len(given) < LEAST
    words = [Told(one.step, one.answer, one.text, "", "") if few else one for one in given if one.text]
    return Tally(step, Counter(one.answer for one in given), tuple(words))
