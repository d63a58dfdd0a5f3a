"""A step that leads to another model: begin a course of it from here, or tie this one to one that runs."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.forms.linking import StartOther, TieCourse
from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.presenters import linking as shown
from samspil.collaboration.courses.rules import linking as rules
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import allows, require
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import route
from samspil.foundation.web.requests import ActorRequest


@route(policy=Permission.FACT_NOTE, event="course.tied")
@require_http_methods(["GET", "POST"])
def lead_on(request: ActorRequest, space: UUID) -> HttpResponse:
    """What the step leads to, and which ways there are. Choosing one ties this course to one that runs."""
    head, actor = head_or_404(request, space), request.actor
    require(actor, Permission.FACT_NOTE, space)
    step = rules.leading_step(head.programme, request.GET.get("step", ""))
    if step is None or step.leads_to is None:
        raise Http404
    person = shown.person_asked(head, request.GET.get("person", ""))
    tied = queries.tied_to(actor, space, person)
    known = queries.courses_about(actor, list(head.names), beside=space)
    courses = shown.courses_to_tie(known, step.leads_to.programme, tied, language=current_language())
    form = open_form(
        request, TieCourse, name="courses.tie", thing=f"{space}/{step.key}/{person or ''}", courses=courses
    )
    if courses and form.is_valid():
        with answers_on(form):
            other = UUID(form.cleaned_data["course"])
            actions.tie_courses(
                actor=actor, space=space, step=step.key, other=other, person=person, today=clock.today()
            )
            messages.success(request, _("The two courses are tied. Both say so."))
            return redirect("workplace:course", space)
    version = queries.newest_version(step.leads_to.programme)
    may_start = actor.holds(Permission.SPACE_OPEN) and bool(allows(actor, Permission.COURSE_STEER, space))
    context = {
        **course_frame(request, head),
        "form": form,
        "courses": courses,
        "way": shown.way(head, step, version, person, language=current_language()),
        "start": shown.start_url(space, step.key, person) if may_start and not courses and version else "",
        "is_first": step.leads_to.how == "starts",
    }
    return render(request, "courses/lead_on.html", context)


@route(policy=Permission.COURSE_STEER, event="course.started_from")
@require_http_methods(["GET", "POST"])
def start_other(request: ActorRequest, space: UUID) -> HttpResponse:
    """Begin a course of the other model, with people and unit from this one."""
    head, actor, today = head_or_404(request, space), request.actor, clock.today()
    require(actor, Permission.COURSE_STEER, space)
    step = rules.leading_step(head.programme, request.GET.get("step", ""))
    version = queries.newest_version(step.leads_to.programme) if step and step.leads_to else None
    if step is None or version is None:
        raise Http404
    person = shown.person_asked(head, request.GET.get("person", ""))
    people, adults = shown.who_comes(head, version.programme, person, today)
    form = open_form(
        request,
        StartOther,
        name="courses.start_other",
        thing=f"{space}/{step.key}/{person or ''}",
        people=people,
        adults=adults,
        initial={"person": people[0][0] if people else None, "others": [key for key, _name in adults]},
    )
    if form.is_valid():
        with answers_on(form):
            course = actions.start_other_course(
                actor=actor,
                space=space,
                step=step.key,
                version=version.pk,
                person=UUID(form.cleaned_data["person"]),
                others=[UUID(one) for one in form.cleaned_data.get("others", [])],
                today=today,
            )
            messages.success(request, _("The course is begun. Here and there it says that they are tied."))
            return redirect("workplace:course", course.space_id)
    way = shown.way(head, step, version, person, language=current_language())
    context = {**course_frame(request, head), "form": form, "way": way, "unit": request.acting_for}
    return render(request, "courses/start_other.html", context)
