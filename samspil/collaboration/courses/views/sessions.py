"""Noting a session with the family, or a gathering of several families: when, how long, with whom."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.forms.sessions import Session
from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.presenters import facts as shown
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import route
from samspil.foundation.web.requests import ActorRequest

KIND = "contact_session.logged"


@route(policy=Permission.FACT_NOTE, event="session.noted")
@require_http_methods(["GET", "POST"])
def session(request: ActorRequest, space: UUID) -> HttpResponse:
    head, today, actor = head_or_404(request, space), clock.today(), request.actor
    require(actor, Permission.FACT_NOTE, space)
    wanted = queries.asked_by_step(head.programme, request.GET.get("step", ""), KIND)
    kinds = shown.session_kinds(head.programme)
    form = open_form(
        request,
        Session,
        name="courses.session",
        thing=space,
        kinds=kinds,
        people=shown.people_choices(head.people),
        professionals=shown.colleagues(head, actor.membership_id),
        initial={
            "on": today,
            "kind": wanted.get("kind", kinds[0][0]),
            "professional": str(actor.membership_id),
        },
    )
    if form.is_valid():
        with answers_on(form):
            on = form.cleaned_data["on"]
            actions.note_fact(
                actor=actor, space=space, kind=KIND, on=on, today=today, attributes=form.attributes
            )
            messages.success(request, shown.noted(on, today))
            return redirect("workplace:course", space)
    return render(request, "courses/session.html", {**course_frame(request, head), "form": form})
