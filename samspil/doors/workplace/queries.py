"""Questions the staff pages ask that weave areas together, and how the site itself is."""

from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from uuid import UUID

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from samspil.collaboration.families import queries as families
from samspil.collaboration.families.models import PersonRecord
from samspil.foundation.access import queries as access
from samspil.foundation.audit import queries as audit
from samspil.foundation.audit.queries import LogRow
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.web import pdf

LOG_PAGE = 50


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some rows of the log; `older` leads to the next page, `record` is the person, if the actor sees one."""

    rows: list[LogRow]
    older: int | None
    record: PersonRecord | None = None


def log_of(actor: Actor, subject: UUID, *, before: int | None) -> LogPage:
    """What was done with one person's information, and that of the records linked with it. Three queries.

    Without sight of the person and without a row that the wall shows, there is nothing: the page is a 404.
    """
    record = families.person_records(actor).filter(subject=subject).first()
    linked = sorted(access.united_with(subject) | {subject})
    return _page(audit.log_rows(actor, linked, before=before, limit=LOG_PAGE + 1), record)


def log_without_person(actor: Actor, *, before: int | None) -> LogPage:
    """Searches and refusals that showed nobody, for the privacy officer. One query."""
    return _page(audit.rows_without_person(actor, before=before, limit=LOG_PAGE + 1), None)


def _page(rows: list[LogRow], record: PersonRecord | None) -> LogPage:
    shown = rows[:LOG_PAGE]
    return LogPage(shown, shown[-1].position if len(rows) > LOG_PAGE else None, record)


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
        missing=pdf.missing_libraries(),
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
