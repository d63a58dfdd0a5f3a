"""The drawing of a model as a file of its own: also what is measured stands in it."""

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from samspil.collaboration.programmes import loading
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.presenters import poster
from samspil.collaboration.programmes.presenters.measures import measure_titles

pytestmark = pytest.mark.django_db
ENGLISH = re.compile(r"\b(the|and|page|start|contents|summary|rules|trial|of)\b", re.IGNORECASE)
PROGRAMMES = loading.library().programmes


def words(svg: str) -> str:
    """All that is written in the drawing, without tags and line breaks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", svg)).split())


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda one: f"{one.key}-{one.version}")
def test_each_measure_is_drawn_with_whom_and_when_and_whether_it_is_there(programme: Programme) -> None:
    answer = Client().get(reverse("programmes:picture", args=[programme.key, programme.version]))
    svg = answer.content.decode()
    ET.fromstring(svg)  # noqa: S314  our own page
    drawn = words(svg)
    assert "Målinger" in drawn
    for title in measure_titles(programme, "da").values():
        assert title in drawn


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda one: f"{one.key}-{one.version}")
def test_nothing_is_drawn_outside_or_over_something_else(programme: Programme) -> None:
    drawn = poster(programme, "da", loading.library().planned.instruments)
    for one in drawn.boxes:
        assert one.x + one.width <= drawn.width
        assert one.y + one.height <= drawn.height
        for other in drawn.boxes:
            if other is one or other.x != one.x:
                continue
            assert other.y >= one.y + one.height or one.y >= other.y + other.height
    assert sum(len(stripe.lines) > 0 for stripe in drawn.stripes) == len(drawn.stripes)


def test_a_measure_that_is_not_there_yet_says_so_by_its_own_name() -> None:
    titles = measure_titles(loading.library().programme("via-family", "2.0-draft"), "da")
    assert titles["measure-sam-s-professional"] == "SAM-S, fagpersonernes syn på samarbejdet (kommer)"


def test_a_danish_reader_is_told_in_danish_what_a_source_is() -> None:
    for source in loading.library().sources.values():
        assert not ENGLISH.search(source.said("da")), source.said("da")
        assert source.said("en") == source.title
