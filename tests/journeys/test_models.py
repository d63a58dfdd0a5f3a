"""A course of each model in Chromium: who coordinates reads it and opens the page of its next step."""

from collections.abc import Iterator

import pytest
from django.db.models import QuerySet
from playwright.sync_api import Browser

from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.programmes import loading
from samspil.doors.demo.scripts import BECK, FAMILIES, Family
from tests import database as own_database
from tests.database import Database
from tests.journeys.walking import Walker
from tests.server import Server

pytestmark = pytest.mark.browser
GOING_ON = [family for family in FAMILIES if family is not BECK]


def _course_of(family: Family, database: Database) -> str:
    with own_database.pointing_at(database):
        people: QuerySet[CoursePerson] = QuerySet(model=CoursePerson, using="owner")
        return f"/courses/{people.get(name=family.first).space_id}/"


@pytest.fixture
def coordinator(
    request: pytest.FixtureRequest,
    browser: Browser,
    site: Server,
    fresh_database: Database,
    django_db_blocker,
) -> Iterator[tuple[Family, Walker, str]]:
    """Who coordinates the course of a family, at work in a browser, and the address of the course."""
    family: Family = request.param
    with django_db_blocker.unblock():
        course = _course_of(family, fresh_database)
    walker = Walker.enter(browser, site, family.company.first)
    yield family, walker, course
    assert walker.leave() == []


@pytest.mark.parametrize("coordinator", GOING_ON, ids=lambda one: one.company.key, indirect=True)
def test_the_coordinator_reads_the_course_and_opens_its_next_act(coordinator):
    """The course of each model in Chromium at both widths, and the page by which its next step is done."""
    family, walker, course = coordinator
    programme = loading.library().programme(family.company.key, family.company.version)
    walker.go(course)
    for phase in programme.phases:
        assert phase.title.da in walker.text
    _take_the_next_step(walker, course)


def _take_the_next_step(walker: Walker, course: str) -> None:
    """Open the first act that the course offers; the page for it opens, ready to be filled in."""
    acts = walker.page.locator(f"main a.btn[href^='{course}']")
    assert acts.count() > 0, walker.text
    acts.first.click()
    walker.here()
    assert walker.page.locator("main form").count() > 0
