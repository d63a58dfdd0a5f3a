"""The page of the plan and its forms: write, revise in place, rate, end, agree, and what each says."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.courses.frame import head_or_404
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.plans import actions, forms, presenters, queries
from samspil.collaboration.plans.models import STEPS, Goal
from samspil.collaboration.plans.presenters.people import with_age
from samspil.collaboration.plans.views import frame
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import allows
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.web.forms import Form
from samspil.foundation.web.ladders import signed
from samspil.foundation.web.requests import ActorRequest

BOTH = require_http_methods(["GET", "POST"])


@route(policy=Gate.ACTOR, event="plan.viewed")
@require_safe
def plan(request: ActorRequest, space: UUID) -> HttpResponse:
    return _plan_page(request, head_or_404(request, space))


def _plan_page(request: ActorRequest, head: CourseHead, **more: Any) -> HttpResponse:
    actor, today = request.actor, clock.today()
    shown = presenters.plan_page(
        queries.plan_of(actor, head.space), head.people, today, me=actor.membership_id
    )
    return frame.page(
        request,
        "plans/plan.html",
        head,
        plan=shown,
        may_write=allows(actor, Permission.PLAN_WRITE, head.space),
        may_agree=allows(actor, Permission.PLAN_AGREE, head.space),
        **more,
    )


@route(policy=Gate.ACTOR, event="plan.versions_viewed")
@require_safe
def versions(request: ActorRequest, space: UUID) -> HttpResponse:
    head = head_or_404(request, space)
    cards = presenters.version_cards(queries.plan_of(request.actor, space), head.people, clock.today())
    return frame.page(request, "plans/versions.html", head, versions=cards)


@route(policy=Permission.PLAN_WRITE, event="goal.written")
@BOTH
def write_goal(request: ActorRequest, space: UUID) -> HttpResponse:
    head, today = frame.writer(request, space, Permission.PLAN_WRITE), clock.today()
    form = open_form(
        request,
        forms.NewGoalForm,
        name="plans.goal",
        thing=space,
        people=frame.people(head),
        doers=frame.doers(head),
        topics=_topics(request),
        asks_mode=frame.asks_mode(head),
    )
    if form.is_valid():
        with answers_on(form):
            subjects = [UUID(one) for one in form.cleaned_data["subjects"]]
            category = Category(int(form.cleaned_data["category"]))
            actions.write_goal(
                actor=request.actor,
                space=space,
                subjects=subjects,
                text=form.goal_text,
                category=category,
                today=today,
            )
            return redirect("plans:plan", space)
    return frame.page(request, "plans/write_goal.html", head, form=form)


def _topics(request: ActorRequest) -> Category:
    """What the actor's role works with."""
    role = request.actor.role
    return role.categories if role else Category(0)


@route(policy=Permission.PLAN_WRITE, event="goal.revised")
@BOTH
def revise_goal(request: ActorRequest, space: UUID, thread: UUID) -> HttpResponse:
    head = frame.writer(request, space, Permission.PLAN_WRITE)
    goal = frame.goal_or_404(request, space, thread)
    form = open_form(
        request,
        forms.GoalForm,
        name="plans.goal-revised",
        thing=thread,
        rows=goal,
        people=frame.people(head),
        doers=frame.doers(head),
        asks_mode=frame.asks_mode(head) or bool(goal.mode),
        initial=queries.written(goal),
    )
    if form.is_valid():
        with answers_on(form):
            seen = form.sheet.version  # type: ignore[attr-defined]
            actions.revise_goal(
                actor=request.actor, goal=goal, text=form.goal_text, seen=seen, today=clock.today()
            )
            return redirect(f"{reverse('plans:plan', args=[space])}#{thread}")
    return _plan_page(request, head, form=form, editing=thread)


@route(policy=Permission.PLAN_WRITE, event="goal.rated")
@BOTH
def rate_goal(request: ActorRequest, space: UUID, thread: UUID) -> HttpResponse:
    head, today = frame.writer(request, space, Permission.PLAN_WRITE), clock.today()
    goal = frame.goal_or_404(request, space, thread)
    form = open_form(
        request,
        forms.RateForm,
        name="plans.rating",
        thing=thread,
        levels=_levels(goal),
        people=frame.people(head),
        initial={"on": today},
    )
    if form.is_valid():
        with answers_on(form):
            actions.rate_goal(actor=request.actor, goal=goal, today=today, **form.rating)
            return redirect(f"{reverse('plans:plan', args=[space])}#{thread}")
    return _about_goal(request, head, goal, form, _("Where are you now?"))


def _levels(goal: Goal) -> list[tuple[str, str]]:
    """The five steps in their own words, from the highest."""
    words = goal.steps or ["" for _step in STEPS]
    pairs = reversed(list(zip(STEPS, words, strict=True)))
    return [(str(step), " ".join(filter(None, [signed(step), text]))) for step, text in pairs]


def _about_goal(request: ActorRequest, head: CourseHead, goal: Goal, form: Form, title: str) -> HttpResponse:
    [card] = presenters.goal_cards(
        [queries.GoalRow(goal, (), (), is_agreed=False)], head.people, clock.today()
    )
    return frame.page(request, "plans/about_goal.html", head, form=form, goal=card, title=title)


@route(policy=Permission.PLAN_WRITE, event="goal.ended")
@BOTH
def end_goal(request: ActorRequest, space: UUID, thread: UUID) -> HttpResponse:
    head, today = frame.writer(request, space, Permission.PLAN_WRITE), clock.today()
    goal = frame.goal_or_404(request, space, thread)
    form = open_form(
        request, forms.EndGoalForm, name="plans.goal-ended", thing=thread, rows=goal, initial={"on": today}
    )
    if form.is_valid():
        with answers_on(form):
            seen = form.sheet.version  # type: ignore[attr-defined]
            actions.end_goal(actor=request.actor, goal=goal, seen=seen, today=today, **form.cleaned_data)
            return redirect("plans:plan", space)
    return _about_goal(request, head, goal, form, _("How did it end?"))


@route(policy=Permission.PLAN_AGREE, event="plan.agreed")
@BOTH
def agree(request: ActorRequest, space: UUID) -> HttpResponse:
    head, actor, today = frame.writer(request, space, Permission.PLAN_AGREE), request.actor, clock.today()
    standing = queries.goals_shown(actor, space, today)
    before = queries.current_plan(actor, space)
    form = open_form(
        request,
        forms.AgreeForm,
        name="plans.agree",
        thing=space,
        rows=tuple(row.goal for row in standing),
        people={one.subject_id: with_age(one, today) for one in head.people},
        is_first=before is None,
        initial={"agreed_on": today},
    )
    if form.is_valid():
        with answers_on(form):
            _settle(request, space, form, is_first=before is None)
            messages.success(request, _("The plan is agreed, and it holds from now on."))
            return redirect("plans:plan", space)
    cards = presenters.goal_cards(standing, head.people, today)
    return frame.page(request, "plans/agree.html", head, form=form, goals=cards)


def _settle(request: ActorRequest, space: UUID, form: forms.AgreeForm, *, is_first: bool) -> None:
    said: dict[str, Any] = {
        "actor": request.actor,
        "space": space,
        "agreed_on": form.cleaned_data["agreed_on"],
        "voices": form.voices,
        "seen": form.sheet.version,  # type: ignore[attr-defined]
        "today": clock.today(),
    }
    if is_first:
        actions.agree_plan(**said)
    else:
        actions.revise_plan(reason=form.cleaned_data["reason"], **said)


@route(policy=Permission.PLAN_WRITE, event="plan.voiced")
@BOTH
def voice(request: ActorRequest, space: UUID, person: UUID) -> HttpResponse:
    head, today = frame.writer(request, space, Permission.PLAN_WRITE), clock.today()
    current = queries.current_plan(request.actor, space)
    someone = next((one for one in head.people if one.subject_id == person), None)
    if current is None or someone is None:
        raise Http404
    form = open_form(request, forms.VoiceForm, name="plans.voice", thing=person, initial={"on": today})
    if form.is_valid():
        with answers_on(form):
            on = form.cleaned_data["on"]
            actions.note_voice(
                actor=request.actor, plan=current, voice=form.voice(person), on=on, today=today
            )
            return redirect("plans:plan", space)
    called = someone.name.split()[0] if someone.name else _("Name not known")
    title = _("What does %(name)s say to the plan?") % {"name": called}
    return frame.page(request, "plans/form.html", head, form=form, title=title, back="plans:plan")
