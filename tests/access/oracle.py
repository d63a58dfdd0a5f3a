# ruff: noqa: E501, SIM102, C416  (it reads like the text it was written from)
"""The policy, written down a second time from its text, knowing nothing of the code that carries it out.

It reads like the text (design of sharing and access): an item not yet released is its author's alone. Else an
actor sees an item when all three hold: standing, category, basis. Family members: an allow-list per audience.
A block beats everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

EVERYDAY_AND_SOCIAL = 4 + 16
READS = {  # which categories a role reads: identity 1, whereabouts 2, everyday 4, school 8, social 16, health 32,
    "caseworker": 1 + 2 + 4 + 8 + 16 + 32 + 64 + 128,  # substance 64, employment 128, confidential 256
    "clinician": 1 + 2 + 4 + 8 + 16 + 32 + 64,
    "school-contact": 1 + 4 + 8,
    "jobcentre-worker": 1 + 4 + 128,
    "substance-worker": 1 + 4 + 64 + 32,
    "provider-worker": 1 + 4,
    "leader": 255,
}
ANSWERS_REFERRALS = {"caseworker", "clinician", "leader"}


@dataclass(frozen=True)
class Human:
    """One human in one post; a citizen has no post."""

    account: UUID
    post: UUID | None = None
    role: str = ""
    works_in: UUID | None = None
    authority: UUID | None = None


@dataclass
class World:
    """Everything there is, as plain rows."""

    humans: list[Human] = field(default_factory=list)
    parent: dict[UUID, UUID | None] = field(default_factory=dict)
    boundaries: set[UUID] = field(default_factory=set)
    leads: dict[UUID, UUID] = field(default_factory=dict)  # space → unit
    ledger: list[Any] = field(default_factory=list)
    items: list[Any] = field(default_factory=list)
    opened: dict[UUID, int] = field(default_factory=dict)  # authority → categories
    allow_list: dict[tuple[str, str], int] = field(default_factory=dict)


def may_see(world: World, who: Human, item: Any, today: date, now: datetime) -> bool:
    """The text, sentence by sentence."""
    in_force = [row for row in mine(world, who) if holds_today(row, today, now)]
    if any(row.kind == "block" and strikes(row, item) for row in in_force):
        return False
    if item.released_at is None:
        return bool(item.author_id == who.account)
    if who.post is None:
        return family_may_see(world, who, item, in_force)
    stands_by = [row for row in standing(world, who, item, in_force)]
    covering = [row for row in stands_by if row.categories & READS.get(who.role, 0) & item.category]
    if not covering:
        return False
    return any(has_basis(world, who, item, in_force, row) for row in covering)


def mine(world: World, who: Human) -> Iterator[Any]:
    """Relations of the human, of the post, of the unit it works within, and of the authority."""
    names = {who.account, who.post, boundary(world, who.works_in), who.authority} - {None}
    return (row for row in world.ledger if row.holder in names)


def boundary(world: World, unit: UUID | None) -> UUID | None:
    """The sharing unit around a unit: the nearest declared one upwards, else the unit itself."""
    above = unit
    while above is not None:
        if above in world.boundaries:
            return above
        above = world.parent[above]
    return unit


def holds_today(row: Any, today: date, now: datetime) -> bool:
    if row.kind == "break-glass" and now >= row.until:
        return False
    return bool(row.starts <= today and not row.ends <= today)


def strikes(row: Any, item: Any) -> bool:
    return (row.space_id is not None and row.space_id == item.space_id) or row.subject_id in item.subjects


def standing(world: World, who: Human, item: Any, rows: list[Any]) -> Iterator[Any]:
    """Team, leader, inbox, own-record or break-glass, to the item's space, or to one of its subjects where the
    item has no space."""
    for row in rows:
        if row.kind == "leader":
            if (
                who.role == "leader"
                and item.space_id
                and below(world, world.leads[item.space_id], who.works_in)
            ):
                yield row
        elif item.space_id is not None:
            if row.space_id != item.space_id:
                continue
            if row.kind in {"team", "break-glass"}:
                yield row
            if row.kind == "inbox" and who.role in ANSWERS_REFERRALS:
                if row.subject_id is None or row.subject_id in item.subjects:
                    yield row
        elif (
            row.kind in {"own-record", "break-glass"}
            and row.space_id is None
            and row.subject_id in item.subjects
        ):
            yield row


def below(world: World, unit: UUID | None, top: UUID | None) -> bool:
    while unit is not None:
        if unit == top:
            return True
        unit = world.parent[unit]
    return False


def has_basis(world: World, who: Human, item: Any, rows: list[Any], by: Any) -> bool:
    """Own unit; or own authority and open inside it; or for every subject a basis given by the owner unit or by
    the citizen, for the category and for the purpose the actor stands there for."""
    if item.owner_unit_id == boundary(world, who.works_in):
        return True
    if item.owner_authority_id == who.authority:
        if item.category & world.opened.get(who.authority, EVERYDAY_AND_SOCIAL):
            return True
    purposes = {"coordination", "referral"} if by.kind == "inbox" else {"coordination"}
    covered = {
        row.subject_id
        for row in rows
        if row.kind in {"consent", "statute"}
        and row.categories & item.category
        and row.purpose in purposes
        and (row.giver_id is None or row.giver_id == item.owner_unit_id)
    }
    return set(item.subjects) <= covered


def family_may_see(world: World, who: Human, item: Any, rows: list[Any]) -> bool:
    """For each person it is about: oneself, or one's child by a custody of the authority that owns the item; and
    what that audience may see."""

    def shown(row: Any) -> bool:
        if row.kind == "custody" and row.authority_id != item.owner_authority_id:
            return False
        listed = world.allow_list.get((row.kind, item.kind), 0)
        return bool(row.kind in {"own-record", "custody"} and listed & row.categories & item.category)

    own = [row for row in rows if row.holder == who.account]
    return all(any(row.subject_id == subject and shown(row) for row in own) for subject in item.subjects)
