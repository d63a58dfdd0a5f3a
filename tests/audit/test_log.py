"""What is written to the log, by whom, and what happens where it cannot be written."""

import random
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, connections, transaction

from samspil.doors.cli.roles import APP, DOOR, OWNER, RESEARCH
from samspil.foundation.audit import log
from samspil.foundation.audit.log import Collector, Kind, LogUnavailable, NotCollecting, Outcome, Shown
from samspil.foundation.kernel.sharing import Category
from tests.audit.writing import some_actor
from tests.database import Database

ANNA, BO, AARHUS, REGION = uuid4(), uuid4(), uuid4(), uuid4()
WHAT = "'x', 'x', 'read', '', '', NULL, 'done', NULL, '{}', '{}', '{}'"


class TestCollector:
    def test_merges_what_one_answer_shows_of_one_person(self) -> None:
        row = Collector("r", "a")
        for category in (Category.IDENTITY, Category.HEALTH, Category.IDENTITY):
            row.seen(ANNA, AARHUS, category)
        row.seen(ANNA, REGION, Category.SCHOOL)
        row.seen_all([BO], AARHUS, Category.SOCIAL)

        assert row.shown == [
            Shown(ANNA, AARHUS, Category.IDENTITY | Category.HEALTH),
            Shown(ANNA, REGION, Category.SCHOOL),
            Shown(BO, AARHUS, Category.SOCIAL),
        ]

    def test_belongs_to_one_request_at_a_time(self) -> None:
        outer, inner = Collector("outer", "a"), Collector("inner", "a")
        with log.collecting(outer):
            with log.collecting(inner):
                log.seen(ANNA, AARHUS, Category.IDENTITY)
            log.searched("navn: Anna")

        assert (len(outer.shown), len(inner.shown)) == (0, 1)
        assert (outer.criterion, outer.kind) == ("navn: Anna", Kind.SEARCH)

    def test_reading_where_nobody_logs_is_a_defect(self) -> None:
        with pytest.raises(NotCollecting):
            log.seen(ANNA, AARHUS, Category.IDENTITY)

    @pytest.mark.parametrize(
        ("status", "failed", "outcome"),
        [
            (200, False, Outcome.DONE),
            (302, False, Outcome.DONE),
            (403, False, Outcome.REFUSED),
            (404, False, Outcome.REFUSED),
            (409, False, Outcome.ATTEMPTED),
            (500, True, Outcome.ATTEMPTED),
            (200, True, Outcome.ATTEMPTED),
        ],
    )
    def test_says_how_the_request_ended(self, status: int, failed: bool, outcome: Outcome) -> None:
        row = Collector("r", "a")
        row.answered(status, failed=failed)
        assert row.outcome == outcome


def written(database: Database, event: object) -> list[tuple[Any, ...]]:
    with psycopg.connect(database.url(OWNER)) as owner:
        query = (
            "SELECT e.authority, e.account, e.role, e.act, e.kind, e.criterion, e.outcome, e.subjects, "
            "array(SELECT (s.subject, s.owner, s.categories)::text FROM log_subject s WHERE s.event = e.id) "
            "FROM log_event e WHERE e.id = %s OR e.about = %s ORDER BY position"
        )
        return owner.execute(query, [event, event]).fetchall()


class TestFlush:
    def test_writes_row_and_persons_in_one_statement(
        self, real_roles: Database, django_assert_num_queries: Any
    ) -> None:
        actor = some_actor(random.Random(1), AARHUS)
        row = Collector("families:search", "person.search", actor=actor)
        row.searched("navn: Ann\x00a \ud800 " + "x" * 5000)
        row.seen(ANNA, REGION, Category.IDENTITY)

        with django_assert_num_queries(1, connection=connections["door"]):
            log.flush(row)

        [[authority, account, role, act, kind, criterion, outcome, number, persons]] = written(
            real_roles, row.event
        )
        assert (authority, account, role) == (AARHUS, actor.account_id, str(actor.role_key))
        assert (act, kind, outcome, number) == ("person.search", "search", "done", 1)
        assert criterion.startswith("navn: Ann\ufffda ? xxx")
        assert len(criterion) == log.LONGEST
        assert persons == [f"({ANNA},{REGION},1)"]

    def test_stays_when_the_request_is_undone(self, real_roles: Database) -> None:
        row = Collector("r", "plan.agree", kind=Kind.CHANGE)
        with transaction.atomic():
            row.answered(500)
            log.flush(row)
            transaction.set_rollback(True)
        assert [line[6] for line in written(real_roles, row.event)] == ["attempted"]

    def test_an_act_undone_after_its_row_is_corrected_by_a_second_row(self, real_roles: Database) -> None:
        row = Collector("r", "plan.agree", kind=Kind.CHANGE)
        log.flush(row)
        log.flush_undone(row)
        assert [line[6] for line in written(real_roles, row.event)] == ["done", "attempted"]

    def test_a_log_that_is_down_is_said_so_and_heals(self, real_roles: Database) -> None:
        with psycopg.connect(real_roles.url(OWNER), autocommit=True) as owner:
            owner.execute("REVOKE USAGE ON SCHEMA audit FROM samspil_door")
            with pytest.raises(LogUnavailable):
                log.flush(Collector("r", "a"))
            owner.execute("GRANT USAGE ON SCHEMA audit TO samspil_door")
        connections["door"].connection.close()
        with pytest.raises(LogUnavailable):
            log.flush(Collector("r", "a"))
        log.flush(Collector("r", "a"))

    def test_two_requests_at_once_do_not_wait_for_each_other(self, real_roles: Database) -> None:
        write = f"SELECT audit.write(gen_random_uuid(), %s, NULL, NULL, NULL, '', {WHAT})"
        with psycopg.connect(real_roles.url(DOOR)) as one, psycopg.connect(real_roles.url(DOOR)) as two:
            two.execute("SET statement_timeout = '1s'")
            one.execute(write.encode(), [AARHUS])
            two.execute(write.encode(), [AARHUS])
            two.commit()
            one.commit()


class TestRecord:
    def test_stands_exactly_if_the_act_does(self, real_roles: Database) -> None:
        with transaction.atomic():
            kept = log.record(actor=None, act="membership.end", shown=[Shown(ANNA, AARHUS, Category.SOCIAL)])
        with transaction.atomic():
            lost = log.record(actor=None, act="membership.end")
            transaction.set_rollback(True)

        assert [line[3:5] for line in written(real_roles, kept)] == [("membership.end", "change")]
        assert written(real_roles, lost) == []

    def test_demands_a_transaction(self, real_roles: Database) -> None:
        with pytest.raises(RuntimeError, match="own transaction"):
            log.record(actor=None, act="x")

    def test_takes_nobodys_word_for_who_it_was(self, real_roles: Database) -> None:
        """Without a wall session the row names nobody, whatever the caller says."""
        with transaction.atomic():
            event = log.record(actor=some_actor(random.Random(2), AARHUS), act="x")
        [[authority, account, *_]] = written(real_roles, event)
        assert (authority.int, account) == (0, None)


@pytest.mark.django_db
def test_unit_tests_write_inside_their_own_transaction() -> None:
    log.flush(Collector("r", "a"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE samspil_owner")
        cursor.execute("SELECT count(*) FROM log_event")
        assert cursor.fetchall() == [(1,)]


class TestRights:
    @pytest.mark.parametrize("role", [APP, DOOR, RESEARCH])
    @pytest.mark.parametrize("table", ["log_event", "log_subject", "log_event_default", "log_horizon"])
    @pytest.mark.parametrize(
        "act",
        [
            "INSERT INTO {} SELECT * FROM {}",
            "UPDATE {} SET position = position",
            "DELETE FROM {}",
            "TRUNCATE {}",
            "DROP TABLE {}",
            "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
        ],
    )
    def test_nobody_changes_rows(self, fresh_database: Database, role: str, table: str, act: str) -> None:
        if table == "log_subject":
            act = act.replace("position", "kind")
        with (
            psycopg.connect(fresh_database.url(role)) as session,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            session.execute(act.replace("{}", table).encode())

    @pytest.mark.parametrize(
        ("role", "call"),
        [
            (APP, f"audit.write(gen_random_uuid(), NULL, NULL, NULL, NULL, '', {WHAT})"),
            (DOOR, f"audit.record(gen_random_uuid(), {WHAT})"),
            (APP, f"audit.append(gen_random_uuid(), NULL, NULL, NULL, NULL, '', {WHAT})"),
            (DOOR, f"audit.append(gen_random_uuid(), NULL, NULL, NULL, NULL, '', {WHAT})"),
            (DOOR, "audit.seal()"),
            (DOOR, "audit.make_months(12)"),
            (RESEARCH, "audit.seal()"),
            (APP, "nextval('audit.position')"),
            (APP, "setval('audit.position', 1)"),
        ],
    )
    def test_each_role_has_its_own_functions_only(
        self, fresh_database: Database, role: str, call: str
    ) -> None:
        with (
            psycopg.connect(fresh_database.url(role)) as session,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            session.execute(f"SELECT {call}".encode())

    def test_the_application_reads_nothing_without_a_policy_that_lets_it(
        self, fresh_database: Database
    ) -> None:
        """FORCE stands on every table and partition; only functions of the guard reach past it."""
        with psycopg.connect(fresh_database.url(OWNER)) as owner:
            query = (
                "SELECT relname FROM pg_class WHERE relname ~ '^log_(event|subject|horizon)' AND relkind IN "
                "('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)"
            )
            assert owner.execute(query).fetchall() == []
            query = (
                "SELECT p.proname, r.rolname FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner JOIN "
                "pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'audit' AND p.prosecdef "
                "AND p.proconfig[1] = 'search_path=pg_catalog, public, pg_temp' ORDER BY 1"
            )
            assert owner.execute(query).fetchall() == [
                ("make_months", "samspil_owner"),
                ("record", "samspil_guard"),
                ("seal", "samspil_guard"),
                ("write", "samspil_guard"),
            ]
