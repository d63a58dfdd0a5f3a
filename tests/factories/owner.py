"""Factories write as the owner of the tables: what the application itself may not do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside the block the database sees the owner; afterwards, also after an error, the role before."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        [[before]] = cursor.fetchall()
        cursor.execute("SET LOCAL ROLE samspil_owner")
        yield
        cursor.execute("SELECT set_config('role', %s, true)", [before])
