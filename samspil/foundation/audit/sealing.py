"""Sealing the log: asks the database for new seals and anchors their heads. Called by `samspil worker`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from samspil.foundation.audit import anchor
from samspil.foundation.audit.anchor import Head

_HEAD = "authority, number, count, hash, previous"
MONTHS_AHEAD = 3


def seal(folder: Path) -> int:
    """Seal what is settled and anchor it; returns the number of new seals.

    Asks twice: the first call sets a mark, the second seals up to it unless somebody still writes. Raises
    anchor.AnchorBroken or OSError after sealing; `catch_up` mends what an OSError left out.
    """
    heads = [*_seal_once(), *_seal_once()]
    anchor.append(folder, heads)
    return len(heads)


def catch_up(folder: Path) -> None:
    """Anchor every seal that is not anchored yet: after a start, or after a fault of the folder's."""
    last = {authority: file.last for authority, file in anchor.read(folder).items()}
    numbers = {authority: head.number for authority, head in last.items() if head}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_HEAD} FROM log_block b WHERE number > coalesce((SELECT k.number FROM "  # noqa: S608
            "unnest(%s::uuid[], %s::bigint[]) k(authority, number) WHERE k.authority = b.authority), 0)",
            [list(numbers), list(numbers.values())],
        )
        anchor.append(folder, _heads(cursor.fetchall()))


def make_months() -> int:
    """Make the partitions of the months to come; returns how many were missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit.make_months(%s)", [MONTHS_AHEAD])
        [[made]] = cursor.fetchall()
    return int(made)


def _seal_once() -> list[Head]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_HEAD} FROM audit.seal()")  # noqa: S608  constants only
        return _heads(cursor.fetchall())


def _heads(rows: Sequence[Sequence[Any]]) -> list[Head]:
    return [Head(UUID(str(a)), number, count, bytes(h), bytes(p)) for a, number, count, h, p in rows]
