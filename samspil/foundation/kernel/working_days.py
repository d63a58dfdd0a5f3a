"""Counting Danish working days: without Saturdays, Sundays and public holidays."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import lru_cache

_ONE = timedelta(days=1)
_SATURDAY = 5


@lru_cache(maxsize=512)
def public_holidays(year: int) -> frozenset[date]:
    """Denmark's public holidays of one year.

    Grundlovsdag (5 June), 24 and 31 December are no public holidays and count as working days.
    """
    from holidays import country_holidays

    return frozenset(country_holidays("DK", years=year))


def is_working_day(day: date, closed: frozenset[date] = frozenset()) -> bool:
    """Monday to Friday, no public holiday, and not among the authority's own `closed` days."""
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year) and day not in closed


@lru_cache(maxsize=65536)
def add_working_days(day: date, count: int, closed: frozenset[date] = frozenset()) -> date:
    """The `count`-th working day after `day` (before it where negative); the day itself is never counted."""
    year, left = day.year, count
    while left:
        days = _working_days(year, closed)
        if left > 0:
            index = bisect_right(days, day) + left - 1
            if index < len(days):
                return days[index]
            left, year = index - len(days) + 1, year + 1
        else:
            index = bisect_left(days, day) + left
            if index >= 0:
                return days[index]
            left, year = index, year - 1
    return day


@lru_cache(maxsize=512)
def _working_days(year: int, closed: frozenset[date]) -> tuple[date, ...]:
    """The working days of one year, in order."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    days = (first + _ONE * count for count in range((after - first).days))
    return tuple(day for day in days if is_working_day(day, closed))
