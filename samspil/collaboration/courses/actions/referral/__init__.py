"""A family is referred to another sector: written alone, sent as agreed, amended, withdrawn."""

from samspil.collaboration.courses.actions.referral.beginning import begin_referral
from samspil.collaboration.courses.actions.referral.people import Chosen, add_person, choose_people
from samspil.collaboration.courses.actions.referral.sending import (
    amend_referral,
    send_referral,
    withdraw_referral,
)
from samspil.collaboration.courses.actions.referral.writing import (
    Checked,
    Words,
    check_target,
    say_whom_to_call,
    write_words,
)

__all__ = [
    "Checked",
    "Chosen",
    "Words",
    "add_person",
    "amend_referral",
    "begin_referral",
    "check_target",
    "choose_people",
    "say_whom_to_call",
    "send_referral",
    "withdraw_referral",
    "write_words",
]
