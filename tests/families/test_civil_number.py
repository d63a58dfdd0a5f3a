"""The civil number: clear answers to what cannot be one, and invented ones that belong to nobody."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.collaboration.families.rules.civil_number import made_up, read, usable

TODAY = date(2026, 11, 19)


def answer(text, *, born=None, is_unborn=False, made_up_allowed=True):
    return usable(text, born=born, is_unborn=is_unborn, made_up_allowed=made_up_allowed, today=TODAY)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "10 digits"),
        ("61011", "10 digits"),
        ("610117-12345", "10 digits"),
        ("6101A7-1234", "only digits"),
        ("٦١٠١١٧١٢٣٤", "only digits"),
        ("900217-5234", "does not exist"),
        ("891317-5234", "does not exist"),
        ("310217-5234", "does not exist"),
        ("000117-5234", "does not exist"),
        ("600117-5234", "does not exist"),
        ("611226-5234", "future"),
    ],
)
def test_what_cannot_be_a_number_is_refused_with_its_reason(text, reason):
    decision = answer(text)
    assert not decision
    assert reason in decision.reason


def test_separators_are_forgiven():
    assert answer("720517-5234")
    assert answer(" 7205175234 ")
    assert read("720517-5234").born == date(2017, 5, 12)
    assert read("7205175234").shown == "720517-5234"


def test_the_seventh_digit_tells_the_century():
    assert read(made_up(date(1985, 4, 3), 7)).born == date(1985, 4, 3)
    assert read(made_up(date(2017, 4, 3), 7)).born == date(2017, 4, 3)
    assert read(made_up(date(1930, 4, 3), 2007)).born == date(1930, 4, 3)


def test_a_leap_day_exists_only_in_a_leap_year():
    assert answer(made_up(date(2008, 2, 29), 1))
    assert not answer("890209-5001")


def test_a_birth_date_that_disagrees_is_refused():
    assert answer("720517-5234", born=date(2017, 5, 12))
    assert "do not agree" in answer("720517-5234", born=date(2017, 5, 13)).reason


def test_an_unborn_child_has_none():
    assert not answer("720517-5234", is_unborn=True)


def test_a_made_up_number_is_refused_where_real_people_are():
    assert "made up" in answer("720517-5234", made_up_allowed=False).reason


@given(st.dates(date(1900, 1, 1), date(2036, 12, 31)), st.integers(0, 9999))
def test_invented_numbers_can_belong_to_nobody(born, serial):
    number = read(made_up(born, serial))
    assert number is not None
    assert number.born == born
    assert number.is_made_up
    assert int(number.digits[:2]) > 31
