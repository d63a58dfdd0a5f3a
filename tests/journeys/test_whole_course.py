"""The whole course of VIA Family by region and municipality, in Chromium, through the pages alone."""

import pytest
from playwright.sync_api import Browser

from samspil.doors.demo.colleagues import KARIM, SIGNE
from tests.journeys.walking import Walker
from tests.journeys.whole_course import take_one_family_through_the_model
from tests.server import Server

pytestmark = pytest.mark.browser


def test_region_and_municipality_take_one_family_through_the_model(browser: Browser, site: Server):
    karim, signe = (Walker.enter(browser, site, who) for who in (KARIM, SIGNE))
    take_one_family_through_the_model(karim, signe)
    assert [*karim.leave(), *signe.leave()] == []
