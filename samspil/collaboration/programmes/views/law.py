"""The pages about the law that models and texts rest on: public, without any person."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspil.collaboration.programmes import loading
from samspil.collaboration.programmes.presenters import law
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.routes import Gate, route


@route(policy=Gate.PUBLIC, event="law.viewed")
@login_not_required
@require_safe
def provisions(request: HttpRequest) -> HttpResponse:
    """Every provision with its date, and what somebody must read anew."""
    library = loading.library()
    page = law.law_page(library, library.law_review, clock.today(), current_language())
    return render(request, "programmes/law.html", {"page": page})


@route(policy=Gate.PUBLIC, event="provision.viewed")
@login_not_required
@require_safe
def provision(request: HttpRequest, key: str) -> HttpResponse:
    """One provision: what it says, when it was checked, and everything that uses it."""
    library = loading.library()
    found = library.provisions.get(key)
    if found is None:
        raise Http404
    page = law.provision_page(found, library, library.law_review, clock.today(), current_language())
    places = [(_("The law"), reverse("law:provisions"))]
    return render(request, "programmes/provision.html", {"page": page, "places": places})
