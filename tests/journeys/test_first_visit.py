"""A newcomer in Chromium logs in, finds a family, and sees who has looked; a stranger learns nothing."""

import re

import pytest
from playwright.sync_api import Browser, Page

from samspil.doors.demo.colleagues import BIRGIT, JONAS, PASSWORD, SIGNE, TINA, YOUTH
from tests.journeys.walking import NO_ACCESS, faults, log_in
from tests.server import Server

pytestmark = pytest.mark.browser
PERSON, LOG = re.compile(r"/people/[0-9a-f-]{36}/$"), re.compile(r"/log/[0-9a-f-]{36}/$")


def test_signe_finds_a_family_spelt_wrongly_and_sees_what_was_changed(page: Page, site: Server):
    page.goto(site.url("/"))
    wrong = faults(page)
    log_in(page, site, SIGNE)
    assert page.get_by_role("heading", level=1).inner_text() == "Mit overblik"
    assert page.get_by_text("Familien Lund", exact=True).first.is_visible()
    assert page.locator(".me").inner_text().split("\n") == ["Signe Holm", "Børn og Familie, Jammerbugt"]
    wrong += faults(page)

    page.get_by_role("searchbox").first.fill("Lejla Yilmas")
    page.get_by_role("searchbox").first.press("Enter")
    page.wait_for_url(re.compile("q="))
    wrong += faults(page)
    page.locator("main").get_by_role("link", name=re.compile("Leyla Yilmaz")).click()
    page.wait_for_url(PERSON)
    assert page.get_by_text("Havnegade 3").is_visible()
    wrong += faults(page)

    page.locator("main").get_by_role("link", name="Hvem har set hvad").click()
    page.wait_for_url(LOG)
    assert page.get_by_text("Skrev personen ind").is_visible()
    assert page.get_by_text("Åbnede det, vi ved").count() == 0
    assert page.get_by_text("Leyla Yilmaz").count() >= 1
    wrong += faults(page)
    page.locator("footer").get_by_role("link", name="Hvem har set hvad").click()
    wrong += faults(page)
    assert wrong == []


def test_the_privacy_officer_sees_who_looked_and_the_stranger_learns_nothing(browser: Browser, site: Server):
    signe = browser.new_page(locale="da-DK")
    log_in(signe, site, SIGNE)
    signe.goto(site.url("/people/?q=Alma+Lund"))
    signe.locator("main").get_by_role("link", name=re.compile("Alma Lund")).first.click()
    signe.wait_for_url(PERSON)
    number = signe.locator("dd").filter(has_text=re.compile(r"^\d{6}-\d{4}$")).inner_text()
    person = signe.url.removeprefix(site.url(""))
    addresses = [person, f"{person}family/", person.replace("/people/", "/log/")]
    signe.context.close()

    birgit = browser.new_page(locale="da-DK")
    log_in(birgit, site, BIRGIT)
    wrong = faults(birgit)
    birgit.locator("main").get_by_role("link", name="Hvem har set hvad").click()
    birgit.get_by_label("CPR-nummer").fill(number)
    wrong += faults(birgit)
    birgit.get_by_role("button", name="Find", exact=True).click()
    birgit.wait_for_url(LOG)
    assert birgit.get_by_text("Åbnede det, vi ved").first.is_visible()
    assert "Alma" not in birgit.locator("body").inner_text()
    assert number not in birgit.url
    wrong += faults(birgit)
    assert birgit.goto(site.url(person)).status == 403  # the role opens no records, whoever they are about
    birgit.context.close()

    jonas = browser.new_page(locale="da-DK")
    log_in(jonas, site, JONAS)
    wrong += faults(jonas)
    for address in addresses:
        answer = jonas.goto(site.url(address))
        assert answer is not None
        assert answer.status == 404
        assert jonas.get_by_role("heading", level=1).inner_text() == NO_ACCESS
        assert "Alma" not in jonas.content()
    jonas.context.close()
    assert wrong == []


def test_log_in_with_the_keyboard_alone(page: Page, site: Server):
    page.goto(site.url("/"))
    for _step in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.name") == "login":
            break
    page.keyboard.type(SIGNE.login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(site.url("/"))
    assert page.get_by_role("heading", level=1).inner_text() == "Mit overblik"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.getAttribute('href')") == "#main"


def test_without_javascript_one_logs_in_chooses_a_post_and_changes_it(browser: Browser, site: Server):
    context = browser.new_context(locale="da-DK", java_script_enabled=False)
    page = context.new_page()
    log_in(page, site, TINA)
    assert page.get_by_role("heading", level=1).inner_text() == "Hvem arbejder du for?"
    page.get_by_label(re.compile(YOUTH.name)).check()
    page.get_by_role("button", name="Fortsæt").click()
    assert page.get_by_text("Ingen familier endnu").is_visible()
    page.locator(".me summary").click()
    page.locator(".me").get_by_role("link", name="Skift, hvem du arbejder for").click()
    page.get_by_label(re.compile("Børn og Familie")).check()
    page.get_by_role("button", name="Fortsæt").click()
    assert page.get_by_text("Familien Lund", exact=True).first.is_visible()
    page.locator(".me summary").click()
    page.locator(".me").get_by_role("button", name="Log af").click()
    context.close()
