"""Everything that is written in a course, by date."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.journal import presenters, queries
from samspil.foundation.kernel.gate import allows
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.requests import ActorRequest


@route(policy=Gate.ACTOR, event="journal.listed")
@require_safe
def papers(request: ActorRequest, space: UUID) -> HttpResponse:
    head, actor = head_or_404(request, space), request.actor
    documents, drafts = queries.documents_of(actor, space), queries.own_drafts(actor, space)
    people = queries.somebodies(head.people)
    found = presenters.entries(
        space,
        head.names,
        current_language(),
        notes=queries.notes_of(actor, space),
        views=queries.child_views(actor, space),
        papers=documents,
        drafts=drafts,
        sent=queries.sent_notes(actor, space),
    )
    context = {
        "entries": found,
        "shelf": presenters.shelf(
            space, head.programme, people, head.names, documents, drafts, current_language()
        ),
        "may_write": allows(actor, Permission.NOTE_WRITE, space),
    }
    return render(request, "journal/papers.html", {**course_frame(request, head), **context})
