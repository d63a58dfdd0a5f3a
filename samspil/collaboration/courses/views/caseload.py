"""How much one carries oneself, what the colleagues of a leader carry, and the ceiling of a unit."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.forms.caseload import SetCeiling
from samspil.collaboration.courses.presenters import caseload as shown
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.requests import ActorRequest


@route(policy=Gate.ACTOR, event="caseload.viewed")
@require_safe
def caseload(request: ActorRequest) -> HttpResponse:
    """What one carries oneself: which courses, how much each, and why."""
    actor, today, language = request.actor, clock.today(), current_language()
    if actor.is_citizen:
        raise Http404  # families have a door of their own
    load = queries.own_caseload(actor, today)
    names = queries.names_of_courses(actor, [UUID(one.course) for one in load.carried])
    context = {
        "standing": shown.standing(load.total, load.most),
        "rows": shown.own_rows(load, names, language=language),
        "leads": actor.holds(Permission.CASELOAD_VIEW),
    }
    return render(request, "courses/caseload.html", context)


@route(policy=Permission.CASELOAD_VIEW, event="caseload.unit_viewed")
@require_safe
def unit_caseload(request: ActorRequest) -> HttpResponse:
    """What a leader's colleagues carry, by name; the whole organisation only from five on."""
    actor, today = request.actor, clock.today()
    require(actor, Permission.CASELOAD_VIEW, actor.unit_id)
    found, whole = queries.colleagues(actor, today), queries.whole(actor, today)
    own = sum(1 for one in found if one.carried)
    mark, kept = shown.criterion(whole[-1], own)
    context = {
        "lines": shown.lines(found, language=current_language()),
        "month_names": shown.month_names(today),
        "months": (months := shown.months(whole, own)),
        "any_shown": any(not month.why_not for month in months),
        "kept": kept,
        "kept_mark": mark,
    }
    return render(request, "courses/caseload_unit.html", context)


@route(policy=Permission.CASELOAD_SET, event="caseload.ceiling_set")
@require_http_methods(["GET", "POST"])
def ceiling(request: ActorRequest) -> HttpResponse:
    """The ceiling of a unit that one leads, and what was set before."""
    actor, today = request.actor, clock.today()
    units = queries.led_units(actor)
    require(actor, Permission.CASELOAD_SET, units[0].pk if units else actor.unit_id)
    form = open_form(
        request,
        SetCeiling,
        name="courses.ceiling",
        thing=str(actor.membership_id),
        units=[(str(unit.pk), unit.name) for unit in units],
        initial={"starts": today, "unit": str(units[0].pk)},
    )
    if form.is_valid():
        with answers_on(form):
            data = form.cleaned_data
            actions.set_ceiling(
                actor=actor,
                unit=UUID(data["unit"]),
                ceiling=data["ceiling"],
                starts=data["starts"],
                today=today,
            )
            messages.success(request, _("The ceiling is set."))
            return redirect("courses:unit_caseload")
    before = [(unit.name, row) for unit in units for row in queries.ceiling_rows(actor, unit.pk)]
    return render(request, "courses/caseload_ceiling.html", {"form": form, "before": before})
