"""Who lives together: adults as homes, with the children who live with one of them."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from uuid import UUID

from samspil.collaboration.families.models import TieKind
from samspil.collaboration.families.presenters.drawing.shapes import Portrait
from samspil.collaboration.families.rules.ties import Bond


def homes_of(people: Sequence[Portrait], bonds: Sequence[Bond]) -> list[frozenset[UUID]]:
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
