"""Agreements: make one, and write how it went."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.plans import actions, forms, presenters, queries
from samspil.collaboration.plans.models import Agreement, AgreementEnd
from samspil.collaboration.plans.views import frame
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import route
from samspil.foundation.web.requests import ActorRequest

ENDS: dict[str, Callable[..., AgreementEnd]] = {
    AgreementEnd.Outcome.BROKEN: actions.break_agreement,
    AgreementEnd.Outcome.DROPPED: actions.drop_agreement,
    AgreementEnd.Outcome.KEPT: actions.keep_agreement,
}


@route(policy=Permission.PLAN_WRITE, event="agreement.made")
@require_http_methods(["GET", "POST"])
def make(request: ActorRequest, space: UUID) -> HttpResponse:
    head, today = frame.writer(request, space, Permission.PLAN_WRITE), clock.today()
    goals = {str(one.pk): one for one in queries.goals_standing(request.actor, space)}
    form = open_form(
        request,
        forms.AgreementForm,
        name="plans.agreement",
        thing=space,
        people=frame.people(head),
        doers=frame.doers(head),
        goals=[(key, one.words) for key, one in goals.items()],
        initial={"made_on": today},
    )
    if form.is_valid():
        with answers_on(form):
            said = form.agreement
            goal = goals.get(said.pop("goal"))
            actions.make_agreement(actor=request.actor, space=space, goal=goal, today=today, **said)
            return redirect("plans:plan", space)
    title = _("Write an agreement")
    return frame.page(request, "plans/form.html", head, form=form, title=title, back="plans:plan")


@route(policy=Permission.PLAN_WRITE, event="agreement.kept")
@require_POST
def keep(request: ActorRequest, space: UUID, item: UUID) -> HttpResponse:
    frame.writer(request, space, Permission.PLAN_WRITE)
    today = clock.today()
    actions.keep_agreement(
        actor=request.actor, agreement=_open_or_404(request, space, item).agreement, on=today, today=today
    )
    return redirect("plans:plan", space)


@route(policy=Permission.PLAN_WRITE, event="agreement.ended")
@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, space: UUID, item: UUID) -> HttpResponse:
    head, today = frame.writer(request, space, Permission.PLAN_WRITE), clock.today()
    row = _open_or_404(request, space, item)
    form = open_form(
        request,
        forms.EndAgreementForm,
        name="plans.agreement-ended",
        thing=item,
        initial={"on": today, "outcome": AgreementEnd.Outcome.BROKEN},
    )
    if form.is_valid():
        with answers_on(form):
            _end(request, row.agreement, form)
            return redirect("plans:plan", space)
    return _page(request, head, row, form)


def _end(request: ActorRequest, agreement: Agreement, form: forms.EndAgreementForm) -> None:
    said = form.cleaned_data
    ENDS[AgreementEnd.Outcome(said["outcome"])](
        actor=request.actor, agreement=agreement, reason=said["reason"], on=said["on"], today=clock.today()
    )


def _page(
    request: ActorRequest, head: CourseHead, row: queries.AgreementRow, form: forms.EndAgreementForm
) -> HttpResponse:
    [line] = presenters.agreement_lines([row], head.people, clock.today())
    title = _("How did it go?")
    return frame.page(
        request, "plans/form.html", head, form=form, title=title, lead=line.said, back="plans:plan"
    )


def _open_or_404(request: ActorRequest, space: UUID, item: UUID) -> queries.AgreementRow:
    """An agreement that the actor sees and of which nobody has written yet how it went."""
    row = queries.agreement(request.actor, space, item)
    if row is None or not row.is_open:
        raise Http404
    return row
