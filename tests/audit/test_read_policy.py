"""The read policy on the real wall: it fits the ledger and the context, and lets nobody in without one."""

import psycopg
import pytest

from samspil.doors.cli.roles import APP, DOOR, OWNER
from samspil.foundation.audit import sql
from tests.database import Database

WRITE = (
    b"SELECT audit.write(gen_random_uuid(), gen_random_uuid(), NULL, NULL, NULL, '', 'r', 'a', 'read', '', "
    b"'', NULL, 'done', NULL, ARRAY[gen_random_uuid()], ARRAY[gen_random_uuid()], ARRAY[4])"
)


@pytest.mark.parametrize("table", ["log_event", "log_subject"])
def test_without_a_wall_session_nothing_is_read(fresh_database: Database, table: str) -> None:
    with psycopg.connect(fresh_database.url(OWNER)) as owner:
        query = "SELECT count(*) FROM pg_policies WHERE tablename = 'log_event'"
        if owner.execute(query).fetchall() == [(0,)]:
            owner.execute(sql.text("read_policy").encode())
    with psycopg.connect(fresh_database.url(DOOR)) as door:
        door.execute(WRITE)
    with (
        psycopg.connect(fresh_database.url(APP)) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute(f"SELECT count(*) FROM {table}".encode())
