"""The matrix's world: one course about one family between two authorities, and everybody who might knock.

Every piece of content carries a canary: a string that stands nowhere else. An answer that holds a canary
its asker may not see is a leak, whatever the status says.
"""

import random
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from samspil.foundation.access.models import Ledger, Space, Subject
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.roles import ROLES
from samspil.foundation.kernel.sharing import ALL_CATEGORIES, HolderKind, RelationKind
from samspil.foundation.organisations.models import Authority, Membership, Staff, Unit
from tests.matrix.kinds import KINDS, UNITS, Kind, Stands

SINCE = clock.today() - timedelta(days=400)
NOBODY = UUID("00000000-0000-7000-8000-00000000dead")
YESTERDAY = clock.today() - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Knocker:
    """One actor of a kind, as rows: what a session needs."""

    kind: Kind
    account: UUID | None = None
    membership: UUID | None = None
    unit: UUID | None = None
    authority: UUID | None = None


@dataclass(slots=True)
class World:
    """The ids that requests are made of."""

    space: UUID
    subjects: list[UUID] = field(default_factory=list)
    authorities: dict[str, UUID] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)
    knockers: dict[str, Knocker] = field(default_factory=dict)
    canaries: dict[str, frozenset[str]] = field(default_factory=dict)

    def staff_of(self, kind: str) -> UUID:
        """The row of a kind's member of staff."""
        return Staff.objects.values_list("pk", flat=True).get(account_id=self.knockers[kind].account)


def build(seed: int) -> World:
    """Make the world. Call inside `as_owner()`."""
    dice = random.Random(seed)
    world = World(space=UUID(int=0))
    _organisations(world)
    child, mother, father = (Subject.objects.create().pk for _ in range(3))
    world.subjects = [child, mother, father]
    world.space = Space.objects.create(lead_unit_id=world.units["family"]).pk
    for kind in KINDS.values():
        world.knockers[kind.name] = _knocker(world, kind, dice)
    return world


def _organisations(world: World) -> None:
    for unit, (authority, kind) in UNITS.items():
        if authority not in world.authorities:
            made = Authority.objects.create(kind=kind, name=f"Organisation {authority}")
            world.authorities[authority] = made.pk
        world.units[unit] = Unit.objects.create(
            authority_id=world.authorities[authority], name=f"Enhed {unit}", is_sharing_unit=True
        ).pk


def _knocker(world: World, kind: Kind, dice: random.Random) -> Knocker:
    if kind.stands == Stands.NOWHERE:
        return Knocker(kind)
    account = Account(login=f"m-{dice.getrandbits(60):x}", is_citizen=kind.stands == Stands.CITIZEN)
    account.set_password(secrets.token_urlsafe(20))
    account.save()
    if kind.role is None:
        _relate(world, kind, HolderKind.ACCOUNT, account.pk)
        return Knocker(kind, account.pk)
    authority = world.authorities[UNITS[kind.unit][0]]
    staff = Staff.objects.create(authority_id=authority, account=account, name=f"Ansat {kind.name}")
    post = Membership.objects.create(
        authority_id=authority,
        staff=staff,
        unit_id=world.units[kind.unit],
        role=kind.role,
        starts=SINCE,
    )
    _relate(world, kind, HolderKind.MEMBERSHIP, post.pk)
    return Knocker(kind, account.pk, post.pk, world.units[kind.unit], authority)


def _relate(world: World, kind: Kind, holder_kind: HolderKind, holder: UUID) -> None:
    child = world.subjects[0]
    if kind.relation == RelationKind.TEAM:
        baton = Ledger.Baton.HELD if "coordinator" in kind.name else Ledger.Baton.NONE
        _ledger(
            kind,
            holder_kind,
            holder,
            categories=ROLES[kind.role].categories,
            space_id=world.space,
            baton=baton,
        )  # type: ignore[index]
    elif kind.relation == RelationKind.LEADER:
        _ledger(kind, holder_kind, holder, categories=ROLES[kind.role].categories)  # type: ignore[index]
    elif kind.relation:
        home = world.authorities["home"]
        _ledger(kind, holder_kind, holder, categories=ALL_CATEGORIES, subject_id=child, authority_id=home)
    if kind.is_blocked:
        block = Kind(kind.name, kind.stands, relation=RelationKind.BLOCK)
        _ledger(block, holder_kind, holder, categories=ALL_CATEGORIES, space_id=world.space)
        _ledger(block, holder_kind, holder, categories=ALL_CATEGORIES, subject_id=child)


def _ledger(kind: Kind, holder_kind: HolderKind, holder: UUID, *, categories: int, **fields: object) -> None:
    assert kind.relation is not None
    Ledger.objects.create(
        kind=kind.relation.value,
        holder_kind=holder_kind.value,
        holder=holder,
        categories=int(categories),
        starts=SINCE,
        ends=YESTERDAY if kind.is_over else NEVER,
        made_at=clock.now(),
        **fields,
    )
