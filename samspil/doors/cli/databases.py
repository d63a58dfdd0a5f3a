"""Roles and databases made on a server where we are the superuser: our own cluster, or a test's."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg import sql

from samspil.doors.cli.cluster import Cluster
from samspil.doors.cli.roles import OWNER, SUPERUSER, database_sql, roles_sql, schema_sql

LOCK = 5_316_402
"""The advisory lock in `postgres` under which roles and databases are made, one at a time."""


def make_roles(cluster: Cluster, *, with_test_role: bool = False) -> None:
    """Make every role, or bring it back to what it should be."""
    with _locked(cluster) as connection:
        _run(connection, roles_sql(with_test_role=with_test_role))


def make_database(cluster: Cluster, name: str, *, template: str = "", with_test_role: bool = False) -> None:
    """Make a database where there is none, as a copy of `template` if one is named; then set its rights."""
    with _locked(cluster) as connection:
        if not exists(connection, name):
            source = sql.Identifier(template or "template0")
            text = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
            connection.execute(text.format(sql.Identifier(name), sql.Identifier(OWNER), source))
        _run(connection, database_sql(name, with_test_role=with_test_role))
        with psycopg.connect(cluster.url(SUPERUSER, name), autocommit=True) as inside:
            _run(inside, schema_sql())


def drop_database(cluster: Cluster, name: str) -> None:
    """Remove a database, with everybody in it."""
    with _locked(cluster) as connection:
        if exists(connection, name):
            connection.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(sql.Identifier(name)))
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def freeze_as_template(cluster: Cluster, name: str) -> None:
    """Mark a database as a template, to be copied and no longer written."""
    with _locked(cluster) as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(name)))


def exists(connection: psycopg.Connection, name: str) -> bool:
    """Whether the server has a database of that name."""
    return connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount == 1


@contextmanager
def _locked(cluster: Cluster) -> Iterator[psycopg.Connection]:
    with psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield connection


def _run(connection: psycopg.Connection, statements: Sequence[str]) -> None:
    for statement in statements:
        connection.execute(statement.encode())
