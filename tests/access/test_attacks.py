# ruff: noqa: E501  (the attacks are SQL, one a line)
"""Somebody has the application's role and a psql prompt: forty ways to be another or take more. None works."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import psycopg
import pytest
from django.db import connections

from samspil.doors.cli.roles import APP, DOOR, OWNER
from samspil.foundation.kernel.actor import Actor
from tests import database as own_database
from tests.factories.access import a_space, a_stranger, a_subject, a_team_member, an_item


@dataclass(frozen=True)
class Scene:
    """A database of its own with real roles: Anna has a child's course, Mallory of another authority has psql."""

    database: own_database.Database
    anna: Actor
    mallory: Actor
    teacher: Actor
    child: UUID
    own_child: UUID
    space: UUID
    own_space: UUID
    item: UUID
    secret: str
    annas_secret: str


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Scene]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    database = own_database.copy(f"samspil_attacks_{worker}")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        before = connections["default"].settings_dict["NAME"]
        own_database.point_django(database.name)
        try:
            anna, mallory = a_stranger(), a_stranger()
            child, space = a_subject(anna), a_space(anna)
            own_child, own_space = a_subject(mallory), a_space(mallory)
            item = an_item(anna, child, space=space)
            teacher = a_team_member(of=own_space)
            with psycopg.connect(database.url(DOOR), autocommit=True) as door:
                secrets = [
                    door.execute("SELECT wall.open(%s, %s)", (who.account_id, who.membership_id)).fetchone()[
                        0
                    ]  # type: ignore[index]
                    for who in (mallory, anna)
                ]
        finally:
            connections["default"].close()
            own_database.point_django(before)
    yield Scene(database, anna, mallory, teacher, child, own_child, space, own_space, item, *secrets)
    own_database.drop(database)


def as_app(scene: Scene, secret: str | None = None) -> psycopg.Connection:
    connection = psycopg.connect(scene.database.url(APP))
    if secret is not None:
        connection.execute("SELECT * FROM wall.enter(%s)", [secret])
    return connection


BECOME = {
    "the setting forged with an id": "SELECT set_config('samspil.wall', '{anna.account_id}', true)",
    "the setting for the whole session": "SET SESSION samspil.wall = '{anna.membership_id}'",
    "enter with a guess": "SELECT * FROM wall.enter('00000000000000000000000000000000')",
    "open a session": "SELECT wall.open('{anna.account_id}', '{anna.membership_id}')",
    "read the sessions": "SELECT * FROM wall.session",
    "write a session": (
        "INSERT INTO wall.session (digest, account, membership, proof, expires) VALUES "
        "(sha256('x'), '{anna.account_id}', '{anna.membership_id}', sha256('!'), now() + interval '1 hour')"
    ),
    "put the own post elsewhere": (
        "UPDATE organisations_membership SET unit_id = '{anna.unit_id}', authority_id = '{anna.authority_id}' "
        "WHERE id = '{mallory.membership_id}'"
    ),
    "take another's staff row": (
        "UPDATE organisations_staff SET account_id = '{mallory.account_id}' WHERE account_id = '{anna.account_id}'"
    ),
    "make the role of another": "SET ROLE samspil_owner",
    "make the role of the guard": "SET SESSION AUTHORIZATION samspil_guard",
    "a context function of one's own": "CREATE OR REPLACE FUNCTION wall.ctx() RETURNS wall.context LANGUAGE sql AS 'SELECT NULL::wall.context'",
    "a table in the way of a function": "CREATE TEMP TABLE access_ledger (id uuid)",
    "no row security": "SET row_security = off",
    "a citizen recognised": "SELECT wall.recognise('{mallory.account_id}', decode(repeat('00', 32), 'hex'))",
    "another account made one's own": "UPDATE accounts_account SET is_citizen = true WHERE id = '{mallory.account_id}'",
}

TAKE = {
    "a row in the ledger": (
        "INSERT INTO access_ledger (id, kind, holder_kind, holder, space_id, categories, purpose, starts, ends, "
        "baton, made_at, reason) VALUES (gen_random_uuid(), 'team', 'membership', '{mallory.membership_id}', "
        "'{space}', 511, '', '2020-01-01', '3000-01-01', '', now(), '')"
    ),
    "an own relation moved": "UPDATE access_ledger SET space_id = '{space}' WHERE holder = '{mallory.membership_id}'",
    "an own relation widened": "UPDATE access_ledger SET categories = 511",
    "a relation removed": "DELETE FROM access_ledger",
    "team of another's space": (
        "SELECT wall.grant_relation('team', 'membership', '{mallory.membership_id}', 4, '{space}', NULL, '', NULL, "
        "NULL, NULL, '', NULL, NULL)"
    ),
    "leader by oneself": (
        "SELECT wall.grant_relation('leader', 'membership', '{mallory.membership_id}', 4, NULL, NULL, '', NULL, "
        "NULL, NULL, '', NULL, NULL)"
    ),
    "an own record of another's subject": (
        "SELECT wall.grant_relation('own-record', 'unit', '{mallory.unit_id}', 511, NULL, '{child}', '', NULL, "
        "NULL, NULL, '', NULL, NULL)"
    ),
    "a consent for oneself in another's space": (
        "SELECT wall.grant_relation('consent', 'unit', '{mallory.unit_id}', 511, '{space}', '{child}', "
        "'coordination', NULL, NULL, NULL, '', NULL, NULL)"
    ),
    "a consent about another's child in the own space": (
        "SELECT wall.grant_relation('consent', 'unit', '{mallory.unit_id}', 4, '{own_space}', '{child}', "
        "'coordination', NULL, NULL, NULL, '', NULL, NULL)"
    ),
    "the inbox of the own unit": (
        "SELECT wall.grant_relation('inbox', 'unit', '{mallory.unit_id}', 4, '{space}', NULL, '', NULL, NULL, NULL, "
        "'', NULL, NULL)"
    ),
    "an emergency without an end": (
        "SELECT wall.grant_relation('break-glass', 'membership', '{mallory.membership_id}', 4, '{space}', NULL, '', "
        "NULL, NULL, '3000-01-01', 'en rigtig god grund', NULL, NULL)"
    ),
    "the baton": "SELECT wall.take_baton('{space}')",
    "an item in another's space": "SELECT wall.new_item('note', 4, ARRAY['{own_child}']::uuid[], '{space}', true)",
    "an item about another's child": "SELECT wall.new_item('note', 4, ARRAY['{child}']::uuid[], '{own_space}', true)",
    "an item by hand": (
        "INSERT INTO access_item (id, kind, owner_authority_id, owner_unit_id, space_id, category, author_id, subjects, "
        "released_at) VALUES (gen_random_uuid(), 'note', '{anna.authority_id}', '{anna.unit_id}', '{space}', 4, "
        "'{anna.account_id}', ARRAY['{child}']::uuid[], now())"
    ),
    "another's item moved to oneself": "UPDATE access_item SET owner_unit_id = '{mallory.unit_id}'",
    "content on another's item": (
        "INSERT INTO example_note (item_id, authority_id, subject_id, text) VALUES "
        "('{item}', '{mallory.authority_id}', '{child}', 'x')"
    ),
    "content copied in": "COPY example_note FROM STDIN",
    "something left for the next": "SELECT lo_from_bytea(0, 'x')",
    "the tables emptied": "TRUNCATE access_ledger CASCADE",
    "a subject taken over": "UPDATE access_subject SET united_into_id = '{own_child}' WHERE id = '{child}'",
    "a link to what one never received": "SELECT wall.unite('{own_child}', '{child}')",
    "the key of another's child": "SELECT wall.put_cpr('{child}', decode(repeat('00', 32), 'hex'))",
    "the keys of all": "SELECT * FROM wall.cpr_key",
    "a wider role": "UPDATE wall.role_mask SET categories = 511",
    "a wider authority": "INSERT INTO wall.open_category VALUES ('{mallory.authority_id}', 511)",
}


def everything(scene: Scene) -> list[tuple[object, ...]]:
    """What an attack could have changed, as the owner sees it."""
    with psycopg.connect(scene.database.url(OWNER)) as owner:
        return [
            row
            for table in (
                "access_ledger",
                "access_item",
                "access_item_subject",
                "access_subject",
                "access_space",
                "example_note",
                "wall.session",
                "wall.cpr_key",
                "wall.role_mask",
                "wall.open_category",
                "organisations_membership",
                "organisations_staff",
                "pg_largeobject_metadata",
            )
            for row in owner.execute(f"SELECT '{table}', t::text FROM {table} t ORDER BY 2").fetchall()
        ]


def attempt(connection: psycopg.Connection, statement: str) -> None:
    """Try it; a refusal is as good as silence. What counts is what is there afterwards."""
    try:
        with connection.transaction():
            if statement.startswith("COPY"):
                with connection.cursor().copy(statement) as copy:
                    copy.write(b"")
            else:
                connection.execute(statement)
    except psycopg.Error:
        pass


def who_am_i(connection: psycopg.Connection) -> UUID | None:
    try:
        with connection.transaction():
            row = connection.execute("SELECT account FROM wall.ctx()").fetchone()
            return row[0] if row else None
    except psycopg.Error:
        return None


def sees_anything_of_annas(connection: psycopg.Connection, scene: Scene) -> bool:
    try:
        with connection.transaction():
            found = connection.execute(
                "SELECT count(*) FROM public.access_item WHERE space_id = %s", [scene.space]
            ).fetchone()
            return bool(found and found[0])
    except psycopg.Error:
        return False


@pytest.mark.parametrize("way", BECOME)
def test_nobody_becomes_another(scene: Scene, way: str) -> None:
    before = everything(scene)
    for secret, self_ in ((None, None), (scene.secret, scene.mallory.account_id)):
        with as_app(scene, secret) as connection:
            attempt(connection, BECOME[way].format(**vars(scene)))
            assert who_am_i(connection) in {self_, None}
            assert not sees_anything_of_annas(connection, scene)
            connection.commit()
    assert everything(scene) == before


@pytest.mark.parametrize("way", TAKE)
def test_nobody_takes_more(scene: Scene, way: str) -> None:
    before = everything(scene)
    with as_app(scene, scene.secret) as connection:
        attempt(connection, TAKE[way].format(**vars(scene)))
        assert not sees_anything_of_annas(connection, scene)
        connection.commit()
    assert everything(scene) == before


def test_the_lawful_way_is_open(scene: Scene) -> None:
    """Else a wall that refuses everybody would pass."""
    with as_app(scene, scene.annas_secret) as connection:
        assert who_am_i(connection) == scene.anna.account_id
        assert sees_anything_of_annas(connection, scene)
        made = connection.execute(
            "SELECT wall.new_item('note', 4, ARRAY[%s]::uuid[], %s, true)", [scene.child, scene.space]
        ).fetchone()
        assert made
        connection.rollback()


def test_the_actor_ends_with_the_transaction(scene: Scene) -> None:
    with as_app(scene, scene.annas_secret) as connection:
        assert who_am_i(connection) == scene.anna.account_id
        connection.commit()
        assert who_am_i(connection) is None


def test_the_secret_shows_to_no_other_connection(scene: Scene) -> None:
    """Server-side binding and `track_activities = off`: `pg_stat_activity` holds neither value nor statement."""
    with as_app(scene, scene.annas_secret), psycopg.connect(scene.database.url(OWNER)) as owner:
        shown = owner.execute("SELECT string_agg(coalesce(query, ''), ' ') FROM pg_stat_activity").fetchone()
        assert shown
        assert scene.annas_secret not in (shown[0] or "")


def test_the_door_opens_and_sees_nothing(scene: Scene) -> None:
    with psycopg.connect(scene.database.url(DOOR)) as door:
        for table in ("access_item", "access_ledger", "wall.session", "wall.cpr_key", "example_note"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), door.transaction():
                door.execute(f"SELECT * FROM {table}")


def test_a_clone_of_the_database_lets_in_nobody_else(scene: Scene) -> None:
    """Rights on a database are not copied with it: PUBLIC must be shut out of each anew."""
    with psycopg.connect(scene.database.url(OWNER)) as owner:
        rights = owner.execute(
            "SELECT datname, has_database_privilege('public', datname, 'TEMP') FROM pg_database "
            "WHERE datname LIKE 'samspil%'"
        ).fetchall()
    assert rights
    assert not any(temp for _name, temp in rights)


def test_red_on_a_broken_twin(scene: Scene) -> None:
    """A ledger that the application may write: the same attack, asked by the same questions, is found."""
    with psycopg.connect(scene.database.url(OWNER), autocommit=True) as owner:
        owner.execute("GRANT INSERT ON access_ledger TO samspil_app")
        owner.execute("CREATE POLICY flaw ON access_ledger FOR INSERT TO samspil_app WITH CHECK (true)")
        owner.execute("CREATE POLICY flaw2 ON access_item FOR SELECT TO samspil_app USING (true)")
    before = everything(scene)
    try:
        with as_app(scene, scene.secret) as connection:
            attempt(connection, TAKE["a row in the ledger"].format(**vars(scene)))
            assert sees_anything_of_annas(connection, scene)
            connection.commit()
        assert everything(scene) != before
    finally:
        with psycopg.connect(scene.database.url(OWNER), autocommit=True) as owner:
            owner.execute("REVOKE INSERT ON access_ledger FROM samspil_app")
            owner.execute("DROP POLICY flaw ON access_ledger")
            owner.execute("DROP POLICY flaw2 ON access_item")
            owner.execute(
                "DELETE FROM access_ledger WHERE holder = %s AND space_id = %s",
                [scene.mallory.membership_id, scene.space],
            )
