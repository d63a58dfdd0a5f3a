"""What the state of things allows."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.organisations import rules
from samspil.foundation.organisations.models import FIRST_DAY, Authority

MONDAY = date(2026, 3, 2)
TUESDAY = MONDAY + timedelta(days=1)


@dataclass(frozen=True)
class Period:
    starts: date = FIRST_DAY
    ends: date = NEVER


def appointing(**changes):
    usual = {
        "kind": Authority.Kind.MUNICIPALITY,
        "role": RoleKey.CASEWORKER,
        "unit": Period(),
        "starts": MONDAY,
        "ends": NEVER,
        "today": MONDAY,
        "is_oneself": False,
    }
    return rules.ready_to_appoint(**{**usual, **changes})


class TestReadyToAppoint:
    def test_says_yes_to_an_ordinary_post(self):
        assert appointing()

    @pytest.mark.parametrize(
        "change",
        [
            {"is_oneself": True},
            {"starts": MONDAY - timedelta(days=1)},
            {"ends": MONDAY},
            {"unit": Period(ends=TUESDAY)},
            {"unit": Period(starts=TUESDAY)},
            {"role": RoleKey.EVALUATOR},
            {"kind": Authority.Kind.AGENCY},
        ],
        ids=str,
    )
    def test_says_no_with_a_reason(self, change):
        answer = appointing(**change)

        assert not answer
        assert answer.reason


class TestReadyToEnd:
    def ending(self, **changes):
        usual = {"membership": Period(), "on": MONDAY, "today": MONDAY, "is_last_administrator": False}
        return rules.ready_to_end(**{**usual, **changes})

    def test_ends_today_or_later(self):
        assert self.ending()
        assert not self.ending(on=MONDAY - timedelta(days=1))

    def test_makes_no_post_longer(self):
        assert not self.ending(membership=Period(ends=MONDAY))

    def test_keeps_the_last_administrator(self):
        assert not self.ending(is_last_administrator=True)


class TestKinds:
    def test_every_kind_has_roles_and_a_sentence_of_what_it_never_sees(self):
        assert set(rules.ROLES_OF_KIND) == set(rules.NEVER_SEES) == set(Authority.Kind)
        assert all(str(text) for text in rules.NEVER_SEES.values())

    def test_no_role_near_a_person_outside_those_who_help(self):
        helping = {
            Authority.Kind.MUNICIPALITY,
            Authority.Kind.REGION,
            Authority.Kind.PROVIDER,
            Authority.Kind.SELF_GOVERNING,
            Authority.Kind.ASSOCIATION,
        }
        for kind in set(Authority.Kind) - helping:
            assert not any(ROLES[role].categories for role in rules.ROLES_OF_KIND[kind]), kind

    def test_every_role_belongs_somewhere(self):
        assert set().union(*rules.ROLES_OF_KIND.values()) == set(RoleKey)


@given(st.lists(st.dates(FIRST_DAY, NEVER), min_size=2, max_size=6, unique=True), st.dates())
def test_of_things_in_a_row_at_most_one_holds(days, day):
    days.sort()
    row = [Period(a, b) for a, b in pairwise(days)]

    assert (rules.the_one_on(row, day) is not None) == (days[0] <= day < days[-1])
    assert sum(rules.in_force(thing, day) for thing in row) <= 1
