"""The whole course of VIA Family by region and municipality, in Chromium, through the pages alone."""

import re

import pytest
from playwright.sync_api import Browser

from samspil.doors.demo.colleagues import KARIM, SIGNE
from tests.journeys import winther
from tests.journeys.walking import Walker
from tests.journeys.winther import CHILD, EVERYDAY, ILL, OTHER, WISH
from tests.server import Server

pytestmark = pytest.mark.browser


def test_region_and_municipality_take_one_family_through_the_model(browser: Browser, site: Server):
    karim, signe = (Walker.enter(browser, site, who) for who in (KARIM, SIGNE))
    referral = _karim_refers(karim, signe)
    course = _signe_says_yes(signe, referral)
    _karim_says_yes(karim, course)
    assert [*karim.leave(), *signe.leave()] == []


def _karim_refers(karim: Walker, signe: Walker) -> str:
    winther.write_person(signe, OTHER)
    child = winther.write_family(karim)
    referral = winther.refer(karim, child)
    signe.go("/inbox/")
    assert "Winther" not in signe.text
    karim.go(f"{referral}send/")
    assert karim.page.get_by_role("button", name="Send henvisningen").count() == 0
    for name, topics, by in (
        (CHILD, EVERYDAY, (ILL, OTHER)),
        (ILL, (*EVERYDAY, "Helbred"), (ILL,)),
        (OTHER, EVERYDAY, (OTHER,)),
    ):
        winther.consent(karim, referral, name, topics, by)
    karim.go(f"{referral}sharing/")
    assert "Tekst i henvisningen" in karim.text
    karim.go(f"{referral}send/")
    karim.press("Send henvisningen")
    assert "Her er din kvittering" in karim.text
    assert "Venter på svar" in karim.text
    return referral


def _signe_says_yes(signe: Walker, referral: str) -> str:
    signe.go("/inbox/")
    signe.follow(re.compile("Familien Winther"))
    assert signe.path == referral
    assert WISH in signe.text
    assert "Ja, det er i gang" not in signe.text
    signe.follow("Sig ja")
    signe.choose(OTHER, re.compile("^Den samme som vores Helle Winther"))
    signe.press("Sig ja, og åbn forløbet")
    assert "forløbet er åbnet" in signe.text
    signe.go("/inbox/")
    assert "Winther" not in signe.text
    return referral.replace("/referrals/", "/courses/")


def _karim_says_yes(karim: Walker, course: str) -> None:
    karim.go(course)
    assert "Åbent nu:\nKontaktperson i regionen" in karim.text
    karim.follow(re.compile("^Sig ja"))
    karim.press("Sig ja")
    assert "De andre kan se, at du har sagt ja" in karim.text
    karim.go(course)
    assert "Gjort:\nKontaktperson i regionen" in karim.text
