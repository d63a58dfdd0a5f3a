"""The language of the idea catalogue: one entry, for whom it is, and what it rests on."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from samspil.foundation.kernel.definitions import Definition

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
StepName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$")]
"""A step by model and key: `via-family/safety-plan`."""
Words = Annotated[str, StringConstraints(min_length=1)]


class Kind(StrEnum):
    """The five parts of the catalogue; methods and tools are two kinds of one part, leaflets stand beside."""

    KNOWLEDGE = "knowledge"
    STRUCTURE = "structure"
    METHOD = "method"
    TOOL = "tool"
    BEST_PRACTICE = "best-practice"
    IMPLEMENTATION = "implementation"
    LEAFLET = "leaflet"


class Profession(StrEnum):
    """Whom an entry is written for."""

    LEADER = "leader"
    ADVISER = "adviser"
    FAMILY_TREATMENT = "family-treatment"
    DAY_CARE = "day-care"
    SCHOOL = "school"
    HEALTH_VISITOR = "health-visitor"
    PSYCHIATRY = "psychiatry"
    SUBSTANCE_TREATMENT = "substance-treatment"
    EMPLOYMENT = "employment"


class Grade(StrEnum):
    """How much a finding can carry, by how it was found."""

    TRIAL = "trial"
    """Drawn by lot, with a group to compare with."""
    BEFORE_AND_AFTER = "before-and-after"
    """Measured before and after, with no group to compare with."""
    FOLLOW_UP = "follow-up"
    """Followed over time, with no group to compare with."""
    EXPERIENCE = "experience"
    """What people who do it have seen."""


class Text(Definition):
    """A text for people, in Danish and English."""

    da: Words
    en: Words

    def said(self, language: str) -> str:
        """The text in a language of the interface; Danish where it is not English."""
        return self.en if language.startswith("en") else self.da


class Knowledge(Definition):
    """What is known: what was found, what may carry it, what must be kept in mind, and from where."""

    finding: Text
    active_element: Text
    reservations: Text
    grade: Grade
    source: Words


class Entry(Definition):
    """One entry, in our own words. `version` is for what concerns one version of one model."""

    key: Key
    kind: Kind
    title: Text
    summary: Text
    professions: Annotated[tuple[Profession, ...], Field(min_length=1)]
    models: tuple[Key, ...] = ()
    version: str | None = None
    steps: Annotated[tuple[StepName, ...], Field(min_length=1)]
    """The steps at which it is shown: a text that is nowhere needed is not in the catalogue."""
    knowledge: Knowledge | None = None
    law: tuple[Key, ...] = ()
    sources: tuple[Words, ...] = ()
    checked_on: Annotated[date, Field(strict=False)]
    unverified: Text | None = None
    """What the text says and nobody has been able to check in the law itself."""
    provenance: Literal["proposal"] = "proposal"
    """Always our own words: no owner of a model has approved them."""

    @model_validator(mode="after")
    def _whole(self) -> "Entry":
        if (self.kind is Kind.KNOWLEDGE) != (self.knowledge is not None):
            raise ValueError("`knowledge` stands in entries of the kind knowledge, and in those only")
        if self.kind is Kind.IMPLEMENTATION and not (len(self.models) == 1 and self.version):
            raise ValueError("a guide to implementation is about one version of one model")
        if self.version and len(self.models) != 1:
            raise ValueError("a `version` belongs to exactly one model")
        for step in self.steps:
            if step.split("/")[0] not in self.models:
                raise ValueError(f"the step {step!r} is of a model that `models` does not name")
        return self
