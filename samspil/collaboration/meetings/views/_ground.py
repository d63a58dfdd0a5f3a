"""What every page of a meeting stands on: the course and the meeting, or no such page."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.meetings import presenters as shown
from samspil.collaboration.meetings import queries
from samspil.collaboration.meetings.queries import WholeMeeting
from samspil.foundation.web.forms import Form
from samspil.foundation.web.requests import ActorRequest

FORM = "meetings/form.html"


def whole_or_404(request: ActorRequest, space: UUID, meeting: UUID) -> tuple[CourseHead, WholeMeeting]:
    """The course and the meeting; to whom does not see them there is no such page."""
    head = head_or_404(request, space)
    found = queries.whole_meeting(request.actor, space, meeting)
    if found is None:
        raise Http404
    return head, found


def frame(request: ActorRequest, head: CourseHead, whole: WholeMeeting | None = None) -> dict[str, Any]:
    """What every page here takes."""
    frame: dict[str, Any] = course_frame(request, head)
    if whole is not None:
        row = whole.row
        frame |= {
            "row": row,
            "whole": whole,
            "title": shown.title_of(head.programme, row.kind),
            "when": shown.when(row),
        }
    return frame


def form_page(
    request: ActorRequest,
    form: Form,
    head: CourseHead,
    whole: WholeMeeting,
    heading: str,
    send: str,
    **more: Any,
) -> HttpResponse:
    context = {"form": form, "heading": heading, "send": send, **more, **frame(request, head, whole)}
    return render(request, more.get("template", FORM), context)
