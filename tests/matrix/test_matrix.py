"""The access matrix in the test run: five thousand requests, and proof that it can go red."""

from unittest.mock import patch

import pytest
from django.http import HttpResponse

from samspil.foundation.kernel import gate
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import YES
from samspil.foundation.organisations import queries
from samspil.foundation.organisations.models import Staff
from tests.database import Database
from tests.matrix import harness, oracle
from tests.matrix.cases import WORKS_WITH_FAMILIES
from tests.matrix.kinds import KINDS
from tests.matrix.runner import LEAST_LAWFUL, Tally
from tests.matrix.world import World

NUMBER = 5_000
SOME = 1_000
FEW = 150


STRANGERS = [
    kind.name
    for kind in KINDS.values()
    if (kind.relation is None or kind.is_over or kind.post_is_over or kind.name == "leader of another unit")
    and (kind.unit not in {"family", "elsewhere", "via team"} or kind.role not in WORKS_WITH_FAMILIES)
]
"""Whoever keeps no record of a family, and has no part in a course today: nothing of anybody is theirs."""


WORLDS: dict[str, tuple[World, harness.Sessions]] = {}


@pytest.fixture
def prepared(real_roles: Database) -> tuple[World, harness.Sessions]:
    """A world in front of the real roles, made once in this module's database."""
    if real_roles.name not in WORLDS:
        WORLDS[real_roles.name] = harness.prepare(seed=7)
    return WORLDS[real_roles.name]


def ask(prepared: tuple[World, harness.Sessions], number: int, route: str = "") -> Tally:
    world, sessions = prepared
    return harness.ask(world, sessions, number, seed=7, route=route)


def test_every_route_answers_every_kind_as_the_policy_says(prepared):
    tally = ask(prepared, NUMBER)

    assert tally.allowed == []
    assert tally.denied == []
    assert tally.uncovered() == []
    assert tally.requests >= NUMBER
    assert tally.lawful >= tally.requests * LEAST_LAWFUL


def test_with_the_applications_own_check_open_the_database_shows_nothing(prepared):
    tally = harness.ask_with_the_check_open(*prepared, SOME, seed=8)

    assert tally.requests == SOME
    assert tally.allowed == []


def test_who_stands_nowhere_gets_no_row_of_any_walled_table(prepared):
    """Without any page between: nothing of the application is asked, the database alone answers."""
    kept = harness.rows_shown(*prepared, "caseworker, coordinator")
    assert kept["access_item"] > len(kept) > 30  # else a world without rows would pass

    shown = {kind: harness.rows_shown(*prepared, kind) for kind in STRANGERS}

    assert {kind: dict(rows) for kind, rows in shown.items() if rows} == {}


def test_a_route_that_the_policy_forgot_is_reported(prepared, monkeypatch):
    monkeypatch.delitem(oracle.POLICY, "organisations:overview")

    assert "route without a policy: organisations:overview" in ask(prepared, 1).uncovered()


class TestTeeth:
    """The same requests against servers with one planted flaw: the matrix must see each of them."""

    def test_it_sees_a_policy_that_allows_everybody(self, prepared):
        with (
            patch.object(gate, "allows", lambda *_: YES),
            patch.object(Actor, "holds", lambda *_: True),
        ):
            assert ask(prepared, FEW, "organisations:overview").allowed

    def test_it_sees_ids_of_another_authority_accepted(self, prepared):
        everyone = Staff.objects.order_by("name")
        with patch.object(queries, "own_staff", lambda _actor: everyone.all()):
            found = ask(prepared, SOME, "organisations:first_link").allowed
        assert any("another authority's id" in line for line in found)

    def test_it_sees_a_page_without_log_in(self, prepared):
        door = "django.contrib.auth.middleware.LoginRequiredMiddleware.process_view"
        with patch(door, lambda *_, **__: None):
            tally = ask(prepared, FEW, "organisations:overview")
        assert any("by anonymous" in line for line in tally.allowed + tally.denied)

    def test_it_sees_a_hole_in_the_wall_behind_an_open_application(self, prepared):
        with harness.a_hole_in_the_wall():
            assert harness.ask_with_the_check_open(*prepared, FEW, seed=8).allowed
            assert all(harness.rows_shown(*prepared, kind) for kind in ("researcher", "foster parent"))

    def test_it_sees_a_server_that_refuses_everything(self, prepared):
        wall = "samspil.foundation.access.middleware.Wall.__call__"
        with patch(wall, lambda _self, _request: HttpResponse(status=404)):
            assert len(ask(prepared, FEW).denied) >= FEW * LEAST_LAWFUL
