"""The courses of one family that one stands in, from the page of a person."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samspil.collaboration.families import queries as families
from samspil.doors.workplace import queries
from samspil.doors.workplace.presenters.together import together
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import route
from samspil.foundation.web.requests import ActorRequest


@route(policy=Permission.PERSON_VIEW, event="family_courses.viewed")
@require_safe
def family_courses(request: ActorRequest, subject: UUID) -> HttpResponse:
    """Which courses the family has that one stands in, and what is worth looking at over all of them."""
    record = families.person_records(request.actor).filter(subject=subject).first()
    if record is None:
        raise Http404
    around = [one.subject_id for one in families.family_of(request.actor, subject).people]
    found = queries.several_courses(request.actor, {subject, *around})
    today, language = clock.today(), current_language()
    shown = together((), found.others, found.goals, found.booked, found.same, today, language=language)
    return render(request, "workplace/family_courses.html", {"record": record, "together": shown})
