"""Everything that changes a course. What happened is noted once; what is due follows with it."""

from samspil.collaboration.courses.actions.answering import Acceptance, accept_referral, answer_referral
from samspil.collaboration.courses.actions.beginning import Beginning, begin_course
from samspil.collaboration.courses.actions.caseload import set_ceiling
from samspil.collaboration.courses.actions.closing import (
    close_course,
    give_family_copy,
    keep_family_copy,
    leave_out_copy,
    review_consents,
    write_remainders,
)
from samspil.collaboration.courses.actions.facts import (
    correct_fact,
    excuse_step,
    load_vocabulary,
    note_fact,
    withdraw_fact,
)
from samspil.collaboration.courses.actions.handover import (
    accept_handover,
    decline_handover,
    request_handover,
    withdraw_handover,
)
from samspil.collaboration.courses.actions.linking import start_other_course, tie_courses
from samspil.collaboration.courses.actions.opening import open_course
from samspil.collaboration.courses.actions.referral import (
    Checked,
    Chosen,
    Words,
    add_person,
    amend_referral,
    begin_referral,
    check_target,
    choose_people,
    say_whom_to_call,
    send_referral,
    withdraw_referral,
    write_words,
)
from samspil.collaboration.courses.actions.team import accept_role, end_participation, name_participant
from samspil.collaboration.courses.actions.upgrading import preview_upgrade, undo_upgrade, upgrade_course

__all__ = [
    "Acceptance",
    "Beginning",
    "Checked",
    "Chosen",
    "Words",
    "accept_handover",
    "accept_referral",
    "accept_role",
    "add_person",
    "amend_referral",
    "answer_referral",
    "begin_course",
    "begin_referral",
    "check_target",
    "choose_people",
    "close_course",
    "correct_fact",
    "decline_handover",
    "end_participation",
    "excuse_step",
    "give_family_copy",
    "keep_family_copy",
    "leave_out_copy",
    "load_vocabulary",
    "name_participant",
    "note_fact",
    "open_course",
    "preview_upgrade",
    "request_handover",
    "review_consents",
    "say_whom_to_call",
    "send_referral",
    "set_ceiling",
    "start_other_course",
    "tie_courses",
    "undo_upgrade",
    "upgrade_course",
    "withdraw_fact",
    "withdraw_handover",
    "withdraw_referral",
    "write_remainders",
    "write_words",
]
