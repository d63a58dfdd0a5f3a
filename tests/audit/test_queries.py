"""Who may read the log, and that reading it is logged; ledger and wall session are stand-ins."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, transaction

from samspil.doors.cli.roles import OWNER
from samspil.foundation.audit import log, queries, sql
from samspil.foundation.audit.log import Collector, Kind
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import Category
from tests.database import Database

AARHUS, REGION = uuid4(), uuid4()
ANNA, BO, SPACE = uuid4(), uuid4(), uuid4()
CITIZEN = Actor(account_id=uuid4())
STAND_IN = """
DROP FUNCTION IF EXISTS wall.ctx() CASCADE;
DROP TABLE IF EXISTS access_ledger, access_space CASCADE;
DROP POLICY IF EXISTS log_event_read ON log_event;
DROP POLICY IF EXISTS log_subject_read ON log_subject;
CREATE SCHEMA IF NOT EXISTS wall;
GRANT USAGE ON SCHEMA wall TO samspil_app, samspil_guard;
CREATE FUNCTION wall.ctx() RETURNS TABLE (account uuid, membership uuid, unit uuid, authority uuid, role text,
    citizen boolean, permissions text[], holders uuid[], blocked uuid[], mask int, led_units uuid[],
    led_mask int,
    receives boolean, day date) LANGUAGE plpgsql STABLE ROWS 1 AS $$ BEGIN
    IF coalesce(current_setting('test.ctx', true), '') = '' THEN RAISE EXCEPTION 'no wall session'; END IF;
    RETURN QUERY SELECT * FROM jsonb_to_record(current_setting('test.ctx')::jsonb) AS x(account uuid,
        membership uuid, unit uuid, authority uuid, role text, citizen boolean, permissions text[],
        holders uuid[],
        blocked uuid[], mask int, led_units uuid[], led_mask int, receives boolean, day date);
END $$;
CREATE TABLE access_ledger (kind text, holder uuid, subject_id uuid, space_id uuid, categories int,
    starts date DEFAULT '1970-01-01', ends date DEFAULT '3000-01-01', until timestamptz);
CREATE TABLE access_space (id uuid, lead_unit_id uuid);
GRANT SELECT ON access_ledger, access_space TO samspil_app;
"""


@pytest.fixture(autouse=True)
def policies(real_roles: Database) -> Iterator[None]:
    """A ledger and a wall session that the test can write, and the read policy as `access` will make it."""
    with psycopg.connect(real_roles.url(OWNER)) as owner:
        owner.execute(STAND_IN.encode())
        owner.execute(sql.text("read_policy").encode())
    yield
    with psycopg.connect(real_roles.url(OWNER)) as owner:
        owner.execute(sql.text("read_policy_undo").encode())


def relation(
    database: Database, kind: str, holder: UUID | None, subject: UUID | None = None, **more: Any
) -> None:
    row = {"kind": kind, "holder": holder, "subject_id": subject, "categories": 511}
    row |= more
    names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    with psycopg.connect(database.url(OWNER)) as owner:
        owner.execute(f"INSERT INTO access_ledger ({names}) VALUES ({marks})".encode(), list(row.values()))


@contextmanager
def asking_as(actor: Actor, **more: Any) -> Iterator[Collector]:
    session = {
        "account": actor.account_id,
        "membership": actor.membership_id,
        "unit": actor.unit_id,
        "authority": actor.authority_id,
        "role": actor.role_key,
        "citizen": actor.is_citizen,
        "permissions": sorted(actor.role.permissions) if actor.role else [],
        "holders": [i for i in (actor.account_id, actor.membership_id, actor.unit_id) if i],
        "blocked": [],
        "mask": 511,
        "led_units": [],
        "led_mask": 0,
        "receives": True,
        "day": clock.today(),
    }
    text = json.dumps(session | more, default=str)
    with transaction.atomic(), log.collecting(Collector("log:page", "log.view", actor=actor)) as collector:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('test.ctx', %s, true)", [text])
        yield collector


def staff(role: RoleKey, authority: UUID = AARHUS) -> Actor:
    return Actor(uuid4(), uuid4(), uuid4(), authority, role)


def happened(
    subject: UUID, owner: UUID, kind: Kind, category: Category, *, by: Actor, space: UUID | None = SPACE
) -> UUID:
    row = Collector("r", "a", kind=kind, actor=by, space=space)
    row.seen(subject, owner, category)
    log.flush(row)
    return row.event


def seen_by(actor: Actor, *subjects: UUID, **more: Any) -> set[UUID]:
    with asking_as(actor, **more):
        return {row.event for row in queries.log_rows(actor, subjects)}


@pytest.fixture
def events() -> dict[str, UUID]:
    """Five things that happened with Anna's information, and one with Bo's."""
    aarhus, region = staff(RoleKey.CASEWORKER), staff(RoleKey.CLINICIAN, REGION)
    return {
        "read": happened(ANNA, AARHUS, Kind.READ, Category.SOCIAL, by=region),
        "change": happened(ANNA, AARHUS, Kind.CHANGE, Category.SOCIAL, by=aarhus),
        "health": happened(ANNA, AARHUS, Kind.EXPORT, Category.HEALTH, by=aarhus),
        "region": happened(ANNA, REGION, Kind.CHANGE, Category.SOCIAL, by=region),
        "record": happened(ANNA, AARHUS, Kind.CHANGE, Category.IDENTITY, by=aarhus, space=None),
        "bo": happened(BO, AARHUS, Kind.READ, Category.SOCIAL, by=aarhus),
    }


def names(events: dict[str, UUID], found: set[UUID]) -> set[str]:
    return {name for name, event in events.items() if event in found}


def test_a_citizen_reads_everything_about_herself(real_roles: Database, events: dict[str, UUID]) -> None:
    relation(real_roles, "own-record", CITIZEN.account_id, ANNA)
    assert names(events, seen_by(CITIZEN, ANNA, BO)) == {"read", "change", "health", "region", "record"}


@pytest.mark.parametrize("kind", ["custody", "consent", "team"])
def test_nothing_but_the_own_record_opens_it_to_a_citizen(
    real_roles: Database, events: dict[str, UUID], kind: str
) -> None:
    stranger = Actor(account_id=uuid4())
    relation(real_roles, kind, stranger.account_id, ANNA)
    assert seen_by(stranger, ANNA) == set()


def test_the_privacy_officer_reads_of_what_the_authority_owns(events: dict[str, UUID]) -> None:
    assert names(events, seen_by(staff(RoleKey.PRIVACY_OFFICER), ANNA, BO)) == {
        "read",
        "change",
        "health",
        "record",
        "bo",
    }
    assert names(events, seen_by(staff(RoleKey.PRIVACY_OFFICER, REGION), ANNA)) == {"region"}


SOCIAL_AND_NAME = int(Category.SOCIAL | Category.IDENTITY)


def test_a_colleague_with_standing_reads_changes_but_not_who_looked(
    real_roles: Database, events: dict[str, UUID]
) -> None:
    colleague = staff(RoleKey.CASEWORKER)
    assert seen_by(colleague, ANNA) == set()
    relation(real_roles, "team", colleague.membership_id, space_id=SPACE, categories=SOCIAL_AND_NAME)
    assert names(events, seen_by(colleague, ANNA)) == {"change"}
    relation(real_roles, "own-record", colleague.unit_id, ANNA)
    assert names(events, seen_by(colleague, ANNA)) == {"change", "record"}


def test_a_leader_reads_changes_in_the_spaces_of_her_units(
    real_roles: Database, events: dict[str, UUID]
) -> None:
    leader = staff(RoleKey.LEADER)
    with psycopg.connect(real_roles.url(OWNER)) as owner:
        owner.execute("INSERT INTO access_space VALUES (%s, %s)", [SPACE, leader.unit_id])
    leads = {"led_units": [leader.unit_id], "led_mask": SOCIAL_AND_NAME}
    assert names(events, seen_by(leader, ANNA, **leads)) == {"change"}
    assert seen_by(leader, ANNA, led_units=[uuid4()], led_mask=511) == set()


@pytest.mark.parametrize(
    "gone",
    [{"ends": "2020-01-01"}, {"starts": "2900-01-01"}, {"until": "2020-01-01 00:00Z"}, {"categories": 1}],
)
def test_standing_must_be_in_force_and_cover_the_category(
    real_roles: Database, events: dict[str, UUID], gone: dict[str, Any]
) -> None:
    colleague = staff(RoleKey.CASEWORKER)
    relation(real_roles, "team", colleague.membership_id, space_id=SPACE, **gone)
    assert seen_by(colleague, ANNA) == set()


@pytest.mark.parametrize("blocked", [ANNA, SPACE])
def test_a_block_beats_standing(real_roles: Database, events: dict[str, UUID], blocked: UUID) -> None:
    colleague = staff(RoleKey.CASEWORKER)
    relation(real_roles, "team", colleague.membership_id, space_id=SPACE)
    assert seen_by(colleague, ANNA) != set()
    assert seen_by(colleague, ANNA, blocked=[blocked]) == set()


@pytest.mark.parametrize("role", [role for role in RoleKey if role != RoleKey.PRIVACY_OFFICER])
def test_only_roles_with_log_view_read_it(
    real_roles: Database, events: dict[str, UUID], role: RoleKey
) -> None:
    colleague = staff(role)
    relation(real_roles, "team", colleague.membership_id, space_id=SPACE)
    assert bool(seen_by(colleague, ANNA)) == (Permission.LOG_VIEW in ROLES[role].permissions)


def test_searches_are_read_by_the_own_authoritys_privacy_officer() -> None:
    row = Collector("r", "person.search", actor=staff(RoleKey.CASEWORKER))
    row.searched("navn: Anna")
    log.flush(row)
    found = {}
    for officer in (
        staff(RoleKey.PRIVACY_OFFICER),
        staff(RoleKey.PRIVACY_OFFICER, REGION),
        staff(RoleKey.LEADER),
    ):
        with asking_as(officer):
            found[officer.role_key, officer.authority_id] = [
                line.criterion for line in queries.rows_without_person(officer) if line.event == row.event
            ]
    assert list(found.values()) == [["navn: Anna"], [], []]


def test_reading_the_log_is_logged_and_costs_one_query(
    events: dict[str, UUID], django_assert_num_queries: Any
) -> None:
    officer = staff(RoleKey.PRIVACY_OFFICER)
    with asking_as(officer) as collector:
        with django_assert_num_queries(1):
            rows = queries.log_rows(officer, [ANNA])
        log.flush(collector)
    assert [shown.subject for shown in collector.shown] == [ANNA]
    assert f"log of: {ANNA}" in collector.criterion
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)

    with asking_as(officer):
        newest, *_ = queries.log_rows(officer, [ANNA], limit=1)
    assert (newest.event, newest.act, newest.role) == (collector.event, "log.view", "privacy-officer")
    with asking_as(officer):
        [before] = queries.log_rows(officer, [ANNA], before=newest.position, limit=1)
    assert before.event == rows[0].event


def test_reading_it_where_nobody_logs_is_a_defect(events: dict[str, UUID]) -> None:
    with pytest.raises(log.NotCollecting), asking_as(staff(RoleKey.PRIVACY_OFFICER)), log.collecting(None):  # type: ignore[arg-type]
        queries.log_rows(staff(RoleKey.PRIVACY_OFFICER), [ANNA])


def test_an_act_is_recorded_as_whom_the_wall_knows() -> None:
    real, claimed = staff(RoleKey.PRIVACY_OFFICER), staff(RoleKey.LEADER)
    person = uuid4()
    with asking_as(real):
        log.record(actor=claimed, act="block.set", shown=[log.Shown(person, AARHUS, Category.IDENTITY)])
    with asking_as(real):
        [row] = queries.log_rows(real, [person])
    assert (row.account, row.membership, row.unit, row.role, row.authority) == (
        real.account_id,
        real.membership_id,
        real.unit_id,
        "privacy-officer",
        AARHUS,
    )
