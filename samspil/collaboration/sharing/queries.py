"""Questions about bases: what stands for whom, who may say yes, and what a receiver would see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from samspil.collaboration.families import queries as families
from samspil.collaboration.families.models import PersonRecord, TieKind
from samspil.collaboration.families.rules.ties import Someone, custody_holders
from samspil.collaboration.sharing.models import Basis, Way
from samspil.collaboration.sharing.rules import Grounds, Person, Receiver, Scope, relations_of
from samspil.foundation.access import queries as access
from samspil.foundation.access import rules as wall
from samspil.foundation.access import sight
from samspil.foundation.access.models import Item, ItemSubject, Space
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Decision
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.kernel.sharing import (
    ALL_CATEGORIES,
    Category,
    HolderKind,
    Relation,
    RelationKind,
)
from samspil.foundation.organisations.models import Authority, Membership, Unit

MOST_RECEIVERS = 40


# --- bases ---------------------------------------------------------------------------------------------


def all_bases(actor: Actor) -> "QuerySet[Basis]":
    """Every row about a basis that the actor sees, also those that a newer row has replaced."""
    receivers = ("receiver_unit__authority", "receiver_authority", "unit__authority")
    return sight.visible(Basis.objects.all()).select_related("item", *receivers)


def bases(actor: Actor, space: UUID, subject: UUID | None = None) -> "QuerySet[Basis]":
    """The newest row of each basis in a space, or of one person there. One query."""
    about = Q(subject=subject) if subject else Q()
    rows = all_bases(actor).filter(about, item__space=space, superseded_by=None)
    return rows.order_by("receiver_unit__name", "receiver_authority__name", "category", "-pk")


def own_bases(actor: Actor) -> "QuerySet[Basis]":
    """The newest rows that the own unit wrote and the actor sees: those it may stop. One query."""
    return all_bases(actor).filter(unit=actor.unit_id, superseded_by=None)


def history(actor: Actor, basis: Basis) -> list[Basis]:
    """What stood before about the same person, receiver, category and purpose, newest first. One query."""
    rows = all_bases(actor).filter(_cell(basis), item__space=basis.item.space_id, unit=basis.unit_id)
    return list(rows.exclude(pk=basis.pk).order_by("-pk"))


def standing_basis(actor: Actor, space: UUID, scope: Scope, way: Way) -> Basis | None:
    """The newest row of the own unit about one person, receiver, category and purpose. One query.

    An answer and a decision without a yes stand beside each other: neither replaces the other.
    """
    is_unit = scope.receiver.kind == HolderKind.UNIT
    cell = Q(
        subject=scope.subject,
        category=int(scope.categories),
        purpose=scope.purpose.value,
        receiver_unit=scope.receiver.id if is_unit else None,
        receiver_authority=None if is_unit else scope.receiver.id,
    )
    rows = bases(actor, space, scope.subject).filter(cell, _of_kind(way), unit=actor.unit_id)
    return rows.first()


def confirmable(actor: Actor, space: UUID, today: date) -> list[Basis]:
    """What other units share with the own one here, and the own unit does not share back yet.

    One query. An own answer that is newer, or a yes that lasts as long, leaves nothing to confirm.
    """
    rows = list(bases(actor, space))
    own = {_back(row, row.receiver_unit_id): row for row in rows if row.unit_id == actor.unit_id}
    return [
        row
        for row in rows
        if _was_shared_with(actor, row, today) and _leaves_open(own.get(_back(row, row.unit_id)), row, today)
    ]


def _was_shared_with(actor: Actor, row: Basis, today: date) -> bool:
    to_us = row.receiver_unit_id == actor.unit_id or row.receiver_authority_id == actor.authority_id
    in_force = row.state == Basis.State.GIVEN and row.starts <= today < row.ends
    return to_us and in_force and row.unit_id != actor.unit_id and row.relation is not None


def _leaves_open(own: Basis | None, row: Basis, today: date) -> bool:
    if own is None:
        return True
    stands = own.state == Basis.State.GIVEN and own.relation is not None and own.ends > today
    return own.pk < row.pk and not (stands and own.ends >= row.ends)


def _back(row: Basis, unit: UUID | None) -> tuple[object, ...]:
    """What a basis is about, seen from the unit that would share back."""
    return (row.subject_id, row.category, row.purpose, row.way == Way.STATUTE, unit)


def _of_kind(way: str) -> Q:
    return Q(way=Way.STATUTE) if way == Way.STATUTE else ~Q(way=Way.STATUTE)


def _cell(basis: Basis) -> Q:
    return _of_kind(basis.way) & Q(
        subject=basis.subject_id,
        category=basis.category,
        purpose=basis.purpose,
        receiver_unit=basis.receiver_unit_id,
        receiver_authority=basis.receiver_authority_id,
    )


# --- persons -------------------------------------------------------------------------------------------


def is_in_space(actor: Actor, space: UUID, subject: UUID) -> bool:
    """Does the actor see anything about this person in this space? One query."""
    return ItemSubject.objects.filter(subject=subject, item__space=space).exists()


def record_of(actor: Actor, subject: UUID) -> PersonRecord | None:
    """The record of a person, the own authority's first; also of the one it is linked with. Two queries."""
    linked = {subject, *access.united_with(subject)}
    records = list(families.person_records(actor).filter(subject__in=linked))
    own = [record for record in records if record.authority_id == actor.authority_id]
    return next(iter([*own, *records]), None)


def person(actor: Actor, subject: UUID, day: date) -> Person:
    """What the rules need to know of a person on a day, as far as the actor sees it. Four queries."""
    record = record_of(actor, subject)
    if record is None:
        return Person(subject, None)
    linked = {subject, *access.united_with(subject)}
    ties = [
        tie
        for tie in families.ties_between(actor, linked)
        if tie.kind == TieKind.CUSTODY and tie.to_id in linked and tie.authority_id == record.authority_id
    ]
    holders: set[UUID] = set()
    disputed = False
    for tie in ties:
        child = families.someone(record)
        in_force = custody_holders([families.bond_of(tie)], _as(child, tie.to_id), day)
        holders |= in_force
        disputed = disputed or bool(in_force and tie.is_disputed)
    return Person(subject, record.born, record.is_unborn, frozenset(holders), disputed)


def names(actor: Actor, subjects: Collection[UUID]) -> dict[UUID, str]:
    """The names of persons, as far as the actor sees them. Two queries a person."""
    records = {subject: record_of(actor, subject) for subject in subjects}
    return {subject: record.name for subject, record in records.items() if record}


def names_in(actor: Actor, space: UUID | None, subjects: Collection[UUID]) -> dict[UUID, str]:
    """The same, of whoever stands in a space: this floor knows persons by their records alone."""
    return names(actor, subjects)


def _as(child: Someone, subject: UUID) -> Someone:
    return Someone(subject, child.born, child.is_unborn)


# --- receivers -----------------------------------------------------------------------------------------


def receiver(kind: HolderKind, holder: UUID, today: date) -> Receiver | None:
    """A unit or an authority that exists today. One query."""
    if kind == HolderKind.AUTHORITY:
        found = Authority.objects.filter(pk=holder, starts__lte=today, ends__gt=today).first()
        return Receiver(kind, found.pk, found.pk) if found else None
    unit = Unit.objects.filter(pk=holder, starts__lte=today, ends__gt=today, is_sharing_unit=True).first()
    return Receiver(kind, unit.pk, unit.authority_id, unit.kind) if unit else None


def receivers_near(actor: Actor, space: UUID, text: str, today: date) -> list[Unit]:
    """Units to choose from: the own authority's, those of who stands in the space, and those named so."""
    posts = [
        r.relation.holder for r in access.relations(actor, space) if r.relation.kind == RelationKind.TEAM
    ]
    inboxes = [
        r.relation.holder for r in access.relations(actor, space) if r.relation.kind == RelationKind.INBOX
    ]
    near = Q(authority=actor.authority_id) | Q(membership__in=posts) | Q(pk__in=inboxes)
    if text.strip():
        near |= Q(name__icontains=text.strip()) | Q(authority__name__icontains=text.strip())
    units = Unit.objects.filter(near, is_sharing_unit=True, starts__lte=today, ends__gt=today)
    units = units.exclude(pk=_unit(actor)).select_related("authority").distinct()
    return list(units.order_by("authority__name", "name")[:MOST_RECEIVERS])


def _unit(actor: Actor) -> UUID:
    if actor.unit_id is None:
        raise ValueError("only somebody who acts for a unit shares")
    return actor.unit_id


def colleagues(actor: Actor, today: date) -> list[Membership]:
    """Posts of the own unit and its teams today: who may have decided. One query."""
    here = Q(unit=actor.unit_id) | Q(unit__parent=actor.unit_id) | Q(pk=actor.membership_id)
    posts = Membership.objects.filter(here, starts__lte=today, ends__gt=today)
    return list(posts.select_related("staff").order_by("staff__name"))


# --- what the receiver will see ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody of the receiving unit, known or not: what the wall would know of that person.

    Where nobody is known yet, `mask` is all categories: the preview says what one of the unit sees *at most*.
    """

    unit: UUID
    authority: UUID
    membership: UUID | None = None
    mask: Category = ALL_CATEGORIES
    receives: bool = True


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One item of the own unit, and whether the receiver would see it."""

    item: UUID
    kind: str
    category: Category
    subjects: tuple[UUID, ...]
    answer: Decision


def what_receiver_sees(
    actor: Actor,
    space: UUID,
    reader: Reader,
    drafted: Sequence[Relation],
    *,
    today: date,
    subjects: Collection[UUID] = (),
    as_released: bool = False,
) -> list[Foreseen]:
    """Each item of the own unit in a space, with what the wall would answer if `drafted` stood. Five queries.

    `as_released`: what the actor has not released yet is reckoned as if it were.

    Reckoned by the wall's twin, on the relations of the space that the actor may know of and those drafted.
    What the actor does not see is not in the list. Blocks are not reckoned with: nobody learns of them.
    """
    held = [*_known(actor, space, reader), *drafted]
    asker = _asker(reader, access.open_inside(reader.authority), today)
    rows = sight.visible(Item.objects.filter(space=space, owner_unit=actor.unit_id)).order_by("pk")
    lead = Space.objects.filter(pk=space).values_list("lead_unit_id", flat=True).first()
    found = []
    for item in rows:
        if subjects and not set(item.subjects) & set(subjects):
            continue
        thing = replace(_thing(item, lead), released=True) if as_released else _thing(item, lead)
        answer = wall.sees(asker, thing, held, {}, now=clock.now())
        found.append(Foreseen(item.pk, item.kind, thing.category, thing.subjects, answer))
    return found


def drafted(actor: Actor, basis: Grounds) -> list[Relation]:
    """The rows of the ledger that a basis would become if the actor registered it. No query."""
    return relations_of(replace(basis, giver=_unit(actor)))


def somebody_of(receiver: Receiver) -> Reader:
    """Somebody of a receiver, with the widest role there is; of a whole authority: of any of its units."""
    unit = receiver.id if receiver.kind == HolderKind.UNIT else new_id()
    return Reader(unit, receiver.authority)


def joining(reader: Reader, space: UUID) -> Relation:
    """The part in a space that somebody of a unit would have at most: for a preview before anybody does."""
    return Relation(
        HolderKind.MEMBERSHIP, reader.membership or new_id(), RelationKind.TEAM, reader.mask, space=space
    )


def sent_to(reader: Reader, space: UUID, categories: Category, subject: UUID | None = None) -> Relation:
    """The inbox that a referral would give the unit."""
    kind = RelationKind.INBOX
    return Relation(HolderKind.UNIT, reader.unit, kind, categories, subject=subject, space=space)


def _known(actor: Actor, space: UUID, reader: Reader) -> list[Relation]:
    ids = {reader.unit, reader.authority, reader.membership}
    return [row.relation for row in access.relations(actor, space) if row.relation.holder in ids]


def _asker(reader: Reader, opened: Category, today: date) -> wall.Asker:
    return wall.Asker(
        account=new_id(),
        membership=reader.membership,
        unit=reader.unit,
        authority=reader.authority,
        citizen=False,
        mask=reader.mask,
        receives=reader.receives,
        open_mask=opened,
        led_units=frozenset(),
        led_mask=Category(0),
        blocked=frozenset(),
        day=today,
    )


def _thing(item: Item, lead: UUID | None) -> wall.Thing:
    return wall.Thing(
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
