"""Pages of the staff that weave areas together."""

from samspil.doors.workplace.views.closing import (
    close,
    consents,
    copies,
    copy,
    copy_file,
    copy_given,
    end,
    remains,
)
from samspil.doors.workplace.views.course import course, sharing, steps, timeline
from samspil.doors.workplace.views.one_page import one_page, one_page_pdf
from samspil.doors.workplace.views.pages import courses, health, log, logs, overview

__all__ = [
    "close",
    "consents",
    "copies",
    "copy",
    "copy_file",
    "copy_given",
    "course",
    "courses",
    "end",
    "health",
    "log",
    "logs",
    "one_page",
    "one_page_pdf",
    "overview",
    "remains",
    "sharing",
    "steps",
    "timeline",
]
