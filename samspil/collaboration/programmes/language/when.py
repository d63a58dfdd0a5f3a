"""When something is to happen: spans, anchors in facts, due rules, repeats, and what counts as evidence."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, NamedTuple

from pydantic import Field, StringConstraints, model_validator

from samspil.collaboration.programmes.language.words import Key, Provenance, later
from samspil.foundation.kernel.clock import COPENHAGEN
from samspil.foundation.kernel.definitions import Definition
from samspil.foundation.kernel.working_days import add_working_days

_DURATION = re.compile(
    r"^(?P<sign>-?)P(?:(?P<y>\d+)Y)?(?:(?P<m>\d+)M)?(?:(?P<w>\d+)W)?(?:(?P<d>\d+)D)?(?:T(?P<h>\d+)H)?$"
)
Duration = Annotated[
    str, StringConstraints(pattern=r"^-?P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T\d+H)?$", min_length=3)
]
"""An ISO 8601 duration: P21D, P6W, P3M, PT24H; with a minus before an anchor."""
Value = str | bool | int
_MONTHS = 12
_LONGEST, _SHORTEST = 31, 28


class WorkingDays(Definition):
    """So many working days, counted from the day after."""

    working_days: int


Span = Duration | WorkingDays


class Shift(NamedTuple):
    """A span as numbers: months first, then days, hours or working days."""

    months: int = 0
    days: int = 0
    hours: int = 0
    working_days: int = 0

    def times(self, count: int) -> "Shift":
        """The span `count` times over (three months twice is six months: no drift at month ends)."""
        return Shift(self.months * count, self.days * count, self.hours * count, self.working_days * count)

    def plus(self, other: "Shift") -> "Shift":
        """Both spans, one after the other."""
        return Shift(*(one + more for one, more in zip(self, other, strict=True)))

    def day(self, start: date) -> date:
        """The day this far from `start`. A day that its month lacks becomes the last of the month.

        Calendar days are not moved off weekends or holidays; hours do not move a day.
        """
        if self.working_days:
            return add_working_days(start, self.working_days)
        if self.months:
            start = add_months(start, self.months)
        return start + timedelta(days=self.days) if self.days else start

    def instant(self, start: datetime) -> datetime:
        """The instant this many hours after `start`; hours are real hours, also over summer time."""
        return (start.astimezone(UTC) + timedelta(hours=self.hours)).astimezone(COPENHAGEN)

    @property
    def longest(self) -> int:
        """Most calendar days it can last. Ten working days may hold two weekends and Christmas."""
        weeks = -(-self.working_days // 5)
        over = 2 * weeks + 5 if self.working_days else 0
        return self.months * _LONGEST + self.days + -(-self.hours // 24) + self.working_days + over

    @property
    def shortest(self) -> int:
        """Fewest calendar days it can last."""
        return self.months * _SHORTEST + self.days + self.hours // 24 + self.working_days


def add_months(start: date, months: int) -> date:
    """The same day of a later month, or its last day. 29 February becomes 28 February in common years."""
    month = start.month - 1 + months
    year, month = start.year + month // _MONTHS, month % _MONTHS + 1
    try:
        return date(year, month, start.day)
    except ValueError:
        following = date(year + month // _MONTHS, month % _MONTHS + 1, 1)
        return following - timedelta(days=1)


def shift(span: Span | None) -> Shift:
    """A written span as numbers; none is no time at all."""
    if span is None:
        return Shift()
    if isinstance(span, WorkingDays):
        return Shift(working_days=span.working_days)
    found = _DURATION.match(span)
    if found is None:  # the model's pattern has let only durations through
        raise ValueError(f"{span!r} is not a duration")
    parts = {name: int(found[name] or 0) for name in "ymwdh"}
    sign = -1 if found["sign"] else 1
    months, days = parts["y"] * _MONTHS + parts["m"], parts["w"] * 7 + parts["d"]
    return Shift(sign * months, sign * days, sign * parts["h"])


class Pattern(Definition):
    """Facts of one kind whose attributes have these values."""

    fact: str
    where: dict[str, Value] = {}


class Anchor(Definition):
    """The event that starts a clock: a first fact, each of several facts, an episode, or a birthday.

    `each` makes one occurrence a fact, or one an object where `by` names the attribute that ties facts to
    one object (an effort, a meeting); of these the `pick` counts. `every` takes only every so-manieth of
    them (the second sign of trouble). `date` takes the date from an attribute. `unless` is the kind that
    calls it off. `joins`: it counts only for an object that another anchor knows.
    An `episode` lasts while the latest fact of a kind has these values (a level, a stay away from home):
    the step begins with each episode and ends with it.
    """

    fact: str | None = None
    each: str | tuple[str, ...] | None = None
    episode: str | None = later(None)
    every: Annotated[int, Field(ge=1)] = later(1)
    birthday: Annotated[int, Field(ge=0, le=120)] | None = None
    where: dict[str, Value] = {}
    by: str | None = None
    date: str | None = None
    pick: Annotated[str, StringConstraints(pattern="^(first|last)$")] = "first"
    unless: str | None = None
    same_person: bool = False
    joins: bool = False

    @model_validator(mode="after")
    def _one(self) -> "Anchor":
        if sum(value is not None for value in (self.fact, self.each, self.episode, self.birthday)) != 1:
            raise ValueError("an anchor is exactly one of `fact`, `each`, `episode` and `birthday`")
        if self.every > 1 and self.each is None:
            raise ValueError("`every` counts the facts of `each`")
        if self.episode is not None and (not self.where or self.by or self.date or self.unless):
            raise ValueError("an episode is told by `where` alone")
        return self

    @property
    def kinds(self) -> tuple[str, ...]:
        if self.each is not None:
            return (self.each,) if isinstance(self.each, str) else self.each
        named = self.fact or self.episode
        return (named,) if named else ()


class Window(Definition):
    """How much before and after the due date still counts as in time."""

    early: Duration | None = None
    late: Duration | None = None


class Due(Definition):
    """A due rule: so long after an anchor, or the first of several such rules, or a clock of the law.

    `lapses`: after the window it can no longer be done, and is missed; else it is late until it is done.
    `only_ahead`: what fell due before the course opened is not relevant (a birthday long past).
    """

    after: str | Anchor | None = None
    within: Span | None = None
    window: Window | None = None
    first_of: tuple["Due", ...] = ()
    clock: Key | None = None
    lapses: bool = False
    only_ahead: bool = later(default=False)
    provenance: Provenance | None = None

    @model_validator(mode="after")
    def _one(self) -> "Due":
        if sum((self.after is not None, bool(self.first_of), self.clock is not None)) != 1:
            raise ValueError("a due rule is exactly one of `after`, `first_of` and `clock`")
        return self

    @property
    def anchors(self) -> tuple[tuple[Anchor, Span | None], ...]:
        """Each alternative as anchor and span."""
        if self.first_of:
            return tuple(pair for due in self.first_of for pair in due.anchors)
        if self.after is None:
            return ()
        return ((Anchor(fact=self.after) if isinstance(self.after, str) else self.after, self.within),)


class Repeats(Definition):
    """A rhythm: every so often, or as the chosen track says (`track`), until so long after the anchor."""

    every: Annotated[str, StringConstraints(pattern="^track$")] | Span
    window: Duration | Window
    until: Duration | None = None

    @property
    def early(self) -> Shift:
        return shift(self.window.early if isinstance(self.window, Window) else self.window)

    @property
    def late(self) -> Shift:
        return shift(self.window.late if isinstance(self.window, Window) else self.window)


class Evidence(Definition):
    """What shows that a step was done: one fact, any of several, or all of them.

    A fact shows one occurrence only, unless `shared` (one plan may answer several decisions).
    """

    fact: str | None = None
    where: dict[str, Value] = {}
    any: tuple[Pattern, ...] = ()
    all: tuple[Pattern, ...] = ()
    shared: bool = False

    @model_validator(mode="after")
    def _one(self) -> "Evidence":
        if sum((self.fact is not None, bool(self.any), bool(self.all))) != 1:
            raise ValueError("evidence is exactly one of `fact`, `any` and `all`")
        return self

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        if self.fact is not None:
            return (Pattern(fact=self.fact, where=self.where),)
        return self.any or self.all
