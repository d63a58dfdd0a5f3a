"""Names as Danes spell, hear and mistype them."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samspil.collaboration.families.rules.names import (
    Known,
    Likeness,
    SamePerson,
    asked_keys,
    distance,
    likeness,
    near_names,
    ranked,
    same_person,
    sort_key,
    sound,
    stored_keys,
    words,
)

BORN = date(2017, 5, 12)
PLAIN = "bfgmoprtvsiu"
ERRORS = (
    lambda name, i, _letter: name[:i] + name[i + 1 :],
    lambda name, i, letter: name[:i] + letter + name[i:],
    lambda name, i, letter: name[:i] + letter + name[i + 1 :],
    lambda name, i, _letter: name[:i] + name[i + 1] + name[i] + name[i + 2 :],
)


def first(text):
    return words(text)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Søren", "Soeren"),
        ("Søren", "Sören"),
        ("Åse", "Aase"),
        ("Nygård", "NYGAARD"),
        ("Ærø", "Äroe"),
        ("René", "Rene"),
        ("Müller", "Myller"),
        ("Åse", "A\u030ase"),
    ],
)
def test_one_letter_has_many_spellings(one, other):
    assert likeness(first(one), first(other)) == Likeness.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Søren", "Soren"),
        ("Kirsten", "Kirstine"),
        ("Christian", "Kristian"),
        ("Thor", "Tor"),
        ("Hansen", "Hanson"),
        ("Hansen", "Hansson"),
        ("Vestergaard", "Westergård"),
        ("Bech", "Bæk"),
        ("Beck", "Bech"),
        ("Mette", "Mete"),
        ("Schmidt", "Smidt"),
        ("Meyer", "Majer"),
        ("Kjær", "Kær"),
        ("Sofie", "Sophia"),
        ("Karin", "Karen"),
        ("Birgitte", "Birgit"),
        ("Anna", "Anne"),
        ("Johannes", "Joannes"),
        ("Sylvia", "Silvia"),
        ("Lindquist", "Lindkvist"),
    ],
)
def test_what_sounds_alike_is_found_both_ways(one, other):
    assert Likeness.SOUNDS in (likeness(first(one), first(other)), likeness(first(other), first(one)))
    assert asked_keys(first(one)) & stored_keys(other)
    assert asked_keys(first(other)) & stored_keys(one)


@pytest.mark.parametrize("typed", ["Pedresen", "Pederse", "Pederxsen", "Petersen", "edersen", "Pedersenn"])
def test_one_typing_error_is_forgiven(typed):
    assert likeness(first(typed), "pedersen") <= Likeness.NEARLY
    assert asked_keys(first(typed)) & stored_keys("Pedersen")


@given(
    st.text(PLAIN, min_size=6, max_size=12),
    st.integers(0, 40),
    st.sampled_from(PLAIN),
    st.sampled_from(ERRORS),
)
def test_any_single_slip_of_the_finger_still_meets(name, place, letter, slip):
    typed = slip(name, place % (len(name) - 1), letter)
    assume(sound(name) == name and sound(typed) == typed)
    assert likeness(typed, name) <= Likeness.NEARLY
    assert asked_keys(typed) & stored_keys(name)


@given(st.text(max_size=60))
def test_no_text_breaks_the_keys(text):
    assert len(stored_keys(text)) < 1000
    assert isinstance(sort_key(text), str)
    for word in words(text):
        assert asked_keys(word) & stored_keys(text)


@pytest.mark.parametrize(
    ("one", "other"), [("Lise", "Lars"), ("Bo", "Ib"), ("Mette", "Jens"), ("Ida", "Ole")]
)
def test_different_names_stay_different(one, other):
    assert likeness(first(one), first(other)) == Likeness.OTHER


def test_a_beginning_of_three_letters_finds():
    assert likeness("ves", "vestergaard") == Likeness.BEGINS
    assert likeness("ve", "vestergaard") == Likeness.OTHER
    assert asked_keys("ves") & stored_keys("Mette Vestergaard")


def test_short_names_are_found_whole():
    assert asked_keys("bo") & stored_keys("Bo Lund")
    assert not asked_keys("bo") & stored_keys("Bodil Lund")


def test_a_hyphened_name_is_found_apart_and_together():
    for search in ("Anne Marie", "Annemarie", "Anne-Marie", "marie"):
        assert distance(search, "Anne-Marie Lund") is not None


def test_every_word_of_a_search_must_be_met():
    assert distance("mette lund", "Mette Lund") == 0
    assert distance("mette krog", "Mette Lund") is None
    assert distance("", "Mette Lund") is None


def test_nearest_comes_first_then_danish_order():
    people = [
        ("a", "Mete Lund"),
        ("b", "Mette Aagaard"),
        ("c", "Mette Zeuthen"),
        ("d", "Jens Lund"),
        ("e", "Metta"),
    ]
    assert ranked("mette", people) == ["c", "b", "a", "e"]


def test_danish_order():
    names = ["Åse", "Ærø", "Øster", "Aaby", "Zeuthen", "Andersen", "Ånd", "Öberg", "Adam", "Äke"]
    expected = ["Adam", "Andersen", "Zeuthen", "Äke", "Ærø", "Öberg", "Øster", "Aaby", "Ånd", "Åse"]
    assert sorted(names, key=sort_key) == expected


@pytest.mark.parametrize(
    ("name", "born", "known", "verdict"),
    [
        ("Alma Lund", BORN, Known("Noget Andet", None, has_same_number=True), SamePerson.CERTAIN),
        ("Alma Lund", BORN, Known("Alma Marie Lund", BORN), SamePerson.PERHAPS),
        ("Kristian Lund", BORN, Known("Christian Lunn", BORN), SamePerson.PERHAPS),
        ("Alma Lund", BORN, Known("Alma Lund", date(2017, 5, 13)), SamePerson.NO),
        ("Alma Lund", None, Known("Alma Lund", None), SamePerson.PERHAPS),
        ("Alma Lund", None, Known("Alma Marie Lund", BORN), SamePerson.PERHAPS),
        ("Alma Lund", BORN, Known("Alma Lund", None), SamePerson.PERHAPS),
        ("Alma", None, Known("Alma Lund", BORN), SamePerson.NO),
        ("Alma", None, Known("Alma", None), SamePerson.PERHAPS),
        ("Alma Lund", None, Known("Noah Lund", None), SamePerson.NO),
        ("Alma Lund", BORN, Known("Noah Lund", BORN), SamePerson.NO),
    ],
)
def test_when_two_look_like_one(name, born, known, verdict):
    assert same_person(name, born, known) == verdict


def test_near_names_do_not_care_which_is_longer():
    assert near_names("Alma Marie Lund", "Alma Lund")
    assert near_names("Alma Lund", "Alma Marie Lund")
