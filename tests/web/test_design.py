"""The living catalogue holds every component, and it is accessible, whole and calm at every width."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from tests.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WEB = Path("samspil/foundation/web/templates")
COMPONENTS = {file.stem.replace("_", "-"): file for file in sorted((WEB / "cotton").glob("*.html"))}
WIDTHS = pytest.mark.parametrize("width", [1280, 1100, 768, 375, 320])


def used_in(text: str) -> set[str]:
    return set(re.findall(r"<c-([a-z][a-z-]*)", text)) & set(COMPONENTS)


def test_every_component_stands_in_the_catalogue_itself():
    pages = [WEB / "web/design.html", *(WEB / "web/design").glob("*.html")]
    shown = set().union(*(used_in(page.read_text(encoding="utf-8")) for page in pages))
    inside = set().union(*(used_in(COMPONENTS[name].read_text(encoding="utf-8")) for name in shown))
    assert set(COMPONENTS) - shown - inside == set()


COURSES = Path("samspil/collaboration/courses/templates")
FRAMES = {"head", "crumbs", "inbox-crumbs", "referral-crumbs"}
"""The top of a page, and the way back from it: every page of a course shows them."""


def test_every_component_of_courses_stands_in_the_catalogue_too():
    files = {file.stem.replace("_", "-"): file for file in (COURSES / "cotton/courses").glob("*.html")}
    pages = "".join(page.read_text(encoding="utf-8") for page in (COURSES / "courses/design").glob("*.html"))
    shown = set(re.findall(r"<c-courses\.([a-z-]+)", pages))
    inside = {
        name
        for one in shown
        for name in re.findall(r"<c-courses\.([a-z-]+)", files[one].read_text(encoding="utf-8"))
    }
    assert set(files) - shown - inside == FRAMES


@pytest.mark.django_db
def test_the_catalogue_renders_with_no_component_left_raw():
    page = Client().get("/design/").content.decode()
    assert "<c-" not in page
    assert "{%" not in page
    for name in ("lane__row", "phase--wide", "ladder__now", "hatched", "tasks__row--here", "invented"):
        assert name in page


@pytest.mark.django_db
def test_a_wrong_form_is_shown_again_with_what_was_written():
    page = (
        Client().post("/design/", {"name": "<script>alert(1)</script>", "day": "31.2.2026"}).content.decode()
    )
    assert "Noget mangler eller er forkert" in page
    assert "Datoen 31.2.2026 findes ikke" in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.django_db
def test_no_page_of_ours_holds_inline_style_or_script():
    page = Client().get("/design/").content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", page)


def shows_fields(template: str) -> bool:
    return bool(re.search(r"\{\{ \w*form \}\}|<c-field |as_field_group", template))


PAGES_WITH_FORMS = [
    file
    for file in sorted(Path("samspil").rglob("templates/**/*.html"))
    if shows_fields(file.read_text(encoding="utf-8")) and not {"cotton", "forms"} & set(file.parts)
]


def with_its_layout(file: Path) -> str:
    """A template and the ones it extends, as one text."""
    text = file.read_text(encoding="utf-8")
    extended = re.search(r"{% extends \"([^\"]+)\" %}", text)
    layouts = list(Path("samspil").rglob(f"templates/{extended[1]}")) if extended else []
    return text + "".join(with_its_layout(layout) for layout in layouts)


@pytest.mark.parametrize("file", PAGES_WITH_FORMS, ids=str)
def test_every_page_with_a_form_says_above_it_what_is_wrong(file):
    text = with_its_layout(file)
    assert "<c-error-summary " in text or "<c-desk.form :form=" in text  # the desk's form brings its own


def problems(page: "Page") -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


@pytest.mark.browser
@WIDTHS
def test_the_catalogue_has_no_accessibility_fault_and_fits_its_width(
    live_server_process: Server, page: "Page", width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server_process.url("/design/"))
    assert problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_a_wrong_form_leads_the_reader_to_the_first_fault(live_server_process: Server, page: "Page") -> None:
    from playwright.sync_api import expect

    page.goto(live_server_process.url("/design/"))
    page.get_by_role("button", name="Gem").click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    assert problems(page) == []
    summary.get_by_role("link", name="Vælg: Er barnet spurgt?").click()
    expect(page.get_by_role("radio", name="Ja")).to_be_focused()


@pytest.mark.browser
def test_the_same_form_and_menu_work_without_script(live_server_process: Server, browser: "Browser") -> None:
    from playwright.sync_api import expect

    context = browser.new_context(locale="da-DK", java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server_process.url("/design/"))
    page.get_by_text("Mere", exact=True).click()
    expect(page.get_by_role("link", name="Udskriv")).to_be_visible()
    page.get_by_text("Mere", exact=True).click()
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("link", name="Udfyld: Navn")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Building blocks", level=1)).to_be_visible()
    context.close()


@pytest.mark.browser
def test_the_keyboard_reaches_the_content_first(live_server_process: Server, page: "Page") -> None:
    from playwright.sync_api import expect

    page.goto(live_server_process.url("/design/"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Gå til indhold")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 375])
def test_an_error_page_is_accessible(live_server_process: Server, page: "Page", width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server_process.url("/findes-ikke/"))
    assert problems(page) == []
