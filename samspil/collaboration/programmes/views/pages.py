"""The pages about collaboration models: public, without any person."""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspil.collaboration.programmes import loading, presenters, queries
from samspil.collaboration.programmes.frame import programme_or_404, step_or_404
from samspil.collaboration.programmes.guides import guide
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.further import Topic, about
from samspil.foundation.web.markdown import rendered
from samspil.foundation.web.navigation import Place, links


@route(policy=Gate.PUBLIC, event="models.viewed")
@login_not_required
@require_safe
def models(request: HttpRequest) -> HttpResponse:
    """All collaboration models in all versions."""
    library, published = loading.library(), queries.publications()
    shown = replace(
        library, programmes=tuple(queries.as_published(one, published) for one in library.programmes)
    )
    rows = presenters.model_rows(shown, current_language())
    return render(request, "programmes/models.html", {"rows": rows, "places": _shelf(request)})


@route(policy=Gate.PUBLIC, event="model.viewed")
@login_not_required
@require_safe
def model(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """One version: the picture, the core elements, what one may choose and what is known."""
    library, published = loading.library(), queries.publications()
    programme = queries.as_published(programme_or_404(key, version), published)
    return render(
        request,
        "programmes/model.html",
        {
            "page": presenters.model_page(programme, library, current_language()),
            "picture": presenters.picture(programme, current_language(), planned=library.planned.instruments),
            "places": [*_shelf(request), _models()],
            "news": presenters.news(programme, published, current_language()),
            "may_adopt": _holds(request, Permission.MODEL_ADOPT),
        },
    )


@route(policy=Gate.PUBLIC, event="model_step.viewed")
@login_not_required
@require_safe
def step(request: HttpRequest, key: str, version: str, step: str) -> HttpResponse:
    """One step: what, who, when, on which ground, and how to do it."""
    programme = queries.as_published(programme_or_404(key, version), queries.publications())
    one = step_or_404(programme, step)
    here = (programme.title.said(current_language()), reverse("programmes:model", args=[key, version]))
    return render(
        request,
        "programmes/step.html",
        {
            "page": presenters.step_page(programme, one, loading.library(), current_language()),
            "guide": rendered(guide(key, version, step), top=1),
            "draft": programme.draft_notice.said(current_language()) if programme.draft_notice else "",
            "places": [*_shelf(request), _models(), here],
            "readings": about(Topic.READING, f"{key}/{step}", current_language()),
            "asked": about(Topic.ASKED, f"{key}/{version}/{step}", current_language()),
        },
    )


@route(policy=Gate.PUBLIC, event="model_picture.viewed")
@login_not_required
@require_safe
def picture(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """The picture of one version as a file of its own, to print and to put into a presentation."""
    programme = queries.as_published(programme_or_404(key, version), queries.publications())
    planned = loading.library().planned.instruments
    poster = presenters.poster(programme, current_language(), planned)
    answer = render(request, "programmes/picture.svg", {"poster": poster}, content_type="image/svg+xml")
    answer["Content-Disposition"] = f'inline; filename="{key}-{version}.svg"'
    return answer


def _models() -> tuple[str, str]:
    return _("Collaboration models"), reverse("programmes:models")


def _shelf(request: HttpRequest) -> list[tuple[str, str]]:
    """Where the models stand: an app beside this one may have a place for them."""
    return [(link.text, link.url) for link in links(Place.MODELS, request)]


def _holds(request: HttpRequest, permission: Permission) -> bool:
    """Would the role let somebody do it? Whoever has not logged in holds nothing."""
    actor = getattr(request, "actor", None)
    return actor is not None and actor.holds(permission)
