"""The rule of sight as a pure function: the twin of the policy on `access_item`, with reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.decisions import Decision, Text, no
from samspil.foundation.kernel.sharing import BASIS_KINDS, Category, Purpose, Relation, RelationKind

Audience = Mapping[tuple[RelationKind, str], Category]
"""What a citizen's page may show: by kind of standing and kind of item."""

IN_SPACE = frozenset({RelationKind.TEAM, RelationKind.INBOX, RelationKind.BREAK_GLASS})
OUTSIDE = frozenset({RelationKind.OWN_RECORD, RelationKind.BREAK_GLASS})
FAMILY = frozenset({RelationKind.OWN_RECORD, RelationKind.CUSTODY})


@dataclass(frozen=True, slots=True)
class Asker:
    """What the wall knows of who asks: as `wall.me()` answers it."""

    account: UUID
    membership: UUID | None
    unit: UUID | None
    authority: UUID | None
    citizen: bool
    mask: Category
    receives: bool
    open_mask: Category
    led_units: frozenset[UUID]
    led_mask: Category
    blocked: frozenset[UUID]
    day: date


@dataclass(frozen=True, slots=True)
class Thing:
    """What the wall knows of an item."""

    kind: str
    owner_unit: UUID
    owner_authority: UUID
    space: UUID | None
    lead_unit: UUID | None
    category: Category
    author: UUID
    subjects: tuple[UUID, ...]
    released: bool


def sees(
    asker: Asker, thing: Thing, held: Sequence[Relation], audience: Audience, *, now: datetime
) -> Decision:
    """May this asker see this item? `held` are the relations that the asker holds, whatever their dates."""
    if thing.space in asker.blocked or asker.blocked.intersection(thing.subjects):
        return no(_("A block keeps you from this."))
    if not thing.released:
        if thing.author == asker.account:
            return _yes(_("You wrote it, and have not released it yet."))
        return no(_("It has not been released yet."))
    standing = [relation for relation in held if in_force(relation, asker.day, now)]
    if asker.citizen:
        return _family_sees(asker, thing, standing, audience)
    stood = _standing(asker, thing, standing)
    return _basis(asker, thing, standing) if stood else stood


def in_force(relation: Relation, day: date, now: datetime) -> bool:
    """Is the relation in force? `ends` is exclusive; an emergency ends by the clock."""
    return relation.starts <= day < relation.ends and (relation.until is None or relation.until > now)


def _yes(reason: Text, **values: object) -> Decision:
    return Decision(allowed=True, text=reason, values=values)


def _standing(asker: Asker, thing: Thing, held: Iterable[Relation]) -> Decision:
    """(a), (b): a relation to the space, or without one to a subject, that covers the category."""
    if thing.space is None:
        near = [r for r in held if r.kind in OUTSIDE and r.space is None and r.subject in thing.subjects]
        stands = bool(near)
        nowhere = _("You have no relation to this person.")
    else:
        near = [r for r in held if r.kind in IN_SPACE and r.space == thing.space and _usable(asker, thing, r)]
        leads = thing.lead_unit in asker.led_units
        if leads and asker.led_mask & thing.category:
            return _yes(_("You lead the unit that is responsible."))
        stands = leads or bool(near)
        nowhere = _("You have no part in this course.")
    if any(r.categories & asker.mask & thing.category for r in near):
        return _yes(_("You take part."))
    if not stands:
        return no(nowhere)
    return no(_("Your part does not include “%(category)s”."), category=thing.category.label)


def _usable(asker: Asker, thing: Thing, relation: Relation) -> bool:
    """The unit's inbox is read by who may answer a referral, and about the referral's persons."""
    if relation.kind != RelationKind.INBOX:
        return True
    return asker.receives and (relation.subject is None or relation.subject in thing.subjects)


def _basis(asker: Asker, thing: Thing, held: Sequence[Relation]) -> Decision:
    """(c): own unit, open inside the authority, or a basis for every subject."""
    if thing.owner_unit == asker.unit:
        return _yes(_("It belongs to your unit."))
    if thing.owner_authority == asker.authority and asker.open_mask & thing.category:
        return _yes(_("It is open inside your authority."))
    purposes = {Purpose.COORDINATION}
    if any(
        r.kind == RelationKind.INBOX
        and r.space == thing.space
        and _usable(asker, thing, r)
        and r.categories & asker.mask & thing.category
        for r in held
    ):
        purposes.add(Purpose.REFERRAL)
    missing = [subject for subject in thing.subjects if not _covered(thing, subject, held, purposes)]
    if not missing:
        return _yes(_("There is a consent or a legal basis that covers your unit."))
    if len(missing) < len(thing.subjects):
        return no(_("It is also about somebody for whom there is no consent or legal basis."))
    return no(_("It belongs to another unit, and there is no consent or legal basis that covers yours."))


def _covered(thing: Thing, subject: UUID, held: Iterable[Relation], purposes: set[Purpose]) -> bool:
    return any(
        r.kind in BASIS_KINDS
        and r.subject == subject
        and r.categories & thing.category
        and r.purpose in purposes
        and r.giver in (None, thing.owner_unit)
        for r in held
    )


def _family_sees(asker: Asker, thing: Thing, held: Sequence[Relation], audience: Audience) -> Decision:
    """A citizen: an own record or custody for every subject, and the allow-list of that audience."""
    for subject in thing.subjects:
        near = [r for r in held if r.kind in FAMILY and r.subject == subject and r.holder == asker.account]
        if not near:
            return no(_("It is about somebody whose information is not yours to see."))
        if not any(_audience_sees(thing, r, audience) for r in near):
            return no(_("This is not shown to families here. Ask your contact person."))
    return _yes(_("It is about you or your child."))


def _audience_sees(thing: Thing, relation: Relation, audience: Audience) -> bool:
    allowed = audience.get((relation.kind, thing.kind), Category(0))
    own = relation.kind == RelationKind.OWN_RECORD or relation.authority == thing.owner_authority
    return own and bool(relation.categories & allowed & thing.category)
