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
from samspil.collaboration.courses.queries.mine import MyCourse, my_courses
from samspil.collaboration.courses.queries.worklist import Lane, QuietCourse, Worklist, WorkRow, worklist

__all__ = [
    "CourseHead",
    "Lane",
    "MyCourse",
    "QuietCourse",
    "TimelineRow",
    "WorkRow",
    "Worklist",
    "course_head",
    "due_rows",
    "facts_of",
    "my_courses",
    "occurrence",
    "participants_of",
    "people_of",
    "state_of",
    "timeline",
    "visible_courses",
    "worklist",
]
