# ruff: noqa: S608  (the parts are names of our own tables and what the catalogue says of them)
"""Filling tables by COPY as their owner: what a single row would cost is put off to the end.

All of it is one transaction. Foreign keys and indexes that are no constraint are taken away first and made
anew after the last row, where the database checks every row at once; a stop half-way leaves nothing, not even
that. Meanwhile nobody else can read the tables.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from samspil.doors.demo.generate.rows import TABLES

MEMORY = "256MB"
_TABLES = "ARRAY[{}]".format(", ".join(f"'{table}'::regclass" for table in TABLES))
_FOREIGN_KEYS = (
    "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
    f"WHERE contype = 'f' AND conrelid = ANY({_TABLES}) ORDER BY 1, 2"
)
_INDEXES = (
    "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i "
    f"WHERE indrelid = ANY({_TABLES}) AND NOT indisunique AND indpred IS NULL "
    "AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY 1"
)
_CHECKED = "courses_fact"
"""Its trigger asks of each row what `check_facts` asks of all at once."""
_BAD_FACTS = (
    "SELECT count(*) FROM courses_fact f LEFT JOIN courses_fact_kind k ON k.kind = f.kind "
    "JOIN access_item i ON i.id = f.item_id WHERE k.kind IS NULL OR i.category <> k.category "
    "OR NOT ARRAY(SELECT jsonb_object_keys(f.attributes)) <@ k.attributes::text[]"
)


class BadRows(ValueError):  # noqa: N818 - named after what it says
    """Rows that the house itself would not have written."""


@dataclass(frozen=True, slots=True)
class Loader:
    """Takes rows while the tables are open for them."""

    cursor: CursorWrapper

    def copy(self, blocks: Mapping[str, bytes]) -> None:
        """Add rows, in the order of the tables."""
        for table, block in blocks.items():
            with self.cursor.copy(f"COPY {table} ({TABLES[table]}) FROM STDIN") as copy:
                copy.write(block)


@contextmanager
def loading(using: str) -> Iterator[Loader]:
    """Inside the block rows can be added fast; at its end every key is checked. All of it or nothing."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        keys, indexes = _asked(cursor, _FOREIGN_KEYS), _asked(cursor, _INDEXES)
        for table, name, _definition in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute(f"ALTER TABLE {_CHECKED} DISABLE TRIGGER USER")
        yield Loader(cursor)
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        _check_facts(cursor)
        cursor.execute(f"ALTER TABLE {_CHECKED} ENABLE TRIGGER USER")
    _look_anew(using)


def _check_facts(cursor: CursorWrapper) -> None:
    [[bad]] = _asked(cursor, _BAD_FACTS)
    if bad:
        raise BadRows(f"{bad} facts are not in the vocabulary.")


def _look_anew(using: str) -> None:
    """Without figures about the new rows the planner would read whole tables."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {', '.join(TABLES)}")


def _asked(cursor: CursorWrapper, sql: str) -> list[tuple[str, ...]]:
    cursor.execute(sql)
    return list(cursor.fetchall())
