"""Pages on which a meeting is held: who is there, the shared screen, tasks, that it is over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.meetings import actions, forms, queries
from samspil.collaboration.meetings import presenters as shown
from samspil.collaboration.meetings.models import Presence
from samspil.collaboration.meetings.queries import WholeMeeting
from samspil.collaboration.meetings.views._ground import form_page, frame, whole_or_404
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import route
from samspil.foundation.web.requests import ActorRequest


@route(policy=Permission.MEETING_ARRANGE, event="meeting.begun")
@require_http_methods(["GET", "POST"])
def begin(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = whole_or_404(request, space, meeting)
    require(request.actor, Permission.MEETING_ARRANGE, space)
    form = open_form(
        request, forms.WhoIsThere, name="meetings.begin", thing=meeting, guests=_guests(head, whole)
    )
    if form.is_valid():
        with answers_on(form):
            actions.begin_meeting(
                actor=request.actor,
                space=space,
                meeting=meeting,
                presence=form.presence,
                today=clock.today(),
                now=clock.now(),
            )
            return redirect("meetings:screen", space, meeting)
    return form_page(
        request, form, head, whole, _("Who is here?"), _("Begin the meeting"), template="meetings/there.html"
    )


def _guests(head: CourseHead, whole: WholeMeeting) -> list[tuple[UUID, str, str]]:
    """Each one invited, by name, and what one would expect."""
    names = shown.names_in(head)
    return [
        (
            one.pk,
            names.of(one.guest),
            one.presence or (Presence.HERE if one.is_expected else Presence.ABSENT),
        )
        for one in whole.row.guests
    ]


@route(policy=Permission.MEETING_ARRANGE, event="meeting.screen_viewed")
@require_http_methods(["GET", "POST"])
def screen(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = whole_or_404(request, space, meeting)
    actor, today = request.actor, clock.today()
    require(actor, Permission.MEETING_ARRANGE, space)
    room = queries.room_of(actor, whole.row, head, today)
    found = shown.screen_of(whole, head, room, _point_asked_for(request), clock.now(), today)
    point = found.current.thread if found.current else None
    form = open_form(request, forms.AddDecision, name="meetings.decision", thing=point or meeting)
    if form.is_valid():
        with answers_on(form):
            actions.add_decision(
                actor=actor,
                space=space,
                meeting=meeting,
                point=point,
                is_agreed="disagree" not in request.POST,
                **form.cleaned_data,
            )
            return redirect(request.get_full_path())
    context = {"screen": found, "form": form, "heading": shown.heading(head, whole.row)}
    template = "meetings/hidden.html" if "hidden" in request.GET else "meetings/screen.html"
    return render(request, template, {**context, **frame(request, head, whole)})


def _point_asked_for(request: ActorRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("point", ""))
    except ValueError:
        return None


@route(policy=Permission.MEETING_ARRANGE, event="task.given")
@require_http_methods(["GET", "POST"])
def give_task(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = whole_or_404(request, space, meeting)
    require(request.actor, Permission.MEETING_ARRANGE, space)
    names = shown.names_in(head)
    guests = [(str(one.pk), names.of(one.guest)) for one in whole.row.guests]
    form = open_form(
        request,
        forms.GiveTask,
        name="meetings.task",
        thing=meeting,
        guests=guests,
        initial={"guest": request.GET.get("guest", "")},
    )
    if form.is_valid():
        with answers_on(form):
            words = {**form.cleaned_data, "invitation": UUID(form.cleaned_data["guest"])}
            words.pop("guest")
            actions.give_task(actor=request.actor, space=space, meeting=meeting, today=clock.today(), **words)
            target = "meetings:screen" if whole.sitting and whole.row.is_ahead else "meetings:meeting"
            return redirect(target, space, meeting)
    return form_page(request, form, head, whole, _("Give somebody a task"), _("Write it down"))


@route(policy=Permission.MEETING_ARRANGE, event="meeting.held")
@require_http_methods(["GET", "POST"])
def close(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = whole_or_404(request, space, meeting)
    require(request.actor, Permission.MEETING_ARRANGE, space)
    today = clock.today()
    form = open_form(
        request,
        forms.CloseMeeting,
        name="meetings.close",
        thing=meeting,
        guests=_guests(head, whole),
        initial={"held_on": min(today, day_of(whole.row.starts_at))},
    )
    if form.is_valid():
        with answers_on(form):
            actions.close_meeting(
                actor=request.actor,
                space=space,
                meeting=meeting,
                held_on=form.cleaned_data["held_on"],
                presence=form.presence,
                today=today,
            )
            messages.success(
                request, _("It is written down that the meeting was held. Now share the minutes.")
            )
            return redirect("meetings:meeting", space, meeting)
    return form_page(
        request,
        form,
        head,
        whole,
        _("The meeting was held"),
        _("Write it down"),
        template="meetings/there.html",
    )
