"""Pages on which a meeting is planned, prepared, answered, moved and called off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.courses.frame import head_or_404
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.meetings import actions, forms, queries, rules
from samspil.collaboration.meetings import presenters as shown
from samspil.collaboration.meetings.models import MeetingEnd, ReplyAnswer
from samspil.collaboration.meetings.queries import WholeMeeting
from samspil.collaboration.meetings.views._ground import form_page, frame, whole_or_404
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import allows, require
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.web.requests import ActorRequest


@route(policy=Gate.ACTOR, event="meetings.own_viewed")
@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    if request.actor.is_citizen:
        raise Http404  # families have a door of their own
    today = clock.today()
    lines = shown.own_lines(queries.meetings_ahead(request.actor, today), today)
    return render(request, "meetings/mine.html", {"lines": lines})


@route(policy=Gate.ACTOR, event="meetings.viewed")
@require_safe
def meetings(request: ActorRequest, space: UUID) -> HttpResponse:
    head, today, actor = head_or_404(request, space), clock.today(), request.actor
    rows = queries.meetings_of(actor, space)
    may_plan = allows(actor, Permission.MEETING_ARRANGE, space)
    context = {
        "asked": shown.asked_for(queries.candidates(actor, head, today), rows, today),
        "ahead": shown.ahead_lines(rows, head, today, may_arrange=bool(may_plan)),
        "held": shown.held_lines(rows, head, may_arrange=bool(may_plan)),
        "cancelled": shown.cancelled_lines(rows, head.programme),
        "may_plan": may_plan,
    }
    return render(request, "meetings/meetings.html", {**context, **frame(request, head)})


@route(policy=Permission.MEETING_ARRANGE, event="meeting.planned")
@require_http_methods(["GET", "POST"])
def plan(request: ActorRequest, space: UUID) -> HttpResponse:
    head, actor, today = head_or_404(request, space), request.actor, clock.today()
    require(actor, Permission.MEETING_ARRANGE, space)
    kind = _kind_asked_for(request, head)
    planned = next(
        (row for row in queries.meetings_of(actor, space) if row.is_ahead and row.kind == kind), None
    )
    if kind and planned and request.method == "GET":
        return redirect("meetings:meeting", space, planned.pk)
    form = open_form(
        request,
        forms.PlanMeeting,
        name="meetings.plan",
        thing=space,
        initial=_usual(head, kind, actor.membership_id, request.GET.get("person", "")),
        **_choices(head),
    )
    if form.is_valid():
        with answers_on(form):
            made = actions.plan_meeting(
                actor=actor, space=space, call=form.call, guests=form.guests, today=today, now=clock.now()
            )
            messages.success(request, _("The meeting is planned. Your colleagues get a mail."))
            return redirect("meetings:meeting", space, made.pk)
    return render(request, "meetings/plan.html", {"form": form, **frame(request, head)})


def _kind_asked_for(request: ActorRequest, head: CourseHead) -> str:
    """The kind of meeting that the step in the address asks for."""
    key = request.GET.get("step", "")
    kinds = rules.kinds_of(head.programme)
    steps = {step.key: kind for kind in kinds for step in rules.steps_of(head.programme, kind)}
    return steps.get(key, "")


def _usual(head: CourseHead, kind: str, own: UUID | None, person: str) -> dict[str, Any]:
    """Everybody in the family and in the team is suggested.

    The meeting is about the one whose step it is, else about those in focus.
    """
    in_focus = [str(one.subject_id) for one in head.people if one.is_in_focus]
    return {
        "kind": kind,
        "length": 60,
        "about": [person] if person in in_focus else in_focus,
        "family": [str(one.subject_id) for one in head.people],
        "staff": [str(own)] if own else [],
    }


def _choices(head: CourseHead) -> dict[str, Any]:
    language = current_language()
    people = [(str(one.subject_id), one.name or _("Name not known")) for one in head.people]
    staff = {
        str(one.membership_id): f"{one.membership.staff.name}, {one.unit.name}" for one in head.participants
    }
    kinds = [(key, title.said(language)) for key, title in rules.kinds_of(head.programme).items()]
    return {"kinds": kinds, "people": people, "staff": list(staff.items())}


@route(policy=Gate.ACTOR, event="meeting.viewed")
@require_safe
def meeting(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = whole_or_404(request, space, meeting)
    row, today, actor = whole.row, clock.today(), request.actor
    names, room = shown.names_in(head), queries.room_of(actor, row, head, today)
    missing = queries.missing_before(actor, row, head, room, today) if row.is_ahead else None
    own = row.own_guest(actor)
    context = {
        "guests": shown.guest_lines(row, names, today, actor.membership_id),
        "points": shown.point_lines(whole.points, names, room, today),
        "loose": whole.loose,
        "tasks": shown.task_lines(whole, names, today),
        "missing": shown.missing_lines(missing, names) if missing else [],
        "unheard": bool(missing and missing.unheard),
        "place_is_secret": whole.place is not None and whole.place.item.category == Category.WHEREABOUTS,
        "own": own,
        "main": _main_act(whole, has_answered=own is None or own.reply is not None),
        "may_arrange": allows(actor, Permission.MEETING_ARRANGE, space),
        "late_note": shown.late_note(row),
    }
    return render(request, "meetings/meeting.html", {**context, **frame(request, head, whole)})


def _main_act(whole: WholeMeeting, *, has_answered: bool) -> str:
    """The most useful act now: the one filled button."""
    row, today = whole.row, clock.today()
    if row.state == MeetingEnd.Outcome.HELD:
        return "minutes" if row.minutes else "share"
    if row.state == MeetingEnd.Outcome.CANCELLED:
        return ""
    if whole.sitting:
        return "screen"
    if row.day < today:
        return "close"
    if row.day == today:
        return "begin"
    return "point" if has_answered else "reply"


@route(policy=Gate.ACTOR, event="meeting.place_viewed")
@require_safe
def place(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = whole_or_404(request, space, meeting)
    if whole.place is None:
        raise Http404
    return render(request, "meetings/place.html", {"place": whole.place, **frame(request, head, whole)})


@route(policy=Permission.MEETING_ARRANGE, event="meeting.invited")
@require_http_methods(["GET", "POST"])
def invite(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = whole_or_404(request, space, meeting)
    require(request.actor, Permission.MEETING_ARRANGE, space)
    asked = {str(one.guest.post or one.guest.person) for one in whole.row.guests}
    offered = _choices(head)
    rest: dict[str, Any] = {
        name: [one for one in offered[name] if one[0] not in asked] for name in ("people", "staff")
    }
    form = open_form(request, forms.Invite, name="meetings.invite", thing=meeting, **rest)
    if form.is_valid():
        with answers_on(form):
            actions.invite(
                actor=request.actor,
                space=space,
                meeting=meeting,
                guests=form.guests,
                today=clock.today(),
                now=clock.now(),
            )
            return redirect("meetings:meeting", space, meeting)
    return form_page(request, form, head, whole, _("Invite more people"), _("Invite"))


@route(policy=Permission.MEETING_TAKE_PART, event="meeting.answered")
@require_http_methods(["GET", "POST"])
def reply(request: ActorRequest, space: UUID, meeting: UUID, invitation: UUID) -> HttpResponse:
    head, whole = whole_or_404(request, space, meeting)
    require(request.actor, Permission.MEETING_TAKE_PART, space)
    guest = next((one for one in whole.row.guests if one.pk == invitation), None)
    if guest is None:
        raise Http404
    form = open_form(request, forms.ReplyForm, name="meetings.reply", thing=invitation)
    if form.is_valid():
        with answers_on(form):
            actions.reply_to(
                actor=request.actor,
                space=space,
                meeting=meeting,
                invitation=invitation,
                answer=ReplyAnswer(form.cleaned_data["answer"]),
                words=form.cleaned_data["words"],
                today=clock.today(),
            )
            return redirect("meetings:meeting", space, meeting)
    name = shown.names_in(head).of(guest.guest)
    heading = (
        _("Answer the invitation")
        if guest.invitation.post_id
        else _("What does %(name)s answer?") % {"name": name}
    )
    return form_page(request, form, head, whole, heading, _("Write it down"))


@route(policy=Permission.MEETING_ARRANGE, event="meeting.moved")
@require_http_methods(["GET", "POST"])
def move(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = whole_or_404(request, space, meeting)
    require(request.actor, Permission.MEETING_ARRANGE, space)
    starts = whole.row.starts_at.astimezone(clock.COPENHAGEN)
    before = {"on": starts.date(), "at": f"{starts:%H.%M}", "length": whole.row.length}
    form = open_form(request, forms.MoveMeeting, name="meetings.move", thing=meeting, initial=before)
    if form.is_valid():
        with answers_on(form):
            actions.move_meeting(
                actor=request.actor,
                space=space,
                meeting=meeting,
                starts_at=form.starts_at,
                length=form.cleaned_data["length"],
                reason=form.cleaned_data["reason"],
                today=clock.today(),
                now=clock.now(),
            )
            messages.success(request, _("The meeting has another time. Tell the family."))
            return redirect("meetings:meeting", space, meeting)
    return form_page(request, form, head, whole, _("Move the meeting"), _("Move the meeting"))


@route(policy=Permission.MEETING_ARRANGE, event="meeting.cancelled")
@require_http_methods(["GET", "POST"])
def cancel(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = whole_or_404(request, space, meeting)
    require(request.actor, Permission.MEETING_ARRANGE, space)
    form = open_form(request, forms.CancelMeeting, name="meetings.cancel", thing=meeting)
    if form.is_valid():
        with answers_on(form):
            actions.cancel_meeting(
                actor=request.actor,
                space=space,
                meeting=meeting,
                reason=form.cleaned_data["reason"],
                today=clock.today(),
                now=clock.now(),
            )
            messages.success(request, _("The meeting is called off. Tell the family."))
            return redirect("meetings:meetings", space)
    return form_page(request, form, head, whole, _("Call the meeting off"), _("Call it off"))
