"""Pages on which the agenda is made."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.journal.models import ShowAnswer
from samspil.collaboration.journal.queries import child_views
from samspil.collaboration.meetings import actions, forms, rules
from samspil.collaboration.meetings.views._ground import form_page, whole_or_404
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import route
from samspil.foundation.web.requests import ActorRequest


@route(policy=Permission.MEETING_ARRANGE, event="point.added")
@require_http_methods(["GET", "POST"])
def add_point(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = whole_or_404(request, space, meeting)
    require(request.actor, Permission.MEETING_ARRANGE, space)
    form = open_form(request, forms.AddPoint, name="meetings.point", thing=meeting, **_voices(request, head))
    if form.is_valid():
        with answers_on(form):
            actions.add_point(
                actor=request.actor, space=space, meeting=meeting, text=form.text, today=clock.today()
            )
            return redirect("meetings:meeting", space, meeting)
    return form_page(request, form, head, whole, _("Add to the agenda"), _("Add to the agenda"))


def _voices(request: ActorRequest, head: CourseHead) -> dict[str, Any]:
    """Who may wish something, and whose words can be read aloud."""
    today = clock.today()
    names = {one.subject_id: one.name for one in head.people}
    posts = {f"post:{one.membership_id}": one.membership.staff.name for one in head.participants}
    adults = [(str(one.subject_id), one.name) for one in head.people if not rules.is_child(one.born, today)]
    views = [
        (str(one.pk), f"{names.get(one.person_id, '')}: »{one.words[:80]}«")
        for one in child_views(request.actor, head.space)
        if one.answer == ShowAnswer.YES
    ]
    wishers = [*((f"person:{key}", name) for key, name in names.items()), *posts.items()]
    return {"wishers": wishers, "views": views, "adults": adults}


@route(policy=Permission.MEETING_ARRANGE, event="point.dropped")
@require_POST
def drop_point(request: ActorRequest, space: UUID, meeting: UUID, thread: UUID) -> HttpResponse:
    whole_or_404(request, space, meeting)
    try:
        actions.drop_point(actor=request.actor, space=space, meeting=meeting, thread=thread)
    except Refused as refused:
        messages.error(request, refused.reason)
    return redirect("meetings:meeting", space, meeting)


@route(policy=Permission.MEETING_ARRANGE, event="point.moved")
@require_POST
def move_point(request: ActorRequest, space: UUID, meeting: UUID, thread: UUID) -> HttpResponse:
    whole_or_404(request, space, meeting)
    try:
        actions.move_point(actor=request.actor, space=space, meeting=meeting, thread=thread)
    except Refused as refused:
        messages.error(request, refused.reason)
    return redirect("meetings:meeting", space, meeting)
