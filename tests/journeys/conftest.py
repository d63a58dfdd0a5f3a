"""The site that every journey starts from: as `make run` leaves it."""

import pytest
from django.test import override_settings

from samspil.collaboration.programmes.actions import load_programmes
from samspil.doors.demo import actions, courses
from samspil.foundation.kernel import clock
from samspil.foundation.organisations.actions import load_authorities
from tests import database as own_database
from tests.database import Database
from tests.server import Server


@pytest.fixture(scope="module")
def site(fresh_database: Database, live_server_process: Server, django_db_blocker) -> Server:
    """The site with the invented people and their courses."""
    with (
        django_db_blocker.unblock(),
        own_database.pointing_at(fresh_database),
        override_settings(SAMSPIL_LOG_ALIAS="door"),
    ):
        load_authorities()
        load_programmes()
        actions.make(today=clock.today())
        courses.make(today=clock.today())
    return live_server_process
