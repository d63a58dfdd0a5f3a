"""The public pages about initiatives: readable without log-in, with every statement's mark."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from samspil.collaboration.programmes.language.words import mark_of
from samspil.insight.rollout import loading, presenters, queries
from samspil.insight.rollout.presenters import words

pytestmark = pytest.mark.django_db


def test_all_of_them_without_log_in_and_without_a_query():
    client = Client()
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("rollout:initiatives")).content.decode()
    assert [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]] == []
    for one in loading.initiatives():
        assert page.count(one.title.da) >= 2, "on the line of time and in the list"


@pytest.mark.parametrize("key", [one.key for one in loading.initiatives()])
def test_each_has_its_page_in_danish_and_english(key):
    client = Client()
    page = client.get(reverse("rollout:initiative", args=[key])).content.decode()
    one = next(found for found in loading.initiatives() if found.key == key)
    for partner in one.partners:
        assert partner.name in page
    for result in one.results:
        assert result.reservations.da in page
    client.cookies["django_language"] = "en"
    assert one.summary.en in client.get(reverse("rollout:initiative", args=[key])).content.decode()


def test_there_is_no_page_for_what_is_not_there():
    assert Client().get(reverse("rollout:initiative", args=["nothing"])).status_code == 404


def test_money_and_spans_read_as_people_say_them():
    with translation.override("da"):
        assert words.kroner(9_500_000) == "9,5 mio. kr."
        assert words.kroner(33_920_250) == "33.920.250 kr."
        assert words.kroner(None) == "står ikke i de kilder, vi har"
        assert words.moment("2006-09") == "september 2006"
        assert words.moment("2015-09-21") == "21. september 2015"
        assert words.moment("2008") == "2008"


def test_every_statement_shows_where_it_is_from():
    card = queries.card("bti")
    assert card is not None
    with translation.override("da"):
        page = presenters.page(card, "da")
    kinds = [mark_of(one.provenance).kind for one in card.initiative.outcomes]
    assert [line.kind for line in page.outcomes] == kinds


def test_the_line_of_time_runs_from_the_first_year_to_the_last():
    with translation.override("da"):
        chart = presenters.chart(loading.initiatives(), "da")
    assert chart.years[0].text == "2006"
    assert chart.bars[0].x < chart.bars[-1].x
    assert all(bar.width > 0 and bar.x + bar.width <= 960 for bar in chart.bars)
