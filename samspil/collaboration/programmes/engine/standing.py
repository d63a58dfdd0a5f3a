"""How one occurrence stands: while it is not done, as the dates alone have it, and once it is."""

from datetime import date

from samspil.collaboration.programmes.engine.facts import Fact
from samspil.collaboration.programmes.engine.moments import danish_day, is_after
from samspil.collaboration.programmes.engine.occurrence import (
    DONE,
    DONE_LATE,
    DUE,
    LATE,
    MISSED,
    NOT_DUE,
    OPEN,
    State,
)
from samspil.collaboration.programmes.engine.timing import Slot


def standing(at: Slot, on: date) -> State:
    """The state of what is not done on the day `on`."""
    if at.last is not None and on > at.last:
        return MISSED
    if on < at.due_day:
        return OPEN if on >= at.opens_day else NOT_DUE
    return LATE if on > at.closes_day else DUE


def done_by(final: Fact, at: Slot) -> tuple[State, str]:
    """The state of what this fact completed, in time or late; and the note, where it was noted after that."""
    day, closes_day, noted = final.day, at.closes_day, final.noted_at
    is_late = day > closes_day if final.instant is None else is_after(final.instant, at.closes)
    note = ""
    if noted is not None:
        limit = closes_day if closes_day > day else day
        # The Danish day is costly to ask for, and never later than the day after that of the instant itself.
        if noted.date() >= limit and danish_day(noted) > limit:
            note = "noted-later"
    return DONE_LATE if is_late else DONE, note
