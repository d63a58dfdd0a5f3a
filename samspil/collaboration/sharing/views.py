"""Pages of one person's bases in a space: what stands, a new one with its preview, one basis, its end."""

from collections.abc import Collection
from datetime import date
from typing import Protocol
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.sharing import actions, forms, law, policies, presenters, queries, rules
from samspil.collaboration.sharing.models import Answer, Basis, Ending, Way
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.gate import allows, require
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.requests import ActorRequest

LOOK = "_look"


class Writing(Protocol):
    """The acts of these pages: those of sharing, or those of a floor above that note more with them."""

    def register_consent(
        self, *, actor: Actor, space: UUID, consent: rules.Consent, today: date
    ) -> list[Basis]: ...

    def register_statute(
        self, *, actor: Actor, space: UUID, statute: rules.Statute, today: date
    ) -> list[Basis]: ...

    def end_basis(
        self, *, actor: Actor, basis: Basis, ending: Ending, reason: str, on: date, today: date
    ) -> Basis: ...


class Naming(Protocol):
    """What persons of a space are called: by their records, or as a floor above knows them there."""

    def __call__(self, actor: Actor, space: UUID | None, subjects: Collection[UUID]) -> dict[UUID, str]: ...


def _name(request: ActorRequest, space: UUID, subject: UUID, naming: Naming) -> str:
    """The person's name; 404 where the actor sees nothing about this person in this space."""
    if not queries.is_in_space(request.actor, space, subject):
        raise Http404
    return naming(request.actor, space, [subject]).get(subject, _("Name not known"))


@route(policy=Gate.ACTOR, event="basis.listed")
@require_safe
def bases(
    request: ActorRequest, space: UUID, subject: UUID, naming: Naming = queries.names_in
) -> HttpResponse:
    name, today, actor = _name(request, space, subject, naming), clock.today(), request.actor
    found = list(queries.bases(actor, space, subject))
    topics = presenters.columns(policies.held(actor, space), found)
    names = naming(actor, space, {subject, *(one for basis in found for one in basis.said_by)})
    context = {
        "space": space,
        "subject": subject,
        "name": name,
        "receivers": presenters.receivers(found, topics, names, today, unit=actor.unit_id),
        "may_register": allows(actor, Permission.BASIS_REGISTER, space),
    }
    return render(request, "sharing/bases.html", context)


@route(policy=Permission.BASIS_REGISTER, event="basis.registered")
@require_http_methods(["GET", "POST"])
def register(
    request: ActorRequest,
    space: UUID,
    subject: UUID,
    write: Writing = actions,
    naming: Naming = queries.names_in,
) -> HttpResponse:
    name = _name(request, space, subject, naming)
    require(request.actor, Permission.BASIS_REGISTER, space)
    form = _form(request, space, subject, naming)
    seen = None
    if form.is_valid():
        if LOOK in request.POST:
            seen = _preview(request, space, form, naming)
        else:
            with answers_on(form):
                written = _register(request, space, form, write)
                messages.success(request, _("It is written down, and it works from now on."))
                if shortened := presenters.shortened(written, form.cleaned_data["last_day"]):
                    messages.info(request, shortened)
                return redirect("sharing:bases", space, subject)
    context = {"form": form, "name": name, "space": space, "subject": subject, "preview": seen, **_law()}
    context["finder"] = forms.FindReceiver(initial={"find": request.GET.get("find", "")})
    person = queries.person(request.actor, subject, clock.today())
    context["is_age_unknown"] = person.born is None and not person.is_unborn
    return render(request, "sharing/register.html", context)


def _form(request: ActorRequest, space: UUID, subject: UUID, naming: Naming) -> forms.Register:
    actor, today = request.actor, clock.today()
    person = queries.person(actor, subject, today)
    names = naming(actor, space, [subject, *person.custody_holders])
    units = queries.receivers_near(actor, space, request.GET.get("find", "")[:80], today)
    return open_form(
        request,
        forms.Register,
        name="sharing.basis",
        thing=f"{space}/{subject}",
        subject=subject,
        today=today,
        receivers=presenters.receiver_choices(units, actor.authority_id),
        topics=policies.held(actor, space),
        givers=presenters.giver_choices(person, names),
        colleagues=presenters.colleague_choices(queries.colleagues(actor, today)),
        language=current_language(),
    )


def _law() -> dict[str, object]:
    wording, language = law.in_force().wording, current_language()
    blanks = dict.fromkeys(law.PLACES, "…")
    first, _blank, rest = wording.template.said(language).format(**blanks).partition("\n\n")
    doubt = wording.unverified.said(language) if wording.unverified else ""
    return {"we_ask_first": first, "wording_rest": rest, "wording_doubt": doubt}


def _register(request: ActorRequest, space: UUID, form: forms.Register, write: Writing) -> list[Basis]:
    actor, today = request.actor, clock.today()
    if form.is_statute:
        return write.register_statute(actor=actor, space=space, statute=form.statute, today=today)
    return write.register_consent(actor=actor, space=space, consent=form.consent, today=today)


def _preview(request: ActorRequest, space: UUID, form: forms.Register, naming: Naming) -> presenters.Preview:
    """What somebody of the receiver would see at most, on a day when it holds."""
    actor, scope, today = request.actor, form.scope, clock.today()
    answer = Answer.YES if form.is_statute else Answer(form.cleaned_data["answer"])
    held = rules.Period(today, today + today.resolution)
    drafted = queries.drafted(actor, rules.Grounds(scope, Way.PAPER, answer, held, space, scope.subject))
    reader = queries.somebody_of(scope.receiver)
    found = queries.what_receiver_sees(
        actor,
        space,
        reader,
        [queries.joining(reader, space), *drafted],
        today=today,
        subjects=[scope.subject],
    )
    people = {subject for one in found for subject in one.subjects}
    return presenters.preview(found, naming(actor, space, people))


@route(policy=Gate.ACTOR, event="basis.viewed")
@require_safe
def basis(request: ActorRequest, item: UUID, naming: Naming = queries.names_in) -> HttpResponse:
    actor, language = request.actor, current_language()
    found = get_object_or_404(queries.all_bases(actor).filter(superseded_by=None), pk=item)
    names = naming(actor, found.item.space_id, [found.subject_id, *found.said_by])
    earlier = queries.history(actor, found)
    shown = presenters.detail(found, earlier, names, clock.today(), unit=actor.unit_id, language=language)
    context = {"detail": shown, "basis": found, "name": names.get(found.subject_id, _("Name not known"))}
    return render(request, "sharing/basis.html", context)


@route(policy=Permission.BASIS_REGISTER, event="basis.ended")
@require_http_methods(["GET", "POST"])
def end(
    request: ActorRequest, item: UUID, write: Writing = actions, naming: Naming = queries.names_in
) -> HttpResponse:
    actor, today = request.actor, clock.today()
    found = get_object_or_404(queries.own_bases(actor), pk=item)
    require(actor, Permission.BASIS_REGISTER, found.item.space_id)
    form = open_form(request, forms.End, name="sharing.end", thing=item)
    if form.is_valid():
        with answers_on(form):
            words = {**form.cleaned_data, "on": form.cleaned_data["on"] or today}
            write.end_basis(actor=actor, basis=found, today=today, **words)
            messages.success(request, _("It has stopped. Who received may no longer see it."))
            return redirect("sharing:bases", found.item.space_id, found.subject_id)
    space = found.item.space_id
    name = naming(actor, space, [found.subject_id]).get(found.subject_id, _("Name not known"))
    context = {"form": form, "name": name, "line": presenters.line(found, today, unit=actor.unit_id)}
    return render(request, "sharing/end.html", context)
