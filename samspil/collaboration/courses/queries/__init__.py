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
from samspil.collaboration.courses.queries.handover import (
    HandoverCase,
    WaitingHandover,
    handover_case,
    handovers_of,
    handovers_waiting,
    open_handover,
    open_steps,
)
from samspil.collaboration.courses.queries.head import CourseHead, course_head
from samspil.collaboration.courses.queries.team import (
    Standing,
    WaitingRole,
    authorities_near,
    colleagues_near,
    own_waiting_part,
    post_of,
    roles_waiting,
    sharing_unit,
    standing,
    units_near,
    what_a_part_opens,
    would_see,
)
from samspil.collaboration.courses.queries.worklist import Lane, QuietCourse, Worklist, WorkRow, worklist

__all__ = [
    "CourseHead",
    "HandoverCase",
    "Lane",
    "QuietCourse",
    "Standing",
    "TimelineRow",
    "WaitingHandover",
    "WaitingRole",
    "WorkRow",
    "Worklist",
    "authorities_near",
    "colleagues_near",
    "course_head",
    "due_rows",
    "facts_of",
    "handover_case",
    "handovers_of",
    "handovers_waiting",
    "occurrence",
    "open_handover",
    "open_steps",
    "own_waiting_part",
    "participants_of",
    "people_of",
    "post_of",
    "roles_waiting",
    "sharing_unit",
    "standing",
    "state_of",
    "timeline",
    "units_near",
    "visible_courses",
    "what_a_part_opens",
    "worklist",
    "would_see",
]
