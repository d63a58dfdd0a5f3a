"""The coordination passes on in Chromium: asked for, read, taken; one coordinator at every moment."""

import re

import pytest
from playwright.sync_api import Browser

from samspil.doors.demo.colleagues import SIGNE, TINA
from tests.journeys.walking import Walker
from tests.server import Server

pytestmark = pytest.mark.browser
ASKED = "Du er spurgt, om du vil overtage koordineringen."


def _coordinators(who: Walker, course: str) -> int:
    who.go(f"{course}team/")
    return who.page.locator("main").get_by_text("Koordinerer", exact=True).count()


def _acts(who: Walker, course: str) -> list[str]:
    """The buttons of the worklist that lead into a course."""
    who.go("/")
    found = who.page.locator(f"section[aria-labelledby=mine] a.btn[href^='{course}']")
    return [" ".join(text.split()) for text in found.all_inner_texts()]


def test_signe_hands_the_coordination_over_and_tina_takes_it(browser: Browser, site: Server):
    signe, tina = Walker.enter(browser, site, SIGNE), Walker.enter(browser, site, TINA)
    tina.choose("Hvem arbejder du for", re.compile("Børn og Familie"))
    tina.press("Fortsæt")
    assert ASKED in tina.text
    handover = tina.follow(re.compile(f"^Svar.*{re.escape(ASKED)}"))
    course = handover.partition("handover/")[0]
    second = browser.contexts[-1].new_page()
    second.goto(site.url(handover))

    before = _acts(signe, course)
    assert before, "there is something to do, which passes on with the coordination"
    assert _coordinators(signe, course) == _coordinators(tina, course) == 1

    tina.go(handover)
    for words in ("Signe går på barsel om tre uger.", "Emre spørger efter ugeplanen", "Når du siger ja"):
        assert words in tina.text
    tina.press("Sig ja og overtag")
    assert _coordinators(signe, course) == _coordinators(tina, course) == 1
    row = tina.page.locator("main .person", has_text="Koordinerer")
    assert "Tina Juhl" in row.inner_text()
    assert ASKED not in " ".join(_acts(tina, course))
    assert len(_acts(tina, course)) >= len(_acts(signe, course))

    second.get_by_role("button", name="Sig ja og overtag").click()
    words = second.locator("main").inner_text()
    assert "besvaret" in words or "overtaget" in words.lower() or "allerede" in words
    assert _coordinators(tina, course) == 1
    assert [*signe.leave(), *tina.leave()] == []
