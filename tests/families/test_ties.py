"""Ties that can be, ties that cannot, and which hold on a day."""

from datetime import date
from uuid import UUID

import pytest

from samspil.collaboration.families.models import TieKind
from samspil.collaboration.families.rules.ties import (
    Bond,
    Someone,
    custody_holders,
    descendants,
    in_force,
    may_end,
    possible,
)

TODAY = date(2026, 11, 19)
METTE, JENS, ALMA, NOAH, INGE, THIRD, BABY = (UUID(int=n) for n in range(1, 8))
PEOPLE = {
    METTE: Someone(METTE, date(1987, 3, 1)),
    JENS: Someone(JENS, date(1985, 6, 2)),
    ALMA: Someone(ALMA, date(2017, 5, 12)),
    NOAH: Someone(NOAH, date(2010, 5, 12)),
    INGE: Someone(INGE, date(1955, 1, 1)),
    THIRD: Someone(THIRD),
    BABY: Someone(BABY, is_unborn=True),
}


def bond(person, kind, to, starts=None, **rest):
    return Bond(person, kind, to, starts, **rest)


def answer(new, existing=()):
    return possible(new, existing, PEOPLE, today=TODAY)


@pytest.mark.parametrize(
    "tie",
    [
        bond(METTE, TieKind.PARENT, ALMA),
        bond(METTE, TieKind.PARENT, BABY),
        bond(METTE, TieKind.CUSTODY, ALMA, date(2017, 5, 12)),
        bond(ALMA, TieKind.LIVES_WITH, METTE, date(2017, 5, 12)),
        bond(ALMA, TieKind.SIBLING, NOAH),
        bond(INGE, TieKind.GRANDPARENT, ALMA),
        bond(METTE, TieKind.PARTNER, JENS, date(2008, 1, 1)),
        bond(METTE, TieKind.NETWORK, INGE, TODAY),
    ],
)
def test_ordinary_ties_are_possible(tie):
    assert answer(tie)


@pytest.mark.parametrize(
    ("tie", "existing", "reason"),
    [
        (bond(ALMA, TieKind.SIBLING, ALMA), [], "themselves"),
        (bond(METTE, TieKind.CUSTODY, ALMA, date(2026, 11, 20)), [], "future"),
        (bond(METTE, TieKind.CUSTODY, ALMA, date(2020, 1, 1), ends=date(2019, 1, 1)), [], "end after"),
        (bond(METTE, TieKind.CUSTODY, ALMA, date(2017, 5, 11)), [], "before both were born"),
        (bond(METTE, TieKind.CUSTODY, BABY), [], "not born yet"),
        (bond(BABY, TieKind.PARENT, THIRD), [], "not born yet"),
        (bond(ALMA, TieKind.PARENT, METTE), [], "swapped"),
        (bond(NOAH, TieKind.PARENT, ALMA), [], "swapped"),
        (bond(JENS, TieKind.FOSTER_PARENT, METTE, date(2020, 1, 1)), [], "adult"),
        (bond(METTE, TieKind.PARENT, ALMA), [bond(METTE, TieKind.PARENT, ALMA)], "there already"),
        (bond(NOAH, TieKind.SIBLING, ALMA), [bond(ALMA, TieKind.SIBLING, NOAH)], "there already"),
        (
            bond(THIRD, TieKind.PARENT, ALMA),
            [bond(METTE, TieKind.PARENT, ALMA), bond(JENS, TieKind.PARENT, ALMA)],
            "at most two parents",
        ),
        (
            bond(INGE, TieKind.CUSTODY, ALMA),
            [bond(METTE, TieKind.CUSTODY, ALMA), bond(JENS, TieKind.CUSTODY, ALMA)],
            "At most two people have custody",
        ),
        (bond(INGE, TieKind.PARTNER, JENS), [bond(INGE, TieKind.PARENT, JENS)], "cannot be partners"),
        (bond(INGE, TieKind.PARENT, JENS), [bond(JENS, TieKind.EX_PARTNER, INGE)], "cannot be partners"),
        (bond(METTE, TieKind.EX_PARTNER, JENS), [bond(METTE, TieKind.PARTNER, JENS)], "first"),
        (bond(THIRD, TieKind.SIBLING, JENS), [bond(THIRD, TieKind.PARENT, JENS)], "another family tie"),
        (
            bond(THIRD, TieKind.PARENT, INGE),
            [bond(INGE, TieKind.PARENT, JENS), bond(JENS, TieKind.PARENT, THIRD)],
            "own parent or grandparent",
        ),
    ],
)
def test_impossible_ties_are_refused_with_their_reason(tie, existing, reason):
    decision = answer(tie, existing)
    assert not decision
    assert reason in decision.reason


def test_what_has_ended_makes_room():
    before = [
        bond(METTE, TieKind.CUSTODY, ALMA),
        bond(JENS, TieKind.CUSTODY, ALMA, ends=date(2025, 1, 1)),
    ]
    assert answer(bond(INGE, TieKind.CUSTODY, ALMA, date(2025, 1, 1)), before)
    assert not answer(bond(INGE, TieKind.CUSTODY, ALMA, date(2024, 12, 31)), before)
    assert answer(
        bond(METTE, TieKind.EX_PARTNER, JENS, date(2025, 1, 1)),
        [bond(METTE, TieKind.PARTNER, JENS, ends=date(2025, 1, 1))],
    )


def test_a_tie_holds_from_its_first_day_until_before_its_end():
    tie = bond(METTE, TieKind.LIVES_WITH, ALMA, date(2020, 1, 1), ends=date(2021, 1, 1))
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]
    assert [in_force(tie, day) for day in days] == [False, True, True, False]


def test_custody_ends_by_itself_on_the_18th_birthday():
    ties = [bond(METTE, TieKind.CUSTODY, NOAH), bond(METTE, TieKind.CUSTODY, ALMA)]
    noah = PEOPLE[NOAH]
    assert custody_holders(ties, noah, date(2028, 5, 11)) == {METTE}
    assert custody_holders(ties, noah, date(2028, 5, 12)) == set()


def test_parenthood_does_not_end_at_18():
    assert in_force(bond(METTE, TieKind.PARENT, NOAH), date(2040, 1, 1), to_born=PEOPLE[NOAH].born)


def test_a_tie_ends_once_after_it_began_and_not_in_the_future():
    tie = bond(METTE, TieKind.PARTNER, JENS, date(2020, 1, 1))
    assert may_end(tie, TODAY, today=TODAY)
    assert not may_end(tie, date(2020, 1, 1), today=TODAY)
    assert not may_end(tie, date(2026, 11, 20), today=TODAY)
    assert not may_end(bond(METTE, TieKind.PARTNER, JENS, ends=TODAY), TODAY, today=TODAY)


def test_a_circle_in_the_data_does_not_hang_the_search_for_descendants():
    circle = [bond(METTE, TieKind.PARENT, JENS), bond(JENS, TieKind.PARENT, METTE)]
    assert descendants(METTE, circle) == {METTE, JENS}
