"""Courses: who they are about, who takes part in which role, what happened, and what is due."""

from samspil.collaboration.courses.models.closing import (
    Closing,
    ClosingReason,
    ConsentReview,
    FamilyCopy,
    Remainder,
)
from samspil.collaboration.courses.models.course import Course, CoursePerson, Participant
from samspil.collaboration.courses.models.due import DueItem, Projection
from samspil.collaboration.courses.models.facts import Fact, FactKind, Remark
from samspil.collaboration.courses.models.handover import Handover, HandoverAnswer, HandoverWords
from samspil.collaboration.courses.models.referral import (
    EligibilityAnswer,
    Referral,
    ReferralAnswer,
    ReferralNumber,
    ReferralPart,
    ReferralPerson,
)
from samspil.collaboration.courses.models.upgrade import Upgrade

__all__ = [
    "Closing",
    "ClosingReason",
    "ConsentReview",
    "Course",
    "CoursePerson",
    "DueItem",
    "EligibilityAnswer",
    "Fact",
    "FactKind",
    "FamilyCopy",
    "Handover",
    "HandoverAnswer",
    "HandoverWords",
    "Participant",
    "Projection",
    "Referral",
    "ReferralAnswer",
    "ReferralNumber",
    "ReferralPart",
    "ReferralPerson",
    "Remainder",
    "Remark",
    "Upgrade",
]
