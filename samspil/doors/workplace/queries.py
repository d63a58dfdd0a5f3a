"""Questions the staff pages ask that weave areas together, and how the site itself is."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import version
from uuid import UUID

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.courses.queries import FamilyCourse
from samspil.collaboration.families import queries as families
from samspil.collaboration.families.models import PersonRecord, Tie, TieKind
from samspil.collaboration.meetings import queries as meetings
from samspil.collaboration.meetings.queries import Booked
from samspil.collaboration.plans import queries as plans
from samspil.collaboration.plans.models import Goal
from samspil.foundation.access import queries as access
from samspil.foundation.access.queries import SpaceRelation
from samspil.foundation.audit import queries as audit
from samspil.foundation.audit.queries import LogRow
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.sharing import BASIS_KINDS, Category, HolderKind
from samspil.foundation.organisations.models import Unit
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
class Near:
    """People near a family who are not in its course, as far as the actor sees them, and their ties."""

    ties: list[Tie]
    records: dict[UUID, PersonRecord]


NEAR_KINDS = (
    TieKind.GRANDPARENT,
    TieKind.STEP_PARENT,
    TieKind.FOSTER_PARENT,
    TieKind.SIBLING,
    TieKind.NETWORK,
)
MOST_NEAR = 20


def near_family(actor: Actor, people: Collection[UUID]) -> Near:
    """Whom the family has around it beside those in the course. At most two queries."""
    ties = [tie for tie in families.ties_to(people, NEAR_KINDS, MOST_NEAR) if not families.has_ended(tie)]
    if not ties:
        return Near([], {})
    known = families.records_of({tie.person_id for tie in ties})
    return Near(ties, {record.subject_id: record for record in known})


def shared_with(relations: Iterable[SpaceRelation], units: Collection[Unit], today: date) -> dict[UUID, int]:
    """How many things (a topic about a person) a basis in force shares with each unit.

    As far as the actor may know: a basis about a topic that one does not work with is not counted.
    """
    things: set[tuple[UUID, UUID | None, Category]] = set()
    for row in relations:
        relation = row.relation
        if relation.kind not in BASIS_KINDS or not relation.starts <= today < relation.ends:
            continue
        for unit in units:
            holder = unit.pk if relation.holder_kind is HolderKind.UNIT else unit.authority_id
            if relation.holder == holder and relation.giver != unit.pk:
                things |= {(unit.pk, relation.subject, bit) for bit in Category if bit & relation.categories}
    return dict(Counter(unit for unit, _subject, _topic in things))


@dataclass(frozen=True, slots=True)
class Several:
    """The courses of a family that the actor stands in, with goals and meetings; empty where there is one."""

    others: tuple[FamilyCourse, ...] = ()
    goals: tuple[Goal, ...] = ()
    booked: tuple[Booked, ...] = ()
    same: dict[UUID, UUID] = field(default_factory=dict)
    """Who is who, where two records are linked: each key is called by its value."""


def several_courses(actor: Actor, subjects: Collection[UUID], *, beside: UUID | None = None) -> Several:
    """The other courses about these people. One query where there is none, else six."""
    others = tuple(courses.courses_about(actor, subjects, beside=beside))
    if not others:
        return Several()
    spaces = [one.space for one in others] + ([beside] if beside else [])
    groups = access.united_groups(subjects)
    return Several(
        others=others,
        goals=tuple(plans.goals_standing_in(actor, spaces)),
        booked=tuple(meetings.booked_in(actor, spaces)),
        same={linked: min(group) for group in groups.values() for linked in group},
    )


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
