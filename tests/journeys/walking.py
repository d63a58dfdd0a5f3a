"""How the journeys walk: log in, look at a page with axe, choose, save; and every address that was met."""

import re
from dataclasses import dataclass, field
from datetime import date

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from samspil.doors.demo.colleagues import PASSWORD, Colleague
from samspil.foundation.kernel import clock
from tests.server import Server

WIDTHS = (1280, 375)
NO_ACCESS = "Siden findes ikke, eller du har ikke adgang."


def log_in(page: Page, site: Server, who: Colleague, path: str = "/") -> None:
    """Give the log-in and the password."""
    page.goto(site.url(path))
    page.get_by_label("Brugernavn").fill(who.login)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()


def faults(page: Page) -> list[str]:
    """What axe finds wrong on the page, at both widths; and whether anything hangs out of it."""
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        report = Axe().run(page)
        if report.violations_count:
            found.append(f"{page.url} at {width}: {report.generate_report()}")
        if page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{page.url} at {width} is wider than the screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


@dataclass(slots=True)
class Walker:
    """Somebody at work in a browser of their own: what they met, and what was wrong with it."""

    page: Page
    site: Server
    looks: bool = True
    met: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    looked: set[str] = field(default_factory=set)
    today: date = field(default_factory=clock.today)
    """The day that the site believes in."""

    @classmethod
    def enter(
        cls, browser: Browser, site: Server, who: Colleague, *, scripts: bool = True, looks: bool = True
    ) -> "Walker":
        """Log in, in a browser that nobody used before."""
        context = browser.new_context(
            locale="da-DK", timezone_id="Europe/Copenhagen", java_script_enabled=scripts
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        walker = cls(page, site, looks=looks and scripts)
        page.on("response", lambda answer: walker._answered(answer.url, answer.status))
        page.on("pageerror", lambda error: walker.wrong.append(f"{page.url}: {error}"))
        log_in(page, site, who)
        return walker

    def _answered(self, url: str, status: int) -> None:
        if status >= 400:
            self.wrong.append(f"{url} answered {status}")

    @property
    def path(self) -> str:
        """The address of the page, without the house."""
        return self.page.url.removeprefix(self.site.url("")).partition("#")[0]

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def here(self) -> str:
        """Look at the page, once it is all there, for each shape of address; returns where one is."""
        self.page.wait_for_load_state()
        self.met.append(self.path)
        shape = re.sub(r"[0-9a-f-]{36}", "id", self.path).partition("?")[0]
        if self.looks and shape not in self.looked:
            self.looked.add(shape)
            self.wrong += faults(self.page)
        return self.path

    def go(self, path: str) -> str:
        """Open an address."""
        self.page.goto(self.site.url(path))
        return self.here()

    def follow(self, name: str | re.Pattern[str]) -> str:
        """Follow the first link of this name on the page."""
        exact = isinstance(name, str)
        self.page.locator("main").get_by_role("link", name=name, exact=exact).first.click()
        return self.here()

    def fill(self, label: str | re.Pattern[str], value: str) -> None:
        """Write into the field with this label."""
        self.page.locator("main").get_by_label(label).fill(value)

    def choose(self, question: str, *answers: str | re.Pattern[str]) -> None:
        """Tick answers of one question."""
        group = self.page.locator("main").get_by_role("group", name=re.compile(f"^{re.escape(question)}"))
        for answer in answers:
            group.get_by_label(answer, exact=isinstance(answer, str)).check()

    def press(self, button: str) -> str:
        """Press a button; look at the page it leads to."""
        self.page.locator("main").get_by_role("button", name=button, exact=True).first.click()
        return self.here()

    def leave(self) -> list[str]:
        """Close the browser; returns what was wrong."""
        self.page.context.close()
        return self.wrong
