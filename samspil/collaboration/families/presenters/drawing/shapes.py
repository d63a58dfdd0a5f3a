"""The shapes of a drawing: portraits, boxes, lines, frames, and their sizes."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.foundation.kernel.decisions import Text

BOX_WIDTH, BOX_HEIGHT = 148, 64
COLUMN, ROW = 180, 144
MARGIN, FRAME_TOP, FRAME_PAD = 24, 30, 14
LONGEST_LINE = 18


@dataclass(frozen=True, slots=True)
class Portrait:
    """One person as the drawing needs them. `age` is a text: »9 år«, »ikke født endnu«."""

    id: UUID
    name: str
    age: str = ""
    is_child: bool = False
    is_unborn: bool = False
    is_protected: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A person's place in the drawing."""

    portrait: Portrait
    x: int
    y: int
    lines: tuple[str, ...]
    radius: int

    width: int = BOX_WIDTH
    height: int = BOX_HEIGHT

    @property
    def middle(self) -> int:
        return self.x + BOX_WIDTH // 2

    @property
    def first_line(self) -> int:
        return self.y + (28 if len(self.lines) == 1 else 20)

    @property
    def age_line(self) -> int:
        return self.first_line + 18 * len(self.lines) + 2


@dataclass(frozen=True, slots=True)
class Line:
    """A tie as a polyline; `cut` is where two strokes say that it is over between two partners."""

    points: str
    width: int
    dashes: str
    is_double: bool = False
    cut: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """A frame around those who live together."""

    label: str
    x: int
    y: int
    width: int
    height: int

    @property
    def label_x(self) -> int:
        return self.x + 12

    @property
    def label_y(self) -> int:
        return self.y + 20


@dataclass(frozen=True, slots=True)
class Sample:
    """One line of the legend."""

    label: Text
    line: Line


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that the template writes: sizes, shapes, and the same family as sentences."""

    top: int
    width: int
    height: int
    title: str
    description: str
    boxes: tuple[Box, ...]
    homes: tuple[Home, ...]
    lines: tuple[Line, ...]
    legend: tuple[Sample, ...]
    sentences: tuple[str, ...]


def box_of(person: Portrait, column: int, row: int) -> Box:
    radius = BOX_HEIGHT // 2 if person.is_child or person.is_unborn else 6
    x, y = MARGIN + FRAME_PAD + column * COLUMN, MARGIN + FRAME_TOP + row * ROW
    return Box(person, x, y, _two_lines(person.name), radius)


def _two_lines(name: str) -> tuple[str, ...]:
    """A name on at most two lines; the words list it in full."""
    lines = [""]
    for word in name.split():
        if not lines[-1]:
            lines[-1] = word
        elif len(lines[-1]) + 1 + len(word) <= LONGEST_LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], lines[-1]]
    return tuple(line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…" for line in lines)


def frame_of(number: int, members: frozenset[UUID], boxes: Mapping[UUID, Box]) -> Home:
    inside = [boxes[member] for member in members]
    inset = FRAME_PAD - 5 * (number % 2)
    x = min(box.x for box in inside) - inset
    y = min(box.y for box in inside) - FRAME_TOP + 4 * (number % 2)
    right = max(box.x + BOX_WIDTH for box in inside) + inset
    bottom = max(box.y + BOX_HEIGHT for box in inside) + inset
    return Home(_("Home %(number)d") % {"number": number}, x, y, right - x, bottom - y)
