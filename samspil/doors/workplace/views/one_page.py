"""»Our plan on one page«, on the screen and on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.translation import override
from django.views.decorators.http import require_safe

from samspil.collaboration.courses import queries
from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.queries import CourseHead
from samspil.doors.workplace import papers
from samspil.doors.workplace.papers import ChildPage
from samspil.foundation.accounts.queries import is_invented
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web import pdf
from samspil.foundation.web.requests import ActorRequest


@route(policy=Gate.ACTOR, event="one_page.viewed")
@require_safe
def one_page(request: ActorRequest, space: UUID) -> HttpResponse:
    head = head_or_404(request, space)
    language, wanted = current_language(), request.GET.get("for", "")
    context = {**course_frame(request, head), "lacking": pdf.missing_libraries(), "wanted": wanted}
    context["children"] = papers.children_of(head, clock.today())
    if child := _child(request, head, language):
        readers = queries.readers_of(request.actor, head.space, clock.today())
        more = {"child": child, "readers": readers}
        return render(request, "workplace/child_page.html", {**context, **more})
    sheet = papers.one_page(request.actor, head, clock.today(), wanted=wanted, language=language)
    return render(request, "workplace/one_page.html", {**context, "sheet": sheet})


def _child(request: ActorRequest, head: CourseHead, language: str) -> ChildPage | None:
    """The page of the child that is asked for; None where it is somebody else."""
    today, wanted = clock.today(), request.GET.get("for", "")
    found = next((one for one in papers.children_of(head, today) if str(one.subject_id) == wanted), None)
    if found is None:
        return None
    is_closed = queries.closing_of(request.actor, head.space) is not None or "closing" in request.GET
    return papers.child_page(request.actor, head, found, today, language=language, is_closed=is_closed)


@route(policy=Gate.ACTOR, event="one_page.printed")
@require_safe
def one_page_pdf(request: ActorRequest, space: UUID) -> HttpResponse:
    head = head_or_404(request, space)
    with override("da"):
        wanted = request.GET.get("for", "")
        context = {"language": "da-DK", "is_invented": is_invented(request.user)}
        if child := _child(request, head, "da"):
            html = render_to_string("workplace/paper/child.html", {**context, "child": child})
        else:
            sheet = papers.one_page(request.actor, head, clock.today(), wanted=wanted, language="da")
            html = render_to_string("workplace/paper/one_page.html", {**context, "sheet": sheet})
    name = "din-side.pdf" if child else "vores-plan.pdf"
    try:
        response = HttpResponse(pdf.pdf(html), content_type=pdf.MEDIA_TYPE)
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("workplace:one_page", space)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"  # noqa: FBT003
    response["Cache-Control"] = "no-store"
    return response
