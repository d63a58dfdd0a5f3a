"""Days and instants beside each other: what a span makes of either, and which comes first."""

from datetime import UTC, date, datetime

from samspil.collaboration.programmes.language.when import Shift
from samspil.foundation.kernel.clock import COPENHAGEN

Moment = date | datetime
"""A day, or an instant where the clock runs in hours."""
_AHEAD = 2
"""The most hours that Danish time is ahead of UTC."""
_SAME_DAY = 24 - _AHEAD


def danish_day(moment: Moment) -> date:
    """The Danish day of it."""
    if type(moment) is date:
        return moment
    if not isinstance(moment, datetime):
        return moment
    is_sure = moment.tzinfo is UTC and moment.hour < _SAME_DAY
    return moment.date() if is_sure else moment.astimezone(COPENHAGEN).date()


def shifted(span: Shift, start: Moment) -> Moment:
    """A span after a day or an instant; hours make an instant of a day."""
    if isinstance(start, datetime):
        if span.hours or not any(span):
            return span.instant(start)
        return span.day(danish_day(start))
    if span.hours:
        return span.instant(datetime(start.year, start.month, start.day, tzinfo=COPENHAGEN))
    return span.day(start)


def is_after(one: Moment, other: Moment) -> bool:
    """Does it come later? Two instants are told apart by the hour, everything else by the day.

    Instants of one time zone are compared by what the clock on the wall says, which the hour that summer
    time repeats makes wrong; seconds since 1970 are not.
    """
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.timestamp() > other.timestamp()
    return danish_day(one) > danish_day(other)
