"""A definition made ready: each step as matchers, timings, shape and audience (`compiling` makes it)."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from samspil.collaboration.programmes.engine.timing import Rhythm, Timing
from samspil.collaboration.programmes.language.words import Text

Where = tuple[tuple[str, object], ...]
Audience = tuple[tuple[str, int | None, int | None, int | None, int | None], ...]
"""Roles, each with the ages from which and below which a step is for them: when due, and at the start."""


class Shape(Enum):
    """How the occurrences of a rule follow from its anchors."""

    ONCE = auto()
    ROUNDS = auto()
    GROUPS = auto()
    REPEATS = auto()
    EPISODES = auto()


ONCE, ROUNDS, GROUPS, REPEATS, EPISODES = Shape


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """Facts of one kind whose attributes have these values; rules that ask the same share its `number`."""

    kind: str
    where: Where
    number: int


class Table(NamedTuple):
    """How the facts of a kind are told apart: by these attributes; which value is which match."""

    kind: str
    names: tuple[str, ...]
    numbers: dict[object, int]


class Shown(NamedTuple):
    """The matches that show a step, by number: any of them, or all."""

    matches: tuple[int, ...]
    needs_all: bool


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """How facts become objects: facts of these patterns, tied by one attribute, called off by one kind.

    Steps with the same `key` have the same objects. With an attribute, values are asked of the whole object.
    `is_each_once`: no fact fits two of the patterns.
    """

    key: str
    patterns: tuple[tuple[str, Where], ...]
    by: str | None
    first: str
    unless: str | None
    same_person: bool
    is_each_once: bool


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """One anchor with its timing. `match` is what a plain anchor reads; anchors of objects have kinds."""

    kinds: tuple[str, ...]
    where: Where
    match: Match | None
    by: str | None
    date: str | None
    is_each: bool
    every: int
    last: bool
    birthday: int | None
    unless: str | None
    same_person: bool
    joins: bool
    timing: Timing


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A step, a measure's rounds or a clock, ready to be asked. `title` is for the reason.

    `only_match` is the number of the one match that shows it, where there is just one. Simple is what
    dates alone decide where no fact ends the course, excuses a step or changes the track. Paced is what
    happens once, or in one rhythm, counting from the facts of match `anchor`. Direct: each object has one
    clock, which starts with its first fact (or its last). Personal: the clock is another for each person.
    """

    key: str
    title: Text
    responsible: str
    has_baton: bool
    shape: Shape
    starts: tuple[Start, ...]
    grouping: Grouping | None
    matches: tuple[Match, ...]
    shown: int
    only_match: int | None
    is_simple: bool
    is_paced: bool
    anchor: int
    is_direct: bool
    is_personal: bool
    is_early: bool
    audience: int | None
    tracks: frozenset[str]
    is_on_default_track: bool
    after_closing: bool
    only_ahead: bool
    start_age: int | None
    every: Rhythm | None
    rhythms: dict[str, Rhythm]
    is_shared: bool
    core_element: str | None
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A programme ready for the engine.

    `audiences` are the different answers to: for whom is a step? `shown` those to: what shows it?
    `tables` lay facts out for all its matches, of which there are `matches`.
    """

    rules: tuple[Rule, ...]
    by_key: dict[str, Rule]
    touch: dict[str, tuple[str, ...]]
    audiences: tuple[Audience, ...]
    shown: tuple[Shown, ...]
    tables: tuple[Table, ...]
    matches: int
    default_track: str | None
    phase_defaults: dict[str, str]
    baton_starts: str
    baton_passes_to: str
    baton_kinds: tuple[str, ...]
