"""Chromium, as a Dane would have it, found on the machine."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str:
    """Where Chromium stands."""
    wanted = os.environ.get("SAMSPIL_CHROMIUM", "")
    found = [path for name in (wanted, *NAMES) if name and (path := shutil.which(name))]
    if not found:
        raise RuntimeError("No Chromium was found (Debian: apt-get install chromium fonts-dejavu-core).")
    return found[0]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def page_of(browser: Browser) -> Iterator[Page]:
    """A clean page; a script's error or a breach of the security policy fails the test."""
    context = browser.new_context(locale="da-DK", timezone_id="Europe/Copenhagen")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.extend(_breach(message)))
    yield page
    context.close()
    assert not complaints


def _breach(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []
