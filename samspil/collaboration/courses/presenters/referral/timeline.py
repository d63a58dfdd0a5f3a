"""How far a criterion looks back, drawn on a line of time."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from samspil.collaboration.courses.models import EligibilityAnswer
from samspil.collaboration.courses.presenters.referral.words import short_day
from samspil.collaboration.courses.queries.referral import Sheet
from samspil.collaboration.courses.rules import referral as rules
from samspil.collaboration.programmes.language.target import Node


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the line."""

    year: int
    x: int


@dataclass(frozen=True, slots=True)
class RuleDrawing:
    """How far a criterion looks back, drawn: the line in time, when it ended, and where the limit lies."""

    limit_x: int
    today_x: int
    middle_x: int
    within: int
    years: list[Tick]
    limit: str
    span: str
    bar_x: int
    bar_width: int
    label_x: int
    title: str
    said: str
    yes_from: str
    no_before: str
    narrow: "RuleDrawing | None" = None
    """The same for a phone."""

    @property
    def pin_x(self) -> int:
        """Where the words about the end are tied to it."""
        return self.bar_x + self.bar_width // 2


LEFT, RIGHT, NARROW_RIGHT = 20, 620, 320
SHORTEST = 10
ONGOING_PIXELS = 60


def timeline_of(sheet: Sheet, node: Node, today: date) -> RuleDrawing | None:
    limit = rules.limit_of(node, today)
    if limit is None:
        return None
    narrow = _drawn(sheet, node, today, limit, NARROW_RIGHT)
    return replace(_drawn(sheet, node, today, limit, RIGHT), narrow=narrow)


def _drawn(sheet: Sheet, node: Node, today: date, limit: date, right: int) -> RuleDrawing:
    given = sheet.checks.get(str(node.key))
    first, last = (given.ended_from, given.ended_to) if given else (None, None)
    if given and given.is_ongoing:
        first = last = today
    start = min(limit, first or limit).replace(day=1)
    start = start.replace(year=start.year - 1)
    length = max((today - start).days, 1)

    def at(day: date) -> int:
        return LEFT + round((day - start).days / length * (right - LEFT - 24))

    bar_x = (at(first) if first else 0) - (ONGOING_PIXELS if given and given.is_ongoing else 0)
    width = max(at(last) - bar_x, SHORTEST) if first and last else 0
    span = _ended(given) if given else ""
    words = {"limit": short_day(limit), "start": short_day(limit), "span": span or _("not known")}
    said = _(
        "The rule on a line of time. The time that counts goes from %(limit)s until today. "
        "The treatment: %(span)s."
    )
    return RuleDrawing(
        limit_x=at(limit),
        today_x=at(today),
        middle_x=(at(limit) + at(today)) // 2,
        within=at(today) - at(limit),
        years=[Tick(year, at(date(year, 1, 1))) for year in range(start.year + 1, today.year + 1)],
        limit=_("the limit: %(day)s") % {"day": short_day(limit)},
        span=span,
        bar_x=bar_x,
        bar_width=width,
        label_x=min(max(bar_x - 60, LEFT), 420),
        title=_("inside the time that counts"),
        said=said % words,
        yes_from=_("Ended on %(day)s or later:") % {"day": short_day(limit)},
        no_before=_("Before:"),
    )


def _ended(given: EligibilityAnswer) -> str:
    if given.is_ongoing:
        return _("goes on now")
    if given.ended_from is None or given.ended_to is None:
        return ""
    if given.ended_from == given.ended_to:
        return _("ended on %(day)s") % {"day": short_day(given.ended_from)}
    return _("ended between %(first)s and %(last)s") % {
        "first": short_day(given.ended_from),
        "last": short_day(given.ended_to),
    }
