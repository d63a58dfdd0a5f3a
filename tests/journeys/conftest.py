"""The site that every journey starts from: as `make run` leaves it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser
from pytest_django.plugin import DjangoDbBlocker

from samspil.collaboration.programmes.actions import load_programmes
from samspil.doors.demo import actions, courses, scripts
from samspil.foundation.kernel import clock
from samspil.foundation.organisations.actions import load_authorities
from tests import database as own_database
from tests.conftest import WORKER
from tests.database import Database
from tests.journeys.doing import House
from tests.moving import site_with_calendar
from tests.server import Server

NUMBERS = count()


def _with_the_people(database: Database) -> None:
    with own_database.pointing_at(database), override_settings(SAMSPIL_LOG_ALIAS="door"):
        load_authorities()
        load_programmes()
        actions.make(today=clock.today())


def _with_the_demo(database: Database) -> None:
    _with_the_people(database)
    with own_database.pointing_at(database), override_settings(SAMSPIL_LOG_ALIAS="door"):
        courses.make(today=clock.today())
        scripts.make(today=clock.today())


@contextmanager
def _copied(
    blocker: DjangoDbBlocker, name: str = "samspil_demo", write: Callable[[Database], None] = _with_the_demo
) -> Iterator[Database]:
    """A copy of the invented people, and mostly of their courses too, which are written once a run."""
    with blocker.unblock():
        template = own_database.template(name, write)
        database = own_database.copy(f"samspil_{WORKER}_journey_{next(NUMBERS)}", template)
    yield database
    own_database.drop(database)


@pytest.fixture(scope="module")
def fresh_database(django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    """The invented people and their courses, for all journeys of a module."""
    with _copied(django_db_blocker) as database:
        yield database


@pytest.fixture(scope="module")
def site(live_server_process: Server) -> Server:
    """The site with the invented people and their courses."""
    return live_server_process


@pytest.fixture
def house(browser: Browser, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[House]:
    """The site with the colleagues and a calendar, no course yet; whatever was wrong with a page fails."""
    with (
        _copied(django_db_blocker, "samspil_people", _with_the_people) as database,
        site_with_calendar(database, tmp_path) as (server, calendar),
    ):
        there = House(browser, server, calendar)
        yield there
        there.close()
    assert there.wrong == []
