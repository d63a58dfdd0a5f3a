"""Which model? Asked in Chromium in a referral: reasons read, and another one chosen all the same."""

import re

import pytest
from playwright.sync_api import Browser

from samspil.doors.demo.colleagues import SIGNE
from tests.journeys.walking import Walker
from tests.server import Server

pytestmark = pytest.mark.browser


def test_signe_sees_what_fits_and_chooses_another(browser: Browser, site: Server):
    signe = Walker.enter(browser, site, SIGNE)
    signe.go("/people/?q=Emma+Nygaard")
    signe.follow(re.compile("Emma Nygaard"))
    refer = signe.follow("Henvis familien")
    signe.go(f"{refer}?find=VIA")
    signe.page.get_by_text("Svar på nogle få spørgsmål").click()
    for question in ("Er en forælder i behandling i psykiatrien", "Er der behov for råd eller en indsats"):
        signe.page.get_by_label(re.compile(question)).select_option(label="Ja")
    signe.press("Se, hvad der passer")

    first = signe.page.locator(".suggestion").first
    assert "Passer" in first.inner_text()
    assert "VIA Family 2.0" in first.inner_text()
    assert "Taler for: En forælder er eller har været i psykiatrien inden for tre år." in first.inner_text()
    assert signe.page.locator("input[name=version]:checked").count() == 0

    signe.page.get_by_label(re.compile("^VIA-teamet")).check()
    signe.page.get_by_label("Sammen om familien: måske").check()
    signe.press("Begynd henvisningen")
    assert "/referrals/" in signe.path
    assert "til Sammen om familien" in signe.text
    assert signe.leave() == []
