"""Random worlds: small, dense, and full of edges (yesterday, today, tomorrow; almost the same unit)."""

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from samspil.foundation.access.models import Item, ItemSubject, Ledger, Space, Subject
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Authority, Membership, Staff, Unit
from tests.access.oracle import Human, World
from tests.factories.owner import as_owner

ROLES = [
    RoleKey.CASEWORKER,
    RoleKey.CASEWORKER,
    RoleKey.CLINICIAN,
    RoleKey.SCHOOL_CONTACT,
    RoleKey.LEADER,
    RoleKey.LEADER,
    RoleKey.PROVIDER_WORKER,
    RoleKey.PRIVACY_OFFICER,
]
KINDS = ["note", "goal"]


def a_world(seed: int, *, items: int = 40, relations: int = 70) -> World:
    """One world in the database and as plain rows, the same for the same seed."""
    dice = random.Random(seed)
    world = World()
    with as_owner():
        _people(dice, world)
        subjects = Subject.objects.bulk_create(Subject() for _ in range(4))
        ids = [subject.pk for subject in subjects]
        units = list(world.parent)
        spaces = Space.objects.bulk_create(Space(lead_unit_id=dice.choice(units)) for _ in range(3))
        world.leads = {space.pk: space.lead_unit_id for space in spaces}
        world.items = _items(dice, world, ids, items)
        world.ledger = Ledger.objects.bulk_create(_relation(dice, world, ids) for _ in range(relations))
        _lists(dice, world)
    return world


def _people(dice: random.Random, world: World) -> None:
    for number in range(2):
        authority = Authority.objects.create(kind="municipality", name=f"Myndighed {number}")
        made: list[UUID] = []
        for _ in range(4):
            parent = dice.choice([None, *made])
            unit = Unit.objects.create(
                authority=authority, parent_id=parent, name="Enhed", is_sharing_unit=dice.random() < 0.6
            )
            made.append(unit.pk)
            world.parent[unit.pk] = parent
            if unit.is_sharing_unit:
                world.boundaries.add(unit.pk)
        for role in dice.sample(ROLES, 5):
            account = Account.objects.create(login=f"l-{dice.getrandbits(60):x}", password="!")
            staff = Staff.objects.create(authority=authority, account=account, name="Navn")
            unit_id = dice.choice(made)
            post = Membership.objects.create(
                authority=authority, staff=staff, unit_id=unit_id, role=role, starts=clock.today()
            )
            world.humans.append(Human(account.pk, post.pk, role.value, unit_id, authority.pk))
    for _ in range(2):
        account = Account.objects.create(login=f"b-{dice.getrandbits(60):x}", password="!", is_citizen=True)
        world.humans.append(Human(account.pk))


def _items(dice: random.Random, world: World, subjects: list[UUID], number: int) -> list[Item]:
    staff = [human for human in world.humans if human.post]
    made = []
    for _ in range(number):
        author = dice.choice(staff)
        about = sorted(dice.sample(subjects, dice.choice([1, 1, 2, 3])))
        made.append(
            Item(
                kind=dice.choice(KINDS),
                owner_authority_id=author.authority,
                owner_unit_id=_boundary(world, author.works_in),
                space_id=dice.choice([None, *world.leads, *world.leads]),
                category=dice.choice([1, 4, 16, 32]),
                author_id=author.account,
                subjects=about,
                released_at=clock.now() if dice.random() < 0.85 else None,
            )
        )
    Item.objects.bulk_create(made)
    ItemSubject.objects.bulk_create(ItemSubject(item=i, subject_id=s) for i in made for s in i.subjects)
    return made


def _boundary(world: World, unit: UUID | None) -> UUID | None:
    above = unit
    while above is not None and above not in world.boundaries:
        above = world.parent[above]
    return above or unit


def _relation(dice: random.Random, world: World, subjects: list[UUID]) -> Ledger:
    kind = dice.choices(
        ["team", "leader", "inbox", "own-record", "custody", "consent", "statute", "break-glass", "block"],
        [22, 4, 10, 12, 4, 26, 10, 8, 4],
    )[0]
    human = dice.choice(world.humans)
    staff = dice.choice([h for h in world.humans if h.post])
    unit, space, subject = (
        dice.choice(list(world.parent)),
        dice.choice(list(world.leads)),
        dice.choice(subjects),
    )
    fields: dict[str, Any] = {
        "team": {"holder": staff.post, "space_id": space},
        "leader": {"holder": dice.choice([h for h in world.humans if h.role == "leader"] or [staff]).post},
        "inbox": {"holder": unit, "space_id": space, "subject_id": dice.choice([None, None, subject])},
        "own-record": {"holder": dice.choice([unit, unit, human.account]), "subject_id": subject},
        "custody": {
            "holder": world.humans[-1].account,
            "subject_id": subject,
            "authority_id": staff.authority,
        },
        "consent": {"holder": dice.choice([unit, staff.authority]), "subject_id": subject},
        "statute": {"holder": dice.choice([unit, staff.authority]), "subject_id": subject},
        "break-glass": {"holder": staff.post} | dice.choice([{"space_id": space}, {"subject_id": subject}]),
        "block": {"holder": dice.choice([human.account, staff.post, unit])}
        | dice.choice([{"space_id": space}, {"subject_id": subject}]),
    }[kind]
    if kind in {"consent", "statute"}:
        fields["giver_id"] = dice.choice([None, unit, *[_boundary(world, u) for u in world.parent]])
        fields["purpose"] = dice.choices(["coordination", "referral", "research"], [6, 3, 1])[0]
        fields["space_id"] = dice.choice([None, space])
    if kind == "break-glass":
        fields["until"] = clock.now() + timedelta(hours=dice.choice([-1, 1, 3]))
    holder_kind = "unit" if fields["holder"] in world.parent else "membership"
    if kind in {"consent", "statute"} and holder_kind != "unit":
        holder_kind = "authority"
    today = clock.today()
    starts = dice.choices([today - timedelta(days=9), today, today + timedelta(days=1)], [6, 3, 1])[0]
    ends = dice.choices([NEVER, today + timedelta(days=1), today], [6, 3, 1])[0]
    return Ledger(
        kind=kind,
        holder_kind=holder_kind,
        categories=511 if kind == "block" else dice.choice([511, 511, 4, 21, 1 | 4 | 32]),
        starts=min(starts, ends),
        ends=ends,
        made_at=clock.now(),
        **fields,
    )


def _lists(dice: random.Random, world: World) -> None:
    authority = next(h.authority for h in world.humans if h.authority)
    world.opened = {authority: dice.choice([0, 4, 21])} if dice.random() < 0.5 else {}
    world.allow_list = {("own-record", "note"): 21, ("custody", "note"): 4}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM wall.audience")
        for (standing, kind), mask in world.allow_list.items():
            cursor.execute("INSERT INTO wall.audience VALUES (%s, %s, %s)", [standing, kind, mask])
        for opened, mask in world.opened.items():
            cursor.execute("INSERT INTO wall.open_category VALUES (%s, %s)", [opened, mask])
