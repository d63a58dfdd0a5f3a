"""The pages of courses."""

from samspil.collaboration.courses.views.facts import (
    consent,
    contact,
    correct_fact,
    eligibility,
    excuse,
    note_fact,
    withdraw_fact,
)
from samspil.collaboration.courses.views.frame import course_frame, head_or_404
from samspil.collaboration.courses.views.handover import (
    accept_handover,
    decline_handover,
    hand_over,
    handover,
    withdraw_handover,
)
from samspil.collaboration.courses.views.team import accept, end_part, name_part, team

__all__ = [
    "accept",
    "accept_handover",
    "consent",
    "contact",
    "correct_fact",
    "course_frame",
    "decline_handover",
    "eligibility",
    "end_part",
    "excuse",
    "hand_over",
    "handover",
    "head_or_404",
    "name_part",
    "note_fact",
    "team",
    "withdraw_fact",
    "withdraw_handover",
]
