"""People before the wall, and things behind it, for tests."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from samspil.doors.cli.roles import DOOR, TEST
from samspil.foundation.access import actions, wall
from samspil.foundation.access.collector import collecting
from samspil.foundation.access.models import Item, ItemSubject, Ledger, Space, Subject
from samspil.foundation.accounts.models import Account
from samspil.foundation.audit import log
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import ALL_CATEGORIES, Category, HolderKind, Purpose, RelationKind
from samspil.foundation.organisations.models import Membership, Unit
from tests.factories.organisations import a_post, a_unit, actor_of
from tests.factories.owner import as_owner


@contextmanager
def door() -> Iterator[str]:
    """The door in a unit test: the test's transaction in the door's role. With real roles: the real door."""
    if connection.settings_dict["USER"] != TEST:
        yield wall.DOOR_ALIAS
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        [[before]] = cursor.fetchall()
        cursor.execute(f"SET LOCAL ROLE {DOOR}")
        try:
            yield "default"
        finally:
            if not connection.needs_rollback:
                cursor.execute("SELECT set_config('role', %s, true)", [before])


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Inside the block this actor stands before the wall, by a session of its own."""
    with transaction.atomic():
        secret = wall.open_session(actor.account_id, actor.membership_id)
        with ExitStack() as stack:
            stack.enter_context(collecting())
            stack.enter_context(log.collecting(log.Collector(route="test", act="test", actor=actor)))
            entered = stack.enter_context(wall.entering(secret))
            assert entered is not None
            yield entered


# --- people --------------------------------------------------------------------------------------------


def an_actor(role: RoleKey = RoleKey.CASEWORKER, *, unit: Unit | None = None, **fields: Any) -> Actor:
    """Somebody in a post, with no relation to anybody."""
    with as_owner():
        return actor_of(a_post(role, unit=unit, **fields))


def a_stranger() -> Actor:
    """A caseworker of an authority that has nothing to do with anything."""
    return an_actor()


def a_colleague_of_another_unit(of: UUID) -> Actor:
    """A caseworker of the same authority as the space's leading unit, in another unit."""
    with as_owner():
        lead = Space.objects.select_related("lead_unit__authority").get(pk=of).lead_unit
        return actor_of(a_post(unit=a_unit(lead.authority)))


def a_coordinator(of: UUID | None = None) -> Actor:
    """The coordinator of a space; without a space, somebody who may open one."""
    if of is None:
        return an_actor()
    with as_owner():
        row = Ledger.objects.get(space_id=of, baton=Ledger.Baton.HELD, kind=RelationKind.TEAM)
        return actor_of(Membership.objects.select_related("staff").get(pk=row.holder))


def a_team_member(
    of: UUID,
    role: RoleKey = RoleKey.CASEWORKER,
    *,
    unit: Unit | None = None,
    categories: Category | None = None,
) -> Actor:
    """Somebody in the team of a space; of the leading unit where nothing else is said."""
    with as_owner():
        unit = unit or Space.objects.select_related("lead_unit__authority").get(pk=of).lead_unit
        actor = actor_of(a_post(role, unit=unit))
    a_relation(actor, RelationKind.TEAM, space=of, categories=categories or ROLES[role].categories)
    return actor


def a_leader(of: UUID) -> Actor:
    """The leader of a space's leading unit, with the relation that an administrator gives."""
    with as_owner():
        lead = Space.objects.select_related("lead_unit__authority").get(pk=of).lead_unit
    leader = an_actor(RoleKey.LEADER, unit=lead)
    a_relation(leader, RelationKind.LEADER, categories=ROLES[RoleKey.LEADER].categories)
    return leader


def a_citizen() -> Actor:
    """A citizen with a log-in and no relation to anybody."""
    with as_owner():
        account = Account(login=f"borger-{UUID(bytes=an_id().bytes).hex[-8:]}", is_citizen=True)
        account.set_unusable_password()
        account.save()
    return Actor(account_id=account.pk)


def an_id() -> UUID:
    """A new id."""
    return Subject().pk


# --- things --------------------------------------------------------------------------------------------


def a_subject(actor: Actor) -> UUID:
    """A person whose record the actor's unit keeps."""
    with acting(actor):
        return actions.new_subject(actor=actor)


def a_space(actor: Actor) -> UUID:
    """A space that the actor's unit leads and the actor coordinates."""
    with acting(actor):
        return actions.new_space(actor=actor)


def an_item(
    actor: Actor,
    *subjects: UUID,
    space: UUID | None = None,
    category: Category = Category.EVERYDAY,
    kind: str = "note",
    released: bool = True,
) -> UUID:
    """An item written by the actor, as the owner of the tables puts it there: no rule is asked."""
    with as_owner():
        item = Item.objects.create(
            kind=kind,
            owner_authority_id=actor.authority_id,
            owner_unit_id=actor.unit_id,
            space_id=space,
            category=int(category),
            author_id=actor.account_id,
            subjects=sorted(subjects),
            released_at=clock.now() if released else None,
        )
        ItemSubject.objects.bulk_create(ItemSubject(item=item, subject_id=subject) for subject in subjects)
        return item.pk


def a_relation(
    holder: Actor | UUID,
    kind: RelationKind,
    *,
    holder_kind: HolderKind = HolderKind.MEMBERSHIP,
    space: UUID | None = None,
    subject: UUID | None = None,
    categories: Category = ALL_CATEGORIES,
    purpose: Purpose | None = None,
    giver: UUID | None = None,
    authority: UUID | None = None,
    starts: date | None = None,
    ends: date = NEVER,
    **fields: Any,
) -> UUID:
    """A row of the ledger, put there by the owner of the tables: no rule is asked. Begins today."""
    if isinstance(holder, Actor):
        holder = holder.membership_id or holder.account_id
    if kind in {RelationKind.CONSENT, RelationKind.STATUTE}:
        purpose = purpose or Purpose.COORDINATION
    if kind == RelationKind.BREAK_GLASS:
        fields.setdefault("until", clock.now() + timedelta(hours=1))
    with as_owner():
        return Ledger.objects.create(
            kind=kind.value,
            holder_kind=holder_kind.value,
            holder=holder,
            space_id=space,
            subject_id=subject,
            categories=int(categories),
            purpose=purpose.value if purpose else "",
            giver_id=giver,
            authority_id=authority,
            starts=starts or clock.today(),
            ends=ends,
            made_at=clock.now(),
            **fields,
        ).pk
