"""A stranger of another municipality, and a colleague of another unit, are refused wherever Signe was."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page

from samspil.doors.demo.colleagues import ANDERS, JONAS, SIGNE, Colleague
from tests.journeys.walking import NO_ACCESS, Walker, log_in
from tests.server import Server

pytestmark = pytest.mark.browser
COURSE = re.compile(r"^/courses/[0-9a-f-]{36}/")
TABS = ("Plan", "Møder", "Deling", "Dokumenter", "På én side")


def _visited(signe: Walker) -> list[str]:
    """Every address below the course of the Dam family that Signe can reach from its pages."""
    signe.go("/courses/")
    course = signe.follow(re.compile("Familien Dam"))
    found, todo = {course}, [course]
    while todo:
        signe.page.goto(signe.site.url(todo.pop()))
        links = signe.page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href') || '')")
        for link in links:
            path = link.partition("#")[0].partition("?")[0]
            is_near = (
                path.startswith((course, "/sharing/")) and path not in found and not path.endswith("pdf/")
            )
            if is_near:
                found.add(path)
                todo.append(path)
    return sorted({*found, f"{course}on-one-page/pdf/"})


def _refused(page: Page, site: Server, path: str) -> None:
    answer = page.request.get(site.url(path))
    assert answer.status == 404, path
    assert NO_ACCESS in answer.text(), path
    assert "Dam" not in answer.text(), path


@pytest.mark.parametrize("who", [JONAS, ANDERS], ids=lambda who: who.login)
def test_every_address_of_signe_is_no_address_for_others(browser: Browser, site: Server, who: Colleague):
    signe = Walker.enter(browser, site, SIGNE, looks=False)
    addresses = _visited(signe)
    assert len(addresses) > 25
    assert signe.page.request.get(site.url(addresses[0])).ok
    course = COURSE.match(next(path for path in addresses if path.startswith("/courses/")))
    assert course is not None
    before = signe.page.request.get(site.url(f"{course.group()}timeline/")).text()

    page = browser.new_page(locale="da-DK")
    log_in(page, site, who)
    for path in addresses:
        _refused(page, site, path)
    page.goto(site.url("/people/new/"))
    hidden = (
        page.locator("main form")
        .last.locator("input[type=hidden]")
        .evaluate_all("all => all.map(one => [one.name, one.value])")
    )
    for path, form in (
        ("contact/", {"kind": "coordination", "on": "1.1.2026"}),
        ("documents/notes/new/", {"kind": "note", "text": "Et notat udefra", "category": "4"}),
        ("close/end/", {"reason": "enough"}),
        ("team/new/", {"role": "municipal_coordinator"}),
    ):
        sent = {**dict(hidden), **form}
        answer = page.request.post(
            site.url(course.group() + path), form=sent, headers={"Referer": site.url("/")}
        )
        assert answer.status == 404, path
    with suppress(Error):
        page.context.close()
    after = signe.page.request.get(site.url(f"{course.group()}timeline/")).text()
    assert _words(after) == _words(before)
    assert signe.leave() == []


def _words(html: str) -> str:
    return re.sub(r'(nonce|value)="[^"]*"', "", html)
