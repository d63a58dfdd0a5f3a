"""One rule, two forms: in random worlds the wall, its Python twin and the oracle give the same answer."""

import os
from collections import Counter
from uuid import UUID

import pytest
from django.db import connection

from samspil.foundation.access import queries, rules
from samspil.foundation.access.models import Item, Ledger, Space, Subject
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.sharing import Category
from tests.access import oracle
from tests.access.oracle import Human, World
from tests.access.worlds import a_world
from tests.factories.access import acting
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db

WORLDS = int(os.environ.get("SAMSPIL_WORLDS", "20"))
SEED = int(os.environ.get("SAMSPIL_SEED", "20261121"))


def answers(world: World, who: Human) -> tuple[set[UUID], set[UUID], set[UUID]]:
    """Which items this human sees: by the wall, by the twin, by the oracle."""
    now, today = clock.now(), clock.today()
    with acting(Actor(account_id=who.account, membership_id=who.post)):
        wall = {item.pk for item in Item.objects.all()}
        asker, audience = queries.asker(), queries.audience()
        held = [row.relation for row in Ledger.objects.all()]
    twin = {
        item.pk for item in world.items if rules.sees(asker, _thing(world, item), held, audience, now=now)
    }
    expected = {item.pk for item in world.items if oracle.may_see(world, who, item, today, now)}
    return wall, twin, expected


def _thing(world: World, item: Item) -> rules.Thing:
    return rules.Thing(
        item.kind,
        item.owner_unit_id,
        item.owner_authority_id,
        item.space_id,
        world.leads.get(item.space_id) if item.space_id else None,
        Category(item.category),
        item.author_id,
        tuple(item.subjects),
        item.released_at is not None,
    )


@pytest.mark.parametrize("number", range(WORLDS))
def test_wall_twin_and_oracle_agree(number: int) -> None:
    world = a_world(SEED + number)
    tally: Counter[bool] = Counter()
    for who in world.humans:
        wall, twin, expected = answers(world, who)
        assert wall == expected, f"the wall differs for {who.role or 'a citizen'} in world {SEED + number}"
        assert twin == expected, f"the twin differs for {who.role or 'a citizen'} in world {SEED + number}"
        tally.update(item.pk in expected for item in world.items)
    assert tally[True] > 5, "a world where nobody sees anything proves nothing"
    assert tally[False] > 100


BROKEN = {
    "without the giver": ("(b.giver_id IS NULL OR b.giver_id = access_item.owner_unit_id)", "true"),
    "one subject is enough": (
        "SELECT bool_and(coalesce((\n                    SELECT true FROM access_ledger b",
        "SELECT bool_or(coalesce((\n                    SELECT true FROM access_ledger b",
    ),
    "without the day it ends": ("b.starts <= c.day AND b.ends > c.day", "b.starts <= c.day"),
    "the last day still counts": (
        "b.starts <= c.day AND b.ends > c.day",
        "b.starts <= c.day AND b.ends >= c.day",
    ),
    "without blocks": ("AND NOT access_item.subjects && c.blocked", ""),
    "unreleased for all": ("access_item.author_id = c.account", "true"),
    "without categories": ("AND l.categories & c.mask & access_item.category <> 0", ""),
    "the authority is one room": ("AND access_item.category & c.open_mask <> 0)", ")"),
    "any purpose": ("b.purpose = 'coordination' OR", "true OR"),
    "nobody sees anything": ("SELECT\n    -- A block beats everything.\n    NOT", "SELECT false AND NOT"),
}


@pytest.mark.parametrize("flaw", BROKEN)
def test_a_broken_wall_is_found(flaw: str) -> None:
    from samspil.foundation.access.migrations._sql import text_of

    text = text_of("4_policies.sql")
    right, wrong = BROKEN[flaw]
    assert right in text, "the planted flaw no longer fits the policy"
    start = text.index("CREATE POLICY seen ON access_item FOR SELECT")
    policy = text[start : text.index(";", start)].replace(right, wrong)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP POLICY seen ON access_item")
        cursor.execute(policy.replace("%", "%%"))
    differs = 0
    for number in range(4):
        world = a_world(SEED + 1000 + number)
        for who in world.humans:
            wall, _twin, expected = answers(world, who)
            differs += len({pk for pk in wall ^ expected if pk in {item.pk for item in world.items}})
        if differs:
            break
    assert differs, f"nobody noticed: {flaw}"


def test_the_pages_twin_reads_the_same_rows() -> None:
    """`sight.why` loads what the rule needs by itself; here for every item that the wall shows."""
    from samspil.foundation.access import sight

    world = a_world(SEED + 77)
    asked = 0
    for who in world.humans:
        with acting(Actor(account_id=who.account, membership_id=who.post)) as actor:
            for item in Item.objects.all():
                answer = sight.why(actor, item)
                assert answer, answer.reason
                assert answer.reason
                asked += 1
    assert asked > 20


def test_what_is_not_seen_has_no_other_door() -> None:
    """Pairs, spaces and subjects show no item, space or person that the relations do not."""
    world = a_world(SEED + 99)
    for who in world.humans:
        with acting(Actor(account_id=who.account, membership_id=who.post)):
            seen = {item.pk for item in Item.objects.all()}
            with connection.cursor() as cursor:
                cursor.execute("SELECT item_id FROM access_item_subject")
                assert {pk for (pk,) in cursor.fetchall()} == seen
            known = {s.pk for s in Subject.objects.all()}
            held = {row.subject_id for row in Ledger.objects.all()}
            about = {s for item in world.items if item.pk in seen for s in item.subjects}
            assert known <= held | about
            spaces = {s.pk for s in Space.objects.all()}
        assert {item.space_id for item in world.items if item.pk in seen and item.released_at} - {
            None
        } <= spaces | (set(world.leads) if who.post is None else set())
