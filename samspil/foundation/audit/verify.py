"""Checking the log: recomputes every seal from the rows, alone, and compares the seals with the anchor.

Shares no code with the sealing in SQL. Reads as the owner, in one snapshot.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import namedtuple_row

from samspil.foundation.audit import anchor
from samspil.foundation.audit.anchor import Anchored

PATIENCE = timedelta(seconds=60)
"""A row or a seal older than this must be sealed, or anchored."""
LONGEST_STEP_BACK = timedelta(hours=1)
"""How much earlier than the seal before it a row may claim to be: long transactions, a corrected clock."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = bytes(32)
_NOTHING_ANCHORED = Anchored({})
_EVENT_COLUMNS = (
    "id",
    "at",
    "position",
    "authority",
    "unit",
    "account",
    "membership",
    "role",
    "route",
    "act",
    "kind",
    "reason",
    "criterion",
    "space",
    "outcome",
    "subjects",
    "about",
)
_BLOCK_COLUMNS = (
    "authority",
    "number",
    "from_position",
    "to_position",
    "count",
    "first_at",
    "last_at",
    "rows_hash",
    "previous",
    "sealed_at",
)


class Problem(StrEnum):
    """What can be wrong."""

    ROWS_CHANGED = "rows changed"
    ROW_INSERTED = "row inserted"
    ROW_BACKDATED = "row backdated"
    ROW_UNSEALED = "row unsealed"
    PERSON_WITHOUT_EVENT = "person without event"
    CHAIN_BROKEN = "chain broken"
    SEAL_CHANGED = "seal changed"
    SEAL_NOT_ANCHORED = "seal not anchored"
    NOT_AS_ANCHORED = "not as anchored"
    CUT_OFF = "cut off"
    ANCHOR_UNREADABLE = "anchor unreadable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that should not be, and where."""

    problem: Problem
    authority: UUID | None = None
    block: int | None = None
    position: int | None = None

    def __str__(self) -> str:
        places = {"authority": self.authority, "block": self.block, "position": self.position}
        return f"{self.problem}: " + ", ".join(f"{k} {v}" for k, v in places.items() if v is not None)


@dataclass(slots=True)
class Verification:
    """What was read, and what was found."""

    rows: int
    blocks: int
    findings: list[Finding]


def verify(connection: psycopg.Connection[Any], folder: Path | None) -> Verification:
    """Check everything. The caller has begun a transaction (repeatable read, so that all is of one moment).

    `folder` is the anchor; without one a cut tail and a full rewrite cannot be seen.
    """
    anchored = anchor.read(folder) if folder else None  # before the snapshot: the log is never behind it
    return _Check(connection, anchored).run()


@dataclass(slots=True)
class _Check:
    connection: psycopg.Connection[Any]
    anchored: Mapping[UUID, Anchored] | None
    now: datetime = _EPOCH
    sealed: int = 0
    rows: int = 0
    blocks: int = 0

    def run(self) -> Verification:
        [[self.now, self.sealed]] = self._fetch(
            "SELECT clock_timestamp(), greatest((SELECT max(to_position) FROM log_block), "
            "(SELECT max(sealed) FROM log_horizon), 0)"
        )
        known = {row[0] for row in self._fetch("SELECT DISTINCT authority FROM log_event")}
        known |= {row[0] for row in self._fetch("SELECT DISTINCT authority FROM log_block")}
        findings = list(self._strays())
        for authority in sorted(known | set(self.anchored or {})):
            findings += self._authority(authority)
        return Verification(self.rows, self.blocks, findings)

    def _strays(self) -> Iterator[Finding]:
        strays = self._fetch(
            "SELECT count(*) FROM log_subject s LEFT JOIN log_event e ON e.id = s.event AND e.at = s.at "
            "WHERE e.id IS NULL"
        )
        if strays[0][0]:
            yield Finding(Problem.PERSON_WITHOUT_EVENT)

    def _authority(self, authority: UUID) -> Iterator[Finding]:
        blocks = self._blocks(authority)
        self.blocks += len(blocks)
        yield from _chain(authority, blocks)
        yield from self._against_anchor(authority, blocks)
        yield from self._rows_of(authority, blocks)

    def _against_anchor(self, authority: UUID, blocks: Sequence[Any]) -> Iterator[Finding]:
        if self.anchored is None:
            return
        file = self.anchored.get(authority, _NOTHING_ANCHORED)
        if file.unreadable:
            yield Finding(Problem.ANCHOR_UNREADABLE, authority)
        by_number = {block.number: block for block in blocks}
        for number, head in file.heads.items():
            block = by_number.get(number)
            if block is None:
                yield Finding(Problem.CUT_OFF, authority, number)
            elif (bytes(block.hash), block.count) != (head.hash, head.count):
                yield Finding(Problem.NOT_AS_ANCHORED, authority, number)
        for block in blocks:
            if block.number not in file.heads and self.now - block.sealed_at > PATIENCE:
                yield Finding(Problem.SEAL_NOT_ANCHORED, authority, block.number)

    def _rows_of(self, authority: UUID, blocks: Sequence[Any]) -> Iterator[Finding]:
        """Walk rows and blocks side by side, both in the order of positions."""
        pending = list(reversed(blocks))
        count, lines, earliest = 0, hashlib.sha256(), _EPOCH
        for row in self._stream(authority):
            self.rows += 1
            while pending and row.position > pending[-1].to_position:
                block = pending.pop()
                yield from _compare(block, count, lines.digest())
                count, lines, earliest = 0, hashlib.sha256(), block.last_at - LONGEST_STEP_BACK
            if row.at < earliest:
                yield Finding(Problem.ROW_BACKDATED, authority, position=row.position)
            if pending and row.position > pending[-1].from_position:
                count += 1
                lines.update(row_hash(row))
            elif row.position <= self.sealed:
                yield Finding(Problem.ROW_INSERTED, authority, position=row.position)
            elif self.now - row.at > PATIENCE:
                yield Finding(Problem.ROW_UNSEALED, authority, position=row.position)
        while pending:
            yield from _compare(pending.pop(), count, lines.digest())
            count, lines = 0, hashlib.sha256()

    def _blocks(self, authority: UUID) -> list[Any]:
        with self.connection.cursor(row_factory=namedtuple_row) as cursor:
            query = "SELECT * FROM log_block WHERE authority = %s ORDER BY number"
            return list(cursor.execute(query, [authority]).fetchall())

    def _stream(self, authority: UUID) -> Iterator[Any]:
        """The rows of one authority with their persons, without holding them all at once."""
        with self.connection.cursor(name="samspil_log_rows", row_factory=namedtuple_row) as cursor:
            cursor.itersize = 5000
            yield from cursor.execute(
                "SELECT e.*, s.people FROM log_event e LEFT JOIN LATERAL ("
                "SELECT array_agg(ROW(x.subject, x.owner, x.categories, x.space, x.kind, x.position)) "
                "AS people "
                "FROM log_subject x WHERE x.event = e.id AND x.at = e.at) s ON true "
                "WHERE e.authority = %s ORDER BY e.position, e.id",
                [authority],
            )

    def _fetch(self, query: str) -> list[Any]:
        with self.connection.cursor() as cursor:
            return list(cursor.execute(query.encode()).fetchall())


def row_hash(row: Any) -> bytes:
    """The hash of one event with its persons, from the row as the driver gives it."""
    text = canonical([getattr(row, name) for name in _EVENT_COLUMNS])
    people = sorted(row.people or [], key=lambda person: (UUID(str(person[0])), UUID(str(person[1]))))
    return hashlib.sha256((text + "".join(canonical(person) for person in people)).encode()).digest()


def block_hash(block: Any) -> bytes:
    """The hash of one seal."""
    values = [getattr(block, name) for name in _BLOCK_COLUMNS]
    return hashlib.sha256(canonical(values).encode()).digest()


def canonical(values: Sequence[object]) -> str:
    """Every value with its length in bytes before it; `-` where there is none."""
    texts = [_text(value) for value in values]
    return "".join("-" if text is None else f"{len(text.encode())}:{text}" for text in texts)


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return str((value - _EPOCH) // timedelta(microseconds=1))
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)


def _chain(authority: UUID, blocks: Sequence[Any]) -> Iterator[Finding]:
    number, previous, sealed = 0, _FIRST, 0
    for block in blocks:
        follows = block.number == number + 1 and bytes(block.previous) == previous
        if not (follows and sealed <= block.from_position < block.to_position):
            yield Finding(Problem.CHAIN_BROKEN, authority, block.number)
        if block_hash(block) != bytes(block.hash):
            yield Finding(Problem.SEAL_CHANGED, authority, block.number)
        number, previous, sealed = block.number, bytes(block.hash), block.to_position


def _compare(block: Any, count: int, digest: bytes) -> Iterator[Finding]:
    if (block.count, bytes(block.rows_hash)) != (count, digest):
        yield Finding(Problem.ROWS_CHANGED, block.authority, block.number)
