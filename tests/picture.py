"""Makes the README's picture from the running demo: `make run`, then `.venv/bin/python -m tests.picture`."""

import sys
from pathlib import Path

from playwright.sync_api import Page

from tests.browser import chromium

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "course.png"
LOGIN, PASSWORD = "signe.holm", "samspil-demo"
WIDTH, HEIGHT = 1280, 1000
INVENTED = {"Region Nordjylland": "Region Vesthavet", "Jammerbugt": "Fjordby"}
"""The demo's people are invented, its municipality is not: a public picture shows another name."""
RENAME = """names => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    for (const [real, other] of Object.entries(names))
      walker.currentNode.data = walker.currentNode.data.replaceAll(real, other);
}"""


def take(page: Page, site: str) -> None:
    """Log in as Signe and open the family with the longest story."""
    page.goto(f"{site}/login/")
    page.fill("input[name=login]", LOGIN)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.goto(f"{site}/courses/")
    page.get_by_role("link", name="Familien Lund").first.click()
    page.wait_for_load_state("networkidle")
    page.evaluate(RENAME, INVENTED)
    page.screenshot(path=PICTURE)


def main() -> None:
    """One picture of one page; the address of the site may stand as an argument."""
    site = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    PICTURE.parent.mkdir(exist_ok=True)
    with chromium() as browser:
        take(browser.new_page(locale="da-DK", viewport={"width": WIDTH, "height": HEIGHT}), site)


if __name__ == "__main__":
    main()
