"""The owner's pages: where each version stands, a draft tried and published, all variants side by side."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.programmes import actions, presenters, queries, samples
from samspil.collaboration.programmes.forms import Publish
from samspil.collaboration.programmes.presenters.versions import version_words
from samspil.collaboration.programmes.queries import Version
from samspil.collaboration.programmes.rules.trying import tried
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import route
from samspil.foundation.web.requests import ActorRequest


@route(policy=Permission.MODEL_PUBLISH, event="models.owned_viewed")
@require_safe
def owned(request: ActorRequest) -> HttpResponse:
    """The versions the own authority owns, and where each stands."""
    found = [one.programme for one in queries.owned(request.actor.authority_id)]
    if found:
        require(request.actor, Permission.MODEL_PUBLISH, found[0])
    rows = presenters.owned_rows(found, queries.publications(), current_language())
    return render(request, "programmes/owned.html", {"rows": rows})


@route(policy=Permission.MODEL_PUBLISH, event="model.tried")
@require_safe
def trial(request: ActorRequest, key: str, version: str) -> HttpResponse:
    """A version tried on invented families, beside the version before it."""
    found = _own_version(request, key, version)
    before = queries.version_of(key, found.programme.supersedes) if found.programme.supersedes else None
    traces = [
        tried(before.programme if before else None, found.programme, family)
        for family in samples.families(key)
    ]
    shown = [
        presenters.tried_family(one, has_before=before is not None, language=current_language())
        for one in traces
    ]
    earlier = version_words(before.programme.version) if before else ""
    context = {**_frame(found), "families": shown, "before": earlier}
    return render(request, "programmes/trial.html", context)


@route(policy=Permission.MODEL_PUBLISH, event="model.published")
@require_http_methods(["GET", "POST"])
def publish(request: ActorRequest, key: str, version: str) -> HttpResponse:
    """Publish a version: once, for good."""
    found = _own_version(request, key, version)
    form = open_form(request, Publish, name="programmes.publish", thing=f"{key}:{version}".lower())
    if form.is_valid():
        with answers_on(form):
            actions.publish_version(actor=request.actor, version=found.pk, words=form.cleaned_data["words"])
            messages.success(request, _("The version is published. It never changes from now on."))
            return redirect("programmes:owned")
    published = queries.publications()
    known = published.get((key, version))
    news = presenters.news(found.programme, published, current_language())
    context = {**_frame(found), "form": form, "news": news, "hash": queries.stored(found.pk).content_hash}
    context["is_published"] = known is not None
    return render(request, "programmes/publish.html", context)


@route(policy=Permission.MODEL_PUBLISH, event="model.variants_viewed")
@require_safe
def variants(request: ActorRequest, key: str, version: str) -> HttpResponse:
    """How every authority runs a version: what each does differently. No number of families."""
    found = _own_version(request, key, version)
    table = presenters.side_by_side(queries.all_variants(found.pk), current_language())
    return render(request, "programmes/variants.html", {**_frame(found), "table": table})


def _own_version(request: ActorRequest, key: str, version: str) -> Version:
    """A version that the actor's authority owns; of another owner's it is no page."""
    found = queries.version_of(key, version)
    if found is None:
        raise Http404
    require(request.actor, Permission.MODEL_PUBLISH, found.programme)
    return found


def _frame(found: Version) -> dict[str, object]:
    language = current_language()
    notice = found.programme.draft_notice
    return {
        "title": found.programme.title.said(language),
        "version": version_words(found.programme.version),
        "draft": notice.said(language) if notice else "",
        "places": [(_("Models you own"), reverse("programmes:owned"))],
    }
