"""Questions about relations: who asks, what they hold, who stands in a space. All behind the wall."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from samspil.foundation.access.models import Item, Ledger, Space
from samspil.foundation.access.rules import Asker, Audience, Thing
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import (
    OPEN_INSIDE_AUTHORITY,
    Category,
    HolderKind,
    Purpose,
    Relation,
    RelationKind,
)
from samspil.foundation.organisations.models import Membership


@dataclass(frozen=True, slots=True)
class SpaceRelation:
    """One relation of a space, as its team may see it."""

    id: UUID
    relation: Relation
    baton: str


@dataclass(frozen=True, slots=True)
class Post:
    """A membership that an account may act in today."""

    membership_id: UUID
    unit: str
    authority: str
    role: str


def asker() -> Asker:
    """Who stands before the wall, as the wall itself sees it. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account, membership, unit, authority, citizen, mask, receives, open_mask, led_units, "
            "led_mask, blocked, day FROM wall.me()"
        )
        row = cursor.fetchone()
    account, membership, unit, authority, citizen, mask, receives, opened, led, led_mask, blocked, day = row
    return Asker(
        account,
        membership,
        unit,
        authority,
        citizen,
        Category(mask),
        receives,
        Category(opened),
        frozenset(led),
        Category(led_mask),
        frozenset(blocked),
        day,
    )


def held_towards(space: UUID | None, subjects: tuple[UUID, ...]) -> list[Relation]:
    """The relations that who asks holds to a space or to subjects, whatever their dates. One query."""
    near = Q(subject_id__in=subjects) | (Q(space_id=space) if space else Q())
    return [row.relation for row in Ledger.objects.filter(near)]


def thing(item: Item) -> Thing:
    """An item as the rule reckons with it; the leading unit is known to who leads it. One query."""
    lead = None
    if item.space_id:
        lead = Space.objects.filter(pk=item.space_id).values_list("lead_unit_id", flat=True).first()
    return Thing(
        kind=item.kind,
        owner_unit=item.owner_unit_id,
        owner_authority=item.owner_authority_id,
        space=item.space_id,
        lead_unit=lead,
        category=Category(item.category),
        author=item.author_id,
        subjects=tuple(item.subjects),
        released=item.released_at is not None,
    )


def audience() -> Audience:
    """What a citizen's page may show. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT standing, item_kind, categories FROM wall.audience")
        return {(RelationKind(standing), kind): Category(mask) for standing, kind, mask in cursor.fetchall()}


def relations(actor: Actor, space: UUID) -> list[SpaceRelation]:
    """Who stands in a space, and which bases are registered there, as far as the actor may see."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, kind, holder_kind, holder, subject, categories, purpose, giver, authority, starts, "
            "ends, baton FROM wall.relations(%s)",
            [space],
        )
        rows = cursor.fetchall()
    return [
        SpaceRelation(
            key,
            Relation(
                holder_kind=HolderKind(holder_kind),
                holder=holder,
                kind=RelationKind(kind),
                categories=Category(categories),
                subject=subject,
                space=space,
                purpose=Purpose(purpose) if purpose else None,
                giver=giver,
                authority=authority,
                starts=starts,
                ends=ends,
            ),
            baton,
        )
        for (
            key,
            kind,
            holder_kind,
            holder,
            subject,
            categories,
            purpose,
            giver,
            authority,
            starts,
            ends,
            baton,
        ) in rows
    ]


def held_in_team(actor: Actor, space: UUID) -> Category:
    """The categories for which the actor stands in a space's team today, or none. Two queries."""
    if actor.membership_id is None:
        return Category(0)
    who = asker()
    rows = Ledger.objects.filter(
        holder=actor.membership_id,
        space_id=space,
        kind=RelationKind.TEAM,
        starts__lte=who.day,
        ends__gt=who.day,
    )
    held = Category(0)
    for row in rows:
        held |= Category(row.categories) & who.mask
    return Category(0) if space in who.blocked else held


def inboxes(actor: Actor) -> dict[UUID, Relation]:
    """What lies in the inbox of the actor's unit today, by space. Two queries, or one."""
    if actor.unit_id is None:
        return {}
    who = asker()
    if not who.receives:
        return {}
    rows = Ledger.objects.filter(
        holder=actor.unit_id,
        kind=RelationKind.INBOX,
        space__isnull=False,
        starts__lte=who.day,
        ends__gt=who.day,
    )
    return {row.space_id: row.relation for row in rows if row.space_id and row.space_id not in who.blocked}


def open_inside(authority: UUID) -> Category:
    """The categories that the units of one authority see of each other without a basis. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT categories FROM wall.open_category WHERE authority = %s", [authority])
        row = cursor.fetchone()
    return Category(row[0]) if row else OPEN_INSIDE_AUTHORITY


def united_with(subject: UUID) -> set[UUID]:
    """A subject and those linked with it, as far as who asks may see them. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE linked(id) AS (SELECT %s::uuid UNION "
            "SELECT CASE WHEN s.id = linked.id THEN s.united_into_id ELSE s.id END "
            "FROM linked JOIN access_subject s ON s.id = linked.id OR s.united_into_id = linked.id "
            "WHERE s.united_into_id IS NOT NULL) SELECT id FROM linked",
            [subject],
        )
        return {found for (found,) in cursor.fetchall()}


def any_united_with(subjects: Collection[UUID]) -> RawSQL:
    """These subjects and those linked with them, to be asked within a query."""
    return RawSQL(
        "WITH RECURSIVE linked(id) AS (SELECT unnest(%s::uuid[]) UNION "
        "SELECT CASE WHEN s.id = linked.id THEN s.united_into_id ELSE s.id END "
        "FROM linked JOIN access_subject s ON s.id = linked.id OR s.united_into_id = linked.id "
        "WHERE s.united_into_id IS NOT NULL) SELECT id FROM linked",
        [sorted(subjects)],
    )


def kept_of(unit: UUID, subjects: Collection[UUID]) -> set[UUID]:
    """Of these subjects, those whose record a unit keeps, as far as who asks belongs to it. One query."""
    rows = Ledger.objects.filter(holder=unit, kind=RelationKind.OWN_RECORD, subject__in=subjects)
    return {row.subject_id for row in rows if row.subject_id}


def united_groups(subjects: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """For each subject, it and those linked with it, as far as who asks may see them. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE linked(root, id) AS (SELECT s, s FROM unnest(%s::uuid[]) s UNION "
            "SELECT linked.root, CASE WHEN s.id = linked.id THEN s.united_into_id ELSE s.id END "
            "FROM linked JOIN access_subject s ON s.id = linked.id OR s.united_into_id = linked.id "
            "WHERE s.united_into_id IS NOT NULL) SELECT root, id FROM linked",
            [sorted(subjects)],
        )
        found: dict[UUID, set[UUID]] = {}
        for root, linked in cursor.fetchall():
            found.setdefault(root, set()).add(linked)
    return found


def posts(account: UUID, today: date) -> list[Post]:
    """For whom an account may act today, in the order of the names. One query."""
    rows = (
        Membership.objects.filter(staff__account_id=account, starts__lte=today, ends__gt=today)
        .select_related("unit", "authority")
        .order_by("authority__name", "unit__name")
    )
    return [
        Post(row.pk, row.unit.name, row.authority.name, str(ROLES[RoleKey(row.role)].title)) for row in rows
    ]
