"""Pages of meetings: one's own, those of a course, preparing, the shared screen, the minutes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.courses.views import course_frame, head_or_404
from samspil.collaboration.journal.models import ShowAnswer
from samspil.collaboration.journal.queries import child_views
from samspil.collaboration.meetings import actions, forms, queries, rules
from samspil.collaboration.meetings import presenters as shown
from samspil.collaboration.meetings.models import MeetingEnd, Presence, ReplyAnswer
from samspil.collaboration.meetings.queries import WholeMeeting
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import allows, require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.web.forms import Form
from samspil.foundation.web.requests import ActorRequest

FORM = "meetings/form.html"


def _whole(request: ActorRequest, space: UUID, meeting: UUID) -> tuple[CourseHead, WholeMeeting]:
    """The course and the meeting; to whom does not see them there is no such page."""
    head = head_or_404(request, space)
    found = queries.whole_meeting(request.actor, space, meeting)
    if found is None:
        raise Http404
    return head, found


def _frame(request: ActorRequest, head: CourseHead, whole: WholeMeeting | None = None) -> dict[str, Any]:
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


def _form_page(
    request: ActorRequest,
    form: Form,
    head: CourseHead,
    whole: WholeMeeting,
    heading: str,
    send: str,
    **more: Any,
) -> HttpResponse:
    context = {"form": form, "heading": heading, "send": send, **more, **_frame(request, head, whole)}
    return render(request, more.get("template", FORM), context)


@route(policy=Gate.ACTOR, event="meetings.own_viewed")
@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    today = clock.today()
    lines = shown.own_lines(queries.meetings_ahead(request.actor, today), today)
    return render(request, "meetings/mine.html", {"lines": lines})


@route(policy=Gate.ACTOR, event="meetings.viewed")
@require_safe
def meetings(request: ActorRequest, space: UUID) -> HttpResponse:
    head, today, actor = head_or_404(request, space), clock.today(), request.actor
    rows = queries.meetings_of(actor, space)
    context = {
        "asked": shown.asked_for(queries.candidates(actor, head, today), rows, today),
        "ahead": shown.ahead_lines(rows, head.programme, today),
        "held": shown.held_lines(rows, head.programme),
        "cancelled": shown.cancelled_lines(rows, head.programme),
        "may_plan": allows(actor, Permission.MEETING_ARRANGE, space),
    }
    return render(request, "meetings/meetings.html", {**context, **_frame(request, head)})


# --- arranging -----------------------------------------------------------------------------------------


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
        initial=_usual(head, kind, actor.membership_id),
        **_choices(head),
    )
    if form.is_valid():
        with answers_on(form):
            made = actions.plan_meeting(
                actor=actor, space=space, call=form.call, guests=form.guests, today=today, now=clock.now()
            )
            messages.success(request, _("The meeting is planned. Your colleagues get a mail."))
            return redirect("meetings:meeting", space, made.pk)
    return render(request, "meetings/plan.html", {"form": form, **_frame(request, head)})


def _kind_asked_for(request: ActorRequest, head: CourseHead) -> str:
    """The kind of meeting that the step in the address asks for."""
    key = request.GET.get("step", "")
    kinds = rules.kinds_of(head.programme)
    steps = {step.key: kind for kind in kinds for step in rules.steps_of(head.programme, kind)}
    return steps.get(key, "")


def _usual(head: CourseHead, kind: str, own: UUID | None) -> dict[str, Any]:
    """Everybody in the family and in the team is suggested; the meeting is about those in focus."""
    return {
        "kind": kind,
        "length": 60,
        "about": [str(one.subject_id) for one in head.people if one.is_in_focus],
        "family": [str(one.subject_id) for one in head.people],
        "staff": [str(own)] if own else [],
    }


def _choices(head: CourseHead) -> dict[str, Any]:
    language = get_language() or "da"
    people = [(str(one.subject_id), one.name or _("Name not known")) for one in head.people]
    staff = {
        str(one.membership_id): f"{one.membership.staff.name}, {one.unit.name}" for one in head.participants
    }
    kinds = [(key, title.said(language)) for key, title in rules.kinds_of(head.programme).items()]
    return {"kinds": kinds, "people": people, "staff": list(staff.items())}


@route(policy=Gate.ACTOR, event="meeting.viewed")
@require_safe
def meeting(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = _whole(request, space, meeting)
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
        "checklist": _checklist(head, row.kind),
        "late_note": shown.late_note(row),
    }
    return render(request, "meetings/meeting.html", {**context, **_frame(request, head, whole)})


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


def _checklist(head: CourseHead, kind: str) -> str:
    """The title of the tool that the model gives for preparing such a meeting."""
    wanted = {step.tool for step in rules.steps_of(head.programme, kind) if step.tool}
    found = next((tool for tool in head.programme.tools if tool.key in wanted), None)
    return found.title.said(get_language() or "da") if found else ""


@route(policy=Gate.ACTOR, event="meeting.place_viewed")
@require_safe
def place(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = _whole(request, space, meeting)
    if whole.place is None:
        raise Http404
    return render(request, "meetings/place.html", {"place": whole.place, **_frame(request, head, whole)})


@route(policy=Permission.MEETING_ARRANGE, event="meeting.invited")
@require_http_methods(["GET", "POST"])
def invite(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = _whole(request, space, meeting)
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
    return _form_page(request, form, head, whole, _("Invite more people"), _("Invite"))


@route(policy=Permission.MEETING_TAKE_PART, event="meeting.answered")
@require_http_methods(["GET", "POST"])
def reply(request: ActorRequest, space: UUID, meeting: UUID, invitation: UUID) -> HttpResponse:
    head, whole = _whole(request, space, meeting)
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
    return _form_page(request, form, head, whole, heading, _("Write it down"))


@route(policy=Permission.MEETING_ARRANGE, event="meeting.moved")
@require_http_methods(["GET", "POST"])
def move(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = _whole(request, space, meeting)
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
    return _form_page(request, form, head, whole, _("Move the meeting"), _("Move the meeting"))


@route(policy=Permission.MEETING_ARRANGE, event="meeting.cancelled")
@require_http_methods(["GET", "POST"])
def cancel(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = _whole(request, space, meeting)
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
    return _form_page(request, form, head, whole, _("Call the meeting off"), _("Call it off"))


# --- the agenda ----------------------------------------------------------------------------------------


@route(policy=Permission.MEETING_ARRANGE, event="point.added")
@require_http_methods(["GET", "POST"])
def add_point(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = _whole(request, space, meeting)
    require(request.actor, Permission.MEETING_ARRANGE, space)
    form = open_form(request, forms.AddPoint, name="meetings.point", thing=meeting, **_voices(request, head))
    if form.is_valid():
        with answers_on(form):
            actions.add_point(
                actor=request.actor, space=space, meeting=meeting, text=form.text, today=clock.today()
            )
            return redirect("meetings:meeting", space, meeting)
    return _form_page(request, form, head, whole, _("Add to the agenda"), _("Add to the agenda"))


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
    _whole(request, space, meeting)
    try:
        actions.drop_point(actor=request.actor, space=space, meeting=meeting, thread=thread)
    except Refused as refused:
        messages.error(request, refused.reason)
    return redirect("meetings:meeting", space, meeting)


@route(policy=Permission.MEETING_ARRANGE, event="point.moved")
@require_POST
def move_point(request: ActorRequest, space: UUID, meeting: UUID, thread: UUID) -> HttpResponse:
    _whole(request, space, meeting)
    try:
        actions.move_point(actor=request.actor, space=space, meeting=meeting, thread=thread)
    except Refused as refused:
        messages.error(request, refused.reason)
    return redirect("meetings:meeting", space, meeting)


# --- holding -------------------------------------------------------------------------------------------


@route(policy=Permission.MEETING_ARRANGE, event="meeting.begun")
@require_http_methods(["GET", "POST"])
def begin(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = _whole(request, space, meeting)
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
    return _form_page(
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
    head, whole = _whole(request, space, meeting)
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
    return render(request, template, {**context, **_frame(request, head, whole)})


def _point_asked_for(request: ActorRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("point", ""))
    except ValueError:
        return None


@route(policy=Permission.MEETING_ARRANGE, event="task.given")
@require_http_methods(["GET", "POST"])
def give_task(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = _whole(request, space, meeting)
    require(request.actor, Permission.MEETING_ARRANGE, space)
    names = shown.names_in(head)
    guests = [(str(one.pk), names.of(one.guest)) for one in whole.row.guests if not one.guest.name]
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
    return _form_page(request, form, head, whole, _("Give somebody a task"), _("Write it down"))


@route(policy=Permission.MEETING_ARRANGE, event="meeting.held")
@require_http_methods(["GET", "POST"])
def close(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = _whole(request, space, meeting)
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
    return _form_page(
        request,
        form,
        head,
        whole,
        _("The meeting was held"),
        _("Write it down"),
        template="meetings/there.html",
    )


# --- minutes -------------------------------------------------------------------------------------------


@route(policy=Gate.ACTOR, event="minutes.viewed")
@require_safe
def minutes(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = _whole(request, space, meeting)
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
    return render(request, "meetings/minutes.html", {**context, **_frame(request, head, whole)})


@route(policy=Permission.MEETING_ARRANGE, event="minutes.shared")
@require_http_methods(["GET", "POST"])
def share(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = _whole(request, space, meeting)
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
    return _form_page(request, form, head, whole, _("Write and share the minutes"), _("Share the minutes"))


@route(policy=Permission.MEETING_ARRANGE, event="minutes.amended")
@require_http_methods(["GET", "POST"])
def amend(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    head, whole = _whole(request, space, meeting)
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
    return _form_page(request, form, head, whole, _("Change the minutes"), _("Share the new version"))


@route(policy=Permission.MEETING_TAKE_PART, event="minutes.read")
@require_POST
def read(request: ActorRequest, space: UUID, meeting: UUID) -> HttpResponse:
    _whole(request, space, meeting)
    actions.mark_read(actor=request.actor, space=space, meeting=meeting, now=clock.now())
    return redirect("meetings:minutes", space, meeting)
