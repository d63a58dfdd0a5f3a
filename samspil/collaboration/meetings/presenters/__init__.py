"""Meetings as pages show them: names, times, states in words, and what all in the room may see."""

from samspil.collaboration.meetings.presenters.agenda import PointLine, Said, point_lines
from samspil.collaboration.meetings.presenters.lines import (
    Act,
    Answered,
    Asked,
    Line,
    ahead_lines,
    asked_for,
    cancelled_lines,
    held_lines,
    own_lines,
)
from samspil.collaboration.meetings.presenters.meeting import (
    GuestLine,
    guest_lines,
    late_note,
    missing_lines,
)
from samspil.collaboration.meetings.presenters.names import (
    Names,
    day_words,
    heading,
    names_in,
    title_of,
    when,
)
from samspil.collaboration.meetings.presenters.screen import Screen, screen_of
from samspil.collaboration.meetings.presenters.tasks import TaskLine, task_lines

__all__ = [
    "Act",
    "Answered",
    "Asked",
    "GuestLine",
    "Line",
    "Names",
    "PointLine",
    "Said",
    "Screen",
    "TaskLine",
    "ahead_lines",
    "asked_for",
    "cancelled_lines",
    "day_words",
    "guest_lines",
    "heading",
    "held_lines",
    "late_note",
    "missing_lines",
    "names_in",
    "own_lines",
    "point_lines",
    "screen_of",
    "task_lines",
    "title_of",
    "when",
]
