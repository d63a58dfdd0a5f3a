"""The wall's functions for reckoning what is due. They show every fact: only `due.py` calls them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from hashlib import md5
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from samspil.collaboration.courses.rules import Frame, Noted, Owner
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.engine.facts import fact

_number = int.from_bytes
Row = Mapping[str, Any]
_FRAME = "space, version, through, opened_on, owner_unit, owner_authority, people::text, upgrades::text"
_FACT = (
    "space", "id", "kind", "on_day", "at", "noted_at", "by_role", "attributes", "corrects", "owner_unit",
    "owner_authority", "subjects",
)  # fmt: skip
_FACTS = "string_agg(concat(" + ", E'\\t', ".join(_FACT) + "), E'\\n')"
"""All facts as one text, a line each: a row for each costs three times as much. No value holds a tab."""
_SAID = _FACT.index("attributes")
_ITEM = (
    "space_id", "step", "n", "person_id", "responsible", "outcome", "opens_on", "due_on", "closes_on",
    "lapses_on", "done_on", "detail", "categories", "subjects", "owner_units", "owner_authorities",
)  # fmt: skip
_DUE = "string_agg(concat(" + ", '|', ".join(_ITEM) + "), E'\\n')"
"""Due items as one text, a line each. No value holds the stroke between them."""
_NAMES = [name.removesuffix("_id") for name in _ITEM[1:]]
_DIGEST, _MARK = 16, 8
"""Bytes of a digest, and how many of them, from the left, are a mark."""
_MAY_LACK = ("person", "opens_on", "due_on", "closes_on", "lapses_on", "done_on")
_LISTS = ("subjects", "owner_units", "owner_authorities")
_TYPES = (
    "uuid",
    "text",
    "integer",
    "uuid",
    "text",
    "text",
    *["date"] * 5,
    "jsonb",
    "integer",
    *["uuid[]"] * 3,
)
_VALUES = ", ".join(
    f"a[{place}]" if type_ == "text" else f"nullif(a[{place}], '')::{type_}"
    for place, type_ in enumerate(_TYPES, 1)
)
_PUT = f"""
    INSERT INTO courses_dueitem (id, {", ".join(_ITEM)})
    SELECT wall.new_id(), {_VALUES} FROM unnest(%s::text[]) l, string_to_array(l, '|') a
    ON CONFLICT ON CONSTRAINT due_item_once
    DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _ITEM[4:])}
"""  # noqa: S608
_TAKE_AWAY = """
    DELETE FROM courses_dueitem d USING unnest(%s::uuid[], %s::text[], %s::integer[], %s::uuid[])
        AS g(space, step, n, person)
    WHERE d.space_id = g.space AND d.step = g.step AND d.n = g.n AND d.person_id IS NOT DISTINCT FROM g.person
"""
_REACH = """
    INSERT INTO courses_projection (space_id, through) SELECT * FROM unnest(%s::uuid[], %s::date[])
    ON CONFLICT (space_id) DO UPDATE SET through = excluded.through
"""


def course_frame(space: UUID) -> Frame | None:
    """One course, for a member of its team. One query."""
    rows = _asked(DEFAULT_DB_ALIAS, f"SELECT {_FRAME} FROM wall.course_frame(%s)", space)  # noqa: S608
    return next((_frame(row) for row in rows), None)


def course_facts(space: UUID, kinds: Iterable[str] | None = None) -> list[Noted]:
    """All facts of a course (of these kinds), for a member of its team. One query."""
    wanted = sorted(kinds) if kinds is not None else None
    sql = f"SELECT {_FACTS} FROM wall.course_facts(%s, %s::text[])"  # noqa: S608
    [(listed,)] = _asked(DEFAULT_DB_ALIAS, sql, space, wanted)
    return [noted for _space, noted in _noted(listed)]


def put_due(space: UUID, through: date, steps: Sequence[str] | None, rows: Sequence[Row]) -> None:
    """Put the due items of these steps (None: of all) in the place of what stood there. One statement."""
    values = (space, through, list(steps) if steps is not None else None, _json(rows))
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
    sql = f"SELECT {_FACTS} FROM wall.facts_of(%s::uuid[], NULL)"  # noqa: S608
    [(listed,)] = _asked(using, sql, list(of))
    found: dict[str, list[Noted]] = {str(space): [] for space in of}
    for space, noted in _noted(listed):
        found[space].append(noted)
    return {space: found[str(space)] for space in of}


def marks(using: str, of: Sequence[UUID]) -> dict[UUID, int]:
    """What the due items that stand there are, each course as one number; none where it has no item."""
    sql = "SELECT space_id, bit_xor(mark) FROM courses_dueitem WHERE space_id = ANY(%s::uuid[]) GROUP BY 1"
    return dict(_asked(using, sql, list(of)))


def mark(lines: Iterable[str]) -> int:
    """The number that the database would make of these lines as due items (`wall.due_mark`)."""
    found = 0
    for line in lines:
        found ^= _number(md5(line.encode(), usedforsecurity=False).digest())
    return _number(found.to_bytes(_DIGEST)[:_MARK], signed=True)


def due(using: str, of: Sequence[UUID]) -> set[str]:
    """The due items that stand there, a line each with its space."""
    sql = f"SELECT {_DUE} FROM courses_dueitem WHERE space_id = ANY(%s::uuid[])"  # noqa: S608
    [(listed,)] = _asked(using, sql, list(of))
    return set(listed.split("\n")) if listed else set()


def replace_due(using: str, *, gone: set[str], come: set[str]) -> None:
    """Put due items in the place of others, as `due` has them. What has the same key is the same item."""
    kept = {_key(line) for line in come}
    if keys := [key for line in gone if (key := _key(line)) not in kept]:
        columns = [list(one) for one in zip(*keys, strict=True)]
        _run(using, _TAKE_AWAY, *columns)
    if come:
        _run(using, _PUT, sorted(come))


def put_throughs(using: str, throughs: Mapping[UUID, date]) -> None:
    """Say up to which day these spaces are reckoned."""
    if throughs:
        _run(using, _REACH, list(throughs), list(throughs.values()))


def row(line: str) -> dict[str, Any]:
    """A line of `due` without its space, by the names that `put_due` takes."""
    found: dict[str, Any] = dict(zip(_NAMES, line.split("|"), strict=True))
    for name in _MAY_LACK:
        found[name] = found[name] or None
    for name in _LISTS:
        found[name] = found[name][1:-1].split(",")
    return found


def line(row: Row) -> str:
    """What `row` has read, as the line it was."""
    return "|".join(
        f"{{{','.join(row[name])}}}" if name in _LISTS else str(row[name] or "") for name in _NAMES
    )


def _key(line: str) -> tuple[str, str, str, str | None]:
    space, step, n, person, _rest = line.split("|", 4)
    return space, step, n, person or None


def lock(using: str, of: Sequence[UUID]) -> None:
    """Wait until nobody notes a fact in these spaces; the next waits for the end of this transaction."""
    sql = "SELECT pg_advisory_xact_lock(hashtextextended(s::text, 0)) FROM unnest(%s::uuid[]) s ORDER BY s"
    _asked(using, sql, list(of))


def _asked(using: str, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _run(using: str, sql: str, *values: Any) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)


def _json(rows: Sequence[Row]) -> str:
    return json.dumps([{**row, "detail": json.loads(row["detail"])} for row in rows])


def _frame(row: tuple[Any, ...]) -> Frame:
    space, version, through, opened_on, unit, authority, people, upgrades = row
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
        owners={one["id"]: _owner(one["unit"], one["authority"]) for one in listed},
        in_focus=frozenset(one["id"] for one in listed if one["in_focus"]),
        upgrades=tuple((UUID(left), date.fromisoformat(on)) for left, on in json.loads(upgrades)),
    )


def _noted(listed: str | None) -> Iterator[tuple[str, Noted]]:
    """Facts out of `_FACTS`, each with its space."""
    if not listed:
        return iter(())
    lines = [line.split("\t") for line in listed.split("\n")]
    said = json.loads(f"[{','.join([line[_SAID] for line in lines])}]")  # one by one costs twice as much
    return map(_fact, lines, said)


def _fact(line: Sequence[str], attributes: Mapping[str, Any]) -> tuple[str, Noted]:
    """A line of `_FACTS`, with its attributes as they are read."""
    space, id_, kind, day, at, noted_at, by_role, _said, corrects, unit, authority, subjects = line
    found = fact(
        kind,
        _instant(at) if at else _day(day),
        id=id_,
        attributes=attributes,
        by_role=by_role or None,
        noted_at=_instant(noted_at),
        corrects=corrects or None,
    )
    return space, Noted(found, _owner(unit, authority), _keys(subjects))


_instant = datetime.fromisoformat
_day = lru_cache(maxsize=8192)(date.fromisoformat)


@lru_cache(maxsize=4096)
def _keys(array: str) -> frozenset[str]:
    """The keys of an array: most facts of a course are about the same people."""
    return frozenset(array[1:-1].split(","))


@lru_cache(maxsize=4096)
def _owner(unit: str, authority: str) -> Owner:
    """The facts of one unit share theirs."""
    return Owner(UUID(unit), UUID(authority))
