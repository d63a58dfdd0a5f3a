"""What is told: the deeds of a course, the script it may follow, and the whole tale."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from samspil.collaboration.programmes import engine, vocabulary
from samspil.collaboration.programmes.engine.facts import Fact, fact
from samspil.doors.demo.simulate.asked import Asked
from samspil.foundation.kernel.clock import COPENHAGEN

Say = Callable[[date], None]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody notes: a fact of the course, with the words that belong to it."""

    on: date
    kind: str
    by: str
    attributes: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""
    key: str = ""
    corrects: str = ""
    noted: date | None = None
    """The day it is written down, where that is a later one."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What was said, where words are kept beside it: a goal, a purpose, what a child says."""

    @property
    def day(self) -> date:
        """The day on which it is written down."""
        return self.noted or self.on

    @property
    def fact(self) -> Fact:
        """The same for the engine."""
        is_instant = vocabulary.KINDS[self.kind].is_instant
        return fact(
            self.kind,
            at_noon(self.on) if is_instant else self.on,
            id=self.key,
            attributes=self.attributes,
            by_role=self.by,
            corrects=self.corrects or None,
        )


Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Script:
    """A course as it is meant to go, written by hand: everything is done in time but what stands here."""

    happens: tuple[tuple[int, str, Mapping[str, object], str], ...] = ()
    """Days after the opening, the kind, what it says (and `by` whom), and why."""
    words: Mapping[str, tuple[Words, ...]] = field(default_factory=dict)
    """What is said, by kind and code (`meeting.held network`), in order; the last one stays."""
    values: Mapping[str, object] = field(default_factory=dict)
    """What a fact says where the model leaves it open, by kind and attribute."""
    why: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The reasons of a kind that has one, in order; the last one stays."""
    misses: frozenset[str] = frozenset()
    excuses: Mapping[str, str] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
    """Steps that are done by the second way of those that show them done."""


@dataclass(frozen=True, slots=True)
class Tale:
    """One course: who it is about, and everything that was noted, in the order it was noted."""

    asked: Asked
    people: tuple[engine.Person, ...]
    opened: date
    until: date
    manner: str
    deeds: tuple[Deed, ...]

    @property
    def facts(self) -> list[Fact]:
        return [deed.fact for deed in self.deeds]


def at_noon(day: date) -> datetime:
    """An instant of the day, for the kinds that have one."""
    return datetime.combine(day, time(12, 0), COPENHAGEN)


OPEN = frozenset({engine.State.NOT_DUE, engine.State.OPEN, engine.State.DUE, engine.State.LATE})
"""What is still to be done. What is missed cannot be done any more."""
