"""Several courses for one family: do goals pull apart, are there too many, do meetings pile up? Pure.

Nothing here refuses anything: each finding is a hint with its reason, for people to look at.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.decisions import Text

MOST_GOALS = 5
"""More goals than these in all are more than a family can hold on to."""
MOST_MEETINGS, WEEKS = 2, 4
"""More joint meetings than these within so many weeks are a load of their own."""
NEAR = timedelta(days=14)
"""Two meetings this close could be one."""
AREAS: Mapping[str, tuple[str, ...]] = {
    "school": ("skole", "klasse", "lærer", "lektie", "fravær", "undervis", "daginst", "børnehave", "sfo"),
    "home": ("hjem", "bolig", "bo ", "anbring", "plejefamili", "døgn", "aflast", "værelse"),
    "sleep": ("søvn", "sove", "senge", "nattes"),
    "free-time": ("fritid", "fodbold", "klub", "venner", "kammerat", "sport"),
    "work": ("job", "arbejd", "uddannel", "praktik", "jobcent"),
    "economy": ("økonomi", "penge", "gæld", "husleje", "budget"),
    "health": ("medicin", "behandl", "læge", "psykolog", "terapi", "angst"),
    "contact": ("samvær", "kontakt", "besøg", "weekend"),
}
"""Words by which a goal is seen to be about an area of life; their beginnings."""
APART: tuple[tuple[str, str], ...] = (
    ("mere", "mindre"),
    ("flere", "færre"),
    ("oftere", "sjældnere"),
    ("længere", "kortere"),
    ("hjemme", "anbring"),
    ("hjem", "døgn"),
    ("hjemme", "aflast"),
    ("begynd", "stop"),
    ("start", "slut"),
    ("alene", "sammen"),
    ("fuld", "nedsat"),
    ("hver dag", "fri"),
)
"""Beginnings of words that point in opposite directions."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal that stands in one of the courses: its words, and about whom."""

    course: UUID
    words: str
    about: frozenset[UUID]
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting that is arranged in one of the courses."""

    course: UUID
    meeting: UUID
    on: date


@dataclass(frozen=True, slots=True)
class Hint:
    """Something worth looking at, with its reason. `aims` and `gatherings` are what it is about."""

    kind: str
    text: Text
    why: Text
    words: Mapping[str, object]
    aims: tuple[Aim, ...] = ()
    gatherings: tuple[Gathering, ...] = ()

    @property
    def reason(self) -> str:
        return str(self.why) % self.words


def hints(aims: Sequence[Aim], gatherings: Sequence[Gathering]) -> list[Hint]:
    """Everything worth looking at over all courses, what pulls apart first."""
    return [*pulling_apart(aims), *too_many(aims), *same_day(gatherings), *too_often(gatherings)]


def pulling_apart(aims: Sequence[Aim]) -> list[Hint]:
    """Two goals of different courses about the same person and area; first those in opposite directions."""
    opposite, alike = [], []
    for one, other in combinations(aims, 2):
        if one.course == other.course or not one.about & other.about:
            continue
        apart = _apart(one.words, other.words)
        if apart:
            words = {"one": apart[0], "other": apart[1]}
            why = _("One says »%(one)s«, the other »%(other)s«, about the same person.")
            opposite.append(Hint("apart", _("Two goals may pull apart"), why, words, (one, other)))
        elif _areas(one.words) & _areas(other.words):
            why = _("They are about the same person and the same part of life, in two plans.")
            alike.append(Hint("alike", _("Two goals are about the same"), why, {}, (one, other)))
    return [*opposite, *alike]


def too_many(aims: Collection[Aim]) -> list[Hint]:
    """More goals in all than a family can hold on to."""
    if len(aims) <= MOST_GOALS:
        return []
    why = _("There are %(count)d goals in all. More than %(most)d are hard to hold on to: choose together.")
    return [Hint("many", _("Many goals at once"), why, {"count": len(aims), "most": MOST_GOALS})]


def same_day(gatherings: Iterable[Gathering]) -> list[Hint]:
    """Meetings of different courses on one day."""
    by_day: dict[date, list[Gathering]] = {}
    for one in gatherings:
        by_day.setdefault(one.on, []).append(one)
    why = _("Two invitations are for the same day. Could it be one meeting?")
    return [
        Hint("same-day", _("Two meetings on one day"), why, {}, (), tuple(found))
        for _day, found in sorted(by_day.items())
        if len({one.course for one in found}) > 1
    ]


def too_often(gatherings: Iterable[Gathering]) -> list[Hint]:
    """More joint meetings than two within four weeks, counted over all courses: the first such stretch."""
    ahead = sorted(gatherings, key=lambda one: (one.on, str(one.meeting)))
    for first in ahead:
        within = [one for one in ahead if first.on <= one.on < first.on + timedelta(weeks=WEEKS)]
        if len(within) > MOST_MEETINGS and len({one.course for one in within}) > 1:
            why = _("%(count)d meetings within %(weeks)d weeks, over all courses.")
            words = {"count": len(within), "weeks": WEEKS}
            return [Hint("often", _("Many meetings close together"), why, words, (), tuple(within))]
    return []


def could_be_one(gatherings: Iterable[Gathering]) -> tuple[Gathering, Gathering] | None:
    """The next two meetings of different courses that lie so close that one joint meeting would do."""
    ahead = sorted(gatherings, key=lambda one: (one.on, str(one.meeting)))
    for one, other in combinations(ahead, 2):
        if one.course != other.course and other.on - one.on <= NEAR:
            return one, other
    return None


def _areas(words: str) -> set[str]:
    text = f"{_folded(words)} "
    return {area for area, stems in AREAS.items() if any(_begins(text, stem) for stem in stems)}


def _apart(one: str, other: str) -> tuple[str, str] | None:
    """The two words by which goals about the same area point in opposite directions."""
    first, second = f"{_folded(one)} ", f"{_folded(other)} "
    if not _areas(one) & _areas(other):
        return None
    for left, right in (pair for both in APART for pair in (both, both[::-1])):
        if _begins(first, left) and _begins(second, right) and not _begins(second, left):
            return _word(first, left), _word(second, right)
    return None


def _folded(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _begins(text: str, stem: str) -> bool:
    return f" {text}".find(f" {stem}") >= 0


def _word(text: str, stem: str) -> str:
    return next(word for word in text.split() if word.startswith(stem.split(maxsplit=1)[0]))
