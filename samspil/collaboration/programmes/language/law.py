"""Clocks of the law as dated data: statute, rule, source, and when somebody last checked it."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from samspil.collaboration.programmes.language.when import Due, Evidence
from samspil.collaboration.programmes.language.words import Key, Text
from samspil.foundation.kernel.definitions import Definition


class Clock(Definition):
    """One statutory deadline. `unverified` says what nobody has checked in the statute itself."""

    key: Key
    title: Text
    rule: Text
    section: str
    due: Due
    evidence: Evidence
    for_each: Key | None = None
    by: str | None = None
    breach: Text
    source: str
    checked_on: date
    valid_from: date
    valid_to: date | None = None
    unverified: Text | None = None

    @model_validator(mode="after")
    def _period(self) -> "Clock":
        if self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("the clock ends before it begins")
        if self.due.clock:
            raise ValueError("a clock of the law cannot refer to a clock")
        return self


class Duty(Definition):
    """A provision without a deadline of its own that steps rest on (the child's voice, purpose of help).

    `areas` are the headings that the provision itself asks to be covered.
    """

    key: Key
    section: str
    text: Text
    areas: tuple[Text, ...] = ()
    source: str
    checked_on: date
    valid_from: date
    valid_to: date | None = None
    unverified: Text | None = None


class Age(Definition):
    """What changes for a person on a birthday: who is party, who says yes, who may see."""

    key: Key
    age: Annotated[int, Field(ge=0, le=120)]
    section: str
    text: Text
    source: str
    checked_on: date
    valid_from: date
    valid_to: date | None = None
    unverified: Text | None = None


class Law(Definition):
    """One statute with the clocks and duties taken from it."""

    key: Key
    title: Text
    reference: str
    clocks: tuple[Clock, ...] = ()
    duties: tuple[Duty, ...] = ()
    ages: tuple[Age, ...] = ()
