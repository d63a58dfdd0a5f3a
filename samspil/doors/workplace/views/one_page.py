"""»Our plan on one page«, on the screen and on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.doors.workplace import papers
from samspil.foundation.accounts.queries import is_invented
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web import pdf
from samspil.foundation.web.requests import ActorRequest


@route(policy=Gate.ACTOR, event="one_page.viewed")
@require_safe
def one_page(request: ActorRequest, space: UUID) -> HttpResponse:
    head = head_or_404(request, space)
    language, wanted = get_language() or "da", request.GET.get("for", "")
    sheet = papers.one_page(request.actor, head, clock.today(), wanted=wanted, language=language)
    context = {**course_frame(request, head), "sheet": sheet, "lacking": pdf.missing_libraries()}
    return render(request, "workplace/one_page.html", context)


@route(policy=Gate.ACTOR, event="one_page.printed")
@require_safe
def one_page_pdf(request: ActorRequest, space: UUID) -> HttpResponse:
    head = head_or_404(request, space)
    with override("da"):
        wanted = request.GET.get("for", "")
        sheet = papers.one_page(request.actor, head, clock.today(), wanted=wanted, language="da")
        context = {"sheet": sheet, "language": "da-DK", "is_invented": is_invented(request.user)}
        html = render_to_string("workplace/paper/one_page.html", context)
    try:
        response = HttpResponse(pdf.pdf(html), content_type=pdf.MEDIA_TYPE)
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("workplace:one_page", space)
    response["Content-Disposition"] = content_disposition_header(True, "vores-plan.pdf") or "attachment"  # noqa: FBT003
    response["Cache-Control"] = "no-store"
    return response
