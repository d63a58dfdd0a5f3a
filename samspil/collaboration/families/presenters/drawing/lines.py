"""Ties as lines that differ without colour, and the legend that explains them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.collaboration.families.models import TieKind
from samspil.collaboration.families.presenters.drawing.shapes import (
    BOX_HEIGHT,
    BOX_WIDTH,
    COLUMN,
    Box,
    Line,
    Sample,
)
from samspil.collaboration.families.rules.ties import Bond

TURN = 10
PATTERNS: dict[TieKind, tuple[int, str]] = {
    TieKind.PARENT: (2, ""),
    TieKind.CUSTODY: (4, ""),
    TieKind.STEP_PARENT: (2, "10 5"),
    TieKind.FOSTER_PARENT: (2, "2 4"),
    TieKind.GRANDPARENT: (1, ""),
    TieKind.SIBLING: (2, "6 3 2 3"),
    TieKind.PARTNER: (2, ""),
    TieKind.EX_PARTNER: (2, ""),
    TieKind.NETWORK: (1, "12 6"),
}
"""Width and dashes of each line: shapes that differ without colour."""
ENDED_DASHES = "1 6"


def _to_draw(bonds: Sequence[Bond]) -> list[Bond]:
    """One line for each pair: custody says parent too, and siblings with a common parent need none."""
    by_pair: dict[frozenset[UUID], Bond] = {}
    for bond in sorted(bonds, key=lambda bond: bond.kind != TieKind.CUSTODY):
        if bond.kind in PATTERNS and not (bond.kind == TieKind.SIBLING and _share_a_parent(bond, bonds)):
            by_pair.setdefault(bond.pair, bond)
    return list(by_pair.values())


def lines_of(bonds: Sequence[Bond], boxes: Mapping[UUID, Box], *, are_over: bool = False) -> list[Line]:
    return [_line(bond, boxes, are_over=are_over) for bond in _to_draw(bonds)]


def _share_a_parent(bond: Bond, bonds: Sequence[Bond]) -> bool:
    of: dict[UUID, set[UUID]] = {}
    for other in bonds:
        if other.kind == TieKind.PARENT:
            of.setdefault(other.to, set()).add(other.person)
    return bool(of.get(bond.person, set()) & of.get(bond.to, set()))


def _line(bond: Bond, boxes: Mapping[UUID, Box], *, are_over: bool) -> Line:
    one, other = boxes[bond.person], boxes[bond.to]
    width, dashes = PATTERNS[bond.kind]
    if are_over:
        width, dashes = 1, ENDED_DASHES
    points = _level_points(one, other) if one.y == other.y else _down_points(one, other)
    cut = _middle_of(points) if bond.kind == TieKind.EX_PARTNER else None
    return Line(
        _joined(points), width, dashes, is_double=bond.kind == TieKind.PARTNER and not are_over, cut=cut
    )


def _level_points(one: Box, other: Box) -> list[tuple[int, int]]:
    """Beside each other: straight between neighbours, else in a bow beneath those between."""
    left, right = sorted((one, other), key=lambda box: box.x)
    y = left.y + BOX_HEIGHT // 2
    if right.x - left.x <= COLUMN:
        return [(left.x + BOX_WIDTH, y), (right.x, y)]
    low = left.y + BOX_HEIGHT
    return [
        (left.middle + 30, low),
        (left.middle + 30, low + 12),
        (right.middle - 30, low + 12),
        (right.middle - 30, low),
    ]


def _down_points(one: Box, other: Box) -> list[tuple[int, int]]:
    """From the upper to the lower, with a corner above the lower; neighbours turn at different heights."""
    upper, lower = sorted((one, other), key=lambda box: box.y)
    turn = lower.y - 28 - TURN * (upper.x // COLUMN % 3)
    return [
        (upper.middle, upper.y + BOX_HEIGHT),
        (upper.middle, turn),
        (lower.middle, turn),
        (lower.middle, lower.y),
    ]


def _middle_of(points: Sequence[tuple[int, int]]) -> tuple[int, int]:
    (ax, ay), (bx, by) = list(pairwise(points))[len(points) // 2 - 1]
    return (ax + bx) // 2, (ay + by) // 2


def _joined(points: Iterable[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def legend_of(bonds: Sequence[Bond], ended: Sequence[Bond]) -> tuple[Sample, ...]:
    used = {bond.kind for bond in _to_draw(bonds)}
    points = [(0, 8), (44, 8)]
    samples = [
        Sample(
            kind.label,
            Line(
                _joined(points),
                width,
                dashes,
                kind == TieKind.PARTNER,
                (22, 8) if kind == TieKind.EX_PARTNER else None,
            ),
        )
        for kind, (width, dashes) in PATTERNS.items()
        if kind in used
    ]
    if ended:
        samples.append(Sample(_("has ended"), Line(_joined(points), 1, ENDED_DASHES)))
    return tuple(samples)
