"""Fixtures of every test: the database behind its roles, closed sockets, a real server, a real browser."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests import database as own_database

CONTROLLER = "PYTEST_XDIST_WORKER" not in os.environ


def pytest_configure(config: pytest.Config) -> None:
    """Before anybody opens a connection: Django's settings lead to this run's own database."""
    if CONTROLLER:
        own_database.choose_folder()
    own_database.point_django()


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that chose the folder takes it away again."""
    if CONTROLLER:
        own_database.remove_folder()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """This worker's copy of the migrated database, seen as the application's role sees it."""
    from django.db import connections

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with django_db_blocker.unblock():
        copy = own_database.copy(f"samspil_{worker}")
        own_database.point_django(copy.name)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
