"""The pages of the journal in Chromium, at both widths: nothing hangs out, axe finds nothing."""

from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import Page

from samspil.foundation.access import cookies, wall
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel.sharing import Category
from tests import database as own_database
from tests.database import Database
from tests.factories.courses import ACourse
from tests.factories.journal import (
    a_child_view,
    a_document,
    a_note,
    a_sent_note,
    a_yes,
    signe_of,
    the_lunds,
)
from tests.factories.owner import as_owner
from tests.server import Server

pytestmark = pytest.mark.browser
WIDTHS = (1280, 375)


@dataclass
class Site:
    """The site with the Lunds in it, and the cookies of Karim, who has logged in."""

    server: Server
    course: ACourse
    cookies: dict[str, str]
    things: dict[str, object]

    def pages(self) -> dict[str, str]:
        """Every page of the journal, by name."""
        plain = {name: self.address(name) for name in ("papers", "begin", "write_note", "write_child_view")}
        things = {name: self.address(name, thing) for name, thing in self.things.items()}
        made = (("network-map", self.course.alma), ("safety-plan", self.course.father))
        fills = {f"fill-{key}": self.address("fill", key, "adult", person) for key, person in made}
        child = {"fill-child": self.address("fill", "safety-plan", "child", self.course.alma)}
        return {**plain, **things, **fills, **child, "send": self.address("send") + "?step=event-note"}

    def address(self, name: str, *more: object) -> str:
        view, _sep, _which = name.partition("-")
        return self.server.url(reverse(f"journal:{view}", args=[self.course.space, *more]))


@pytest.fixture(scope="module")
def site(fresh_database: Database, live_server_process: Server, django_db_blocker) -> Site:
    with (
        django_db_blocker.unblock(),
        own_database.pointing_at(fresh_database),
        override_settings(SAMSPIL_LOG_ALIAS="door"),
    ):
        course = the_lunds()
        signe = signe_of(course)
        a_yes(course, signe, course.alma, categories=Category.EVERYDAY | Category.SCHOOL)
        a_yes(course, signe, course.father, categories=Category.EVERYDAY | Category.HEALTH)
        note = a_note(course, text="Alma fortæller, at hun er begyndt til fodbold om tirsdagen. " * 5)
        view = a_child_view(course)
        network = a_document(course, "network-map")
        adult, child = a_document(course), a_document(course, audience="child")
        transition = a_document(course, "transition-note")
        sent = a_sent_note(course)
        client = Client()
        with as_owner():
            account = Account.objects.get(pk=course.anna.account_id)
        client.force_login(account, backend="samspil.foundation.accounts.backends.LocalLogin")
        session = {name: morsel.value for name, morsel in client.cookies.items()}
        session[cookies.name()] = wall.open_session(course.anna.account_id, course.anna.membership_id)
    things: dict[str, object] = {
        "note": note.pk,
        "correct_note": note.pk,
        "child_view": view.pk,
        "show_child_view": view.pk,
        "document-network": network.pk,
        "document-adult": adult.pk,
        "document-child": child.pk,
        "document-transition": transition.pk,
        "share": adult.pk,
        "sent": sent.pk,
    }
    return Site(live_server_process, course, session, things)


def enter(page: Page, site: Site) -> None:
    """Karim is logged in in this browser."""
    address = site.server.url("/")
    page.context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in site.cookies.items()]
    )


def test_no_page_hangs_out_and_axe_finds_nothing(page: Page, site: Site):
    enter(page, site)
    found: list[str] = []
    for name, address in site.pages().items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, name
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            report = Axe().run(page)
            if report.violations_count:
                found.append(f"{name} at {width}: {report.generate_report()}")
            if page.evaluate(
                "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
            ):
                found.append(f"{name} at {width} is wider than the screen")
    assert not found


def test_enter_in_a_row_saves_and_removes_nothing(page: Page, site: Site):
    enter(page, site)
    page.goto(site.pages()["fill-network-map"])
    page.get_by_label("Navn").first.press("Enter")
    page.wait_for_load_state()
    assert page.get_by_text("Gemt. Kun du kan se det").is_visible()
    assert page.get_by_label("Navn").first.input_value() == "Inge Lund"
