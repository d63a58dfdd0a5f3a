"""Questions about courses. Each takes the actor first and shows only what that actor may see."""

from samspil.collaboration.courses.queries.course import (
    TimelineRow,
    facts_of,
    participants_of,
    people_of,
    timeline,
    visible_courses,
)
from samspil.collaboration.courses.queries.due import due_rows, occurrence, state_of
from samspil.collaboration.courses.queries.head import CourseHead, course_head
from samspil.collaboration.courses.queries.referral import (
    ReferralRow,
    ReferralRows,
    Sheet,
    has_referral,
    referral_rows,
    referral_sheet,
)
from samspil.collaboration.courses.queries.worklist import Lane, QuietCourse, Worklist, WorkRow, worklist

__all__ = [
    "CourseHead",
    "Lane",
    "QuietCourse",
    "ReferralRow",
    "ReferralRows",
    "Sheet",
    "TimelineRow",
    "WorkRow",
    "Worklist",
    "course_head",
    "due_rows",
    "facts_of",
    "has_referral",
    "occurrence",
    "participants_of",
    "people_of",
    "referral_rows",
    "referral_sheet",
    "state_of",
    "timeline",
    "visible_courses",
    "worklist",
]
