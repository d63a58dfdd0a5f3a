"""Working days by hand, and the table of a year against walking day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.foundation.kernel.working_days import add_working_days, is_working_day

CLOSED = frozenset({date(2026, 12, 24), date(2026, 12, 31)})


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        ("2026-12-21", 10, "2027-01-06"),  # 22 23 24 28 29 30 31, then 4 5 6
        ("2026-04-01", 1, "2026-04-07"),  # Easter, 2 to 6 April
        ("2027-01-04", -3, "2026-12-29"),  # 31 30 29; 1 January is a holiday, 2 and 3 a weekend
        ("2026-08-22", 0, "2026-08-22"),  # a Saturday stays where nothing is counted
        ("2026-08-22", 1, "2026-08-24"),
        ("2026-08-22", -1, "2026-08-21"),
    ],
)
def test_by_hand(day: str, count: int, found: str) -> None:
    assert str(add_working_days(date.fromisoformat(day), count)) == found


def test_the_authoritys_own_closed_days() -> None:
    assert add_working_days(date(2026, 12, 23), 1) == date(2026, 12, 24)
    assert add_working_days(date(2026, 12, 23), 1, CLOSED) == date(2026, 12, 28)


@given(
    st.dates(date(2020, 1, 1), date(2032, 12, 31)),
    st.integers(-600, 600),
    st.sampled_from([frozenset[date](), CLOSED]),
)
def test_the_table_is_the_walk(day: date, count: int, closed: frozenset[date]) -> None:
    walked, left, step = day, abs(count), timedelta(days=1 if count > 0 else -1)
    while left:
        walked += step
        left -= is_working_day(walked, closed)
    assert add_working_days(day, count, closed) == walked
