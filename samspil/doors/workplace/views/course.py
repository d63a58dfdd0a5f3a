"""The page of one course: the model as a map, what is next, the plan, the people, what happened."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samspil.collaboration.courses.views import course_frame, head_or_404
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.requests import ActorRequest


@route(policy=Gate.ACTOR, event="course.viewed")
@require_safe
def course(request: ActorRequest, space: UUID) -> HttpResponse:
    found = head_or_404(request, space)
    return render(request, "workplace/course.html", course_frame(request, found))
