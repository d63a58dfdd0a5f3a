"""Pages of the minutes: shared, changed, read."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspil.collaboration.meetings import actions, forms
from samspil.collaboration.meetings import presenters as shown
from samspil.collaboration.meetings.views._ground import form_page, frame, whole_or_404
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import allows, require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.requests import ActorRequest


@route(policy=Gate.ACTOR, event="minutes.viewed")
@require_safe
def minutes(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = whole_or_404(request, space, meeting)
    if whole.row.minutes is None:
        raise Http404
    names, today = shown.names_in(head), clock.today()
    context = {
        "guests": shown.guest_lines(whole.row, names, today, request.actor.membership_id),
        "points": shown.point_lines(whole.points, names, None, today),
        "loose": whole.loose,
        "tasks": shown.task_lines(whole, names, today),
        "day": shown.day_words(whole.row.day),
        "late_note": shown.late_note(whole.row),
        "may_read": allows(request.actor, Permission.MEETING_TAKE_PART, space),
    }
    return render(request, "meetings/minutes.html", {**context, **frame(request, head, whole)})


@route(policy=Permission.MEETING_ARRANGE, event="minutes.shared")
@require_http_methods(["GET", "POST"])
def share(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = whole_or_404(request, space, meeting)
    require(request.actor, Permission.MEETING_ARRANGE, space)
    form = open_form(request, forms.ShareMinutes, name="meetings.minutes", thing=meeting)
    if form.is_valid():
        with answers_on(form):
            actions.share_minutes(
                actor=request.actor,
                space=space,
                meeting=meeting,
                today=clock.today(),
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("The minutes are shared. Your colleagues get a mail."))
            return redirect("meetings:minutes", space, meeting)
    return form_page(request, form, head, whole, _("Write and share the minutes"), _("Share the minutes"))


@route(policy=Permission.MEETING_ARRANGE, event="minutes.amended")
@require_http_methods(["GET", "POST"])
def amend(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = whole_or_404(request, space, meeting)
    require(request.actor, Permission.MEETING_ARRANGE, space)
    newest = whole.row.minutes
    if newest is None:
        raise Http404
    form = open_form(
        request,
        forms.AmendMinutes,
        name="meetings.amend",
        thing=meeting,
        initial={"text": newest.text, "based_on": newest.pk},
    )
    if form.is_valid():
        with answers_on(form):
            actions.amend_minutes(
                actor=request.actor,
                space=space,
                meeting=meeting,
                today=clock.today(),
                now=clock.now(),
                **form.cleaned_data,
            )
            return redirect("meetings:minutes", space, meeting)
    return form_page(request, form, head, whole, _("Change the minutes"), _("Share the new version"))


@route(policy=Permission.MEETING_TAKE_PART, event="minutes.read")
@require_POST
def read(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    whole_or_404(request, space, meeting)
    try:
        actions.mark_read(actor=request.actor, space=space, meeting=meeting, now=clock.now())
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("meetings:meeting", space, meeting)
    return redirect("meetings:minutes", space, meeting)
