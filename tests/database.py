"""The tests' own PostgreSQL: one cluster a run, one template, one copy of it for each worker or module.

The template has the tables and the models of `definitions/`, and nothing else.

The first process of a run (pytest itself, or the controller of its workers) chooses the folder and removes
it at the end; whoever needs the database first starts it.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections

from config.settings import environment
from samspil.doors.cli import cluster, databases
from samspil.doors.cli.migrate import bring_tables_up_to_date
from samspil.doors.cli.roles import APP, DOOR, OWNER, RESEARCH, TEST

FOLDER = "SAMSPIL_TEST_FOLDER"
TEMPLATE = "samspil_template"
AS_APP = f"-c role={APP} -c statement_timeout=5s"


@dataclass(frozen=True, slots=True)
class Database:
    """One database of the tests' cluster."""

    name: str

    def url(self, role: str) -> str:
        """Its address for one of the real roles."""
        return test_cluster().url(role, self.name)

    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to serve from this database with the real roles."""
        return {
            "DATABASE_URL": self.url(APP),
            "DATABASE_DOOR_URL": self.url(DOOR),
            "DATABASE_OWNER_URL": self.url(OWNER),
            "DATABASE_RESEARCH_URL": self.url(RESEARCH),
            "SAMSPIL_LOG_ALIAS": "door",
        }


def choose_folder() -> None:
    """Where the cluster of this run will stand. Workers inherit the choice."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="samspil-test-", dir=cluster.SOCKET_ROOT)


def point_django(name: str = TEMPLATE) -> None:
    """Turn Django's three connections to a database of this run, before or between uses."""
    own = test_cluster()
    point("default", own.url(TEST, name, AS_APP))
    point("door", own.url(DOOR, name))
    point("owner", own.url(OWNER, name))


def point(alias: str, url: str) -> None:
    """Turn one of Django's connections to another address; an open one is closed."""
    settings.DATABASES[alias].update(environment.database(url))
    connections[alias].close()
    connections[alias].settings_dict.update(environment.database(url))


@contextmanager
def pointing_at(database: Database) -> Iterator[None]:
    """Inside the block Django's connections use the real roles on `database`; then what they used before."""
    before = {alias: dict(connections[alias].settings_dict) for alias in connections}
    close()
    for alias, role in (("default", APP), ("door", DOOR), ("owner", OWNER)):
        point(alias, database.url(role))
    try:
        yield
    finally:
        close()
        for alias, values in before.items():
            connections[alias].settings_dict.update(values)


def close() -> None:
    """Close every connection of this thread."""
    connections.close_all()


def remove_folder() -> None:
    """At the end of the run: stop the server and remove everything."""
    cluster.remove(test_cluster())
    shutil.rmtree(os.environ[FOLDER], ignore_errors=True)
    Path(f"{os.environ[FOLDER]}.lock").unlink(missing_ok=True)


def test_cluster() -> cluster.Cluster:
    """The cluster of this run."""
    folder = Path(os.environ[FOLDER])
    return cluster.temporary(folder, binaries_wanted=os.environ.get("SAMSPIL_POSTGRES", ""))


def copy(name: str, template: str = TEMPLATE) -> Database:
    """A fresh copy of the migrated template, or of another."""
    with _alone():
        _ensure_template()
        own = test_cluster()
        databases.drop_database(own, name)
        databases.make_database(own, name, template=template, with_test_role=True)
    return Database(name)


def template(name: str, write: Callable[[Database], None]) -> str:
    """A template with more in it than tables: written once a run, by whichever process comes first."""
    with _alone():
        _ensure_template()
        own = test_cluster()
        ready = own.home / f"{name}.ready"
        if not ready.exists():
            databases.drop_database(own, name)
            databases.make_database(own, name, template=TEMPLATE, with_test_role=True)
            write(Database(name))
            databases.freeze_as_template(own, name)
            ready.touch()
    return name


def drop(database: Database) -> None:
    """Remove a copy."""
    databases.drop_database(test_cluster(), database.name)


@contextmanager
def _alone() -> Iterator[None]:
    """One process of the run at a time."""
    own = test_cluster()
    with Path(f"{own.home}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _ensure_template() -> None:
    from samspil.collaboration.programmes.actions import load_programmes

    own = test_cluster()
    ready = own.home / "template.ready"
    if ready.exists():
        return
    cluster.start(own)
    databases.make_roles(own, with_test_role=True)
    databases.make_database(own, TEMPLATE, with_test_role=True)
    bring_tables_up_to_date()
    load_programmes()
    connections["owner"].close()
    databases.freeze_as_template(own, TEMPLATE)
    ready.touch()
