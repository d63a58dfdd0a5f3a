"""A site whose calendar can be moved: the application's day and the wall's go forward together.

A model lasts for years. What is noted stays a fact of its own day; the log keeps the machine's time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import psycopg

from samspil.doors.cli.roles import SUPERUSER
from samspil.foundation.kernel import clock
from tests.database import Database, test_cluster
from tests.server import Server, serving

AHEAD = "SAMSPIL_TEST_DAYS_AHEAD"
"""Names the file that says by how many days the site is ahead."""
_MOVABLE = """
CREATE SCHEMA moved;
CREATE TABLE moved.clock AS SELECT interval '0' AS ahead;
CREATE FUNCTION moved.now() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog AS 'SELECT now() + (SELECT ahead FROM moved.clock)';
GRANT USAGE ON SCHEMA moved TO PUBLIC;
DO $$
DECLARE one record;
BEGIN
    FOR one IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'wall'::regnamespace
        AND p.prosrc ~ '\\mnow\\(\\)'
    LOOP
        EXECUTE regexp_replace(pg_get_functiondef(one.oid), '\\mnow\\(\\)', 'moved.now()', 'g');
    END LOOP;
END $$;
"""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The day at the site, which only goes forward."""

    ahead: Path
    database: Database

    @property
    def today(self) -> date:
        """The day that the site believes in."""
        return clock.today() + timedelta(days=int(self.ahead.read_text()))

    def turn_to(self, day: date) -> None:
        """Let time pass until this day. Whoever was logged in must log in again."""
        days = (day - clock.today()).days
        assert days >= int(self.ahead.read_text()), f"{day} lies behind {self.today}"
        self.ahead.write_text(str(days))
        with _as_machine(self.database) as connection:
            connection.execute("UPDATE moved.clock SET ahead = make_interval(days => %s)", [days])


@contextmanager
def site_with_calendar(database: Database, folder: Path) -> Iterator[tuple[Server, Calendar]]:
    """Serve the site from this database, which from now on has a calendar of its own."""
    ahead = folder / "days-ahead"
    ahead.write_text("0")
    with _as_machine(database) as connection:
        connection.execute(_MOVABLE)
    environment = {
        **database.environment(),
        "DJANGO_SETTINGS_MODULE": "tests.moving.settings",
        AHEAD: str(ahead),
    }
    with serving(environment) as server:
        yield server, Calendar(ahead, database)


def _as_machine(database: Database) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(test_cluster().url(SUPERUSER, database.name), autocommit=True)
