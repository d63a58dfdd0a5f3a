"""Trying a model on an invented family: public, without any person, and nothing is kept."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspil.collaboration.programmes import asking, engine, forms, loading, vocabulary
from samspil.collaboration.programmes.frame import programme_or_404
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.presenters import trying as shown
from samspil.collaboration.programmes.trying import state, tried
from samspil.collaboration.programmes.trying.allowance import Allowance
from samspil.collaboration.programmes.trying.families import Family, families
from samspil.collaboration.programmes.trying.state import Asked, BadState
from samspil.collaboration.programmes.trying.tried import Tried
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.forms import Form, danish_date

ALLOWANCE = Allowance(most=6.0, rate=0.25, left=6.0)
"""Each process thinks at most a quarter of its time for strangers, and six seconds at once."""
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Table:
    """What every page of a try stands on."""

    programme: Programme
    families: tuple[Family, ...]
    asked: Asked
    fault: str

    @property
    def family(self) -> Family | None:
        return next((one for one in self.families if one.key == self.asked.family), None)

    def at(self, kept: state.Kept, **more: Any) -> str:
        return shown.address(self.programme, replace(self.asked, kept=kept, **more))


def within_allowance(view: View) -> View:
    """Turn away where strangers have asked for all there is just now; whoever has logged in comes in."""

    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if getattr(request, "actor", None) is None and not ALLOWANCE.may(time.monotonic()):
            answer = render(request, "programmes/try_later.html", status=429)
            answer["Retry-After"] = "20"
            return answer
        begun = time.thread_time()
        try:
            return view(request, *args, **kwargs)
        finally:
            ALLOWANCE.spend(time.thread_time() - begun)

    return asked


@route(policy=Gate.PUBLIC, event="model.tried")
@login_not_required
@require_safe
@within_allowance
def try_model(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """A family on a day: what falls due when and why. Each act leads to an address of its own."""
    table = _table(request, key, version)
    try:
        onward = _act(request, table)
    except BadState:
        onward, table = None, replace(table, fault=_too_much())
    if onward:
        return redirect(onward)
    return _page(request, table)


@route(policy=Gate.PUBLIC, event="model.tried")
@login_not_required
@require_safe
@within_allowance
def add_fact(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """What has happened: first the kind, then its questions."""
    table = _table(request, key, version)
    kind = request.GET.get("kind", "")
    if not kind:
        kinds = _kinds(table.programme)
        return render(request, "programmes/try_kinds.html", {**_frame(request, table), "kinds": kinds})
    if kind not in tried.kinds_offered(table.programme):
        raise Http404
    form = _fact_form(request, table, kind)
    if form.is_bound and form.is_valid() and not _refused(form, table, kind):
        moment = form.moment.isoformat()
        try:
            return redirect(table.at(state.with_fact(table.asked.kept, kind, moment, form.attributes)))
        except BadState:
            form.add_error(None, _too_much())
    said = vocabulary.KINDS[kind]
    title = said.en if current_language() == "en" else said.da
    context = {**_frame(request, table), "form": form, "kind": kind, "title": title}
    return render(request, "programmes/try_fact.html", context)


def _page(request: HttpRequest, table: Table) -> HttpResponse:
    programme, today = table.programme, clock.today()
    try:
        found = tried.tried(programme, table.family, table.asked, today)
    except BadState:
        table = replace(table, asked=_first(table), fault=table.fault or _not_whole())
        found = tried.tried(programme, table.family, table.asked, today)
    page = shown.try_page(
        programme, table.families, table.asked, found, loading.library(), current_language()
    )
    context = {
        **_frame(request, table),
        "page": page,
        "form": _day_form(request, table, found),
        "answers": _answers_form(request, table, found),
        "person": _person_form(request, table) if table.family is None else None,
    }
    return render(request, "programmes/try.html", context)


def _frame(request: HttpRequest, table: Table) -> dict[str, Any]:
    programme, language = table.programme, current_language()
    title = programme.title.said(language)
    here = reverse("programmes:model", args=[programme.key, programme.version])
    return {
        "fault": table.fault,
        "family": table.asked.family,
        "on": table.asked.on.isoformat() if table.asked.on else "",
        "packed": state.packed(table.asked.kept),
        "back": shown.address(programme, table.asked),
        "add_url": shown.address(programme, table.asked, "try_add"),
        "model": title,
        "places": [(_("Collaboration models"), reverse("programmes:models")), (title, here)],
    }


# --- what the address says ------------------------------------------------------------------------------


def _table(request: HttpRequest, key: str, version: str) -> Table:
    programme = programme_or_404(key, version)
    known = families(key, version)
    name = request.GET.get("family") or (known[0].key if known else shown.EMPTY)
    if name != shown.EMPTY and name not in {one.key for one in known}:
        raise Http404
    fault, kept = "", state.Kept()
    try:
        kept = state.unpacked(request.GET.get("s", ""))
    except BadState:
        fault = _not_whole()
    return Table(programme, known, Asked(name, _day(request), kept), fault)


def _day(request: HttpRequest) -> date | None:
    """The day that was asked for; what cannot be read is the form's to say."""
    try:
        return danish_date(request.GET.get("on", ""))
    except ValidationError:
        return None


def _first(table: Table) -> Asked:
    """What can be shown where the address cannot: the family as it stands, on its own day."""
    try:
        tried.tried(table.programme, table.family, replace(table.asked, on=None), clock.today())
    except BadState:
        return Asked(table.asked.family)
    return replace(table.asked, on=None)


def _act(request: HttpRequest, table: Table) -> str | None:
    """The address one act leads to; None where nothing was done. Raises BadState where it is too much."""
    said, kept = request.GET, table.asked.kept
    if "did" in said:
        return _done(table, said["did"])
    if "drop" in said:
        return table.at(state.without_fact(kept, _number(said["drop"])))
    if "out" in said:
        return table.at(state.leaving_out(kept, _number(said["out"])))
    if "join" in said:
        form = _person_form(request, table)
        if form.is_valid():
            return table.at(state.with_person(kept, form.cleaned_data["role"], form.cleaned_data["born"]))
    if "answer" in said:
        form = forms.TryAnswers(said, questions=_questions(table))
        if form.is_valid():
            return table.at(state.with_answers(kept, form.answers))
    return None


def _done(table: Table, said: str) -> str:
    """The step is noted as done on the day one looks at."""
    step, _colon, person = said.partition(":")
    on = table.asked.on or (table.family.on if table.family else clock.today())
    kept = table.asked.kept
    for kind, attributes in tried.evidence_of(table.programme, step, person or None):
        moment = on.isoformat()
        if vocabulary.KINDS[kind].is_instant:
            moment = f"{moment}T12:00:00+00:00"
        kept = state.with_fact(kept, kind, moment, attributes)
    asked = replace(table.asked, kept=kept)
    tried.tried(table.programme, table.family, asked, clock.today())
    return shown.address(table.programme, asked)


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > len("999"):
        raise Http404
    return int(text)


# --- forms ----------------------------------------------------------------------------------------------


def _day_form(request: HttpRequest, table: Table, found: Tried) -> Form:
    """The day: as it was written where it was wrong, else the day that is shown."""
    written = request.GET.get("on", "")
    if not written:
        return forms.TryDay(initial={"on": found.on})
    form = forms.TryDay({"on": written})
    if form.is_valid():
        if form.cleaned_data["on"] == found.on:
            return forms.TryDay(initial={"on": found.on})
        form.add_error("on", _("The day lies too far from what has happened. Choose one within eight years."))
    return form


def _questions(table: Table) -> list[tuple[str, str]]:
    language = current_language()
    nodes = table.programme.target_group.criteria.criteria()
    return [
        (str(node.key), node.ask.said(language)) for node in nodes if node.ask and node.role_present is None
    ]


def _answers_form(request: HttpRequest, table: Table, found: Tried) -> Form:
    initial = {forms.PREFIX + key: value for key, value in found.answers.items()}
    bound = request.GET if "answer" in request.GET else None
    return forms.TryAnswers(bound, questions=_questions(table), initial=initial)


def _person_form(request: HttpRequest, table: Table) -> Form:
    language = current_language()
    roles = [
        (role.key, role.title.said(language)) for role in table.programme.roles if role.sector == "family"
    ]
    return forms.TryPerson(request.GET if "join" in request.GET else None, roles=roles)


def _fact_form(request: HttpRequest, table: Table, kind: str) -> forms.TryFact:
    people = _people(table)
    asked = asking.try_fields(table.programme, kind, people, tried.things_grouped(table.programme, kind))
    on = table.asked.on or (table.family.on if table.family else clock.today())
    return forms.TryFact(
        request.GET if "add" in request.GET else None,
        asked=asked,
        is_instant=vocabulary.KINDS[kind].is_instant,
        initial={"on": on},
    )


def _people(table: Table) -> tuple[tuple[str, str], ...]:
    try:
        found = tried.members(table.programme, table.family, table.asked)
    except BadState:
        return ()
    return tuple((one.person.id, one.name) for one in found)


def _refused(form: forms.TryFact, table: Table, kind: str) -> bool:
    """Say on the form what holds the fact back, or why it cannot be."""
    day = form.cleaned_data["on"]
    if not tried.FIRST <= day <= tried.LAST:
        form.add_error("on", _("Choose a day between 2000 and 2060."))
        return True
    try:
        before = tried.tried(table.programme, table.family, replace(table.asked, on=None), clock.today())
        people = [one.person for one in before.people]
        held = engine.held_back(table.programme, before.counted, people, day, kind, form.attributes)
        kept = state.with_fact(table.asked.kept, kind, form.moment.isoformat(), form.attributes)
        tried.tried(table.programme, table.family, replace(table.asked, on=None, kept=kept), clock.today())
    except BadState:
        form.add_error(None, _too_much())
        return True
    for one in dict.fromkeys(one.condition.text.said(current_language()) for one in held):
        form.add_error(None, _("This cannot be noted yet. %(why)s") % {"why": one})
    return bool(held)


def _kinds(programme: Programme) -> list[tuple[str, str]]:
    language = current_language()
    kinds = [(name, vocabulary.KINDS[name]) for name in tried.kinds_offered(programme)]
    said = [(name, kind.en if language.startswith("en") else kind.da) for name, kind in kinds]
    return sorted(said, key=lambda pair: pair[1])


def _not_whole() -> str:
    return _("The address is not whole. What had been added could not be read, so it is not shown.")


def _too_much() -> str:
    return _("There is no room for more here: forty facts and six people are the most. Remove some first.")
