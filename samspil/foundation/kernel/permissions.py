"""All the words for what an actor may do. Which role holds which stands in `roles.py`."""

from enum import StrEnum


class Permission(StrEnum):
    """`noun.verb`, one meaning each. Each has a policy, too."""

    SPACE_OPEN = "space.open"
    BASIS_REGISTER = "basis.register"
    LOG_VIEW = "log.view"
    MEMBERSHIP_MANAGE = "membership.manage"
    REFERRAL_SEND = "referral.send"
    REFERRAL_RECEIVE = "referral.receive"
    PERSON_VIEW = "person.view"
    PERSON_CREATE = "person.create"
    PERSON_CORRECT = "person.correct"
    BLOCK_SET = "block.set"
    COURSE_STEER = "course.steer"
    FACT_NOTE = "fact.note"
    FACT_CORRECT = "fact.correct"
    COURSE_CLOSE = "course.close"
    PLAN_WRITE = "plan.write"
    PLAN_AGREE = "plan.agree"
    EFFORT_WRITE = "effort.write"
    NOTE_WRITE = "note.write"
    TOOL_WRITE = "tool.write"
    MEETING_ARRANGE = "meeting.arrange"
    MEETING_TAKE_PART = "meeting.take_part"
    EXPERIENCE_TELL = "experience.tell"
    EXPERIENCE_READ = "experience.read"
