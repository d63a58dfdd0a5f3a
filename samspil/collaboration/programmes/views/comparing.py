"""Two versions or models side by side: public, without any person."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspil.collaboration.programmes import loading, presenters, queries
from samspil.collaboration.programmes.frame import programme_or_404
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.presenters.versions import model_words
from samspil.collaboration.programmes.rules.comparing import compare as differing
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.routes import Gate, route


@route(policy=Gate.PUBLIC, event="models.compared")
@login_not_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Choose two, and see what differs."""
    language, published = current_language(), queries.publications()
    names = [(f"{one.key}/{one.version}", model_words(one.title.said(language), one.version))
             for one in loading.library().programmes]  # fmt: skip
    a, b = request.GET.get("a", ""), request.GET.get("b", "")
    shown = None
    if a and b:
        before, after = _named(a), _named(b)
        drafts = tuple(_draft(queries.as_published(one, published), language) for one in (before, after))
        found = differing(before, after)
        shown = presenters.comparison(before, after, found, (drafts[0], drafts[1]), language)
    places = [(_("Collaboration models"), reverse("programmes:models"))]
    context = {"names": names, "a": a, "b": b, "shown": shown, "places": places}
    return render(request, "programmes/compare.html", context)


def _named(name: str) -> Programme:
    """`key/version`, as it stands in the address."""
    key, _sign, version = name.partition("/")
    return programme_or_404(key, version)


def _draft(programme: Programme, language: str) -> str:
    return programme.draft_notice.said(language) if programme.draft_notice else ""
