"""Fixtures of every test: the database behind its roles, closed sockets, a real server, a real browser."""

import itertools
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests import database as own_database
from tests import network, server
from tests.browsing import FormClient
from tests.database import Database
from tests.house.inspection import raw_components
from tests.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
IS_WORKER = WORKER != "main"
NUMBERS = itertools.count()


def pytest_configure(config: pytest.Config) -> None:
    """Before anybody opens a connection: Django's settings lead to this run's own database."""
    if not IS_WORKER:
        own_database.choose_folder()
    own_database.point_django()


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that chose the folder takes it away again."""
    if not IS_WORKER:
        own_database.remove_folder()


@pytest.fixture(scope="session", autouse=True)
def closed_network() -> Iterator[None]:
    """No test reaches another machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", network.guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", network.guarded(socket.socket.connect_ex))
        yield


@pytest.fixture(scope="session", autouse=True)
def whole_components() -> Iterator[None]:
    """No answer in any test holds the tag of a component that was not rendered."""
    request = Client.request

    def looked_at(self: Client, **extra: Any) -> Any:
        response = request(self, **extra)
        if not response.streaming:
            assert not raw_components(response.content), "A component reached the browser unrendered."
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", looked_at)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """This worker's copy of the migrated database, seen as the application's role sees it."""
    with django_db_blocker.unblock():
        own_database.point_django(own_database.copy(f"samspil_{WORKER}").name)
    yield
    with django_db_blocker.unblock():
        own_database.close()


@pytest.fixture
def client() -> Client:
    """Django's client, whose forms carry a key each."""
    return FormClient()


@pytest.fixture(scope="module")
def fresh_database(django_db_blocker: Any) -> Iterator[Database]:
    """A copy of the migrated database for one module, for the real roles over real connections."""
    with django_db_blocker.unblock():
        database = own_database.copy(f"samspil_{WORKER}_{next(NUMBERS)}")
    yield database
    own_database.drop(database)


@pytest.fixture
def real_roles(fresh_database: Database, django_db_blocker: Any, settings: Any) -> Iterator[Database]:
    """Django itself speaks to `fresh_database` as the application and as the door; commits are real."""
    with django_db_blocker.unblock(), own_database.pointing_at(fresh_database):
        settings.SAMSPIL_LOG_ALIAS = "door"
        yield fresh_database


@pytest.fixture(scope="module")
def live_server_process(fresh_database: Database) -> Iterator[Server]:
    """The site in a process of its own, in front of `fresh_database`."""
    with server.serving(fresh_database.environment()) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium. Its driver runs an event loop in this thread, which Django must be told to accept."""
    from tests.browser import chromium

    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield stack.enter_context(chromium())


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """A clean page in Chromium, in Danish."""
    from tests.browser import page_of

    with page_of(browser) as clean:
        yield clean
