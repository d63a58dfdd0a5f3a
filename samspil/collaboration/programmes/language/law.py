"""Provisions as dated data: statute, rule, source, when somebody last checked it, and what is coming."""

from abc import abstractmethod
from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from samspil.collaboration.programmes.language.when import Due, Duration, Evidence
from samspil.collaboration.programmes.language.words import Key, Text
from samspil.foundation.kernel.definitions import Definition


class Coming(Definition):
    """A change that is announced and has no row of its own yet."""

    on: date
    text: Text
    source: str


class Row(Definition):
    """What every provision says: where it stands, from and to when it holds, and who has checked it when.

    A provision that changes gets one more row with the same key, from the day after the last one ended;
    `changed` says what is different. `unverified` says what nobody has checked in the statute itself.
    `reviewed` names who was looked through after the change and needed none: `via-family/2.0-draft`.
    """

    key: Key
    section: str
    source: str
    checked_on: date
    valid_from: date
    valid_to: date | None = None
    unverified: Text | None = None
    changed: Text | None = None
    coming: Coming | None = None
    reviewed: dict[str, date] = {}

    @property
    @abstractmethod
    def words(self) -> Text:
        """What it says, in our own words."""

    @model_validator(mode="after")
    def _period(self) -> "Row":
        if self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("the row ends before it begins")
        return self


class Clock(Row):
    """One statutory deadline."""

    title: Text
    rule: Text
    due: Due
    evidence: Evidence
    for_each: Key | None = None
    by: str | None = None
    breach: Text

    @property
    def words(self) -> Text:
        return self.rule

    @model_validator(mode="after")
    def _own(self) -> "Clock":
        if self.due.clock:
            raise ValueError("a clock of the law cannot refer to a clock")
        return self


class Duty(Row):
    """A provision without a deadline of its own that steps rest on (the child's voice, purpose of help).

    `areas` are the headings that the provision itself asks to be covered.
    """

    text: Text
    areas: tuple[Text, ...] = ()

    @property
    def words(self) -> Text:
        return self.text


class Age(Row):
    """What changes for a person on a birthday: who is party, who says yes, who may see."""

    age: Annotated[int, Field(ge=0, le=120)]
    text: Text

    @property
    def words(self) -> Text:
        return self.text


class Law(Definition):
    """One statute with the clocks, duties and ages taken from it."""

    key: Key
    title: Text
    reference: str
    clocks: tuple[Clock, ...] = ()
    duties: tuple[Duty, ...] = ()
    ages: tuple[Age, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, in the order of the file."""
        return (*self.clocks, *self.duties, *self.ages)


class LawReview(Definition):
    """How often somebody reads the provisions anew, and why so often."""

    interval: Duration
    why: Text
