"""Links that apps add to the header: in order, marked where one stands, shown to those with use for them."""

from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspil.foundation.web import navigation
from samspil.foundation.web.navigation import Entry, Place


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "ENTRIES", {place: [] for place in Place})
    return


def texts(path: str = "/design/") -> list[tuple[str, bool]]:
    return [(link.text, link.is_current) for link in navigation.links(Place.MENU, RequestFactory().get(path))]


def test_links_stand_in_their_order_and_the_page_one_is_on_is_marked():
    navigation.add(Place.MENU, Entry(_("Language"), "web:language", order=20))
    navigation.add(Place.MENU, Entry(_("Building blocks"), "web:design", order=10))
    assert texts() == [("Byggesten", True), ("Sprog", False)]
    assert texts("/design/noget/") == [("Byggesten", True), ("Sprog", False)]
    assert texts("/") == [("Byggesten", False), ("Sprog", False)]


def test_a_page_may_belong_to_another_entry_than_its_address_says():
    navigation.add(Place.MENU, Entry(_("Language"), "web:language", order=20))
    navigation.add(Place.MENU, Entry(_("Building blocks"), "web:design", order=10))
    request = RequestFactory().get("/design/noget/")
    navigation.stand_under(request, "web:language")
    marked = [link.text for link in navigation.links(Place.MENU, request) if link.is_current]
    assert marked == ["Sprog"]


def test_the_same_page_is_one_link_however_often_an_app_starts():
    navigation.add(Place.MENU, Entry(_("Building blocks"), "web:design"))
    navigation.add(Place.MENU, Entry(_("Building blocks"), "web:design"))
    assert len(texts()) == 1


def test_a_link_is_hidden_from_whoever_has_no_use_for_it():
    navigation.add(Place.MENU, Entry(_("Building blocks"), "web:design", shown=lambda _request: False))
    assert texts() == []


def test_addresses_of_many_things_are_those_that_reverse_gives():
    keys = [uuid4(), uuid4()]
    page = navigation.addresses("families:person")
    assert [page(key) for key in keys] == [reverse("families:person", args=[key]) for key in keys]
