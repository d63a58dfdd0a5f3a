"""The pages of an authority: the models it uses, taking one up in steps, and how it runs it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.programmes import actions, offers, presenters, queries
from samspil.collaboration.programmes.forms import Adopt, Stop
from samspil.collaboration.programmes.forms.adopting import NONE, STEPS, TITLES
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.language.variant import carried
from samspil.collaboration.programmes.models import Adoption, ProgrammeVersion
from samspil.collaboration.programmes.presenters.versions import version_words
from samspil.collaboration.programmes.queries import Version
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.requests import ActorRequest

HERE, GO = "_here", "_go"
NEXT, BACK, MORE, DONE = "next", "back", "more", "adopt"


@route(policy=Permission.MODEL_ADOPT, event="models.ours_viewed")
@require_safe
def ours(request: ActorRequest) -> HttpResponse:
    """The models the own authority uses, and those it may take up."""
    actor, language = request.actor, current_language()
    require(actor, Permission.MODEL_ADOPT, actor.authority_id)
    rows = queries.newest_adoptions(actor.authority_id)
    used = [(row, queries.definition(row.base_id), queries.variant_of(row)) for row in rows]
    known = queries.versions()
    taken = {row.key for row in rows if not row.is_end}
    context = {
        "rows": presenters.own_rows(
            used, [one.programme for one in known], queries.publications(), clock.today(), language
        ),
        "others": [_other(one, language) for one in known if one.programme.key not in taken],
    }
    return render(request, "programmes/ours.html", context)


@route(policy=Permission.MODEL_ADOPT, event="model.adopted")
@require_http_methods(["GET", "POST"])
def adopt(request: ActorRequest, key: str, version: str) -> HttpResponse:
    """Take a model up, or change how it is run: step by step, and looked over before it holds."""
    actor = request.actor
    require(actor, Permission.MODEL_ADOPT, actor.authority_id)
    found = _version_or_404(key, version)
    newest = next((row for row in queries.newest_adoptions(actor.authority_id) if row.key == key), None)
    form = _adopt_form(request, found, newest)
    here, go = request.POST.get(HERE, STEPS[0]), request.POST.get(GO, "")
    if go == DONE and form.is_valid():
        with answers_on(form):
            variant = form.variant(str(actor.authority_id))
            actions.adopt_model(
                actor=actor,
                version=found.pk,
                variant=variant,
                today=clock.today(),
                seen=form.sheet.version,  # type: ignore[attr-defined]
                **form.given,
            )
            messages.success(request, _("The model is taken up. Courses you open run like this."))
            return redirect("programmes:ours")
    return render(request, "programmes/adopt.html", _adopt_page(form, found, newest, here, go))


def _adopt_form(request: ActorRequest, found: Version, newest: Adoption | None) -> Adopt:
    offered = offers.offers_of(found.programme.key, found.programme.version)
    held = newest if newest and not newest.is_end else None
    chosen = (held.initiative or NONE) if held else ("" if offered else NONE)
    return open_form(
        request,
        Adopt,
        name="programmes.adopt",
        thing=f"{found.programme.key}:{found.programme.version}".lower(),
        rows=newest or (),
        programme=queries.stored(found.pk).programme,
        offered=offered,
        held=queries.held(request.actor.authority_id),
        variant=carried(queries.variant_of(held), queries.stored(found.pk).programme) if held else None,
        more=request.POST.get(GO) == MORE,
        initial={
            "starts": max(clock.today(), newest.starts if newest else clock.today()),
            "initiative": chosen,
            "reason": held.reason if held else "",
        },
    )


def _adopt_page(
    form: Adopt, found: Version, newest: Adoption | None, here: str, go: str
) -> dict[str, object]:
    """The step that is shown: the one with a fault, else the one asked for."""
    at = _step(form, here, go)
    language, programme = current_language(), form.programme
    context = {
        "title": found.programme.title.said(language),
        "version": version_words(found.programme.version),
        "draft": _draft(found.programme),
        "is_whole": programme.adoption == "whole",
        "is_change": newest is not None and not newest.is_end and newest.base_id == found.pk,
        **_changing(newest, found),
        "form": form,
        "here": at,
        "heading": TITLES[at],
        "steps": [(step, TITLES[step], step == at) for step in form.steps],
        "number": form.steps.index(at) + 1,
        "fields": [form[name] for name in form.names(at) if name != "own_count"],
        "elsewhere": list(form.elsewhere(at)),
        "own": _own_fields(form) if at == "own" else [],
        "groups": presenters.leave_groups(programme, language) if at == "leave" else [],
        "left": form["leaves"].value() or [],
        "places": [(_("Your models"), reverse("programmes:ours"))],
    }
    if at == "check":
        variant = form.variant("")
        context["lines"] = presenters.difference_lines(programme, variant, language)
        context["missing"] = presenters.missing_titles(programme, variant, language)
    return context


def _changing(newest: Adoption | None, found: Version) -> dict[str, object]:
    """Where the authority runs another version: which, what comes along, and what has no room."""
    if newest is None or newest.is_end or newest.base_id == found.pk:
        return {}
    before, variant = queries.definition(newest.base_id), queries.variant_of(newest)
    along = carried(variant, found.programme)
    return {
        "before": version_words(before.version),
        "along": presenters.difference_lines(found.programme, along, current_language()),
        "behind": presenters.left_behind_lines(before, variant, along, current_language()),
    }


def _step(form: Adopt, here: str, go: str) -> str:
    steps = form.steps
    at = here if here in steps else steps[0]
    if not form.is_bound or go == "":
        return at if form.is_bound else steps[0]
    if go in {BACK, MORE}:
        form.only("")
        return at if go == MORE else steps[max(0, steps.index(at) - 1)]
    if go == NEXT and not form.has_faults(at):
        at = steps[min(len(steps) - 1, steps.index(at) + 1)]
        if at != "check":
            form.only("")
            return at
    faulty = next((step for step in steps if form.has_faults(step)), "")
    if at == "check" and faulty:
        at = faulty
    form.only(at)
    return at


def _own_fields(form: Adopt) -> list[list[object]]:
    """The fields of each own step together. None may be left out, unless all are: the step is taken out."""
    found: dict[str, list[object]] = {}
    for name in form.names("own"):
        if name != "own_count":
            form.fields[name].required = True
            found.setdefault(name.split("_")[1], []).append(form[name])
    return list(found.values())


@route(policy=Permission.MODEL_ADOPT, event="model.stopped")
@require_http_methods(["GET", "POST"])
def stop(request: ActorRequest, key: str) -> HttpResponse:
    """Use a model no more."""
    actor, today = request.actor, clock.today()
    require(actor, Permission.MODEL_ADOPT, actor.authority_id)
    used = next((one for one in queries.held(actor.authority_id) if one.key == key), None)
    if used is None:
        raise Http404
    first = {"starts": max(today, used.starts)}
    form = open_form(request, Stop, name="programmes.stop", thing=key, initial=first)
    if form.is_valid():
        with answers_on(form):
            actions.stop_using(actor=actor, key=key, today=today, **form.cleaned_data)
            messages.success(request, _("The model is no longer used for new courses from that day."))
            return redirect("programmes:ours")
    places = [(_("Your models"), reverse("programmes:ours"))]
    return render(request, "programmes/stop.html", {"form": form, "title": used.title, "places": places})


@route(policy=Gate.ACTOR, event="model.variant_viewed")
@require_safe
def variant(request: ActorRequest, version: UUID) -> HttpResponse:
    """How one authority runs a model: the differences, its own steps, and the picture. Nobody stands here."""
    try:
        local = queries.local_version(version)
    except ProgrammeVersion.DoesNotExist as error:
        raise Http404 from error
    if local is None:
        raise Http404
    is_yours = request.actor.authority_id == local.authority
    known = [one.programme for one in queries.versions()]
    page = presenters.variant_page(
        local,
        queries.history(local.authority, local.written.key),
        current_language(),
        is_yours=is_yours and request.actor.holds(Permission.MODEL_ADOPT),
        draft=_draft(local.written),
        after=presenters.newer(local.written, known, queries.publications()),
    )
    places = [(_("Collaboration models"), reverse("programmes:models")), (page.title, page.model_url)]
    return render(request, "programmes/variant.html", {"page": page, "is_yours": is_yours, "places": places})


def _version_or_404(key: str, version: str) -> Version:
    found = queries.version_of(key, version)
    if found is None:
        raise Http404
    return found


def _other(one: Version, language: str) -> dict[str, str]:
    address = [one.programme.key, one.programme.version]
    return {
        "title": one.programme.title.said(language),
        "version": version_words(one.programme.version),
        "summary": one.programme.summary.said(language),
        "draft": _draft(one.programme),
        "url": reverse("programmes:model", args=address),
        "adopt_url": reverse("programmes:adopt", args=address),
    }


def _draft(programme: Programme) -> str:
    return programme.draft_notice.said(current_language()) if programme.draft_notice else ""
