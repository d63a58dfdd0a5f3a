"""Pages of people and families: find, write down, correct, tie together, draw."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.families import actions, forms, queries
from samspil.collaboration.families.models import PersonRecord
from samspil.collaboration.families.presenters import people as shown
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import allows
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import route
from samspil.foundation.web import navigation
from samspil.foundation.web.forms import Form, refusals_on
from samspil.foundation.web.requests import ActorRequest

FORM = "families/form.html"


def _person(request: ActorRequest, subject: UUID) -> PersonRecord:
    return get_object_or_404(queries.person_records(request.actor), subject=subject)


def _form_page(
    request: ActorRequest, form: Form, record: PersonRecord, title: str, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "record": record, **more}
    return render(request, FORM, context)


@route(policy=Permission.PERSON_VIEW, event="person.searched")
@require_safe
def search(request: ActorRequest) -> HttpResponse:
    form = forms.Search(request.GET if "q" in request.GET else None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    hits = queries.search_persons(request.actor, text) if text else []
    may_create = allows(request.actor, Permission.PERSON_CREATE, request.actor.unit_id)
    context = {"form": form, "text": text, "may_create": may_create, "hits": shown.found(hits, clock.today())}
    return render(request, "families/search.html", {**context, "most": queries.MOST_HITS})


@route(policy=Permission.PERSON_CREATE, event="person.registered")
@require_http_methods(["GET", "POST"])
def register(request: ActorRequest) -> HttpResponse:
    form = forms.RegisterPerson(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            record = actions.register_person(
                actor=request.actor,
                today=clock.today(),
                made_up_allowed=settings.SAMSPIL_MADE_UP_CPR,
                particulars=form.particulars,
                civil_number=form.cleaned_data["civil_number"],
                despite_likeness=form.cleaned_data["despite_likeness"],
            )
            return redirect("families:person", record.subject_id)
    known = queries.LookAlikes()
    if form.is_refused:
        number = form.cleaned_data["civil_number"]
        known = queries.look_alikes(request.actor, form.particulars, number)
    form.ask_about_likeness(when=bool(known.perhaps))
    context = {"form": form, "alike": shown.alike(known, clock.today())}
    return render(request, "families/register.html", context)


@route(policy=Permission.PERSON_VIEW, event="person.viewed")
@require_safe
def person(request: ActorRequest, subject: UUID) -> HttpResponse:
    record, today = _person(request, subject), clock.today()
    around = queries.family_of(request.actor, subject)
    locations = queries.protected_location(request.actor, [record], day=today)
    context = {
        "record": record,
        "age": shown.age_text(record, today),
        "number": queries.civil_number_of(request.actor, subject),
        "earlier": queries.earlier_records(request.actor, subject),
        "location": locations[subject],
        "ties": shown.tie_lines(around, record, today),
        "notices": shown.notices(record, today),
        "beside": navigation.links(navigation.Place.ABOUT, request, subject=subject),
        "may_correct": allows(request.actor, Permission.PERSON_CORRECT, record),
    }
    return render(request, "families/person.html", context)


@route(policy=Permission.PERSON_VIEW, event="family.viewed")
@require_safe
def family(request: ActorRequest, subject: UUID) -> HttpResponse:
    record = _person(request, subject)
    around = queries.family_of(request.actor, subject)
    drawing = shown.family_drawing(around, clock.today())
    return render(request, "families/family.html", {"record": record, "drawing": drawing})


@route(policy=Permission.PERSON_VIEW, event="whereabouts.viewed")
@require_safe
def location(request: ActorRequest, subject: UUID) -> HttpResponse:
    record = _person(request, subject)
    found = queries.protected_location(request.actor, [record], day=clock.today(), is_asked_for=True)
    household = queries.household_of(request.actor, subject)
    context = {
        "record": record,
        "location": found[subject],
        "ties": shown.tie_lines(household, record, clock.today(), is_asked_for=True),
        "may_correct": allows(request.actor, Permission.PERSON_CORRECT, record),
    }
    return render(request, "families/location.html", context)


@route(policy=Permission.PERSON_CORRECT, event="person.corrected")
@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, subject: UUID) -> HttpResponse:
    record = _person(request, subject)
    form = forms.CorrectPerson(request.POST or None, initial=forms.CorrectPerson.of(record))
    if form.is_valid():
        with refusals_on(form):
            actions.correct_person(
                actor=request.actor,
                record=record,
                based_on=form.cleaned_data["based_on"],
                particulars=form.particulars,
                reason=form.cleaned_data["reason"],
                today=clock.today(),
            )
            return redirect("families:person", subject)
    return _form_page(request, form, record, _("Correct the record"))


@route(policy=Permission.PERSON_CORRECT, event="person.protection_changed")
@require_http_methods(["GET", "POST"])
def protection(request: ActorRequest, subject: UUID) -> HttpResponse:
    record = _person(request, subject)
    form = forms.ProtectAddress(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.protect_address(
                actor=request.actor,
                record=record,
                is_protected=not record.is_protected,
                reason=form.cleaned_data["reason"],
            )
            return redirect("families:person", subject)
    title = _("End the protection") if record.is_protected else _("Protect name and address")
    return _form_page(request, form, record, title)


@route(policy=Permission.PERSON_CORRECT, event="person.number_noted")
@require_http_methods(["GET", "POST"])
def number(request: ActorRequest, subject: UUID) -> HttpResponse:
    record = _person(request, subject)
    form = forms.CivilNumber(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.note_civil_number(
                actor=request.actor,
                record=record,
                civil_number=form.cleaned_data["civil_number"],
                made_up_allowed=settings.SAMSPIL_MADE_UP_CPR,
                today=clock.today(),
            )
            return redirect("families:person", subject)
    return _form_page(request, form, record, _("Write down the CPR number"))


@route(policy=Permission.PERSON_CORRECT, event="whereabouts.noted")
@require_http_methods(["GET", "POST"])
def note_place(request: ActorRequest, subject: UUID) -> HttpResponse:
    record = _person(request, subject)
    form = forms.NotePlace(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.note_whereabouts(
                actor=request.actor, record=record, today=clock.today(), **form.cleaned_data
            )
            return redirect("families:person", subject)
    return _form_page(request, form, record, _("Write down an address, a phone or a school"))


@route(policy=Permission.PERSON_CORRECT, event="whereabouts.ended")
@require_http_methods(["GET", "POST"])
def end_place(request: ActorRequest, item: UUID) -> HttpResponse:
    place = get_object_or_404(queries.places(request.actor), pk=item)
    record = _person(request, place.subject_id)
    form = forms.EndOn(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.end_whereabouts(
                actor=request.actor, place=place, ends=form.cleaned_data["ends"], today=clock.today()
            )
            return redirect("families:person", place.subject_id)
    return _form_page(request, form, record, _("No longer there"), note=place.text)


@route(policy=Permission.PERSON_CORRECT, event="tie.noted")
@require_http_methods(["GET", "POST"])
def tie(request: ActorRequest, subject: UUID) -> HttpResponse:
    record, text = _person(request, subject), request.GET.get("q", "")
    candidates = queries.candidates_for_tie(
        request.actor, subject, text, chosen=request.POST.get("other", "")
    )
    form = forms.TiePersons(request.POST or None, people=candidates, name=record.name)
    if form.is_valid():
        with refusals_on(form):
            actions.tie_persons(
                actor=request.actor,
                **form.ends(record, _person(request, form.cleaned_data["other"])),
                starts=form.cleaned_data["starts"],
                source=form.cleaned_data["source"],
                today=clock.today(),
            )
            return redirect("families:person", subject)
    context = {"form": form, "record": record, "text": text, "search": forms.Search(initial={"q": text})}
    return render(request, "families/tie.html", {**context, "has_candidates": bool(candidates)})


@route(policy=Permission.PERSON_CORRECT, event="tie.ended")
@require_http_methods(["GET", "POST"])
def end_tie(request: ActorRequest, item: UUID) -> HttpResponse:
    bond = get_object_or_404(queries.tie_rows(request.actor), pk=item)
    record = _person(request, bond.person_id)
    form = forms.EndOn(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.end_tie(
                actor=request.actor, tie=bond, ends=form.cleaned_data["ends"], today=clock.today()
            )
            return redirect("families:person", bond.person_id)
    return _form_page(request, form, record, _("The tie has ended"), note=bond.get_kind_display())


@route(policy=Permission.PERSON_CORRECT, event="custody.doubted")
@require_http_methods(["GET", "POST"])
def doubt(request: ActorRequest, item: UUID) -> HttpResponse:
    bond = get_object_or_404(queries.tie_rows(request.actor), pk=item)
    record = _person(request, bond.to_id)
    form = forms.DoubtCustody(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.mark_custody_disputed(
                actor=request.actor,
                tie=bond,
                is_disputed=not bond.is_disputed,
                reason=form.cleaned_data["reason"],
            )
            return redirect("families:person", bond.to_id)
    title = _("Custody is settled") if bond.is_disputed else _("Custody is in doubt")
    return _form_page(request, form, record, title)
