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
from samspil.collaboration.courses.views.handover import (
    accept_handover,
    decline_handover,
    hand_over,
    handover,
    withdraw_handover,
)
from samspil.collaboration.courses.views.sessions import session
from samspil.collaboration.courses.views.team import accept, end_part, name_part, team

__all__ = [
    "accept",
    "accept_handover",
    "consent",
    "contact",
    "correct_fact",
    "decline_handover",
    "eligibility",
    "end_part",
    "excuse",
    "hand_over",
    "handover",
    "name_part",
    "note_fact",
    "session",
    "team",
    "withdraw_fact",
    "withdraw_handover",
]
