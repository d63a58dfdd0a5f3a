"""A course of each model in Chromium: those in its roles read it, take its next step and close it."""

import re
from collections.abc import Iterator

import pytest
from django.db.models import QuerySet
from playwright.sync_api import Browser

from samspil.collaboration.courses.models import Closing, CoursePerson, DueItem
from samspil.collaboration.programmes import loading
from samspil.doors.demo.courses.scripts import BECK, FAMILIES, SOFUS, Family
from tests import database as own_database
from tests.database import Database
from tests.journeys.walking import Walker
from tests.server import Server

pytestmark = pytest.mark.browser
GOING_ON = [family for family in FAMILIES if family is not BECK]
AFTERWARDS = "Ring til os, hvis det bliver svært igen."


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
def test_the_coordinator_takes_a_course_to_its_end(coordinator, browser: Browser, site: Server):
    family, walker, course = coordinator
    programme = loading.library().programme(family.company.key, family.company.version)
    walker.go("/")
    assert walker.page.locator(f"main a[href^='{course}']").count() > 0
    walker.go(course)
    for phase in programme.phases:
        assert phase.title.da in walker.text
    _take_the_next_step(walker, course)
    for page in ("plan/", "meetings/", "documents/", "sharing/"):
        walker.go(f"{course}{page}")
    if family is SOFUS:
        _the_adult_side_decides(walker, browser, site, course)
    _close(walker, course)


def _take_the_next_step(walker: Walker, course: str) -> None:
    """Open the first act that the course offers; the page for it opens, ready to be filled in."""
    acts = walker.page.locator(f"main a.btn[href^='{course}']")
    assert acts.count() > 0, walker.text
    acts.first.click()
    walker.here()
    assert walker.page.locator("main form").count() > 0


def _the_adult_side_decides(walker: Walker, browser: Browser, site: Server, course: str) -> None:
    """The course holds on until somebody on the adult side has decided; then it may close."""
    bo = Walker.enter(browser, site, SOFUS.company.cast["caseworker_adult"])
    bo.go(f"{course}facts/new/?kind=decision.made&step=adult-decision")
    for name, value in (("kind", "adult-help"), ("role", "caseworker_adult")):
        bo.page.locator(f"main input[name$='{name}'][value='{value}']").check()
    bo.page.locator("main input[type=radio][name$='person']").first.check()
    bo.page.locator("main button[type=submit]").first.click()
    bo.here()
    assert bo.leave() == []


def _close(walker: Walker, course: str) -> None:
    walker.go(f"{course}close/")
    walker.follow(re.compile("^1. Hvad er der tilbage"))
    for field in walker.page.locator("main textarea").all():
        field.fill(AFTERWARDS)
    walker.press("Skriv det ind")
    walker.follow(re.compile("^2. Gennemgå samtykkerne"))
    for keep in walker.page.locator("main input[type=radio][value=keep]").all():
        keep.check()
    walker.press("Alt er set igennem")
    walker.go(f"{course}close/copies/")
    for _reader in range(
        walker.page.locator("main").get_by_role("link", name=re.compile("^Lav den")).count()
    ):
        walker.go(f"{course}close/copies/")
        walker.follow(re.compile("^Lav den"))
        walker.press("Lav kopien")
        walker.follow("Givet eller ikke givet")
        walker.page.get_by_label("Ja", exact=True).check()
        walker.press("Skriv det ind")
    walker.go(f"{course}close/")
    walker.follow(re.compile("^4. Afslut forløbet"))
    walker.page.get_by_label("Familien har det, den har brug for").check()
    walker.press("Afslut forløbet")
    assert "Forløbet er afsluttet." in walker.text
    walker.go(course)


@pytest.mark.parametrize("family", GOING_ON, ids=lambda one: one.company.key)
def test_each_role_reads_the_course(
    family: Family, browser: Browser, site: Server, fresh_database, django_db_blocker
):
    """Each colleague of the course logs in and finds it; the leader of nothing sees nothing of it."""
    with django_db_blocker.unblock():
        course = _course_of(family, fresh_database)
    for role in family.team:
        walker = Walker.enter(browser, site, family.company.cast[role], looks=False)
        walker.go(course)
        assert family.first.split()[0] in walker.text, role
        assert walker.leave() == [], role


def test_who_is_named_by_the_model_but_not_in_the_course_sees_nothing(
    browser: Browser, site: Server, fresh_database, django_db_blocker
):
    with django_db_blocker.unblock():
        course = _course_of(SOFUS, fresh_database)
    walker = Walker.enter(browser, site, SOFUS.company.cast["placement_place"], looks=False)
    answer = walker.page.request.get(site.url(course))
    assert answer.status == 404
    assert "Sofus" not in answer.text()
    walker.leave()


def test_one_course_is_over_and_the_lists_are_calm(fresh_database: Database, django_db_blocker, site: Server):
    """Nothing is late in the new courses, and of those that are over only what comes afterwards is due."""
    with django_db_blocker.unblock(), own_database.pointing_at(fresh_database):
        people: QuerySet[CoursePerson] = QuerySet(model=CoursePerson, using="owner")
        spaces = {family.first: people.get(name=family.first).space_id for family in FAMILIES}
        closings: QuerySet[Closing] = QuerySet(model=Closing, using="owner")
        assert closings.filter(space=spaces[BECK.first]).exists()
        rows: QuerySet[DueItem] = QuerySet(model=DueItem, using="owner")
        due = rows.filter(space__in=spaces.values(), outcome="")
        assert all(family.first in spaces for family in FAMILIES)
        assert not [row.step for row in due.filter(space=spaces[BECK.first])]
