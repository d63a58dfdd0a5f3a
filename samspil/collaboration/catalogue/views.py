"""The pages of the idea catalogue: public, without any person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspil.collaboration.catalogue import papers, presenters, queries
from samspil.collaboration.catalogue.language import Profession
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web import pdf

LONGEST = 100
"""So many letters of a search are read."""


@route(policy=Gate.PUBLIC, event="catalogue.viewed")
@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The parts of the catalogue, for one profession or model, or what a search finds."""
    shown = presenters.overview(_wanted(request), current_language())
    return render(request, "catalogue/catalogue.html", {"page": shown})


@route(policy=Gate.PUBLIC, event="catalogue_entry.viewed")
@login_not_required
@require_safe
def entry(request: HttpRequest, key: str) -> HttpResponse:
    """One entry: the text, and what it rests on."""
    found = queries.entry(key)
    if found is None:
        raise Http404
    page = presenters.page(found, current_language())
    places = [(_("Idea catalogue"), reverse("catalogue:catalogue"))]
    return render(request, "catalogue/entry.html", {"page": page, "places": places})


@route(policy=Gate.PUBLIC, event="leaflet.fetched")
@login_not_required
@require_safe
def leaflet(request: HttpRequest, key: str) -> HttpResponse:
    """One leaflet as PDF/UA."""
    found = queries.leaflet(key)
    if found is None:
        raise Http404
    try:
        answer = HttpResponse(papers.leaflet(found), content_type=pdf.MEDIA_TYPE)
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("catalogue:entry", key)
    name = content_disposition_header(False, f"{key}.pdf")  # noqa: FBT003
    answer["Content-Disposition"] = name or "inline"
    return answer


def _wanted(request: HttpRequest) -> queries.Wanted:
    profession, model = request.GET.get("profession", ""), request.GET.get("model", "")
    return queries.Wanted(
        words=request.GET.get("q", "").strip()[:LONGEST],
        profession=Profession(profession) if profession in set(Profession) else None,
        model=model if model in queries.models() else "",
    )
