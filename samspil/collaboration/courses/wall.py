"""The wall's functions for reckoning what is due. They show every fact: only `due.py` calls them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from samspil.collaboration.courses.rules import Frame, Noted, Owner
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.engine.facts import fact

day_of_number, instant_of = date.fromordinal, datetime.fromtimestamp
Row = Mapping[str, Any]
_FRAME = "space, version, through, opened_on, owner_unit, owner_authority, people::text"
_FACTS = (
    "json_agg(json_build_array(id, kind, on_day - date '0001-01-01' + 1, extract(epoch FROM at)::float8, "
    "extract(epoch FROM noted_at)::float8, by_role, attributes, corrects, owner_unit, owner_authority, "
    "subjects))::text"
)
"""All facts as one text: reading it is a third of the cost of reading a row for each."""
_DUE = (
    "string_agg(concat(step, '|', n, '|', person_id, '|', responsible, '|', outcome, '|', opens_on, '|', "
    "due_on, '|', closes_on, '|', lapses_on, '|', done_on, '|', detail, '|', categories, '|', subjects, "
    "'|', owner_units, '|', owner_authorities), E'\\n')"
)
"""Due items as one text, a line each: as `line` has it."""


def course_frame(space: UUID) -> Frame | None:
    """One course, for a member of its team. One query."""
    rows = _asked(DEFAULT_DB_ALIAS, f"SELECT {_FRAME} FROM wall.course_frame(%s)", space)  # noqa: S608
    return next((_frame(row) for row in rows), None)


def course_facts(space: UUID, kinds: Iterable[str] | None = None) -> list[Noted]:
    """All facts of a course (of these kinds), for a member of its team. One query."""
    wanted = sorted(kinds) if kinds is not None else None
    sql = f"SELECT {_FACTS} FROM wall.course_facts(%s, %s::text[])"  # noqa: S608
    [(listed,)] = _asked(DEFAULT_DB_ALIAS, sql, space, wanted)
    return _noted(listed)


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
    sql = f"SELECT space, {_FACTS} FROM wall.facts_of(%s::uuid[], NULL) GROUP BY space"  # noqa: S608
    listed = dict(_asked(using, sql, list(of)))
    return {space: _noted(listed.get(space)) for space in of}


def due(using: str, of: Sequence[UUID]) -> dict[UUID, set[str]]:
    """The due items that stand there, a line each, to be compared."""
    sql = f"SELECT space_id, {_DUE} FROM courses_dueitem WHERE space_id = ANY(%s::uuid[]) GROUP BY 1"  # noqa: S608
    found = dict(_asked(using, sql, list(of)))
    return {space: set(found[space].split("\n")) if space in found else set() for space in of}


def line(row: Row) -> str:
    """A row as the line that `due` finds it as: its parts in the words of the database."""
    detail = row["detail"]
    due, opens, closes, anchored = (
        f'"{day}"' if (day := detail[name]) is not None else "null"
        for name in ("due", "opens", "closes", "anchored")
    )
    evidence = '", "'.join(detail["evidence"])
    return (
        f"{row['step']}|{row['n']}|{row['person'] or ''}|{row['responsible']}|{row['outcome']}|"
        f"{row['opens_on'] or ''}|{row['due_on'] or ''}|{row['closes_on'] or ''}|{row['lapses_on'] or ''}|"
        f"{row['done_on'] or ''}|"
        f'{{"due": {due}, "note": "{detail["note"]}", "span": {detail["span"]}, "opens": {opens}, '
        f'"start": {detail["start"]}, "closes": {closes}, "anchored": {anchored}, '
        f'"evidence": [{chr(34) + evidence + chr(34) if evidence else ""}]}}|'
        f"{row['categories']}|{{{','.join(row['subjects'])}}}|{{{','.join(row['owner_units'])}}}|"
        f"{{{','.join(row['owner_authorities'])}}}"
    )


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
    listed = json.loads(people)
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


def _noted(listed: str | None) -> list[Noted]:
    """Facts out of `_FACTS`."""
    return [
        Noted(
            fact(
                kind,
                day_of_number(day) if at is None else instant_of(at, UTC),
                id=id_,
                attributes=attributes,
                by_role=by_role or None,
                noted_at=instant_of(noted_at, UTC),
                corrects=corrects,
            ),
            _owner(unit, authority),
            frozenset(subjects),
        )
        for (
            id_, kind, day, at, noted_at, by_role, attributes, corrects, unit, authority, subjects
        ) in (json.loads(listed) if listed else ())
    ]  # fmt: skip


@lru_cache(maxsize=4096)
def _owner(unit: str, authority: str) -> Owner:
    """The facts of one unit share theirs."""
    return Owner(UUID(unit), UUID(authority))
