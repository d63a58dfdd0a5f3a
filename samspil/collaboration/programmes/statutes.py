"""The provisions by key: their rows in order, who uses them, and what somebody must read anew. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from samspil.collaboration.programmes.language import Programme, Step
from samspil.collaboration.programmes.language.law import Law, LawReview, Row
from samspil.collaboration.programmes.language.when import shift
from samspil.foundation.kernel.definitions import DefinitionError, read

REVIEW = "law-review.yaml"


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision with all its rows, oldest first."""

    key: str
    law: Law
    rows: tuple[Row, ...]

    def as_of(self, day: date | None) -> Row:
        """The row in force on a day; None: the first there was. Before the first, the first."""
        held = [row for row in self.rows if day is not None and row.valid_from <= day]
        return held[-1] if held else self.rows[0]

    def ahead(self, day: date) -> tuple[Row, ...]:
        """The rows that begin after a day."""
        return tuple(row for row in self.rows if row.valid_from > day)


@dataclass(frozen=True, slots=True)
class Use:
    """A version of a model that names a provision: as a whole, or in one step."""

    programme: Programme
    step: Step | None

    @property
    def name(self) -> str:
        """As `reviewed` names it."""
        return f"{self.programme.key}/{self.programme.version}"


class Why(StrEnum):
    """Why somebody must read a provision anew, most pressing first."""

    CHANGED = "changed"
    """It has changed, and not everything that uses it has been looked through."""
    ENDED = "ended"
    """Its last row has ended and none has followed."""
    COMING = "coming"
    """A change is known."""
    UNVERIFIED = "unverified"
    """Something in it was never checked in the statute itself."""
    OLD = "old"
    """The last check is older than the interval."""


@dataclass(frozen=True, slots=True)
class Due:
    """One reason to read a provision anew, and the day it counts from or falls on."""

    why: Why
    on: date


def provisions(laws: Iterable[Law]) -> dict[str, Provision]:
    """Every provision by its key, in the order of the files."""
    found: dict[str, Provision] = {}
    for law in laws:
        for key in dict.fromkeys(row.key for row in law.rows):
            rows = sorted((row for row in law.rows if row.key == key), key=lambda row: row.valid_from)
            found[key] = Provision(key, law, tuple(rows))
    return found


def checked(laws: Sequence[Law], root: Path) -> None:
    """Raises DefinitionError where a key means two things, or where rows of one do not follow each other."""
    kinds: dict[str, tuple[str, type[Row]]] = {}
    for law in laws:
        path = root / "law" / f"{law.key}.yaml"
        for row in law.rows:
            if kinds.setdefault(row.key, (law.key, type(row))) != (law.key, type(row)):
                raise DefinitionError(f"the key {row.key!r} stands for two provisions", path)
    for one in provisions(laws).values():
        for before, after in zip(one.rows, one.rows[1:], strict=False):
            problem = _gap(before, after)
            if problem:
                raise DefinitionError(f"{one.key}: {problem}", root / "law" / f"{one.law.key}.yaml")


def _gap(before: Row, after: Row) -> str:
    if before.valid_to is None or after.valid_from != before.valid_to + timedelta(days=1):
        return f"the row from {after.valid_from} does not begin the day after the one before it ends"
    return "" if after.changed else f"the row from {after.valid_from} does not say what has `changed`"


def review(root: Path) -> LawReview:
    """How often provisions are read anew. Raises DefinitionError."""
    return read(root / REVIEW, LawReview)


def uses(programmes: Iterable[Programme]) -> dict[str, list[Use]]:
    """Every place in every version of every model that names a provision, by its key."""
    found: dict[str, list[Use]] = {}
    for programme in programmes:
        for key in programme.duties:
            found.setdefault(key, []).append(Use(programme, None))
        for step in programme.steps:
            named = (step.clock, step.due.clock, *step.duties)
            for key in dict.fromkeys(one for one in named if one):
                found.setdefault(key, []).append(Use(programme, step))
    return found


def changed_since(provision: Provision, seen_on: date | None, day: date, name: str = "") -> Row | None:
    """The row that whoever saw the law on `seen_on` has not seen; None where there is none.

    `seen_on` None means that it stands on the first row. What `reviewed` names has been looked through.
    """
    newest = provision.as_of(day)
    if newest is provision.rows[0] or (seen_on is not None and seen_on >= newest.valid_from):
        return None
    return None if name in newest.reviewed else newest


def due(provision: Provision, day: date, interval: str, *, is_behind: bool) -> tuple[Due, ...]:
    """Every reason to read a provision anew. `is_behind`: something that uses it has not followed."""
    return tuple(sorted(_reasons(provision, day, interval, is_behind=is_behind), key=_order))


def _reasons(provision: Provision, day: date, interval: str, *, is_behind: bool) -> Iterator[Due]:
    row = provision.as_of(day)
    if is_behind:
        yield Due(Why.CHANGED, row.valid_from)
    if row.valid_to is not None and row.valid_to < day:
        yield Due(Why.ENDED, row.valid_to)
    for later in provision.ahead(day):
        yield Due(Why.COMING, later.valid_from)
    if row.coming is not None:
        yield Due(Why.COMING, row.coming.on)
    if row.unverified is not None:
        yield Due(Why.UNVERIFIED, row.checked_on)
    last = shift(interval).day(row.checked_on)
    if last <= day:
        yield Due(Why.OLD, last)


def _order(one: Due) -> tuple[int, date]:
    return list(Why).index(one.why), one.on
