"""The pages of experience: say whether a step works; and, for the owner, what was said."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.programmes.frame import programme_or_404, step_or_404
from samspil.collaboration.programmes.presenters.versions import model_words
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import route
from samspil.foundation.web.requests import ActorRequest
from samspil.insight.experience import actions, forms, presenters, queries
from samspil.insight.experience.models import Answer


@route(policy=Permission.EXPERIENCE_TELL, event="experience.asked")
@require_http_methods(["GET", "POST"])
def tell(request: ActorRequest, key: str, version: str, step: str) -> HttpResponse:
    """»Does this step work?«: one answer and a line about it."""
    programme = programme_or_404(key, version)
    one = step_or_404(programme, step)
    require(request.actor, Permission.EXPERIENCE_TELL, step)
    form = open_form(request, forms.Tell, name="experience.tell", thing=f"{key}/{version}/{step}")
    if form.is_valid():
        with answers_on(form):
            actions.tell_experience(
                actor=request.actor,
                key=key,
                version=version,
                step=step,
                today=clock.today(),
                **form.cleaned_data,
            )
            messages.success(request, _("Thank you. Your answer is kept, without your name."))
            return redirect("programmes:step", key, version, step)
    places = [(programme.title.said(current_language()), reverse("programmes:model", args=[key, version]))]
    places += [(one.title.said(current_language()), reverse("programmes:step", args=[key, version, step]))]
    context = {"form": form, "places": places, "title": one.title.said(current_language())}
    return render(request, "experience/tell.html", context)


@route(policy=Permission.EXPERIENCE_READ, event="experience.listed")
@require_safe
def models(request: ActorRequest) -> HttpResponse:
    """All versions, with how many have answered."""
    require(request.actor, Permission.EXPERIENCE_READ, None)
    rows = presenters.versions(queries.answered(), current_language())
    return render(request, "experience/models.html", {"rows": rows})


@route(policy=Permission.EXPERIENCE_READ, event="experience.viewed")
@require_safe
def elements(request: ActorRequest, key: str, version: str) -> HttpResponse:
    """One version: the answers at each step."""
    require(request.actor, Permission.EXPERIENCE_READ, key)
    programme = programme_or_404(key, version)
    context = {
        "title": model_words(programme.title.said(current_language()), version),
        "answers": Answer.labels,
        "elements": presenters.elements(programme, queries.of_version(key, version), current_language()),
        "places": [(_("Does it work?"), reverse("experience:models"))],
    }
    return render(request, "experience/elements.html", context)
