"""What each sector does: the overview, one effort, and its forms."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspil.collaboration.courses.frame import head_or_404
from samspil.collaboration.plans import actions, forms, law, presenters, queries, rules
from samspil.collaboration.plans.queries import EffortRow
from samspil.collaboration.plans.views import frame
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import allows
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.web.requests import ActorRequest

BOTH = require_http_methods(["GET", "POST"])


@route(policy=Gate.ACTOR, event="effort.overview_viewed")
@require_safe
def overview(request: ActorRequest, space: UUID) -> HttpResponse:
    head, today = head_or_404(request, space), clock.today()
    shown = presenters.overview(queries.efforts_of(request.actor, space, today), head.people, today)
    may_write = allows(request.actor, Permission.EFFORT_WRITE, space)
    return frame.page(request, "plans/efforts.html", head, overview=shown, may_write=may_write)


@route(policy=Permission.EFFORT_WRITE, event="effort.overview_reviewed")
@require_POST
def review(request: ActorRequest, space: UUID) -> HttpResponse:
    frame.writer(request, space, Permission.EFFORT_WRITE)
    today = clock.today()
    try:
        actions.review_efforts(actor=request.actor, space=space, on=today, today=today)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("It is noted that you have gone through the overview today."))
    return redirect("plans:efforts", space)


@route(policy=Gate.ACTOR, event="effort.viewed")
@require_safe
def effort(request: ActorRequest, space: UUID, thread: UUID) -> HttpResponse:
    head = head_or_404(request, space)
    shown = presenters.effort_page(_row_or_404(request, space, thread), head.people, clock.today())
    may_write = allows(request.actor, Permission.EFFORT_WRITE, space)
    return frame.page(request, "plans/effort.html", head, effort=shown, may_write=may_write)


@route(policy=Permission.EFFORT_WRITE, event="effort.written")
@BOTH
def write(request: ActorRequest, space: UUID) -> HttpResponse:
    head, today = frame.writer(request, space, Permission.EFFORT_WRITE), clock.today()
    role = request.actor.role
    form = open_form(
        request,
        forms.NewEffortForm,
        name="plans.effort",
        thing=space,
        people=frame.people(head),
        laws=_laws(),
        topics=role.categories if role else Category(0),
        initial={"on": today, "category": str(int(Category.SOCIAL))},
    )
    if form.is_valid():
        with answers_on(form):
            subjects = [UUID(one) for one in form.cleaned_data["subjects"]]
            category = Category(int(form.cleaned_data["category"]))
            text, first = form.effort_text, form.first
            made = actions.write_effort(
                actor=request.actor, space=space, subjects=subjects, text=text, first=first, today=today,
                category=category,
            )  # fmt: skip
            return redirect("plans:effort", space, made.thread)
    return frame.page(request, "plans/write_effort.html", head, form=form)


@route(policy=Permission.EFFORT_WRITE, event="effort.revised")
@BOTH
def revise(request: ActorRequest, space: UUID, thread: UUID) -> HttpResponse:
    head = frame.writer(request, space, Permission.EFFORT_WRITE)
    row = _row_or_404(request, space, thread)
    form = open_form(
        request,
        forms.EffortForm,
        name="plans.effort-revised",
        thing=thread,
        rows=row.effort,
        laws=_laws(),
        initial=queries.written_effort(row.effort),
    )
    if form.is_valid():
        with answers_on(form):
            seen = form.sheet.version  # type: ignore[attr-defined]
            actions.revise_effort(
                actor=request.actor, effort=row.effort, text=form.effort_text, seen=seen, today=clock.today()
            )
            return redirect("plans:effort", space, thread)
    title = _("Correct what is written")
    return frame.page(
        request, "plans/form.html", head, form=form, title=title, back="plans:effort", thread=thread
    )


@route(policy=Permission.EFFORT_WRITE, event="effort.step_noted")
@BOTH
def note_step(request: ActorRequest, space: UUID, thread: UUID, kind: str) -> HttpResponse:
    head, today = frame.writer(request, space, Permission.EFFORT_WRITE), clock.today()
    row = _row_or_404(request, space, thread)
    if kind not in rules.possible_next(queries.happenings(row.steps)):
        raise Http404
    form = open_form(
        request,
        forms.StepForm,
        name=f"plans.effort-{kind}",
        thing=thread,
        kind=kind,
        initial={"on": today, "planned_end": row.planned_end},
    )
    if form.is_valid():
        with answers_on(form):
            actions.note_step(actor=request.actor, effort=row.effort, step=form.happening, today=today)
            return redirect("plans:effort", space, thread)
    title, lead = presenters.NEXT[kind], row.effort.what
    return frame.page(
        request,
        "plans/form.html",
        head,
        form=form,
        title=title,
        lead=lead,
        back="plans:effort",
        thread=thread,
    )


@route(policy=Permission.EFFORT_WRITE, event="effort.opinion_noted")
@BOTH
def note_view(request: ActorRequest, space: UUID, thread: UUID) -> HttpResponse:
    head, today = frame.writer(request, space, Permission.EFFORT_WRITE), clock.today()
    row = _row_or_404(request, space, thread)
    form = open_form(
        request,
        forms.ViewForm,
        name="plans.effort-view",
        thing=thread,
        people=frame.people(head),
        initial={"on": today},
    )
    if form.is_valid():
        with answers_on(form):
            said = form.cleaned_data
            person = UUID(said["person"])
            actions.note_view(
                actor=request.actor, effort=row.effort, person=person, words=said["words"], on=said["on"],
                today=today,
            )  # fmt: skip
            return redirect("plans:effort", space, thread)
    title, lead = _("What does the family think of it?"), row.effort.what
    return frame.page(
        request,
        "plans/form.html",
        head,
        form=form,
        title=title,
        lead=lead,
        back="plans:effort",
        thread=thread,
    )


def _row_or_404(request: ActorRequest, space: UUID, thread: UUID) -> EffortRow:
    row = queries.effort(request.actor, space, thread)
    if row is None:
        raise Http404
    return row


def _laws() -> list[tuple[str, str]]:
    language = current_language()
    return [(key, title.said(language)) for key, title in law.statutes().items()]
