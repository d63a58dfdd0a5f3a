"""Questions about meetings. Each takes the actor first and shows only what that actor may see."""

from samspil.collaboration.meetings.queries.ahead import (
    Ahead,
    Booked,
    Candidate,
    booked,
    booked_in,
    candidates,
    kind_shown,
    meetings_ahead,
)
from samspil.collaboration.meetings.queries.meetings import (
    GuestRow,
    MeetingRow,
    PointRow,
    TaskRow,
    WholeMeeting,
    meeting_row,
    meetings_of,
    next_meeting,
    protected_people,
    whole_meeting,
)
from samspil.collaboration.meetings.queries.room import Missing, Room, missing_before, room_of

__all__ = [
    "Ahead",
    "Booked",
    "Candidate",
    "GuestRow",
    "MeetingRow",
    "Missing",
    "PointRow",
    "Room",
    "TaskRow",
    "WholeMeeting",
    "booked",
    "booked_in",
    "candidates",
    "kind_shown",
    "meeting_row",
    "meetings_ahead",
    "meetings_of",
    "missing_before",
    "next_meeting",
    "protected_people",
    "room_of",
    "whole_meeting",
]
