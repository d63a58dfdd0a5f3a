"""Questions to the log: who has seen what. Reading the log is reading about people, and is logged itself."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from samspil.foundation.audit import log
from samspil.foundation.audit.models import Kind, Outcome
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.sharing import Category

PAGE = 100
NOBODY = UUID(int=0)
"""Stands for the authority of events that nobody of an authority made: a citizen's, a stranger's."""
_LAST = 2**63 - 1
NO_CATEGORY = Category(0)


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of "who has seen what". Ids only: the page above knows the names."""

    event: UUID
    at: datetime
    position: int
    authority: UUID | None
    unit: UUID | None
    role: str
    account: UUID | None
    membership: UUID | None
    kind: Kind
    act: str
    route: str
    reason: str
    criterion: str
    outcome: Outcome
    space: UUID | None
    subject: UUID | None = None
    owner: UUID | None = None
    categories: Category = NO_CATEGORY


_EVENT = (
    "e.id, e.at, e.position, nullif(e.authority, '00000000-0000-0000-0000-000000000000'), e.unit, e.role, "
    "e.account, e.membership, e.kind, e.act, e.route, e.reason, e.criterion, e.outcome, e.space"
)
_FIELDS = tuple(field.name for field in fields(LogRow))


def log_rows(
    actor: Actor, subjects: Sequence[UUID], *, before: int | None = None, limit: int = PAGE
) -> list[LogRow]:
    """What was done with information about these persons (a person and those united with it), newest first.

    One query; the wall leaves out what the actor may not read. `before` is the `position` of the last row of
    the page before. The reading joins the log of the current request.
    """
    rows = _rows(
        f"SELECT {_EVENT}, s.subject, s.owner, s.categories FROM unnest(%s::uuid[]) person(id) "  # noqa: S608
        "CROSS JOIN LATERAL (SELECT x.* FROM log_subject x WHERE x.subject = person.id "
        "AND x.position < %s ORDER BY x.position DESC LIMIT %s) s "
        "JOIN log_event e ON e.id = s.event AND e.at = s.at ORDER BY e.position DESC, s.subject LIMIT %s",
        [list(subjects), before or _LAST, limit, limit],
    )
    for row in rows:
        if row.subject and row.owner:
            log.seen(row.subject, row.owner, row.categories)
    log.searched("log of: " + ", ".join(str(subject) for subject in subjects))
    return rows


def rows_without_person(actor: Actor, *, before: int | None = None, limit: int = PAGE) -> list[LogRow]:
    """Searches, refusals and other events of the actor's authority that showed nobody, newest first.

    For the privacy officer; one query; joins the log of the current request.
    """
    rows = _rows(
        f"SELECT {_EVENT} FROM log_event e WHERE e.authority = %s AND e.subjects = 0 "  # noqa: S608  constants only
        "AND e.position < %s ORDER BY e.position DESC LIMIT %s",
        [actor.authority_id or NOBODY, before or _LAST, limit],
    )
    log.searched("log of events without a person")
    return rows


def _rows(query: str, values: Sequence[Any]) -> list[LogRow]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [_row(row) for row in cursor.fetchall()]


def _row(values: Sequence[Any]) -> LogRow:
    found = dict(zip(_FIELDS, values, strict=False))
    found["kind"], found["outcome"] = Kind(found["kind"]), Outcome(found["outcome"])
    return LogRow(**{**found, "categories": Category(found.get("categories", 0))})
