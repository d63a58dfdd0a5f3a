"""Factories write as the owner of the tables: what the application itself may not do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections, transaction

from samspil.doors.cli.roles import OWNER, TEST
from samspil.foundation.access.wall import unguarded


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside the block the database sees the owner; afterwards, also after an error, the role before.

    In unit tests this is the same transaction; under the real roles a second connection, which commits.
    """
    way = _lent_role() if connection.settings_dict["USER"] == TEST else _second_connection()
    with unguarded(), way:
        yield


@contextmanager
def _lent_role() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        [[before]] = cursor.fetchall()
        cursor.execute(f"SET LOCAL ROLE {OWNER}")
        yield
        cursor.execute("SELECT set_config('role', %s, true)", [before])


@contextmanager
def _second_connection() -> Iterator[None]:
    application = connections["default"]
    owner = type(application)({**application.settings_dict, "USER": OWNER, "OPTIONS": {}}, alias="default")
    connections["default"] = owner
    try:
        with transaction.atomic():
            yield
    finally:
        owner.close()
        connections["default"] = application
