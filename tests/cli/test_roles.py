"""The SQL for a DBA, and what the reference and the key file promise."""

from pathlib import Path

import psycopg
import pytest

from samspil.doors.cli import databases, main, reference, site
from samspil.doors.cli.roles import APP, DOOR, GUARD, OWNER, TEST, roles_sql
from tests import database


def test_prints_every_role_for_a_dba_but_not_the_tests(capsys: pytest.CaptureFixture[str]):
    assert main.main(["database-roles", "--database", "care"]) == 0
    printed = capsys.readouterr().out
    assert all(role in printed for role in (OWNER, GUARD, APP, DOOR))
    assert TEST not in printed
    assert 'REVOKE ALL ON DATABASE "care" FROM PUBLIC;' in printed


@pytest.mark.django_db
def test_takes_back_what_somebody_gave_a_role():
    own = database.test_cluster()
    with psycopg.connect(own.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(f"ALTER ROLE {APP} BYPASSRLS CREATEDB".encode())
        databases.make_roles(own, with_test_role=True)
        row = connection.execute("SELECT rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = %s", [APP])
        assert row.fetchall() == [(False, False)]


def test_nobody_but_the_owner_may_become_the_guard():
    grants = [line for line in roles_sql() if line.startswith("GRANT")]
    assert grants == [f"GRANT {GUARD} TO {OWNER}"]


def test_the_key_is_made_once_and_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SAMSPIL_VAR", str(tmp_path / "var"))
    first = site.secret_key()
    assert len(first) > 60
    assert site.secret_key() == first
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_stale_reference_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(site, "ROOT", tmp_path)
    monkeypatch.setattr(site, "load_django", lambda: None)
    monkeypatch.setattr(reference, "PAGES", {"a.md": lambda: "one", "b.md": lambda: "two"})
    assert main.main(["reference"]) == 0
    assert main.main(["reference", "--check"]) == 0
    (tmp_path / "docs" / "reference" / "b.md").write_text("edited by hand")
    assert main.main(["reference", "--check"]) == 1
    assert "b.md" in capsys.readouterr().err
