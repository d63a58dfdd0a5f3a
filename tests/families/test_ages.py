"""Birthdays decide who may, who is asked and who is told: every boundary on its day."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.collaboration.families.rules.ages import (
    CHANGES,
    age_on,
    birthday,
    changes_ahead,
    changes_in_force,
    consent_givers,
)
from samspil.foundation.kernel.sharing import Category

CHILD, MOTHER, FATHER = UUID(int=1), UUID(int=2), UUID(int=3)
BORN = date(2011, 5, 12)


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2011, 5, 12), 0),
        (date(2026, 5, 11), 14),
        (date(2026, 5, 12), 15),
        (date(2010, 1, 1), 0),
    ],
)
def test_age_changes_on_the_birthday(day, age):
    assert age_on(BORN, day) == age


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2026, 2, 28), 17), (date(2026, 3, 1), 18), (date(2028, 2, 28), 19), (date(2028, 2, 29), 20)],
)
def test_born_on_leap_day_turns_on_1_march_in_a_common_year(day, age):
    assert age_on(date(2008, 2, 29), day) == age


@given(st.dates(date(1900, 1, 1), date(2030, 12, 31)), st.integers(0, 110))
def test_age_and_birthday_agree(born, age):
    on = birthday(born, age)
    assert age_on(born, on) == age
    assert age == 0 or age_on(born, on - timedelta(days=1)) == age - 1


@pytest.mark.parametrize("age", [10, 13, 15, 16, 18])
def test_each_change_holds_from_its_day_and_not_before(age):
    on = birthday(BORN, age)
    keys = {change.key for change in CHANGES if change.age == age}
    assert keys
    assert keys <= {change.key for change in changes_in_force(BORN, on)}
    assert not keys & {change.key for change in changes_in_force(BORN, on - timedelta(days=1))}


def test_a_change_is_announced_90_days_ahead_and_not_on_the_day():
    adult = birthday(BORN, 18)
    ahead = [change.key for _on, change in changes_ahead(BORN, adult - timedelta(days=90))]
    assert ahead == ["adult"]
    assert changes_ahead(BORN, adult - timedelta(days=91)) == []
    assert changes_ahead(BORN, adult) == []


class TestConsentGivers:
    def givers(self, day, category=Category.EVERYDAY, *, disputed=False, holders=(MOTHER, FATHER), born=BORN):
        return consent_givers(
            CHILD,
            born=born,
            custody_holders=holders,
            custody_is_disputed=disputed,
            category=category,
            day=day,
        ).people

    def test_both_custody_holders_for_a_child(self):
        assert self.givers(date(2026, 5, 11), Category.HEALTH) == {MOTHER, FATHER}

    def test_from_15_health_is_the_young_persons_own(self):
        assert self.givers(date(2026, 5, 12), Category.HEALTH) == {CHILD}

    def test_from_15_the_rest_is_asked_of_both_generations(self):
        assert self.givers(date(2026, 5, 12), Category.SCHOOL) == {CHILD, MOTHER, FATHER}

    def test_from_18_nobody_else_is_asked(self):
        assert self.givers(date(2029, 5, 11)) == {CHILD, MOTHER, FATHER}
        assert self.givers(date(2029, 5, 12)) == {CHILD}

    def test_nobody_while_custody_is_in_doubt_or_unknown(self):
        assert self.givers(date(2026, 5, 11), disputed=True) == set()
        assert self.givers(date(2026, 5, 11), holders=()) == set()

    def test_doubt_about_custody_does_not_silence_a_15_year_old_about_health(self):
        assert self.givers(date(2026, 5, 12), Category.HEALTH, disputed=True) == {CHILD}

    def test_unknown_birth_date_counts_as_a_child(self):
        assert self.givers(date(2040, 1, 1), born=None) == {MOTHER, FATHER}
