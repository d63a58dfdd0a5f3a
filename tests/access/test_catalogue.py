# ruff: noqa: E501  (the questions are SQL)
"""What the database says of its tables and functions: owners, policies, grants. Nothing is open by accident."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from samspil.foundation.kernel.roles import ROLES
from samspil.foundation.kernel.sharing import ALL_CATEGORIES, OPEN_INSIDE_AUTHORITY, RelationKind
from samspil.foundation.kernel.tables import OpenTable, WalledTable
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db

PUBLISHED = {"wall.role_mask", "wall.open_category", "wall.audience"}
"""Tables of the wall that the application reads: rules, and nothing about anybody."""
NO_WRITING = {"access_item", "access_item_subject", "access_ledger", "access_space", "access_subject"}


def asked(sql: str) -> list[tuple[object, ...]]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def named(kind: type[OpenTable] | type[WalledTable]) -> Iterator[str]:
    for migration in MigrationLoader(None).disk_migrations.values():
        for operation in migration.operations:
            if isinstance(operation, kind):
                yield operation.table


TABLES = """
SELECT CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END,
    c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner),
    has_any_column_privilege('samspil_app', c.oid, 'SELECT'),
    (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid),
    has_table_privilege('samspil_app', c.oid, 'TRUNCATE') OR has_table_privilege('samspil_app', c.oid, 'TRIGGER')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'wall', 'audit')
"""


def test_every_table_is_walled_or_named_open_or_closed() -> None:
    opened, walled = set(named(OpenTable)), set(named(WalledTable))
    for name, enabled, forced, owner, readable, policies, too_much in asked(TABLES):
        assert owner == "samspil_owner", name
        assert not too_much, f"the application may empty {name} or hang triggers on it"
        if not readable:
            continue
        if enabled:
            assert forced, f"{name} has no FORCE"
            assert policies, f"{name} has no policy"
        else:
            assert name in opened | PUBLISHED, (
                f"{name} is readable, has no wall, and nobody has named it open"
            )
        if name in walled:
            assert enabled
    assert walled >= NO_WRITING


def test_the_application_writes_nothing_that_the_wall_knows() -> None:
    rights = asked(
        "SELECT table_name, privilege_type FROM information_schema.table_privileges "
        "WHERE grantee IN ('samspil_app', 'PUBLIC') AND table_schema IN ('public', 'wall')"
    ) + asked(
        "SELECT table_name, privilege_type FROM information_schema.column_privileges "
        "WHERE grantee IN ('samspil_app', 'PUBLIC') AND table_schema IN ('public', 'wall')"
    )
    wide = {(table, right) for table, right in rights if right != "SELECT"}
    assert not {table for table, _right in wide} & (NO_WRITING | {name.split(".")[1] for name in PUBLISHED})
    assert not {(table, right) for table, right in wide if right in {"TRUNCATE", "TRIGGER", "REFERENCES"}}


KEYS_NOBODY_CHECKS = """
SELECT t.relname || '.' || a.attname
FROM pg_constraint c
JOIN pg_class t ON t.oid = c.conrelid
JOIN pg_class target ON target.oid = c.confrelid AND target.relrowsecurity
JOIN LATERAL unnest(c.conkey) k(number) ON true
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
JOIN (VALUES ('a', 'INSERT'), ('w', 'UPDATE')) act(letter, name)
    ON has_column_privilege('samspil_app', t.oid, a.attname, act.name)
WHERE c.contype = 'f' AND NOT EXISTS (
    SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polcmd IN (act.letter::"char", '*')
        AND pg_get_expr(p.polwithcheck, p.polrelid) ~ ('\\m' || a.attname || '\\M'))
ORDER BY 1
"""


def test_a_key_to_a_walled_table_names_only_what_its_writer_sees() -> None:
    """Else the database itself would answer whether an id exists that its writer may not know of."""
    assert asked(KEYS_NOBODY_CHECKS) == []


def test_a_key_that_nobody_checks_is_found() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP POLICY people_are_seen ON plans_agreement")
    assert asked(KEYS_NOBODY_CHECKS) == [("plans_agreement.person_id",)]


FUNCTIONS = """
SELECT p.oid::regprocedure::text, pg_get_userbyid(p.proowner), p.prosecdef,
    coalesce(array_to_string(p.proconfig, ','), ''),
    (SELECT coalesce(string_agg(CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END, ','), '')
     FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a),
    n.nspname
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname IN ('wall', 'public', 'audit') ORDER BY 1
"""


def test_functions_belong_to_the_guard_and_pin_their_search_path() -> None:
    found = asked(FUNCTIONS)
    assert len(found) > 30
    for name, owner, definer, config, grantees, schema in found:
        assert "PUBLIC" not in str(grantees).split(","), f"everybody may call {name}"
        if definer:
            assert str(config).replace(" ", "").startswith("search_path=pg_catalog,"), (
                f"{name} has no search_path"
            )
            assert (
                str(config).replace(" ", "").split("search_path=")[1].split(",lock")[0].endswith("pg_temp")
            ), name
        if schema == "wall":
            assert owner == "samspil_guard", name


def test_the_door_calls_five_functions_of_the_wall() -> None:
    granted = {
        str(name).split("(")[0]
        for name, _o, _d, _c, grantees, schema in asked(FUNCTIONS)
        if schema == "wall" and "samspil_door" in str(grantees)
    }
    assert granted == {"wall.open", "wall.revoke", "wall.recognise", "wall.hold", "wall.write_log"}


def test_no_view_shows_what_is_walled() -> None:
    views = asked(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') "
        "AND n.nspname IN ('public', 'wall', 'audit') "
        "AND NOT coalesce(array_to_string(c.reloptions, ',') LIKE '%security_invoker=true%', false)"
    )
    assert not views


def test_roles_are_what_they_are_meant_to_be() -> None:
    rows = {
        name: (sup, bypass, login)
        for name, sup, bypass, login in asked(
            "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname LIKE 'samspil%'"
        )
    }
    assert rows["samspil_app"] == rows["samspil_door"] == (False, False, True)
    assert rows["samspil_guard"] == (False, True, False)
    assert rows["samspil_owner"] == (False, True, True)


def test_the_walls_grid_is_the_kernels() -> None:
    grid = {role: (mask, set(words)) for role, mask, words in asked("SELECT * FROM wall.role_mask")}  # type: ignore[misc,call-overload]
    assert grid == {
        role.key.value: (int(role.categories), {p.value for p in role.permissions}) for role in ROLES.values()
    }


def test_the_walls_words_are_the_kernels() -> None:
    [[source]] = asked("SELECT pg_get_functiondef('wall.ctx()'::regprocedure)")
    assert "4 | 16" in str(source)
    assert OPEN_INSIDE_AUTHORITY == 4 | 16
    assert ALL_CATEGORIES == 511
    [[judge]] = asked("SELECT prosrc FROM pg_proc WHERE proname = 'judge'")
    for kind in RelationKind:
        assert kind == RelationKind.OWN_RECORD or f"'{kind.value}'" in str(judge)


def test_every_lookup_of_the_ledger_is_an_index_probe() -> None:
    """No plan of a walled query reads the ledger from end to end or hashes it."""
    from samspil.foundation.access.models import Item
    from samspil.foundation.kernel.actor import Actor
    from tests.access.worlds import a_world
    from tests.factories.access import acting

    world = a_world(4711, items=400, relations=3000)
    who = next(human for human in world.humans if human.role == "caseworker")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE access_ledger, access_item")
    with acting(Actor(account_id=who.account, membership_id=who.post)), connection.cursor() as cursor:
        sql, values = Item.objects.filter(space=next(iter(world.leads))).query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on access_ledger" not in plan, plan
    assert "hashed SubPlan" not in plan, plan
