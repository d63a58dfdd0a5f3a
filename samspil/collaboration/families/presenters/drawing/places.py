"""Where each person stands: rows for generations, columns for homes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from samspil.collaboration.families.models import TieKind
from samspil.collaboration.families.presenters.drawing.shapes import Portrait
from samspil.collaboration.families.rules.ties import Bond

UP = frozenset({TieKind.PARENT, TieKind.CUSTODY, TieKind.STEP_PARENT, TieKind.FOSTER_PARENT})
LEVEL = frozenset({TieKind.PARTNER, TieKind.EX_PARTNER, TieKind.SIBLING})


def generations(people: Sequence[Portrait], bonds: Sequence[Bond]) -> dict[UUID, int]:
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


def places_of(
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
