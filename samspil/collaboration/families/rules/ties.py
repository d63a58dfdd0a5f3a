"""Which ties between two people are possible, and which hold on a day."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.families.models import TieKind
from samspil.collaboration.families.rules.ages import ADULT, age_on, birthday
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.decisions import YES, Decision, no

SYMMETRIC = frozenset(
    {TieKind.SIBLING, TieKind.PARTNER, TieKind.EX_PARTNER, TieKind.LIVES_WITH, TieKind.NETWORK}
)
CARE = frozenset({TieKind.CUSTODY, TieKind.STEP_PARENT, TieKind.FOSTER_PARENT})
"""Ties to a child that end by themselves when the child is an adult."""
BLOOD = frozenset({TieKind.PARENT, TieKind.SIBLING, TieKind.GRANDPARENT})
COUPLE = frozenset({TieKind.PARTNER, TieKind.EX_PARTNER})
YEARS_BETWEEN = {TieKind.PARENT: 12, TieKind.GRANDPARENT: 24}
MOST = {TieKind.PARENT: 2, TieKind.CUSTODY: 2}
"""The law knows at most two parents and two custody holders of one child at a time."""
NOT_FOR_UNBORN = frozenset(
    {TieKind.CUSTODY, TieKind.LIVES_WITH, TieKind.FOSTER_PARENT, TieKind.PARTNER, TieKind.EX_PARTNER}
)


@dataclass(frozen=True, slots=True)
class Someone:
    """What the rules need to know of a person."""

    id: UUID
    born: date | None = None
    is_unborn: bool = False


@dataclass(frozen=True, slots=True)
class Bond:
    """A tie as a value: `person` is `kind` of `to` from `starts` (None: not known) until before `ends`."""

    person: UUID
    kind: TieKind
    to: UUID
    starts: date | None = None
    ends: date = NEVER

    @property
    def pair(self) -> frozenset[UUID]:
        return frozenset({self.person, self.to})

    def overlaps(self, other: "Bond") -> bool:
        """Is there a day on which both hold?"""
        return (self.starts or date.min) < other.ends and (other.starts or date.min) < self.ends

    def says_the_same(self, other: "Bond") -> bool:
        """The same kind between the same two, in the same direction where direction counts."""
        if self.kind != other.kind or self.pair != other.pair:
            return False
        return self.kind in SYMMETRIC or self.person == other.person


def in_force(bond: Bond, day: date, *, to_born: date | None = None) -> bool:
    """Does the tie hold on a day? Care for a child ends by itself on the child's 18th birthday."""
    if not (bond.starts or date.min) <= day < bond.ends:
        return False
    return not (bond.kind in CARE and to_born is not None and day >= birthday(to_born, ADULT))


def custody_holders(bonds: Iterable[Bond], child: Someone, day: date) -> frozenset[UUID]:
    """Who has custody of a child on a day."""
    return frozenset(
        bond.person
        for bond in bonds
        if bond.kind == TieKind.CUSTODY and bond.to == child.id and in_force(bond, day, to_born=child.born)
    )


def possible(
    bond: Bond, existing: Sequence[Bond], people: Mapping[UUID, Someone], *, today: date
) -> Decision:
    """May this tie stand beside those we have? `people` holds both ends."""
    person, to = people[bond.person], people[bond.to]
    checks: tuple[Callable[[], Decision], ...] = (
        lambda: _two_people(bond),
        lambda: _possible_dates(bond, person, to, today=today),
        lambda: _possible_ages(bond, person, to),
        lambda: _not_there_already(bond, existing),
        lambda: _room_for_one_more(bond, existing),
        lambda: _no_contradiction(bond, existing),
    )
    return next((decision for check in checks if not (decision := check())), YES)


def may_end(bond: Bond, ends: date, *, today: date) -> Decision:
    """May a tie that stands be ended on a day?"""
    if bond.ends != NEVER:
        return no(_("This tie has ended already."))
    if ends > today:
        return no(_("The end cannot lie in the future."))
    if bond.starts is not None and ends <= bond.starts:
        return no(_("The tie must end after it began."))
    return YES


def _two_people(bond: Bond) -> Decision:
    return no(_("A person cannot have a tie to themselves.")) if bond.person == bond.to else YES


def _possible_dates(bond: Bond, person: Someone, to: Someone, *, today: date) -> Decision:
    if bond.starts is not None and bond.starts > today:
        return no(_("The start cannot lie in the future."))
    if bond.starts is not None and bond.ends <= bond.starts:
        return no(_("The tie must end after it began."))
    births = [someone.born for someone in (person, to) if someone.born is not None]
    if bond.starts is not None and any(bond.starts < born for born in births):
        return no(_("The tie cannot begin before both were born."))
    if bond.kind in NOT_FOR_UNBORN and (person.is_unborn or to.is_unborn):
        return no(_("A child that is not born yet cannot have this tie."))
    return YES


def _possible_ages(bond: Bond, person: Someone, to: Someone) -> Decision:
    if bond.kind in YEARS_BETWEEN:
        years = YEARS_BETWEEN[bond.kind]
        if person.is_unborn:
            return no(_("A child that is not born yet cannot have this tie."))
        if person.born and to.born and birthday(person.born, years) > to.born:
            return no(
                _("The older of the two must be at least %(years)d years older. Are they swapped?"),
                years=years,
            )
    if bond.kind in CARE and to.born and bond.starts and age_on(to.born, bond.starts) >= ADULT:
        return no(_("An adult cannot have a custody holder, a step-parent or a foster parent."))
    return YES


def _not_there_already(bond: Bond, existing: Iterable[Bond]) -> Decision:
    if any(bond.says_the_same(other) and bond.overlaps(other) for other in existing):
        return no(_("This tie is there already."))
    return YES


def _room_for_one_more(bond: Bond, existing: Iterable[Bond]) -> Decision:
    if bond.kind not in MOST:
        return YES
    at_once = {
        other.person
        for other in existing
        if other.kind == bond.kind and other.to == bond.to and bond.overlaps(other)
    }
    if len(at_once) < MOST[bond.kind]:
        return YES
    if bond.kind == TieKind.PARENT:
        return no(_("A child has at most two parents. Is this a step-parent or a foster parent?"))
    return no(_("At most two people have custody at the same time. End one of them first."))


def _no_contradiction(bond: Bond, existing: Sequence[Bond]) -> Decision:
    between = {other.kind for other in existing if other.pair == bond.pair and bond.overlaps(other)}
    if (bond.kind in COUPLE and between & BLOOD) or (bond.kind in BLOOD and between & COUPLE):
        return no(
            _("Two who are parent and child, siblings or grandparent and grandchild cannot be partners.")
        )
    if bond.kind in BLOOD and (between & BLOOD) - {bond.kind}:
        return no(_("These two have another family tie already."))
    if bond.kind in COUPLE and between & (COUPLE - {bond.kind}):
        return no(_("End the tie »%(kind)s« first."), kind=next(iter(between & COUPLE)).label)
    if bond.kind == TieKind.PARENT and bond.person in descendants(bond.to, existing):
        return no(_("A person cannot be the parent of their own parent or grandparent."))
    return YES


def circles(people: Iterable[UUID], bound: Iterable[tuple[UUID, UUID]]) -> list[frozenset[UUID]]:
    """Those who hang together by ties, in the order in which somebody of each circle comes first."""
    circle_of = {person: {person} for person in people}
    for person, to in bound:
        one, other = circle_of.get(person), circle_of.get(to)
        if one is not None and other is not None and one is not other:
            one |= other
            circle_of.update(dict.fromkeys(other, one))
    return list(dict.fromkeys(frozenset(circle) for circle in circle_of.values()))


def descendants(person: UUID, bonds: Collection[Bond]) -> frozenset[UUID]:
    """Children, grandchildren and so on, through ties of parents."""
    children: dict[UUID, set[UUID]] = {}
    for bond in bonds:
        if bond.kind == TieKind.PARENT:
            children.setdefault(bond.person, set()).add(bond.to)
    found: set[UUID] = set()
    waiting = [person]
    while waiting:
        new = children.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return frozenset(found)
