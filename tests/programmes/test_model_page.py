"""The page of a model answers first what two readers looked for: for whom, what is known, and from when."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from samspil.collaboration.programmes import loading
from samspil.collaboration.programmes.presenters.timing import due_words
from samspil.collaboration.programmes.presenters.versions import model_words, version_words

pytestmark = pytest.mark.django_db
ALL = loading.library().programmes


def shown(programme) -> str:
    answer = Client().get(reverse("programmes:model", args=[programme.key, programme.version]))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def due(programme, key: str) -> str:
    return due_words(programme, next(step for step in programme.steps if step.key == key)).da


@pytest.mark.parametrize("programme", ALL, ids=lambda one: f"{one.key}/{one.version}")
def test_whom_it_is_for_and_what_is_known_stand_before_the_picture(programme):
    page = shown(programme)
    order = [
        "Hvem den er for",
        "Hvad ved vi?",
        programme.do_not_claim.da,
        "Hvem gør hvad hvornår",
        "Hvad gør du?",
    ]
    assert [page.index(one) for one in order] == sorted(page.index(one) for one in order)
    assert "Samspils udkast efter model fra Social- og Boligstyrelsen. Ikke godkendt." in page
    assert "Kladde" not in page


@pytest.mark.parametrize("programme", ALL, ids=lambda one: f"{one.key}/{one.version}")
def test_every_deadline_says_from_what(programme):
    for step in programme.steps:
        said = due_words(programme, step)
        assert re.match(r"hver |på første dag|.*(efter|før|samme dag som|den dag,) \S", said.da), said.da
        assert "»Møde holdt«" not in said.da
        assert "{" not in said.da + said.en


def test_a_deadline_names_the_step_it_counts_from():
    via = loading.library().programme("via-family", "2.0-draft")
    assert due(via, "needs-overview") == "senest 21 dage efter start"
    assert due(via, "safety-plan") == "senest 45 dage efter »Fælles opstartsmøde«"
    assert due(via, "advice-talk") == "senest 10 hverdage efter den dag, I valgte sporet Rådgivning"
    assert due(via, "transition-note-region") == "senest 30 dage før den dag, regionens indsats slutter"
    assert due(via, "child-view-status") == "fra 7 dage før til 7 dage efter »Statusmøde«"


def test_what_several_clocks_have_in_common_stands_once():
    bti = loading.library().programme("bti", "2012-adapted-2024")
    assert "senest 7 dage efter den dag, niveau 1, 2 eller 3 blev valgt" in {
        due_words(bti, step).da for step in bti.steps
    }


def test_where_a_card_is_from_is_said_to_who_cannot_see_the_mark():
    page = shown(loading.library().programme("via-family", "2.0-draft"))
    cards = re.findall(r'<a class="chip chip--.*?</a>', page, re.DOTALL)
    words = [
        re.search(r'<b>\s*<span class="provenance">.*?</svg>\s*[^<\s]', card, re.DOTALL) for card in cards
    ]
    assert len(cards) == 31
    assert all(words)
    assert "Følger af barnets lov § 95" in page


def test_a_profession_finds_its_steps_and_its_leaflet():
    page = shown(loading.library().programme("via-family", "2.0-draft"))
    part = page.split("Hvad gør du?")[1]
    assert re.search(r"<b>Koordinator i kommunen</b>.*?Dine trin:.*?Rådgivende samtale", part, re.DOTALL)
    assert "familiebehandling" in part
    assert reverse("catalogue:entry", args=["leaflet-psychiatry"]) in part


def test_a_version_is_said_without_the_signs_of_its_key():
    assert version_words("2.0-draft") == "2.0 (udkast)"
    assert version_words("2012-adapted-2024") == "2012 (tilpasset 2024)"
    assert version_words("2023") == "2023"


@pytest.mark.parametrize("programme", ALL, ids=lambda one: f"{one.key}/{one.version}")
def test_the_way_to_try_it_leads_somewhere(programme):
    address = reverse("programmes:try", args=[programme.key, programme.version])
    assert f'href="{address}"' in shown(programme)


def test_a_model_says_its_number_once():
    assert model_words("VIA Family 2.0", "2.0-draft") == "VIA Family 2.0 (udkast)"
    assert model_words("Sammen om familien", "2021") == "Sammen om familien, version 2021"
