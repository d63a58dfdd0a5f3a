"""The catalogue is read without log-in, searched in Danish, and printed on two sides."""

import re
from html import unescape
from io import BytesIO
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from samspil.collaboration.catalogue import loading, papers, presenters, queries
from samspil.collaboration.catalogue.language import Kind, Profession
from samspil.collaboration.catalogue.queries import Wanted
from samspil.foundation.web import pdf
from samspil.foundation.web.further import Topic, about
from tests.web.test_pdf import tags

pytestmark = pytest.mark.django_db

ALL = reverse("catalogue:catalogue")
LEAFLETS = [one.entry.key for one in loading.catalogue() if one.entry.kind is Kind.LEAFLET]


def shown(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def keys(words: str) -> list[str]:
    return [one.entry.key for one in queries.entries(Wanted(words=words))]


@pytest.mark.parametrize("address", [ALL, f"{ALL}?q=barn", f"{ALL}?profession=school&model=via-family"])
def test_the_list_asks_the_database_nothing_however_long_it_is(address):
    """Its texts are data beside the code: the number of statements must not grow with them."""
    with CaptureQueriesContext(connection) as asked:
        shown(address)
    assert [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]] == []


def test_everything_stands_there_without_log_in():
    page = shown(ALL)
    for one in loading.catalogue():
        assert one.entry.title.da in page
        assert reverse("catalogue:entry", args=[one.entry.key]) in page
    assert reverse("programmes:models") in page


@pytest.mark.parametrize("key", [one.entry.key for one in loading.catalogue()])
def test_each_has_its_page(key):
    page = shown(reverse("catalogue:entry", args=[key]))
    one = queries.entry(key)
    assert one.entry.title.da in page
    assert "Forslag fra Samspil" in page
    assert "22. november 2026" in page
    assert "catalogue:" not in page
    for step in one.entry.steps:
        assert f"/steps/{step.split('/')[1]}/" in page


@pytest.mark.parametrize("address", ["/catalogue/nothing/", "/catalogue/tool-gas/leaflet.pdf"])
def test_there_is_no_page_for_what_is_not_there(address):
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    "forms", [("indsats", "indsatser"), ("barn", "børn", "boern"), ("forælder", "forældre", "foraeldre")]
)
def test_all_forms_find_the_same(forms):
    found = [keys(form) for form in forms]
    assert found[0]
    assert all(other == found[0] for other in found)


def test_the_best_answer_stands_first_and_nonsense_finds_nothing():
    assert keys("tryghedsplan")[0] == "tool-safety-plan"
    assert keys("tal med børn om sygdom")[0] == "talk-with-children-about-illness"
    assert keys("rollekort")[0] == "tool-role-cards"
    assert keys("xyzzy") == []
    assert keys("?!") == []


def test_a_search_and_a_filter_narrow_the_page():
    page = shown(f"{ALL}?q={quote('børns sygdom')}&profession=psychiatry")
    assert "Tal med børn om en forælders sygdom" in page
    assert 'value="børns sygdom"' in page
    assert '<option value="psychiatry" selected>' in page
    assert "Stafetlog" not in page
    assert "Intet passer" in shown(f"{ALL}?q=xyzzy")
    only = queries.entries(Wanted(profession=Profession.EMPLOYMENT, model="unge-overgang"))
    assert only
    assert all("unge-overgang" in one.entry.models for one in only)


def test_what_nobody_offers_in_a_filter_is_no_filter():
    assert shown(f"{ALL}?profession=king&model=nothing").count("<h3>") == len(loading.catalogue())


def test_what_is_asked_is_only_text():
    assert "<script>alert" not in Client().get(ALL, {"q": "<script>alert(1)</script>"}).content.decode()


def test_a_step_of_a_model_says_what_one_can_read():
    page = shown(reverse("programmes:step", args=["via-family", "2.0-draft", "safety-plan"]))
    assert reverse("catalogue:entry", args=["tool-safety-plan"]) in page
    assert "Tryghedsplan" in page


def test_the_models_stand_in_the_catalogue():
    page = shown(reverse("programmes:models"))
    crumbs = re.search(r'<nav class="crumbs".*?</nav>', page, re.DOTALL)
    assert crumbs
    assert re.findall(r"<(?:a|li)[^>]*>([^<]+)</", crumbs[0]) == ["Idékatalog", "Samarbejdsmodeller"]
    menu = re.search(r'<ul class="menu">.*?</ul>', page, re.DOTALL)
    assert menu
    assert ALL in menu[0]
    assert reverse("programmes:models") not in menu[0]


@pytest.mark.parametrize("key", LEAFLETS)
def test_a_leaflet_is_a_tagged_paper_of_two_sides_at_most(key):
    answer = Client().get(reverse("catalogue:leaflet", args=[key]))
    assert answer["Content-Type"] == pdf.MEDIA_TYPE
    read = PdfReader(BytesIO(answer.content))
    assert len(read.pages) <= papers.SIDES
    root = read.trailer["/Root"]
    assert root["/Lang"] == "da-DK"
    assert root["/MarkInfo"]["/Marked"]
    assert re.search(rb"pdfuaid:part[^0-9]*1", root["/Metadata"].get_data())
    one = queries.entry(key)
    assert read.metadata.title == one.entry.title.da
    found = tags(read)
    assert found.count("H1") == 1
    numbers = 1
    assert found.count("H2") == one.text.count("\n## ") + one.text.startswith("## ") + numbers
    assert found.count("LI") == len(re.findall(r"^(?:-|\d\.) ", one.text, re.MULTILINE))
    said = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    assert "Forslag fra Samspil" in said
    assert {round(float(page.mediabox.height)) for page in read.pages} == {842}


@pytest.mark.parametrize("key", LEAFLETS)
def test_a_leaflet_says_on_its_first_side_when_not_to_wait(key):
    """A reader found the exception for violence on the second side, after »talk with the parents«."""
    read = PdfReader(BytesIO(papers.leaflet(queries.entry(key))))
    side = " ".join(read.pages[0].extract_text().split())
    said = ["Ring 112", "Vold eller overgreb", "med det samme"]
    assert [side.index(one) for one in said] == sorted(side.index(one) for one in said)
    first, *rest = presenters.sections(queries.entry(key), queries.entry(key).text)
    assert first.tone == "alarm"
    assert "112" in first.text
    for line in queries.entry(key).text.splitlines():
        if re.search(r"(Tal med|Sig det til) foræld\w+", line):
            assert "mistanke om vold" in line
        if "14 dage" in line:
            assert "venter aldrig" in line
    assert all(one.tone != "alarm" for one in rest)


@pytest.mark.parametrize("key", LEAFLETS)
def test_a_leaflet_says_once_what_nobody_has_checked(key):
    page = presenters.page(queries.entry(key), "da")
    said = " ".join(
        " ".join(
            one.extract_text() for one in PdfReader(BytesIO(papers.leaflet(queries.entry(key)))).pages
        ).split()
    )
    assert said.count("Ikke set efter i loven selv") == 1
    for one in page.unread:
        number = re.search(r"§ (\d+)", one.label)
        assert number
        assert re.search(rf"§§? [^.;)]*{number[1]}( a)?\*", queries.entry(key).text.replace("\xa0", " "))
    assert "Set efter i loven" not in said


def test_a_source_has_a_danish_name():
    for key in {key for one in loading.catalogue() for key in one.entry.sources}:
        (source,) = about(Topic.SOURCE, key, "da")
        assert not re.search(
            r"\b(text|data|duty|rules|folder \(start\)|protocol|trial|abstract|working days)\b", source.text
        )
        assert source.text[0] not in "§"


def test_a_leaflet_is_made_once(monkeypatch):
    first = papers.leaflet(queries.entry(LEAFLETS[0]))
    monkeypatch.setattr(pdf, "pdf", lambda html: pytest.fail("made again"))
    assert papers.leaflet(queries.entry(LEAFLETS[0])) == first
