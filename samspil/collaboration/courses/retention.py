"""How long what was written about a course is kept, read from `definitions/retention.yaml`: with sources."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import model_validator

import samspil
from samspil.collaboration.programmes.language import Text
from samspil.collaboration.programmes.language.when import add_months
from samspil.foundation.kernel.definitions import Definition, read

FILE = Path(samspil.__file__).parents[1] / "definitions" / "retention.yaml"


class Source(Definition):
    """Where somebody read it."""

    key: str
    url: str


class Retention(Definition):
    """One class: for how long, by which rule, and what the family is told. No months: until it is decided."""

    key: str
    title: Text
    when: Text
    family: Text
    months: int | None = None
    born_on_days: tuple[int, ...] = ()
    """Recommended where a child of the course was born on one of these days of a month."""
    statute: str
    source: Source | None = None
    checked_on: date
    unverified: Text | None = None

    @model_validator(mode="after")
    def _says_what_it_rests_on(self) -> Self:
        if self.source is None and self.unverified is None:
            raise ValueError("a class without a source says that it is unverified")
        return self

    def deleted_on(self, closed_on: date) -> date | None:
        """The day on which it is deleted here; None where nobody can know it yet."""
        return add_months(closed_on, self.months) if self.months is not None else None


class Classes(Definition):
    """The whole file."""

    classes: tuple[Retention, ...]


@cache
def classes() -> dict[str, Retention]:
    """All classes by key, in the order of the file; read once."""
    return {one.key: one for one in read(FILE, Classes).classes}


def recommended(born: list[date]) -> Retention:
    """The class to begin with: the first that asks for these birth dates, else the first of all."""
    for one in classes().values():
        if any(day.day in one.born_on_days for day in born):
            return one
    return next(iter(classes().values()))
