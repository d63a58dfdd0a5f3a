"""Questions the staff pages ask that belong to no area: how the site itself is."""

import ctypes.util
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

LIBRARIES = {"pango": "pango-1.0"}
"""Libraries of the machine that some pages need: name for people → name for the loader."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the site is, in words for a machine. Nothing about anybody."""

    status: str
    version: str
    database: str
    migrations: str
    missing: list[str]

    as_dict = asdict


def health() -> Health:
    """Ask the database two questions, neither about a walled table."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    return Health(
        status="ok",
        version=version("samspil"),
        database=server_version(),
        migrations="current" if known_migrations() <= applied else "pending",
        missing=missing_libraries(),
    )


def server_version() -> str:
    """The database server's own word for its version, such as `15.10`."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        [[text]] = cursor.fetchall()
    return str(text).split(" ", maxsplit=1)[0]


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Every migration in the code; it cannot change while the process lives."""
    return frozenset(MigrationLoader(None).graph.nodes)


@cache
def missing_libraries() -> list[str]:
    """The libraries that the machine lacks."""
    return [name for name, library in LIBRARIES.items() if ctypes.util.find_library(library) is None]
