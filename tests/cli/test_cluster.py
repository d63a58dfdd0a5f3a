"""The server of one's own: made, started, stopped, found again."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections

from samspil.doors.cli import cluster, databases
from samspil.doors.cli.cluster import Cluster, ClusterError
from samspil.doors.cli.roles import APP, GUARD, OWNER, SUPERUSER
from tests.database import Database
from tests.factories.owner import as_owner


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder with a short name that the server's user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="samspil-test-", dir=cluster.SOCKET_ROOT))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def own(place: Path) -> Iterator[Cluster]:
    place.chmod(0o700)
    own = cluster.temporary(place, binaries_wanted=os.environ.get("SAMSPIL_POSTGRES", ""))
    yield own
    cluster.remove(own)


def version(own: Cluster) -> int:
    with psycopg.connect(own.url(SUPERUSER, "postgres")) as connection:
        return connection.info.server_version // 10_000


@pytest.mark.wheel
class TestLife:
    def test_starts_serves_and_stops_with_the_last_user(self, own: Cluster):
        with cluster.running(own), cluster.running(own):
            assert version(own) >= cluster.LEAST_VERSION
        assert not cluster.is_running(own)

    def test_a_first_user_that_leaves_does_not_stop_the_second(self, own: Cluster):
        with cluster.running(own):
            with cluster.running(own):
                pass
            assert cluster.is_running(own)
            assert cluster.is_in_use(own)
        assert not cluster.is_in_use(own)

    def test_data_are_there_next_time_and_a_server_left_over_is_reused(self, own: Cluster):
        cluster.start(own)
        first = (own.data / "postmaster.pid").read_text()
        databases.make_roles(own)
        databases.make_database(own, "samspil")
        with cluster.running(own):
            assert (own.data / "postmaster.pid").read_text() == first
        with cluster.running(own), psycopg.connect(own.url(APP, "samspil")) as connection:
            assert connection.execute("SELECT current_user").fetchall() == [(APP,)]

    def test_listens_on_its_closed_folder_only(self, own: Cluster):
        with cluster.running(own), psycopg.connect(own.url(SUPERUSER, "postgres")) as connection:
            assert connection.execute("SHOW listen_addresses").fetchall() == [("",)]
            assert own.sockets.stat().st_mode & 0o077 == 0
            assert own.home.stat().st_mode & 0o077 == 0


class TestAccidents:
    def test_a_half_made_data_folder_is_made_anew(self, own: Cluster):
        (own.home / "data.new").mkdir()
        (own.home / "data.new" / "rubbish").touch()
        with cluster.running(own):
            assert version(own)

    def test_a_pid_file_of_a_dead_server_is_no_obstacle(self, own: Cluster):
        with cluster.running(own):
            pass
        (own.data / "postmaster.pid").write_text(f"{os.getpid()}\n{own.data}\n0\n5432\n\n\n")
        with cluster.running(own):
            assert version(own)

    def test_a_socket_folder_of_somebody_else_is_refused(self, own: Cluster, place: Path):
        (place / "elsewhere").mkdir()
        own.sockets.symlink_to(place / "elsewhere")
        with pytest.raises(ClusterError, match="belongs to somebody else"):
            cluster.start(own)

    def test_a_path_too_long_for_a_socket_is_refused(self, place: Path):
        long = Cluster(place, place / ("x" * 100))
        with pytest.raises(ClusterError, match="too long"):
            cluster.start(long)

    def test_data_of_a_version_that_is_gone_say_so(self, own: Cluster):
        own.data.mkdir()
        (own.data / "PG_VERSION").write_text("9\n")
        with pytest.raises(ClusterError, match="PostgreSQL 9"):
            cluster.start(own)

    def test_a_copied_clone_does_not_use_the_data_of_the_first(self, place: Path):
        (place / "postgres").symlink_to(cluster.OUTSIDE / "another")
        with pytest.raises(ClusterError, match="another clone"):
            cluster.of_clone(place)


@pytest.mark.django_db
class TestRoles:
    def test_tests_speak_as_the_application(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_user, current_user, current_setting('statement_timeout')")
            assert cursor.fetchall() == [("samspil_test", APP, "5s")]

    def test_factories_speak_as_the_owner_and_give_it_back(self):
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchall() == [(OWNER,)]
        self.test_tests_speak_as_the_application()

    def test_an_error_among_the_factories_gives_the_role_back(self):
        with pytest.raises(ZeroDivisionError), as_owner():
            raise ZeroDivisionError
        self.test_tests_speak_as_the_application()

    def test_only_owner_and_guard_stand_above_the_wall(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolname FROM pg_roles WHERE rolname LIKE 'samspil%%' AND (rolbypassrls OR rolsuper)"
            )
            assert {name for (name,) in cursor.fetchall()} == {OWNER, GUARD}

    def test_the_application_makes_no_tables_not_even_for_a_moment(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT has_database_privilege(%s, current_database(), 'TEMP'),"
                " has_database_privilege(%s, current_database(), 'CREATE'),"
                " has_schema_privilege(%s, 'public', 'CREATE')",
                [APP, APP, APP],
            )
            assert cursor.fetchall() == [(False, False, False)]


class TestRealRoles:
    def test_django_speaks_as_application_and_door(self, real_roles: Database):
        for alias, role in (("default", "samspil_app"), ("door", "samspil_door")):
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT session_user, current_setting('track_activities')")
                assert cursor.fetchall() == [(role, "off")]

    def test_the_application_cannot_become_the_owner(self, real_roles: Database):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), psycopg.connect(real_roles.url(APP)) as own:
            own.execute(f"SET ROLE {OWNER}")

    def test_factories_write_over_a_connection_of_their_own(self, real_roles: Database):
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SELECT session_user")
            assert cursor.fetchall() == [(OWNER,)]
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_user")
            assert cursor.fetchall() == [(APP,)]
