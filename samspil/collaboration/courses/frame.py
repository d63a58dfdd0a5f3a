"""The frame that every page of a course stands in, also the pages of the floors above."""

from uuid import UUID

from django.http import Http404

from samspil.collaboration.courses import presenters, queries
from samspil.collaboration.courses.queries import CourseHead
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.web.navigation import Place, links
from samspil.foundation.web.requests import ActorRequest


def head_or_404(request: ActorRequest, space: UUID) -> CourseHead:
    """The head of a course that the actor sees; to everybody else there is no such page."""
    found = queries.course_head(request.actor, space, clock.today())
    if found is None:
        raise Http404
    return found


def course_frame(request: ActorRequest, found: CourseHead) -> dict[str, object]:
    """What `courses/base.html` takes: the head, the tabs, and whether the reader notes what happened."""
    return {
        "head": presenters.head_of(found, request.actor, clock.today()),
        "tabs": links(Place.PAGES, request, space=found.space),
        "space": found.space,
        "may_note": request.actor.holds(Permission.FACT_NOTE),
    }
