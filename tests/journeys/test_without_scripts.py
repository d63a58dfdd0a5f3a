"""Everything works in a browser without JavaScript, and a form with a fault keeps what was typed."""

import re

import pytest
from playwright.sync_api import Browser

from samspil.doors.demo.colleagues import KARIM, SIGNE, TINA
from tests.journeys.walking import Walker
from tests.journeys.whole_course import take_one_family_through_the_model
from tests.server import Server

pytestmark = pytest.mark.browser
WORDS = "Skrevet, før noget gik galt."


def test_the_whole_course_without_javascript(browser: Browser, site: Server):
    karim, signe = (Walker.enter(browser, site, who, scripts=False) for who in (KARIM, SIGNE))
    take_one_family_through_the_model(karim, signe)
    assert [*karim.leave(), *signe.leave()] == []


def test_a_form_with_a_fault_keeps_what_was_typed(browser: Browser, site: Server):
    signe = Walker.enter(browser, site, SIGNE, scripts=False)
    signe.go("/people/new/")
    _kept(signe, "Fulde navn", "Gem", spoilt=("Fødselsdato", "32.1.2020"))
    signe.go("/courses/")
    course = signe.follow(re.compile("Familien Lund"))
    for path, label, button in (
        ("documents/notes/new/", "Notatet", "Skriv notatet"),
        ("plan/goals/new/", "Hvad vil I gerne nå?", "Gem målet"),
        ("meetings/new/", "Hvorfor mødes I?", "Planlæg mødet"),
        ("handover/new/", "Hvad er vigtigst lige nu?", "Spørg kollegaen"),
    ):
        signe.go(course + path)
        _kept(signe, label, button)
    signe.go(f"{course}sharing/")
    signe.follow(re.compile("^Skriv et svar ned.*Mette"))
    _kept(signe, "Hvad må der præcis deles?", "Skriv det ind")
    assert signe.leave() == []


def test_a_handover_is_declined_with_a_reason(browser: Browser, site: Server):
    tina = Walker.enter(browser, site, TINA, scripts=False)
    tina.choose("Hvem arbejder du for", re.compile("Børn og Familie"))
    tina.press("Fortsæt")
    handover = tina.follow(re.compile("^Svar.*overtage"))
    tina.follow("Sig nej")
    tina.press("Sig nej")
    assert "Noget mangler eller er forkert" in tina.text
    tina.fill("Hvorfor siger du nej?", "Jeg har ferie i de uger.")
    tina.press("Sig nej")
    tina.go(handover)
    assert "Jeg har ferie i de uger." in tina.text
    assert tina.leave() == []


def _kept(who: Walker, label: str, button: str, spoilt: tuple[str, str] | None = None) -> None:
    """Send a form that is not whole: it says so, and the words still stand."""
    field = who.page.locator("main").get_by_label(re.compile(f"^{re.escape(label)}"))
    field.fill(WORDS)
    if spoilt:
        who.fill(*spoilt)
    who.press(button)
    assert "Noget mangler eller er forkert" in who.text, who.path
    assert field.input_value() == WORDS, who.path
