"""The pages about initiatives: public, without any person."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.routes import Gate, route
from samspil.insight.rollout import presenters, queries


@route(policy=Gate.PUBLIC, event="initiatives.viewed")
@login_not_required
@require_safe
def initiatives(request: HttpRequest) -> HttpResponse:
    """All initiatives on a line of time, and in a list."""
    found, language = queries.initiatives(), current_language()
    shown = {"chart": presenters.chart(found, language), "rows": presenters.rows(found, language)}
    return render(request, "rollout/initiatives.html", shown)


@route(policy=Gate.PUBLIC, event="initiative.viewed")
@login_not_required
@require_safe
def initiative(request: HttpRequest, key: str) -> HttpResponse:
    """One initiative: why, for whom, with whom, with which money, and what came of it."""
    card = queries.card(key)
    if card is None:
        raise Http404
    places = [(_("Initiatives"), reverse("rollout:initiatives"))]
    page = presenters.page(card, current_language())
    return render(request, "rollout/initiative.html", {"page": page, "places": places})
