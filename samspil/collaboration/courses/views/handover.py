"""The coordination is handed over: asked for, shown with its receipt, taken, declined, taken back."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.forms import handover as forms
from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.models import Handover
from samspil.collaboration.courses.presenters import team as shown
from samspil.collaboration.courses.queries import CourseHead, HandoverCase, Standing
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import allows, require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.requests import ActorRequest


@route(policy=Permission.COURSE_STEER, event="handover.requested")
@require_http_methods(["GET", "POST"])
def hand_over(request: ActorRequest, space: UUID) -> HttpResponse:
    head, today = head_or_404(request, space), clock.today()
    require(request.actor, Permission.COURSE_STEER, space)
    asked = queries.open_handover(request.actor, space)
    if asked is not None:
        return redirect("courses:handover", space, asked.pk)
    found = queries.standing(request.actor, space, today)
    colleagues = shown.next_choices(head.programme, found)
    form = open_form(request, forms.AskHandover, name="courses.handover", thing=space, colleagues=colleagues)
    if form.is_valid():
        with answers_on(form):
            words = {**form.cleaned_data, "to": UUID(form.cleaned_data["to"])}
            row = actions.request_handover(actor=request.actor, space=space, today=today, **words)
            return redirect("courses:handover", space, row.pk)
    steps = _open_steps(request, head, found)
    context = {"form": form, "has_colleagues": bool(colleagues), "steps": steps}
    return render(request, "courses/hand_over.html", {**course_frame(request, head), **context})


def _open_steps(request: ActorRequest, head: CourseHead, found: Standing) -> list[shown.OpenStep]:
    """What will be listed with the handover, before it is known to whom."""
    focus = {one.subject_id for one in head.people if one.is_in_focus}
    units = {queries.sharing_unit(one.unit) for one in found.parts}
    rows = queries.open_steps(request.actor, head.course, focus, units, clock.today())
    return list(shown.steps_of(rows, head))


def _case_or_404(request: ActorRequest, space: UUID, handover: UUID) -> HandoverCase:
    found = queries.handover_case(request.actor, space, handover)
    if found is None:
        raise Http404
    return found


@route(policy=Gate.ACTOR, event="handover.viewed")
@require_safe
def handover(request: ActorRequest, space: UUID, handover: UUID) -> HttpResponse:
    head = head_or_404(request, space)
    case = _case_or_404(request, space, handover)
    context = {
        "case": shown.handover_page(case, head, request.actor),
        "handover": handover,
        "may_steer": allows(request.actor, Permission.COURSE_STEER, space),
    }
    return render(request, "courses/handover.html", {**course_frame(request, head), **context})


def _answered(request: ActorRequest, row: Handover, act: Callable[[], object], thanks: str) -> HttpResponse:
    """The act, and back to the page of the handover: a »no« of the house is said there."""
    try:
        act()
        messages.success(request, thanks)
    except Refused as refused:
        messages.error(request, refused.reason)
    return redirect("courses:handover", row.space_id, row.pk)


@route(policy=Permission.FACT_NOTE, event="handover.accepted")
@require_POST
def accept_handover(request: ActorRequest, space: UUID, handover: UUID) -> HttpResponse:
    head_or_404(request, space)
    row = _case_or_404(request, space, handover).handover

    def act() -> None:
        actions.accept_handover(actor=request.actor, handover=row, today=clock.today())

    return _answered(request, row, act, _("You coordinate the course from now on."))


@route(policy=Permission.COURSE_STEER, event="handover.withdrawn")
@require_POST
def withdraw_handover(request: ActorRequest, space: UUID, handover: UUID) -> HttpResponse:
    head_or_404(request, space)
    row = _case_or_404(request, space, handover).handover

    def act() -> None:
        actions.withdraw_handover(actor=request.actor, handover=row, today=clock.today())

    return _answered(request, row, act, _("The handover is taken back. Nothing has changed."))


@route(policy=Permission.FACT_NOTE, event="handover.declined")
@require_http_methods(["GET", "POST"])
def decline_handover(request: ActorRequest, space: UUID, handover: UUID) -> HttpResponse:
    """The »no« of the one who is asked; to everybody else in the course there is no such page."""
    head = head_or_404(request, space)
    case = _case_or_404(request, space, handover)
    if case.handover.receiver_id != request.actor.membership_id:
        raise Http404
    form = open_form(request, forms.Decline, name="courses.decline", thing=handover)
    if form.is_valid():
        with answers_on(form):
            reason = form.cleaned_data["reason"]
            actions.decline_handover(
                actor=request.actor, handover=case.handover, reason=reason, today=clock.today()
            )
            messages.success(request, _("You have said no. The coordinator goes on and can read why."))
            return redirect("courses:handover", space, handover)
    context = {"form": form, "case": shown.handover_page(case, head, request.actor), "handover": handover}
    return render(request, "courses/decline.html", {**course_frame(request, head), **context})
