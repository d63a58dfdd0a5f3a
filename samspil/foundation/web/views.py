"""The design system's own pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web import examples


@route(policy=Gate.PUBLIC, event="language.chosen")
@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language in a cookie and go back to the page one came from."""
    return set_language(request)


@route(policy=Gate.PUBLIC, event="design.viewed")
@login_not_required
@require_http_methods(["GET", "POST"])
def design(request: HttpRequest) -> HttpResponse:
    """Every component with an example. It holds no data and is not served in production."""
    form = examples.ExampleForm(request.POST or None)
    return render(request, "web/design.html", {**examples.context(), "form": form})
