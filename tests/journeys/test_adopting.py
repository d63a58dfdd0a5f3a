"""An administrator takes models up, whole and in parts; the owner tries a draft, publishes it, sees all."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from samspil.doors.demo.colleagues import AGNETE, POUL
from tests.journeys.walking import faults, log_in
from tests.server import Server

pytestmark = pytest.mark.browser
OURS = re.compile(r"/models/ours/$")


def _on(page: Page, heading: str) -> None:
    """One step further in the form, to the step with this heading."""
    page.get_by_role("button", name="Næste", exact=True).click()
    expect(page.get_by_role("heading", level=2, name=heading)).to_be_visible()


def test_a_model_taken_up_whole_and_one_in_parts(browser: Browser, site: Server):
    page = browser.new_page(locale="da-DK")
    log_in(page, site, POUL)
    page.get_by_role("link", name="Jeres modeller").click()
    page.wait_for_url(OURS)
    wrong = faults(page)

    page.goto(site.url("/models/sammen-om-familien/2021/"))
    page.get_by_role("link", name="Tag modellen i brug").click()
    wrong += faults(page)
    page.get_by_label("Udbredelse af koordinerede indsatser").check()
    page.get_by_label("Hvorfor vælger I denne model?").fill("Vi har få sager pr. rådgiver.")
    _on(page, "Det, I vælger")
    wrong += faults(page)
    _on(page, "Det, I fravælger")
    expect(page.get_by_text("har udgivet det som kerneelement").first).to_be_visible()
    wrong += faults(page)
    _on(page, "Jeres egne trin")
    page.get_by_role("button", name="Tilføj et trin").click()
    page.get_by_label("Hvad hedder trinnet?").fill("Besøg på skolen")
    wrong += faults(page)
    _on(page, "Se det igennem")
    expect(page.get_by_text("Tilføjet: Besøg på skolen")).to_be_visible()
    wrong += faults(page)
    page.get_by_role("button", name="Tag modellen i brug").click()
    page.wait_for_url(OURS)
    wrong += faults(page)
    page.get_by_role("link", name="Sammen om familien").first.click()
    expect(page.get_by_role("heading", level=1, name="Jeres udgave")).to_be_visible()
    wrong += faults(page)

    page.goto(site.url("/models/unge-overgang/2015/adopt/"))
    page.get_by_label("Uden for et initiativ").check()
    _on(page, "Det, I vælger")
    _on(page, "Det, I fravælger")
    page.get_by_label("Fravælg hele kerneelementet").first.check()
    _on(page, "Hvorfor I fravælger det")
    page.get_by_label("Hvorfor fravælger I").fill("Vi begynder med de andre dele.")
    wrong += faults(page)
    _on(page, "Jeres egne trin")
    _on(page, "Se det igennem")
    expect(page.get_by_text("Kerneelementer, der er fravalgt:")).to_be_visible()
    page.get_by_role("button", name="Tag modellen i brug").click()
    page.wait_for_url(OURS)
    page.context.close()
    assert wrong == []


def test_the_owner_tries_publishes_and_sees_all_variants(browser: Browser, site: Server):
    page = browser.new_page(locale="da-DK")
    log_in(page, site, AGNETE, "/models/owned/")
    wrong = faults(page)
    page.goto(site.url("/models/en-familie-en-indgang/2022-beslutningskompetence/trial/"))
    expect(page.get_by_text("Falder væk").first).to_be_visible()
    wrong += faults(page)
    page.goto(site.url("/models/en-familie-en-indgang/2022-beslutningskompetence/publish/"))
    wrong += faults(page)
    page.get_by_label("Hvad blev besluttet, og af hvem?").fill("Styregruppen i november.")
    page.get_by_role("button", name="Udgiv", exact=True).click()
    expect(page.get_by_text("Versionen er udgivet.")).to_be_visible()
    expect(page.get_by_text("Udgivet den").first).to_be_visible()
    page.goto(site.url("/models/bti/2012-adapted-2024/variants/"))
    expect(page.get_by_role("columnheader", name="Jammerbugt")).to_be_visible()
    wrong += faults(page)
    page.goto(
        site.url(
            "/models/compare/?a=en-familie-en-indgang/2021-finansiering"
            "&b=en-familie-en-indgang/2022-beslutningskompetence"
        )
    )
    expect(page.get_by_text("Tydelig beslutningskompetence").first).to_be_visible()
    wrong += faults(page)
    page.context.close()
    assert wrong == []
