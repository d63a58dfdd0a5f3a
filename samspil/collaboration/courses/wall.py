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

Row = Mapping[str, Any]
_FACT = (
    "space, id, kind, on_day, at, noted_at, by_role, attributes, corrects, owner_unit, owner_authority, "
    "subjects"
)
_FRAME = "space, version, through, opened_on, owner_unit, owner_authority, people"
_DUE = (
    "space_id, step, n, person_id, responsible, outcome, opens_on, due_on, closes_on, lapses_on, done_on, "
    "detail, categories, subjects, owner_units, owner_authorities"
)


def course_frame(space: UUID) -> Frame | None:
    """One course, for a member of its team. One query."""
    rows = _asked(DEFAULT_DB_ALIAS, f"SELECT {_FRAME} FROM wall.course_frame(%s)", space)  # noqa: S608
    return next((_frame(row) for row in rows), None)


def course_facts(space: UUID, kinds: Iterable[str] | None = None) -> list[Noted]:
    """All facts of a course (of these kinds), for a member of its team. One query."""
    wanted = sorted(kinds) if kinds is not None else None
    sql = f"SELECT {_FACT} FROM wall.course_facts(%s, %s::text[])"  # noqa: S608
    return [_noted(row) for row in _asked(DEFAULT_DB_ALIAS, sql, space, wanted)]


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
    sql = f"SELECT {_FACT} FROM wall.facts_of(%s::uuid[], NULL)"  # noqa: S608
    for row in _asked(using, sql, list(of)):
        found[row[0]].append(_noted(row))
    return found


def due(using: str, of: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """The due items that stand there, in the form in which `put_due` takes them."""
    found: dict[UUID, list[dict[str, Any]]] = {space: [] for space in of}
    sql = f"SELECT {_DUE} FROM courses_dueitem WHERE space_id = ANY(%s::uuid[])"  # noqa: S608
    for space, step, n, person, who, outcome, opens, due_on, closes, lapses, done, detail, *rest in _asked(
        using, sql, list(of)
    ):
        categories, subjects, units, authorities = rest
        found[space].append(
            {
                "step": step,
                "n": n,
                "person": _text(person),
                "responsible": who,
                "outcome": outcome,
                "opens_on": _text(opens),
                "due_on": _text(due_on),
                "closes_on": _text(closes),
                "lapses_on": _text(lapses),
                "done_on": _text(done),
                "detail": _json(detail),
                "categories": categories,
                "subjects": [str(one) for one in subjects],
                "owner_units": [str(one) for one in units],
                "owner_authorities": [str(one) for one in authorities],
            }
        )
    return found


def write_due(using: str, space: UUID, through: date, rows: Sequence[Row]) -> None:
    """As `put_due`, for a whole course, by the owner of the tables."""
    sql = "SELECT wall.write_due(%s, %s, NULL, %s::jsonb)"
    _asked(using, sql, space, through, json.dumps(rows))


def lock(using: str, space: UUID) -> None:
    """Wait until nobody notes a fact in this space; the next waits for the end of this transaction."""
    _asked(using, "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", str(space))


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


def _noted(row: tuple[Any, ...]) -> Noted:
    _space, id_, kind, on_day, at, noted_at, by_role, attributes, corrects, unit, authority, subjects = row
    found = fact(
        kind,
        at or on_day,
        id=str(id_),
        attributes=_json(attributes),
        by_role=by_role or None,
        noted_at=noted_at,
        corrects=str(corrects) if corrects else None,
    )
    return Noted(found, Owner(unit, authority), frozenset(map(str, subjects)))


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str | bytes) else value


def _text(value: object) -> str | None:
    return str(value) if value is not None else None
