"""The matrix's world: one course about one family between two authorities, and everybody who might knock.

Every piece of content carries a canary: a string that stands nowhere else. An answer that holds a canary
its asker may not see is a leak, whatever the status says.
"""

import random
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from samspil.collaboration.families.models import PersonRecord, TieKind
from samspil.collaboration.sharing.actions import register_consent
from samspil.collaboration.sharing.rules import Receiver
from samspil.foundation.access.models import Ledger, Space
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.roles import ROLES
from samspil.foundation.kernel.sharing import ALL_CATEGORIES, Category, HolderKind, RelationKind
from samspil.foundation.organisations.models import Authority, Membership, Staff, Unit
from tests.factories.access import acting, an_item
from tests.factories.families import a_person, a_place, a_tie
from tests.factories.sharing import a_consent
from tests.matrix.kinds import KINDS, UNITS, Kind, Stands

SINCE = clock.today() - timedelta(days=400)
NOBODY = UUID("00000000-0000-7000-8000-00000000dead")
CHILD, MOTHER, FATHER = "Barnzoraq Vumbekfi", "Morzoraq Hulpetti", "Farzoraq Yxnebbo"
STRANGER, OTHER = "Fremmedquo Skafilbo", "Andenquo Jitterup"
PLACE, FOREIGN_PLACE = "Hemmeligvej Zyx 17", "Fjernstien Qov 3"
"""Canaries: invented words that stand nowhere else."""
KEEPER, FOREIGN_KEEPER = "caseworker, coordinator", "caseworker of another municipality"
RECEIVER = "via team"
YESTERDAY = clock.today() - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Knocker:
    """One actor of a kind, as rows: what a session needs."""

    kind: Kind
    account: UUID | None = None
    membership: UUID | None = None
    unit: UUID | None = None
    authority: UUID | None = None

    @property
    def actor(self) -> Actor:
        """Who acts, for the house's own actions."""
        assert self.account is not None
        return Actor(self.account, self.membership, self.unit, self.authority, self.kind.role)


@dataclass(slots=True)
class World:
    """The ids that requests are made of."""

    space: UUID
    records: dict[str, PersonRecord] = field(default_factory=dict)
    ties: dict[str, UUID] = field(default_factory=dict)
    places: dict[str, UUID] = field(default_factory=dict)
    basis: UUID = NOBODY
    spaces: dict[str, UUID] = field(default_factory=dict)
    things: dict[str, UUID] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    authorities: dict[str, UUID] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)
    knockers: dict[str, Knocker] = field(default_factory=dict)

    def receiver(self, unit: str) -> Receiver:
        """A unit as one to share with."""
        authority, _kind = UNITS[unit]
        return Receiver(HolderKind.UNIT, self.units[unit], self.authorities[authority])

    def staff_of(self, kind: str) -> UUID:
        """The row of a kind's member of staff."""
        return Staff.objects.values_list("pk", flat=True).get(account_id=self.knockers[kind].account)


def build(seed: int) -> World:
    """Make the world. Call inside `as_owner()`."""
    dice = random.Random(seed)
    world = World(space=UUID(int=0))
    _organisations(world)
    world.space = Space.objects.create(lead_unit_id=world.units["family"]).pk
    for kind in KINDS.values():
        world.knockers[kind.name] = _knocker(world, kind, dice)
    return world


def fill(world: World) -> None:
    """A family at home and one elsewhere, written down by their own caseworkers through the wall."""
    keeper, foreign = (world.knockers[name].actor for name in (KEEPER, FOREIGN_KEEPER))
    for name, by in (
        (CHILD, keeper),
        (MOTHER, keeper),
        (FATHER, keeper),
        (STRANGER, foreign),
        (OTHER, foreign),
    ):
        world.records[name] = a_person(by, name)
    bond = TieKind.CUSTODY
    world.ties["own"] = a_tie(keeper, world.records[MOTHER], bond, world.records[CHILD]).pk
    world.ties["foreign"] = a_tie(foreign, world.records[OTHER], bond, world.records[STRANGER]).pk
    world.places["own"] = a_place(keeper, world.records[MOTHER], PLACE).pk
    world.places["foreign"] = a_place(foreign, world.records[STRANGER], FOREIGN_PLACE).pk


def share(world: World) -> None:
    """An everyday item about the child in the space, and a yes to the region. Needs the relations."""
    keeper, child, mother = world.knockers[KEEPER].actor, world.records[CHILD], world.records[MOTHER]
    an_item(keeper, child.subject_id, space=world.space, category=Category.EVERYDAY, kind="part")
    consent = a_consent(child, world.receiver(RECEIVER), mother, said_on=clock.today())
    with acting(keeper):
        [made] = register_consent(actor=keeper, space=world.space, consent=consent, today=clock.today())
    world.basis = made.pk


def relate(world: World) -> None:
    """Give every kind its relation to the course or to the child. Call inside `as_owner()`."""
    for knocker in world.knockers.values():
        holder = knocker.membership or knocker.account
        if holder is not None:
            holder_kind = HolderKind.MEMBERSHIP if knocker.membership else HolderKind.ACCOUNT
            _relate(world, knocker.kind, holder_kind, holder)


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
    if account.is_citizen:
        account.set_unusable_password()
    account.save()
    if kind.role is None:
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
    return Knocker(kind, account.pk, post.pk, world.units[kind.unit], authority)


def _relate(world: World, kind: Kind, holder_kind: HolderKind, holder: UUID) -> None:
    child = world.records[CHILD].subject_id
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
