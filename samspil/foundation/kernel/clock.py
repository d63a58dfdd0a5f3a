"""The one place that reads the clock. Views, tasks and commands call it and hand the date down."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NEVER = date(3000, 1, 1)
"""The end of what has no known end. Never `infinity`: the database driver cannot load it."""


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Denmark."""
    return now().astimezone(COPENHAGEN).date()


def day_of(instant: datetime) -> date:
    """The Danish calendar day an instant falls on."""
    return instant.astimezone(COPENHAGEN).date()
