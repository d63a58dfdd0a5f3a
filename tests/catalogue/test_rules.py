"""All forms of a Danish word find each other, and a hard text reads as hard."""

import unicodedata

import pytest

from samspil.collaboration.catalogue import rules


@pytest.mark.parametrize(
    "forms",
    [
        ("indsats", "indsatser", "indsatsen", "indsatserne"),
        ("barn", "barnet", "børn", "børnene", "børns"),
        ("forælder", "forældre", "forældrene", "forældrenes"),
        ("myndighed", "myndigheder"),
        ("rusmiddel", "rusmidler", "rusmidlerne"),
        ("voksen", "voksne"),
        ("mor", "mødre"),
        ("samtykke", "samtykker", "samtykket"),
        ("plejebarn", "plejebørn"),
        ("familieindsats", "familieindsatserne"),
        ("Forælder", "FORAELDER"),
        ("børn", "boern", "BØRN"),
        ("år", "aar"),
    ],
)
def test_all_forms_of_a_word_are_one(forms):
    assert len({rules.stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("barn", "brand"), ("lov", "løve"), ("børn", "born"), ("far", "fare")]
)
def test_different_words_stay_different(one, other):
    assert rules.stem(one) != rules.stem(other)


def test_letters_of_two_signs_are_the_same_letters():
    assert rules.stem(unicodedata.normalize("NFD", "måltavle")) == rules.stem("måltavle")


def test_a_word_finds_compounds_that_begin_with_it_but_a_short_one_does_not():
    parts = [(1, rules.stems("Netværksmødet varer en time"))]
    assert rules.score([rules.stem("netværk")], parts)
    assert not rules.score([rules.stem("en"), rules.stem("net")], parts)


def test_every_word_must_be_found_and_the_heaviest_part_counts():
    parts = [(9, rules.stems("Tryghedsplan")), (1, rules.stems("til barnet"))]
    assert rules.score([rules.stem("tryghedsplan"), rules.stem("børn")], parts) == 10
    assert rules.score([rules.stem("tryghedsplan"), rules.stem("skole")], parts) == 0


def test_words_are_counted_without_signs_and_addresses():
    assert rules.words("## Læs [det hele](https://example.org/langt/navn), og kom i gang!") == [
        "Læs", "det", "hele", "og", "kom", "i", "gang",
    ]  # fmt: skip


def test_lix_is_words_in_a_sentence_plus_the_share_of_long_words():
    assert rules.lix("Vi ses i dag. Du kan ringe nu.") == pytest.approx(4.0)
    assert rules.lix("Socialforvaltningens myndighedsudøvelse.") == pytest.approx(2 + 100)
    assert rules.lix("# Hvem\n\n- Du ringer\n- Vi kommer\n") == pytest.approx(5 / 3)
    assert rules.lix("") == 0
