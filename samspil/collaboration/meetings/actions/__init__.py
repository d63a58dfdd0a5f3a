"""Everything that changes a meeting. What a model cares about is noted as a fact in the same transaction."""

from samspil.collaboration.meetings.actions.agenda import add_point, drop_point, move_point
from samspil.collaboration.meetings.actions.arranging import (
    Call,
    Place,
    cancel_meeting,
    invite,
    move_meeting,
    plan_meeting,
    reply_to,
)
from samspil.collaboration.meetings.actions.holding import (
    add_decision,
    begin_meeting,
    close_meeting,
    give_task,
)
from samspil.collaboration.meetings.actions.writing import amend_minutes, mark_read, share_minutes

__all__ = [
    "Call",
    "Place",
    "add_decision",
    "add_point",
    "amend_minutes",
    "begin_meeting",
    "cancel_meeting",
    "close_meeting",
    "drop_point",
    "give_task",
    "invite",
    "mark_read",
    "move_meeting",
    "move_point",
    "plan_meeting",
    "reply_to",
    "share_minutes",
]
