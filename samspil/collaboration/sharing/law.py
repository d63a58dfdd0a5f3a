"""What the law says about sharing, read from `definitions/sharing/law.yaml`: dated, sourced."""

from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import samspil
from samspil.foundation.kernel.definitions import Definition, read

FILE = Path(samspil.__file__).parents[1] / "definitions" / "sharing" / "law.yaml"


PLACES = ("giver", "receiver", "category", "whom", "purpose", "starts", "last_day")
"""What is filled into the text that people say yes to."""


class Words(Definition):
    """A text in both languages."""

    da: str
    en: str

    def said(self, language: str) -> str:
        """In English where asked for, else in Danish."""
        return self.en if language.startswith("en") else self.da


class Source(Definition):
    """Where somebody read it."""

    key: str
    url: str


class ConsentLaw(Definition):
    """How long a yes holds at most. `provision` is its key in `definitions/law`, here and below."""

    provision: str
    months: int
    section: str
    source: Source
    checked_on: date
    unverified: Words | None = None


class Whom(Definition):
    """How the text names the person it is about."""

    own: Words
    child: Words


class Wording(Definition):
    """The text that people say yes to."""

    template: Words
    refusal: Words
    limit: Words
    whom: Whom
    checked_on: date
    unverified: Words | None = None


class Age(Definition):
    """From which age a person decides alone about some categories; none named means all."""

    age: int
    categories: tuple[str, ...]
    provision: str
    section: str
    source: Source
    checked_on: date
    unverified: Words | None = None


class Telling(StrEnum):
    """When the person is told of sharing without a yes."""

    USUAL = "usual"
    AS_SOON_AS_POSSIBLE = "as-soon-as-possible"


class Ground(Definition):
    """One legal ground for sharing without a yes. No receivers or categories named means any."""

    key: str
    provision: str
    section: str
    text: Words
    receivers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    telling: Telling
    source: Source
    checked_on: date
    unverified: Words | None = None


class SharingLaw(Definition):
    """The whole file."""

    consent: ConsentLaw
    wording: Wording
    ages: tuple[Age, ...]
    grounds: tuple[Ground, ...]

    def ground(self, key: str) -> Ground | None:
        """The ground with this key."""
        return next((ground for ground in self.grounds if ground.key == key), None)


@cache
def in_force() -> SharingLaw:
    """The law as the file says it; read once."""
    return read(FILE, SharingLaw)
