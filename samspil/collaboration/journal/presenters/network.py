"""A network drawn: the family in the middle, the others on rings by how near they are; also in words."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samspil.collaboration.journal.toolbox import Edition, Type

WIDTH, HEIGHT = 720, 560
BOX, TALL = 132, 48
SQUEEZE = 0.78
"""Rings are a little lower than they are wide: names need width."""


@dataclass(frozen=True, slots=True)
class Ring:
    """One distance: its half axes, and its word."""

    rx: int
    ry: int
    label: str
    label_y: int


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody on a ring."""

    x: int
    y: int
    text_x: int
    name: str
    name_y: int
    tie: str
    tie_y: int


@dataclass(frozen=True, slots=True)
class NetworkDrawing:
    """The picture, and its sentences."""

    width: int
    height: int
    x: int
    y: int
    rings: tuple[Ring, ...]
    places: tuple[Place, ...]
    sentences: tuple[str, ...]
    box: int
    tall: int


def network_of(edition: Edition, data: Mapping[str, Any], language: str) -> NetworkDrawing | None:
    """The drawing of the first list that has a name and a choice of how near; None where nobody is named."""
    for field in edition.fields:
        near = next((column for column in field.columns if column.type is Type.CHOICE), None)
        rows = data.get(field.key)
        if near is None or not rows:
            continue
        words = {option.key: option.text.said(language) for option in near.options}
        return _drawn(rows, near.key, words)
    return None


def _drawn(rows: list[Mapping[str, str]], near: str, words: Mapping[str, str]) -> NetworkDrawing:
    x, y = WIDTH // 2, HEIGHT // 2
    nearest, outmost = 128, WIDTH // 2 - BOX // 2 - 8
    step = (outmost - nearest) / max(len(words) - 1, 1)
    rings, places = [], []
    for number, (key, word) in enumerate(words.items(), start=1):
        rx = round(nearest + step * (number - 1))
        ry = round(rx * SQUEEZE)
        rings.append(Ring(rx, ry, word, y - ry - 6 if number < len(words) else y - ry + 16))
        there = [row for row in rows if row.get(near) == key]
        for index, row in enumerate(there):
            angle = -math.pi / 2 + math.pi * (2 * index + 1) / max(len(there), 1) + number * 0.35
            places.append(_place(row, x + rx * math.cos(angle), y + ry * math.sin(angle)))
    sentences = tuple(_sentence(row, words.get(row.get(near, ""), "")) for row in rows)
    return NetworkDrawing(WIDTH, HEIGHT, x, y, tuple(reversed(rings)), tuple(places), sentences, BOX, TALL)


def _place(row: Mapping[str, str], x: float, y: float) -> Place:
    left = round(min(max(x - BOX / 2, 2), WIDTH - BOX - 2))
    top = round(min(max(y - TALL / 2, 2), HEIGHT - TALL - 2))
    return Place(
        x=left,
        y=top,
        text_x=left + BOX // 2,
        name=_short(row.get("name", "")),
        name_y=top + 20,
        tie=_short(row.get("tie", "")),
        tie_y=top + 38,
    )


def _short(text: str) -> str:
    return text if len(text) <= 17 else text[:16] + "…"


def _sentence(row: Mapping[str, str], near: str) -> str:
    said = {"name": row.get("name", ""), "tie": row.get("tie", ""), "near": near.lower()}
    words = _("%(name)s, %(tie)s: %(near)s.") % said
    return words + " " + _("Helps with: %(helps)s.") % {"helps": row["helps"]} if row.get("helps") else words
