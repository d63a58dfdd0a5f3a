"""Plain data for the two pictures of a course in time: phases with their steps, and tracks along a calendar.

Nothing here knows what a phase or a step means. Whoever has a sequence of things with states can draw it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

WIDTH, EDGE, TOP, ROW, SIZE = 366, 9, 74, 46, 18
"""The picture's own units: its width, the free edge, the first line, between lines, a mark."""
LETTER = 7.5
"""About how wide a letter is."""
LIFT = 15
"""How far the name of a track stands above its line: long names have the whole width."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the key of its mark, a short result, and when or why."""

    kind: str
    text: str
    note: str = ""
    url: str = ""
    is_alarming: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """One mark on a track, at a day; `text` stands beside it."""

    kind: str
    on: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """One thing that returns: its name and its marks in time."""

    text: str
    dots: Sequence[Dot]


@dataclass(frozen=True, slots=True)
class Placed:
    """A dot with its place in the picture."""

    kind: str
    text: str
    said: str
    x: float
    y: float
    text_x: float
    text_y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A track with its place in the picture."""

    text: str
    y: float
    label_y: float
    dots: Sequence[Placed]


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    x: float


@dataclass(frozen=True, slots=True)
class Calendar:
    """Tracks laid out between two days."""

    height: int
    lines: Sequence[Line]
    months: Sequence[Month]
    today_x: float | None


@dataclass(frozen=True, slots=True)
class Phase:
    """One column: number, title, when, and its steps or its calendar."""

    number: str
    title: str
    when: str = ""
    steps: Sequence[Step] = ()
    calendar: Calendar | None = None


def calendar(tracks: Sequence[Track], *, first: date, last: date, today: date) -> Calendar:
    """Lay tracks out between two days; a dot outside them stands at the edge."""
    lines = [_line(track, number, first, last) for number, track in enumerate(tracks)]
    shown = _x(today, first, last) if first <= today <= last else None
    return Calendar(TOP + ROW * len(tracks), lines, _months(first, last), shown)


def _line(track: Track, number: int, first: date, last: date) -> Line:
    y = TOP + 9 + ROW * number
    return Line(track.text, y, y - LIFT, [_placed(dot, y, first, last) for dot in track.dots])


def _placed(dot: Dot, y: float, first: date, last: date) -> Placed:
    x = _x(dot.on, first, last)
    return Placed(dot.kind, dot.text, _said(dot), x - SIZE / 2, y - SIZE / 2, _beside(x, dot.text), y + 5)


def _beside(x: float, text: str) -> float:
    """Where the words of a mark begin: to its right, or to its left where they would not fit."""
    right, width = x + SIZE / 2 + 4, LETTER * len(text)
    return right if right + width <= WIDTH else x - SIZE / 2 - 4 - width


def _said(dot: Dot) -> str:
    """The day in full, and the text beside it unless that is the day again."""
    repeats = not dot.text or dot.text.startswith(f"{dot.on.day}.")
    day = date_format(dot.on, "j. F")
    return day if repeats else f"{day}, {dot.text}"


def _x(day: date, first: date, last: date) -> float:
    part = (day - first) / max(last - first, timedelta(days=1))
    return round(EDGE + min(max(part, 0.0), 1.0) * (WIDTH - 2 * EDGE), 1)


def _months(first: date, last: date) -> list[Month]:
    """The first day of each month in the window."""
    found: list[Month] = []
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            found.append(Month(date_format(day, "N").lower(), _x(day, first, last)))
        day = (day + timedelta(days=32)).replace(day=1)
    return found
