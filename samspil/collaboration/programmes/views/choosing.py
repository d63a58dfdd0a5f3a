"""Which model fits: a few questions without a person, and each model's answer with its reasons."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspil.collaboration.programmes import choosing, forms, loading
from samspil.collaboration.programmes.presenters.choosing import suggested
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.routes import Gate, route


@route(policy=Gate.PUBLIC, event="model.suggested")
@login_not_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The questions and, once they are sent, how well each model fits. Nothing is kept."""
    language, rule = current_language(), choosing.choosing()
    form = forms.Choose(request.GET if "see" in request.GET else None, rule=rule, language=language)
    rows = []
    if form.is_bound and form.is_valid():
        found = choosing.suggestions(rule, loading.library().programmes, form.answers)
        rows = suggested(found, language)
    places = [(_("Collaboration models"), reverse("programmes:models"))]
    return render(request, "programmes/choose.html", {"form": form, "rows": rows, "places": places})
