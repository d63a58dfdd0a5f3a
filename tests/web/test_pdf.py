"""PDFs of our own pages: accessible, in our own fonts, and nothing is ever fetched for them."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.template import engines
from pypdf import PdfReader

from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.web import pdf

PAGE = """{% extends "web/pdf.html" %}{% block title %}Din kopi{% endblock %}{% block content %}
<h1>Din kopi</h1><p>Hej Mette. Det er øen, hvor åen løber.</p>
<h2>Aftaler</h2><ul><li>Jens henter</li><li>Signe ringer</li></ul>
<h3>Telefoner</h3><table><caption>Hvem svarer</caption>
<thead><tr><th scope="col">Navn</th><th scope="col">Telefon</th></tr></thead>
<tbody><tr><th scope="row">Signe</th><td>12 34 56 78</td></tr></tbody></table>
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><title>En stige med fem trin</title>
<rect width="9" height="9"></rect></svg>
<p>Til sidst.</p>{% endblock %}"""


def made(template: str = PAGE, language: str = "da-DK") -> PdfReader:
    html = engines["django"].from_string(template).render({"language": language})
    return PdfReader(BytesIO(pdf.pdf(html)))


@pytest.fixture(scope="module")
def read() -> PdfReader:
    return made()


def elements(read: PdfReader) -> Iterator[Any]:
    """The tags in reading order, each with what it says of itself."""

    def below(node: Any) -> Iterator[Any]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                yield from below(one)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            yield from below(node.get("/K", []))

    return below(read.trailer["/Root"]["/StructTreeRoot"]["/K"])


def tags(read: PdfReader) -> list[str]:
    return [str(one["/S"]).lstrip("/") for one in elements(read)]


def test_says_what_it_is_and_in_which_language(read: PdfReader):
    root = read.trailer["/Root"]
    assert root["/Lang"] == "da-DK"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata is not None
    assert read.metadata.title == "Din kopi"
    assert re.search(rb"pdfuaid:part[^0-9]*1", root["/Metadata"].get_data())


def test_headings_lists_and_tables_are_tagged_in_the_order_of_reading(read: PdfReader):
    found = tags(read)
    wanted = ["H1", "P", "H2", "L", "LI", "LI", "H3", "Table", "Caption", "TH", "TH", "TH", "TD", "Figure"]
    places = iter(found)
    assert all(any(tag == one for one in places) for tag in wanted)


def test_a_cell_knows_its_headings(read: PdfReader):
    cells = [one for one in elements(read) if one["/S"] == "/TD"]
    heads = {one["/ID"] for one in elements(read) if one["/S"] == "/TH"}
    assert cells
    assert all(set(cell["/A"]["/Headers"]) <= heads and cell["/A"]["/Headers"] for cell in cells)


def test_a_picture_is_said_in_words(read: PdfReader):
    assert [one["/Alt"] for one in elements(read) if one["/S"] == "/Figure"] == ["En stige med fem trin"]


def test_every_tagged_page_has_its_place_in_the_tree(read: PdfReader):
    assert all("/StructParents" in page for page in read.pages)


def test_has_bookmarks_and_all_its_words(read: PdfReader):
    names = [one.title for one in _flat(read.outline)]
    assert names == ["Din kopi", "Aftaler", "Telefoner"]
    text = read.pages[0].extract_text()
    for said in ("Det er øen, hvor åen løber.", "Signe ringer", "12 34 56 78", "Til sidst."):
        assert said in text


def _flat(outline: Any) -> Iterator[Any]:
    for one in outline:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one


def test_is_set_in_our_own_fonts_which_go_with_it(read: PdfReader):
    fonts = [font.get_object() for page in read.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        assert "IBM-Plex-Sans" in font["/BaseFont"]
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(described)


@pytest.mark.parametrize(
    "asked",
    [
        '<img alt="Et billede" src="https://example.com/logo.png">',
        '<img alt="Et billede" src="file:///etc/passwd">',
        '<img alt="Et billede" src="data:image/png;base64,AAAA">',
        '<img alt="Et billede" src="/static/../../etc/passwd">',
        '<img alt="Et billede" src="/families/secret.png">',
        '<link rel="stylesheet" href="http://example.com/style.css">',
    ],
)
def test_nothing_but_our_own_files_is_fetched(asked: str):
    page = PAGE.replace("<h1>", f"{asked}<h1>")
    with pytest.raises(pdf.UnfitPage, match="not a static file of ours"):
        made(page)


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<html><head><title>Ja</title></head><h1>Hej</h1></html>", "language"),
        ('<html lang="da"><h1>Hej</h1></html>', "title"),
        ('<html lang="da"><title>Ja</title><img src="/static/web/icon.svg"><h1>Hej</h1></html>', "alt"),
        (
            '<html lang="da"><title>Ja</title><style>p { frobnicate: 1 }</style><h1>Hej</h1></html>',
            "frobnicate",
        ),
    ],
)
def test_a_page_that_could_not_be_read_by_all_is_refused(page: str, why: str):
    with pytest.raises(pdf.UnfitPage, match=why):
        pdf.pdf(page)


def test_says_what_the_machine_lacks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf, "missing_libraries", lambda: ["pango"])
    with pytest.raises(Refused, match="pango"):
        made()
