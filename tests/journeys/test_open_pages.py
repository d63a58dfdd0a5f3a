"""What anybody may read, in Chromium at both widths: models, law, initiatives, the idea catalogue."""

import pytest
from playwright.sync_api import Page

from tests.journeys.walking import faults
from tests.server import Server

pytestmark = pytest.mark.browser
MODEL = "/models/via-family/2.0-draft/"
PAGES = (
    "/models/",
    MODEL,
    f"{MODEL}steps/check-target-group/",
    f"{MODEL}steps/status-meeting/",
    f"{MODEL}try/",
    f"{MODEL}try/add/?family=birk",
    f"{MODEL}try/add/?family=birk&kind=child_view.recorded",
    "/models/choose/",
    "/models/choose/?q_age=under-16&q_parent-psychiatry=yes&q_municipal-need=yes&see=1",
    "/models/compare/",
    "/models/compare/?a=styrket-familiebehandling/2020&b=styrket-familiebehandling/2023",
    "/models/compare/?a=bti/2012-adapted-2024&b=via-family/2.0-draft",
    "/law/",
    "/law/report-receipt-6wd/",
    "/initiatives/",
    "/initiatives/via-family/",
    "/initiatives/bti/",
    "/catalogue/",
    "/catalogue/?q=barn",
    "/catalogue/?q=qqqq",
    "/catalogue/leaflet-school/",
    "/catalogue/tool-gas/",
    "/catalogue/start-via-family/",
)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_hangs_out(page: Page, site: Server, path: str):
    answer = page.goto(site.url(path))
    assert answer is not None
    assert answer.ok
    assert faults(page) == []
