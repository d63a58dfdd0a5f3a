"""The wall's functions for reckoning what is due. They show every fact: only `due.py` calls them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from samspil.collaboration.courses.rules import Frame, Noted, Owner
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.engine.facts import fact

_parsed = json.JSONDecoder().raw_decode
Row = Mapping[str, Any]
Kept = tuple[Any, ...]
"""A due item as it stands in the table, its parts as text."""
_FACT = (
    "space, id::text, kind, on_day, at, noted_at, by_role, attributes, corrects::text, owner_unit, "
    "owner_authority, subjects::text[]"
)
_FRAME = "space, version, through, opened_on, owner_unit, owner_authority, people"
_DUE = (
    "space_id, step, n, person_id::text, responsible, outcome, opens_on::text, due_on::text, "
    "closes_on::text, lapses_on::text, done_on::text, detail::text, categories, subjects::text, "
    "owner_units::text, owner_authorities::text"
)


def course_frame(space: UUID) -> Frame | None:
    """One course, for a member of its team. One query."""
    rows = _asked(DEFAULT_DB_ALIAS, f"SELECT {_FRAME} FROM wall.course_frame(%s)", space)  # noqa: S608
    return next((_frame(row) for row in rows), None)


def course_facts(space: UUID, kinds: Iterable[str] | None = None) -> list[Noted]:
    """All facts of a course (of these kinds), for a member of its team. One query."""
    wanted = sorted(kinds) if kinds is not None else None
    sql = f"SELECT {_FACT} FROM wall.course_facts(%s, %s::text[])"  # noqa: S608
    owners: dict[tuple[UUID, UUID], Owner] = {}
    return [_noted(row, owners) for row in _asked(DEFAULT_DB_ALIAS, sql, space, wanted)]


def put_due(space: UUID, through: date, steps: Sequence[str] | None, rows: Sequence[Row]) -> None:
    """Put the due items of these steps (None: of all) in the place of what stood there. One statement."""
    values = (space, through, list(steps) if steps is not None else None, json.dumps(rows))
    _asked(DEFAULT_DB_ALIAS, "SELECT wall.put_due(%s, %s, %s::text[], %s::jsonb)", *values)


# --- for the owner of the tables: every course, in batches ------------------------------------------------


def spaces(using: str, size: int) -> Iterator[list[UUID]]:
    """The spaces of all courses, so many at a time, in order."""
    last = UUID(int=0)
    while found := [
        space
        for (space,) in _asked(
            using,
            "SELECT space_id FROM courses_course WHERE space_id > %s ORDER BY space_id LIMIT %s",
            last,
            size,
        )
    ]:
        yield found
        last = found[-1]


def frames(using: str, of: Sequence[UUID]) -> list[Frame]:
    """The frames of these courses."""
    return [
        _frame(row)
        for row in _asked(using, f"SELECT {_FRAME} FROM wall.frames_of(%s::uuid[])", list(of))  # noqa: S608
    ]


def facts(using: str, of: Sequence[UUID]) -> dict[UUID, list[Noted]]:
    """The facts of these courses, by space."""
    found: dict[UUID, list[Noted]] = {space: [] for space in of}
    owners: dict[tuple[UUID, UUID], Owner] = {}
    sql = f"SELECT {_FACT} FROM wall.facts_of(%s::uuid[], NULL)"  # noqa: S608
    for row in _asked(using, sql, list(of)):
        found[row[0]].append(_noted(row, owners))
    return found


def due(using: str, of: Sequence[UUID]) -> dict[UUID, set[Kept]]:
    """The due items that stand there, to be compared."""
    found: dict[UUID, set[Kept]] = {space: set() for space in of}
    sql = f"SELECT {_DUE} FROM courses_dueitem WHERE space_id = ANY(%s::uuid[])"  # noqa: S608
    for space, *row in _asked(using, sql, list(of)):
        found[space].add(tuple(row))
    return found


def write_due(using: str, space: UUID, through: date, rows: Sequence[Row]) -> None:
    """As `put_due`, for a whole course, by the owner of the tables."""
    sql = "SELECT wall.write_due(%s, %s, NULL, %s::jsonb)"
    _asked(using, sql, space, through, json.dumps(rows))


def lock(using: str, of: Sequence[UUID]) -> None:
    """Wait until nobody notes a fact in these spaces; the next waits for the end of this transaction."""
    sql = "SELECT pg_advisory_xact_lock(hashtextextended(s::text, 0)) FROM unnest(%s::uuid[]) s ORDER BY s"
    _asked(using, sql, list(of))


def _asked(using: str, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _frame(row: tuple[Any, ...]) -> Frame:
    space, version, through, opened_on, unit, authority, people = row
    listed = _json(people)
    return Frame(
        space=space,
        version=version,
        through=through,
        opened_on=opened_on,
        owner=Owner(unit, authority),
        people=tuple(
            engine.Person(
                one["id"], date.fromisoformat(one["born"]) if one["born"] else None, frozenset(one["roles"])
            )
            for one in listed
        ),
        owners={one["id"]: Owner(UUID(one["unit"]), UUID(one["authority"])) for one in listed},
        in_focus=frozenset(one["id"] for one in listed if one["in_focus"]),
    )


def _noted(row: tuple[Any, ...], owners: dict[tuple[UUID, UUID], Owner]) -> Noted:
    """One fact. `owners` are those met so far: facts of one unit share theirs."""
    _space, id_, kind, on_day, at, noted_at, by_role, attributes, corrects, unit, authority, subjects = row
    owner = owners.get((unit, authority))
    if owner is None:
        owner = owners[unit, authority] = Owner(unit, authority)
    found = fact(
        kind,
        at or on_day,
        id=id_,
        attributes={} if attributes == "{}" else _json(attributes),
        by_role=by_role or None,
        noted_at=noted_at,
        corrects=corrects,
    )
    return Noted(found, owner, frozenset(subjects))


def _json(value: Any) -> Any:
    return _parsed(value)[0] if isinstance(value, str) else value
