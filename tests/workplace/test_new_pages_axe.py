"""axe finds nothing wrong on the pages of caseload, of a step that leads on, and of a family's courses."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page

from samspil.foundation.kernel.actor import Actor
from tests.courses.test_linking import STEP, a_youth_course, course
from tests.courses.test_team_pages import browser
from tests.factories.access import a_leader
from tests.factories.courses import ACourse
from tests.workplace.test_together import goal, meeting, pair

__all__ = ["course", "pair"]

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
WIDTHS = (1280, 375)


@pytest.fixture(autouse=True)
def _in_danish() -> Iterator[None]:
    with translation.override("da"):
        yield


def looked_at(page: Page, actor: Actor, *addresses: str) -> None:
    client = browser(actor)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        assert "<script>" not in text
        assert "style=" not in text
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.set_content(text)
            report = Axe().run(page, options={"rules": {"color-contrast": {"enabled": False}}})
            assert not report.violations_count, (address, width, report.generate_report())


def test_caseload(course: ACourse, page: Page) -> None:
    looked_at(page, course.anna, reverse("courses:caseload"), reverse("workplace:overview"))
    leader = a_leader(course.space)
    looked_at(page, leader, reverse("courses:unit_caseload"), reverse("courses:ceiling"))


def test_a_step_that_leads_on_and_a_session(course: ACourse, page: Page) -> None:
    asked = f"?step={STEP}&person={course.alma}"
    pages = [reverse(f"courses:{name}", args=[course.space]) + asked for name in ("lead_on", "start_other")]
    looked_at(page, course.anna, *pages, reverse("courses:session", args=[course.space]))
    a_youth_course(course)
    looked_at(page, course.anna, pages[0])


def test_several_courses(pair: tuple[ACourse, ACourse], page: Page) -> None:
    via, bti = pair
    goal(via, "Alma er mere i skole")
    goal(bti, "Alma er mindre i skole")
    meeting(via, 3)
    meeting(bti, 3)
    person = reverse("workplace:family_courses", args=[via.alma])
    looked_at(page, via.anna, person, reverse("workplace:course", args=[via.space]))
