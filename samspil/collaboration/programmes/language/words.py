"""Words that every part of a definition uses: keys, texts in two languages, and where an element is from."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from samspil.foundation.kernel.definitions import Definition

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$")]
"""A name in lower case: `home-visit`, `region_case_manager`."""


def later(default: object) -> Any:
    """A field that the language has got since versions were published.

    Where it stands at its default it is left out of what is written, so that the content hash of a version
    that does not use it stays what it was.
    """
    return Field(default, exclude_if=lambda value: value == default)


class Text(Definition):
    """A text for people, in Danish and English."""

    da: Annotated[str, StringConstraints(min_length=1)]
    en: Annotated[str, StringConstraints(min_length=1)]

    def said(self, language: str) -> str:
        """The text in a language of the interface; Danish where it is not English."""
        return self.en if language.startswith("en") else self.da


class Mark(StrEnum):
    """Where an element is from, strongest first. `own` is an authority's own adaptation."""

    SEED = "seed"
    FOUND = "found"
    LAW = "law"
    PROPOSAL = "proposal"
    OWN = "own"

    @property
    def label(self) -> Text:
        return _LABELS[self]


_LABELS = {
    Mark.SEED: Text(da="Fra projektbeskrivelsen", en="From the project description"),
    Mark.FOUND: Text(da="Fra anden kilde", en="From another source"),
    Mark.LAW: Text(da="Følger af loven", en="Follows from the law"),
    Mark.PROPOSAL: Text(
        da="Forslag fra Samspil, ikke fra modellens ejer", en="Proposal by Samspil, not by the model's owner"
    ),
    Mark.OWN: Text(da="Jeres egen tilpasning", en="Your own adaptation"),
}
_TOKENS = (
    (re.compile(r"^(seed(-\d{3})?|S\d)$"), Mark.SEED),
    (re.compile(r"^(found|F\d+)$"), Mark.FOUND),
    (re.compile(r"^law$"), Mark.LAW),
    (re.compile(r"^(proposal|P)$"), Mark.PROPOSAL),
    (re.compile(r"^own$"), Mark.OWN),
)
_ORDER = list(Mark)


def tokens_of(provenance: str) -> tuple[str, ...]:
    """The sources of a provenance: `seed-000/proposal` → (`seed-000`, `proposal`)."""
    return tuple(provenance.split("/"))


def _mark(token: str) -> Mark:
    for pattern, mark in _TOKENS:
        if pattern.match(token):
            return mark
    raise ValueError(
        f"provenance {token!r} is unknown; write seed-NNN, FNN (see sources.yaml), law or proposal, "
        "and join several with /"
    )


def mark_of(provenance: str) -> Mark:
    """The mark of a provenance; a mixed one counts as its weakest part."""
    return weakest(_mark(token) for token in tokens_of(provenance))


def weakest(marks: Iterable[Mark]) -> Mark:
    """The weakest of several marks (seed, found, law, proposal, own: strongest first)."""
    return max(marks, key=_ORDER.index)


def _checked(provenance: str) -> str:
    mark_of(provenance)
    return provenance


Provenance = Annotated[str, AfterValidator(_checked)]
