# ruff: noqa: S608  (the parts are names of our own tables and what the catalogue says of them)
"""Filling tables by COPY as their owner: what a single row would cost is put off to the end.

Keys and indexes are taken away first and made anew after the last row, several at a time, where the database
checks every row at once. What was taken away is written down in the database in the same transaction:
whatever stops the work, it is put back, by the next run at the latest. Nobody else should write meanwhile.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from samspil.doors.demo.generate.rows import TABLES

AT_ONCE = 2
MEMORY = "256MB"
PUT_OFF = "samspil_put_off"
INDEX, UNIQUE, FOREIGN, CHECK = 1, 2, 3, 4
"""The order in which it is made anew; keys need indexes, and at last every row is looked at."""
TOGETHER = (INDEX, CHECK)
"""What takes long, and can be done for several tables at once."""
_TABLES = "ARRAY[{}]".format(", ".join(f"'{table}'::regclass" for table in TABLES))
_OF_US = f"(conrelid = ANY({_TABLES}) OR confrelid = ANY({_TABLES}))"
_CHECKED = "courses_fact"
"""Its trigger asks of each row what `_BAD_FACTS` asks of all at once."""
_FOUND = f"""
SELECT {FOREIGN}, format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
    format('ALTER TABLE %s ADD CONSTRAINT %I %s NOT VALID',
           conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f' AND {_OF_US}
UNION ALL
SELECT {CHECK}, '', format('ALTER TABLE %s VALIDATE CONSTRAINT %I', conrelid::regclass, conname)
FROM pg_constraint WHERE contype = 'f' AND {_OF_US}
UNION ALL
SELECT {UNIQUE}, format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
    format('ALTER TABLE %s ADD CONSTRAINT %I %s USING INDEX %I', conrelid::regclass, conname,
           CASE contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'UNIQUE' END, conname)
FROM pg_constraint WHERE contype IN ('p', 'u') AND NOT condeferrable AND conrelid = ANY({_TABLES})
UNION ALL
SELECT {INDEX}, CASE WHEN c.oid IS NULL THEN format('DROP INDEX %s', indexrelid::regclass) ELSE '' END,
    pg_get_indexdef(indexrelid)
FROM pg_index LEFT JOIN pg_constraint c ON c.conindid = indexrelid AND c.contype IN ('p', 'u', 'x')
WHERE indrelid = ANY({_TABLES}) AND indpred IS NULL
    AND (c.oid IS NULL OR c.contype <> 'x' AND NOT c.condeferrable)
UNION ALL
SELECT {CHECK}, 'ALTER TABLE {_CHECKED} DISABLE TRIGGER USER', 'ALTER TABLE {_CHECKED} ENABLE TRIGGER USER'
"""
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

    def copy(self, blocks: Mapping[str, bytes | Iterable[bytes]]) -> None:
        """Add rows, in the order of the tables."""
        for table, block in blocks.items():
            with self.cursor.copy(f"COPY {table} ({TABLES[table]}) FROM STDIN") as copy:
                copy.write(block if isinstance(block, bytes) else b"".join(block))

    def check_facts(self) -> None:
        """Every fact must be one of the vocabulary. Raises BadRows."""
        self.cursor.execute(_BAD_FACTS)
        [[bad]] = self.cursor.fetchall()
        if bad:
            raise BadRows(f"{bad} facts are not in the vocabulary.")


def put_off(using: str) -> None:
    """Take keys and indexes away, and write down how to make them anew."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(_FOUND)
        found = sorted(cursor.fetchall(), reverse=True)
        cursor.execute(f"CREATE TABLE {PUT_OFF} (stage integer, sql text)")
        for stage, away, sql in found:
            cursor.execute(f"INSERT INTO {PUT_OFF} VALUES (%s, %s)", [stage, sql])
            if away:
                cursor.execute(away)


def is_put_off(using: str) -> bool:
    """Did a former run not come to its end?"""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [PUT_OFF])
        return bool(cursor.fetchone()[0])


def put_back(using: str) -> None:
    """Make everything anew that was taken away; what is made is no longer written down."""
    for stage in (INDEX, UNIQUE, FOREIGN, CHECK):
        with connections[using].cursor() as cursor:
            cursor.execute(f"SELECT sql FROM {PUT_OFF} WHERE stage = %s", [stage])
            wanted = [sql for (sql,) in cursor.fetchall()]
        _together(using, _make, wanted, AT_ONCE if stage in TOGETHER else 1)
    with connections[using].cursor() as cursor:
        cursor.execute(f"DROP TABLE {PUT_OFF}")


def look_anew(using: str) -> None:
    """Without figures about the new rows the planner would read whole tables, as soon as keys are checked."""
    _together(using, _look, TABLES, AT_ONCE)


def _together(
    using: str, work: Callable[[CursorWrapper, str], None], things: Iterable[str], at_once: int
) -> None:
    """Do the same with each thing, over so many connections."""
    waiting, one = iter(list(things)), connections[using]

    def worker() -> None:
        own = one.copy()
        try:
            with own.cursor() as cursor:
                for thing in waiting:
                    work(cursor, thing)
        finally:
            own.close()

    with ThreadPoolExecutor(at_once) as pool:
        for done in [pool.submit(worker) for _ in range(at_once)]:
            done.result()


def _make(cursor: CursorWrapper, sql: str) -> None:
    cursor.execute("BEGIN")
    cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
    cursor.execute("SET LOCAL max_parallel_maintenance_workers = 0")
    cursor.execute("SET LOCAL jit = off")
    cursor.execute(sql)
    cursor.execute(f"DELETE FROM {PUT_OFF} WHERE sql = %s", [sql])
    cursor.execute("COMMIT")


def _look(cursor: CursorWrapper, table: str) -> None:
    cursor.execute(f"VACUUM (ANALYZE) {table}")
