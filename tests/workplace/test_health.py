"""The page for the machine that watches."""

import json
import re

import pytest
from django.db import OperationalError, connection
from django.test import Client

from samspil.doors.workplace import queries
from samspil.foundation.web import pdf
from tests.factories.owner import as_owner
from tests.server import Server

pytestmark = pytest.mark.django_db
HEALTH = "/health"


def test_says_to_anybody_that_the_site_is_up_and_whole(client: Client):
    answer = client.get(HEALTH)
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert list(told) == ["status", "version", "database", "migrations", "missing"]
    assert (told["status"], told["migrations"]) == ("ok", "current")
    assert re.fullmatch(r"\d+(\.\d+)+", told["version"])
    assert told["database"].split(".")[0] == str(connection.pg_version // 10_000)
    assert isinstance(told["missing"], list)


def test_sees_a_migration_that_has_not_been_run(client: Client):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'accounts'")
    assert client.get(HEALTH).json()["migrations"] == "pending"


def test_names_the_libraries_the_machine_lacks(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf, "LIBRARIES", {"unobtainium": "unobtainium-1.0"})
    pdf.missing_libraries.cache_clear()
    assert client.get(HEALTH).json()["missing"] == ["unobtainium"]
    monkeypatch.undo()
    pdf.missing_libraries.cache_clear()


def test_says_so_when_the_database_is_gone(client: Client, monkeypatch: pytest.MonkeyPatch):
    def gone() -> str:
        raise OperationalError("secret address")

    monkeypatch.setattr(queries, "server_version", gone)
    answer = client.get(HEALTH)
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})


def test_changes_nothing_and_takes_no_form(client: Client):
    assert client.post(HEALTH).status_code == 405


def test_answers_over_the_real_roles_too(live_server_process: Server):
    import urllib.request

    with urllib.request.urlopen(live_server_process.url(HEALTH)) as answer:  # noqa: S310  our own http address
        assert json.load(answer)["status"] == "ok"
