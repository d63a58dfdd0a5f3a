"""The pages about collaboration models: public, without any person."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspil.collaboration.programmes import loading, presenters
from samspil.collaboration.programmes.guides import guide
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.kernel.definitions import DefinitionError
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.further import Topic, about
from samspil.foundation.web.markdown import rendered
from samspil.foundation.web.navigation import Place, links


@route(policy=Gate.PUBLIC, event="models.viewed")
@login_not_required
@require_safe
def models(request: HttpRequest) -> HttpResponse:
    """All collaboration models in all versions."""
    rows = presenters.model_rows(loading.library(), _language())
    return render(request, "programmes/models.html", {"rows": rows, "places": _shelf(request)})


@route(policy=Gate.PUBLIC, event="model.viewed")
@login_not_required
@require_safe
def model(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """One version: the picture, the core elements, what one may choose and what is known."""
    programme, library = _found(key, version), loading.library()
    return render(
        request,
        "programmes/model.html",
        {
            "page": presenters.model_page(programme, library, _language()),
            "picture": presenters.picture(programme, _language()),
            "places": [*_shelf(request), _models()],
        },
    )


@route(policy=Gate.PUBLIC, event="model_step.viewed")
@login_not_required
@require_safe
def step(request: HttpRequest, key: str, version: str, step: str) -> HttpResponse:
    """One step: what, who, when, on which ground, and how to do it."""
    programme = _found(key, version)
    one = next((found for found in programme.steps if found.key == step), None)
    if one is None:
        raise Http404
    here = (programme.title.said(_language()), reverse("programmes:model", args=[key, version]))
    return render(
        request,
        "programmes/step.html",
        {
            "page": presenters.step_page(programme, one, loading.library(), _language()),
            "guide": rendered(guide(key, version, step)),
            "draft": programme.draft_notice.said(_language()) if programme.draft_notice else "",
            "places": [*_shelf(request), _models(), here],
            "readings": about(Topic.READING, f"{key}/{step}", _language()),
            "asked": about(Topic.ASKED, f"{key}/{version}/{step}", _language()),
        },
    )


@route(policy=Gate.PUBLIC, event="model_picture.viewed")
@login_not_required
@require_safe
def picture(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """The picture of one version as a file of its own, to print and to put into a presentation."""
    programme = _found(key, version)
    poster = presenters.poster(programme, _language())
    answer = render(request, "programmes/picture.svg", {"poster": poster}, content_type="image/svg+xml")
    answer["Content-Disposition"] = f'inline; filename="{key}-{version}.svg"'
    return answer


def _found(key: str, version: str) -> Programme:
    try:
        return loading.library().programme(key, version)
    except DefinitionError as error:
        raise Http404 from error


def _language() -> str:
    return get_language() or "da"


def _models() -> tuple[str, str]:
    return _("Collaboration models"), reverse("programmes:models")


def _shelf(request: HttpRequest) -> list[tuple[str, str]]:
    """Where the models stand: an app beside this one may have a place for them."""
    return [(link.text, link.url) for link in links(Place.MODELS, request)]
