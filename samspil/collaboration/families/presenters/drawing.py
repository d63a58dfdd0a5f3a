"""A drawn family: people in generations, their homes as frames, ties as lines, and the same in words.

Everything is a whole number or a word, so that a template writes the SVG and escapes it.
A protected person stands outside every frame: neither drawing nor words say where they are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.collaboration.families.models import TieKind
from samspil.collaboration.families.rules.ties import Bond
from samspil.foundation.kernel.decisions import Text

BOX_WIDTH, BOX_HEIGHT = 148, 64
COLUMN, ROW = 180, 144
MARGIN, FRAME_TOP, FRAME_PAD = 24, 30, 14
TURN = 10
LONGEST_LINE = 18

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
SENTENCES: dict[TieKind, Text] = {
    TieKind.PARENT: gettext_lazy("%(person)s is a parent of %(to)s."),
    TieKind.CUSTODY: gettext_lazy("%(person)s has custody of %(to)s."),
    TieKind.STEP_PARENT: gettext_lazy("%(person)s is a step-parent of %(to)s."),
    TieKind.FOSTER_PARENT: gettext_lazy("%(person)s is a foster parent of %(to)s."),
    TieKind.GRANDPARENT: gettext_lazy("%(person)s is a grandparent of %(to)s."),
    TieKind.SIBLING: gettext_lazy("%(person)s and %(to)s are siblings."),
    TieKind.PARTNER: gettext_lazy("%(person)s and %(to)s are partners."),
    TieKind.EX_PARTNER: gettext_lazy("%(person)s and %(to)s were partners."),
    TieKind.NETWORK: gettext_lazy("%(person)s and %(to)s are in each other's network."),
}
ENDED_DASHES = "1 6"
UP = frozenset({TieKind.PARENT, TieKind.CUSTODY, TieKind.STEP_PARENT, TieKind.FOSTER_PARENT})
LEVEL = frozenset({TieKind.PARTNER, TieKind.EX_PARTNER, TieKind.SIBLING})


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


def drawn(
    title: str, people: Sequence[Portrait], bonds: Sequence[Bond], ended: Sequence[Bond] = ()
) -> Drawing:
    """Draw people, in the order they come, with the ties in force and those that have ended."""
    known = {person.id: person for person in people}
    bonds = [bond for bond in bonds if bond.pair <= known.keys()]
    ended = [bond for bond in ended if bond.pair <= known.keys() and bond.kind != TieKind.LIVES_WITH]
    told = [bond for bond in bonds if not _tells_where(bond, known)]
    homes = _homes(people, told)
    rows = _generations(people, [*bonds, *ended])
    places = _places(people, homes, rows)
    boxes = {person.id: _box(person, *places[person.id]) for person in people}
    shapes = [*_lines(told, boxes), *_lines(ended, boxes, are_over=True)]
    frames = tuple(_frame(number, members, boxes) for number, members in enumerate(homes, start=1))
    upper = [home.y for home in frames] + [box.y for box in boxes.values()]
    top = min(upper, default=MARGIN) - MARGIN // 2
    return Drawing(
        top=top,
        width=max((box.x + BOX_WIDTH for box in boxes.values()), default=0) + MARGIN,
        height=max((box.y + BOX_HEIGHT for box in boxes.values()), default=top) + MARGIN - top,
        title=title,
        description=_description(people, homes),
        boxes=tuple(boxes.values()),
        homes=frames,
        lines=tuple(shapes),
        legend=_legend(told, ended),
        sentences=tuple(_sentences(told, ended, homes, known)),
    )


def _tells_where(bond: Bond, known: Mapping[UUID, Portrait]) -> bool:
    return bond.kind == TieKind.LIVES_WITH and any(known[end].is_protected for end in bond.pair)


def _homes(people: Sequence[Portrait], bonds: Sequence[Bond]) -> list[frozenset[UUID]]:
    """Adults who live together with the children who live with one of them; a child may have two homes."""
    together = {bond.pair for bond in bonds if bond.kind == TieKind.LIVES_WITH}
    couples = {bond.pair for bond in bonds if bond.kind == TieKind.PARTNER}
    children = {person.id for person in people if person.is_child}
    homes = _joined_up(person.id for person in people if person.id not in children)
    for one, other in combinations([person.id for person in people if person.id not in children], 2):
        pair = frozenset({one, other})
        share_child = any(
            {frozenset({one, child}), frozenset({other, child})} <= together for child in children
        )
        if pair in together or (pair in couples and share_child):
            homes = _merged(homes, pair)
    lived_in = [
        home | {c for c in children if any(frozenset({c, m}) in together for m in home)} for home in homes
    ]
    housed = frozenset().union(*lived_in)
    alone = _joined_up(person.id for person in people if person.id in children - housed)
    for pair in together:
        alone = _merged(alone, pair) if pair <= children - housed else alone
    return [home for home in [*lived_in, *alone] if len(home) > 1]


def _joined_up(people: Iterable[UUID]) -> list[frozenset[UUID]]:
    return [frozenset({one}) for one in people]


def _merged(groups: Sequence[frozenset[UUID]], pair: frozenset[UUID]) -> list[frozenset[UUID]]:
    """The groups with those that hold one of a pair made one, at the first one's place."""
    met = [group for group in groups if group & pair]
    one = frozenset().union(*met)
    rest = [group for group in groups if not group & pair]
    place = groups.index(met[0]) if met else len(rest)
    return [*rest[:place], one, *rest[place:]] if met else rest


def _generations(people: Sequence[Portrait], bonds: Sequence[Bond]) -> dict[UUID, int]:
    """The row of each person: children below their parents, partners and siblings beside each other."""
    rows = {person.id: 0 for person in people}
    for _round in range(2 * len(people) + 2):
        before = dict(rows)
        for bond in bonds:
            low = rows[bond.person]
            if bond.kind in UP:
                rows[bond.to] = max(rows[bond.to], low + 1)
            elif bond.kind == TieKind.GRANDPARENT:
                rows[bond.to] = max(rows[bond.to], low + 2)
            elif bond.kind in LEVEL:
                rows[bond.person] = rows[bond.to] = max(low, rows[bond.to])
        rows = {one: min(row, len(people)) for one, row in rows.items()}
        if rows == before:
            break
    rows = _pulled_down(people, rows, bonds)
    used = {row: place for place, row in enumerate(sorted(set(rows.values())))}
    return {one: used[row] for one, row in rows.items()}


def _pulled_down(people: Sequence[Portrait], rows: dict[UUID, int], bonds: Sequence[Bond]) -> dict[UUID, int]:
    """Those whom no tie places stand with their age; a parent stands just above the children."""
    placed = {end for bond in bonds if bond.kind in UP | LEVEL | {TieKind.GRANDPARENT} for end in bond.pair}
    parents = [rows[bond.person] for bond in bonds if bond.kind in UP]
    adults = max(parents, default=0)
    result = dict(rows)
    for person in people:
        if person.id not in placed:
            result[person.id] = adults + 1 if person.is_child or person.is_unborn else adults
    for bond in bonds:
        if bond.kind in UP and not _has_level_or_parent(bond.person, bonds):
            result[bond.person] = max(result[bond.person], result[bond.to] - 1)
    return result


def _has_level_or_parent(person: UUID, bonds: Sequence[Bond]) -> bool:
    return any(
        (bond.kind in LEVEL and person in bond.pair) or (bond.kind in UP and bond.to == person)
        for bond in bonds
    )


def _places(
    people: Sequence[Portrait], homes: Sequence[frozenset[UUID]], rows: Mapping[UUID, int]
) -> dict[UUID, tuple[int, int]]:
    """Column and row of each person: a band for each home, and between two for those of both."""
    band = {person.id: _band(person.id, homes) for person in people}
    taken = Counter((band[person.id], rows[person.id]) for person in people)
    bands = sorted(set(band.values()))
    wide = {one: max(count for (of, _row), count in taken.items() if of == one) for one in bands}
    left = {one: sum(wide[other] for other in bands if other < one) for one in bands}
    seen: Counter[tuple[int, int]] = Counter()
    places = {}
    for person in people:
        spot = (band[person.id], rows[person.id])
        places[person.id] = (left[spot[0]] + seen[spot], rows[person.id])
        seen[spot] += 1
    return places


def _band(person: UUID, homes: Sequence[frozenset[UUID]]) -> int:
    """Even bands are homes, odd bands lie between two neighbours; the last is for those in no home."""
    of = [index for index, members in enumerate(homes) if person in members]
    if not of:
        return 2 * len(homes) + 1
    return 2 * of[0] + 1 if len(of) > 1 and of[1] == of[0] + 1 else 2 * of[0]


def _box(person: Portrait, column: int, row: int) -> Box:
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


def _frame(number: int, members: frozenset[UUID], boxes: Mapping[UUID, Box]) -> Home:
    inside = [boxes[member] for member in members]
    inset = FRAME_PAD - 5 * (number % 2)
    x = min(box.x for box in inside) - inset
    y = min(box.y for box in inside) - FRAME_TOP + 4 * (number % 2)
    right = max(box.x + BOX_WIDTH for box in inside) + inset
    bottom = max(box.y + BOX_HEIGHT for box in inside) + inset
    return Home(_("Home %(number)d") % {"number": number}, x, y, right - x, bottom - y)


def _to_draw(bonds: Sequence[Bond]) -> list[Bond]:
    """One line for each pair: custody says parent too, and siblings with a common parent need none."""
    by_pair: dict[frozenset[UUID], Bond] = {}
    for bond in sorted(bonds, key=lambda bond: bond.kind != TieKind.CUSTODY):
        if bond.kind in PATTERNS and not (bond.kind == TieKind.SIBLING and _share_a_parent(bond, bonds)):
            by_pair.setdefault(bond.pair, bond)
    return list(by_pair.values())


def _lines(bonds: Sequence[Bond], boxes: Mapping[UUID, Box], *, are_over: bool = False) -> list[Line]:
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


def _legend(bonds: Sequence[Bond], ended: Sequence[Bond]) -> tuple[Sample, ...]:
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


def _description(people: Sequence[Portrait], homes: Sequence[frozenset[UUID]]) -> str:
    count = ngettext("%(count)d person.", "%(count)d people.", len(people)) % {"count": len(people)}
    if not homes:
        return count
    placed = ngettext("%(count)d home is shown.", "%(count)d homes are shown.", len(homes)) % {
        "count": len(homes)
    }
    return f"{count} {placed}"


def _sentences(
    bonds: Sequence[Bond],
    ended: Sequence[Bond],
    homes: Sequence[frozenset[UUID]],
    known: Mapping[UUID, Portrait],
) -> Iterable[str]:
    """The drawing in words: homes first, then each tie once."""
    for number, members in enumerate(homes, start=1):
        names = ", ".join(person.name for person in known.values() if person.id in members)
        yield _("Home %(number)d: %(names)s.") % {"number": number, "names": names}
    for bond in bonds:
        if bond.kind != TieKind.LIVES_WITH:
            yield SENTENCES[bond.kind] % {"person": known[bond.person].name, "to": known[bond.to].name}
    for bond in ended:
        sentence = SENTENCES[bond.kind] % {"person": known[bond.person].name, "to": known[bond.to].name}
        yield _("%(sentence)s (has ended)") % {"sentence": sentence}
