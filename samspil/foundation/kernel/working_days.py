"""Counting Danish working days: without Saturdays, Sundays and public holidays."""

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
    step = _ONE if count >= 0 else -_ONE
    left = abs(count)
    while left:
        day += step
        if is_working_day(day, closed):
            left -= 1
    return day
