"""The picture of a model as one drawing to print: every box laid out beforehand, every line broken."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspil.collaboration.programmes.language import Programme, Text
from samspil.collaboration.programmes.presenters.picture import Asked, Band, Chip, Picture, picture
from samspil.collaboration.programmes.presenters.versions import version_words
from samspil.foundation.web.marks import MARKS

SIDE, COLUMN, TOP, MARGIN, PAD = 170, 236, 116, 24, 10
LINE, LETTERS, BOLD_LETTERS, SIDE_LETTERS = 18, 25, 23, 18
"""A line of 14 px text is this high; so many letters, plain and bold, fit into a box and the row's head."""
LEGEND, ENTRY = 60, 300


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text at its place."""

    x: int
    y: int
    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One step: a frame and its lines."""

    x: int
    y: int
    width: int
    height: int
    kind: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Stripe:
    """One row of the drawing."""

    y: int
    height: int
    is_together: bool
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Poster:
    """The whole drawing, and what it says in words."""

    width: int
    height: int
    title: str
    said: str
    lines: list[Line]
    stripes: list[Stripe]
    boxes: list[Box]
    rules: list[int]
    rules_end: int
    """Where the lines between the phases stop: measures belong to no single one."""


def poster(programme: Programme, language: str, planned: Mapping[str, Text] | None = None) -> Poster:
    """One version as a drawing that stands alone: title, draft mark, phases, rows, measures and legend.

    `planned`: instruments that are not there yet.
    """
    drawn = picture(programme, language, planned=planned)
    notice = programme.draft_notice.said(language) if programme.draft_notice else ""
    title = f"{programme.title.said(language)} · {version_words(programme.version)}"
    lines = [Line(MARGIN, 40, title, "title"), Line(MARGIN, 66, notice or drawn.counted, "quiet")]
    lines += [Line(_x(index) + PAD, TOP - 12, phase, "head") for index, phase in enumerate(drawn.phases)]
    stripes: list[Stripe] = []
    boxes: list[Box] = []
    y = TOP
    for band in drawn.bands:
        stripe, placed = _row(band, y)
        stripes.append(stripe)
        boxes += placed
        y += stripe.height
    rules_end = y
    if drawn.measures:
        stripe, placed = _measures(drawn.measures, y, len(drawn.phases))
        stripes.append(stripe)
        boxes += placed
        y += stripe.height
    width = _x(len(drawn.phases)) + MARGIN
    lines += _legend(drawn, y + 32)
    return Poster(
        width=width,
        height=y + LEGEND,
        title=title,
        said=_said(drawn),
        lines=lines,
        stripes=stripes,
        boxes=boxes,
        rules=[_x(index) for index in range(len(drawn.phases))],
        rules_end=rules_end,
    )


def _x(column: int) -> int:
    return MARGIN + SIDE + column * COLUMN


def _row(band: Band, y: int) -> tuple[Stripe, list[Box]]:
    boxes: list[Box] = []
    lowest = y + 2 * PAD + LINE * 2
    for column, cell in enumerate(band.cells):
        bottom = y + PAD
        for chip in cell:
            box = _box(chip, _x(column) + PAD // 2, bottom)
            boxes.append(box)
            bottom += box.height + PAD // 2
        lowest = max(lowest, bottom + PAD // 2)
    words = [*_broken(band.title, SIDE_LETTERS), *_broken(band.who, SIDE_LETTERS)]
    bold = len(_broken(band.title, SIDE_LETTERS))
    lines = [
        Line(MARGIN, y + PAD + LINE * (number + 1), text, "head" if number < bold else "quiet")
        for number, text in enumerate(words)
    ]
    lowest = max(lowest, y + PAD * 2 + LINE * len(words))
    return Stripe(y, lowest - y, band.is_together, lines), boxes


def _measures(asked: Sequence[Asked], y: int, columns: int) -> tuple[Stripe, list[Box]]:
    """What is asked, whom and when, across the phases: it belongs to no single one of them."""
    boxes: list[Box] = []
    bottom = y + PAD
    for first in range(0, len(asked), columns):
        line = [
            _asked(one, _x(column) + PAD // 2, bottom)
            for column, one in enumerate(asked[first : first + columns])
        ]
        boxes += line
        bottom += max(box.height for box in line) + PAD // 2
    head = [Line(MARGIN, y + PAD + LINE, _("Measures"), "head")]
    words = _broken(_("what is asked, whom, and when"), SIDE_LETTERS)
    quiet = [Line(MARGIN, y + PAD + LINE * (2 + at), text, "quiet") for at, text in enumerate(words)]
    lowest = max(bottom + PAD // 2, y + PAD * 2 + LINE * (1 + len(words)))
    return Stripe(y, lowest - y, is_together=False, lines=head + quiet), boxes


def _asked(one: Asked, x: int, y: int) -> Box:
    coming = _(" (coming)") if one.is_coming else ""
    primary = [_("the primary outcome")] if one.is_primary else []
    return _framed(one.title + coming, [f"{one.who}: {one.when}", *primary, *_from(one.kind)], one.kind, x, y)


def _box(chip: Chip, x: int, y: int) -> Box:
    number = f" ◆\N{NO-BREAK SPACE}{chip.core}" if chip.is_published else f" ◇\N{NO-BREAK SPACE}{chip.core}"
    title = chip.title + (number if chip.core else "")
    when = _("%(when)s (the deadline is a proposal)") % {"when": chip.when} if chip.is_weaker else chip.when
    return _framed(title, [when, *_from(chip.kind)], chip.kind, x, y)


def _from(kind: str) -> list[str]:
    """Where it is from, in as few words as a box has room for."""
    return [str(MARKS[kind].word).split(",")[0]]


def _framed(title: str, rest: Sequence[str], kind: str, x: int, y: int) -> Box:
    """A box as high as its lines, the title in bold."""
    bold = _broken(title, BOLD_LETTERS)
    plain = [line for text in rest for line in _broken(text, LETTERS)]
    lines = [
        Line(x + PAD, y + LINE * (index + 1) + 2, text, "head" if index < len(bold) else "quiet")
        for index, text in enumerate([*bold, *plain])
    ]
    return Box(x, y, COLUMN - PAD, LINE * len(lines) + PAD, kind, lines)


def _legend(drawn: Picture, y: int) -> list[Line]:
    words = [_("◆ published core element"), _("◇ recommended core element"), drawn.counted]
    return [Line(MARGIN + index * ENTRY, y, text, "quiet") for index, text in enumerate(words)]


def _broken(text: str, letters: int) -> list[str]:
    return textwrap.wrap(text, letters) or []


def _said(drawn: Picture) -> str:
    parts: list[str] = []
    for band in drawn.bands:
        steps: Sequence[str] = [chip.title for cell in band.cells for chip in cell]
        parts.append(f"{band.title}: {', '.join(steps)}")
    if drawn.measures:
        asked = [f"{one.title} ({one.who}, {one.when})" for one in drawn.measures]
        parts.append(f"{_('Measures')}: {', '.join(asked)}")
    return ". ".join(parts)
