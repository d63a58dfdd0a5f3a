"""Pages of the staff that weave areas together: the overview, who has seen what, and the watcher's page."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.courses import queries as course_queries
from samspil.collaboration.courses.presenters import caseload
from samspil.collaboration.families import queries as families
from samspil.collaboration.families.presenters import people
from samspil.collaboration.families.rules import civil_number
from samspil.doors.workplace import presenters, queries
from samspil.doors.workplace.forms import FindByNumber
from samspil.doors.workplace.presenters.asked import questions
from samspil.doors.workplace.presenters.lanes import AT_ONCE, course_lines, lanes
from samspil.doors.workplace.queries import LogPage
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import allows
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.organisations import queries as organisations
from samspil.foundation.web.requests import ActorRequest

LONGEST_POSITION = 18
MOST_SHOWN = 9999
FAMILIES_AT_ONCE = 10
"""An overview is no register: the newest families without a course; the others are searched for."""


@route(policy=Gate.ACTOR, event="overview.viewed")
@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    today, actor = clock.today(), request.actor
    if actor.is_citizen:
        raise Http404  # families have a door of their own
    work = course_queries.worklist(actor, today)
    known = families.kept_families(actor)
    outside = [family for family in known if not any(one.subject_id in work.people for one in family.people)]
    most, language = _shown(request), current_language()
    waiting = course_queries.asked_of(actor, today)
    referrals = waiting.referrals
    asked = questions(work, waiting.handovers, language=language)
    load = course_queries.own_caseload(actor, today) if work.models else course_queries.OwnLoad((), None)
    context = {
        "today": today,
        "lanes": lanes(work, today, most=most, language=language, asked=asked, referrals=referrals),
        "courses": len(work.models),
        "carried": caseload.standing(load.total, load.most) if load.carried else None,
        "has_lanes": bool(work.models or referrals),
        "has_more": work.is_full,
        "next_most": most + AT_ONCE,
        "families": people.family_lines(outside[:FAMILIES_AT_ONCE], today),
        "birthdays": people.birthdays_ahead(known, today),
        "is_full": len(outside) > FAMILIES_AT_ONCE or families.is_full(known),
        "may_create": allows(actor, Permission.PERSON_CREATE, actor.unit_id),
        "reads_log": actor.holds(Permission.LOG_VIEW),
        "owns_models": actor.holds(Permission.MODEL_PUBLISH),
        "administers": actor.holds(Permission.MEMBERSHIP_MANAGE),
        "is_privacy_officer": actor.role_key == RoleKey.PRIVACY_OFFICER,
    }
    return render(request, "workplace/overview.html", context)


def _shown(request: HttpRequest) -> int:
    """How many rows the reader asked to see; nonsense in the address is the usual number."""
    text = request.GET.get("rows", "")
    asked = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_SHOWN)) else 0
    return max(asked, AT_ONCE)


@route(policy=Gate.ACTOR, event="courses.listed")
@require_safe
def courses(request: ActorRequest) -> HttpResponse:
    """Every course that one takes part in or leads."""
    if request.actor.is_citizen:
        raise Http404  # families have a door of their own
    today = clock.today()
    found = course_queries.my_courses(request.actor, today)
    lines = course_lines(found, today, language=current_language())
    return render(request, "workplace/courses.html", {"lines": lines})


@route(policy=Permission.LOG_VIEW, event="log.viewed")
@never_cache
@require_safe
def log(request: ActorRequest, subject: UUID) -> HttpResponse:
    page = queries.log_of(request.actor, subject, before=_position(request))
    if page.record is None and not page.rows:
        raise Http404
    return render(request, "workplace/log.html", {**_log_context(request, page), "subject": subject})


@route(policy=Permission.LOG_VIEW, event="logs.viewed")
@never_cache
@require_http_methods(["GET", "POST"])
def logs(request: ActorRequest) -> HttpResponse:
    """Whose log? The privacy officer asks by number; others choose among those their unit keeps."""
    if request.actor.role_key != RoleKey.PRIVACY_OFFICER:
        if request.method == "POST":
            return HttpResponseNotAllowed(["GET"])
        kept = families.kept_families(request.actor)
        known = people.family_lines(kept, clock.today(), page="workplace:log")
        return render(request, "workplace/logs.html", {"families": known})
    form = FindByNumber(request.POST or None)
    if form.is_valid():
        found = _with_number(request, form.cleaned_data["civil_number"])
        if found:
            return redirect("workplace:log", found)
        form.add_error("civil_number", _("Your organisation keeps no record of a person with this number."))
    page = queries.log_without_person(request.actor, before=_position(request))
    return render(request, "workplace/logs_officer.html", {**_log_context(request, page), "form": form})


def _with_number(request: ActorRequest, text: str) -> UUID | None:
    return families.subject_with(request.actor, text) if civil_number.read(text) else None


def _log_context(request: ActorRequest, page: LogPage) -> dict[str, object]:
    units = organisations.units_by_id(row.unit for row in page.rows if row.unit)
    return {
        "record": page.record,
        "lines": presenters.log_lines(page.rows, units),
        "older": page.older,
        "is_first": _position(request) is None,
        "is_privacy_officer": request.actor.role_key == RoleKey.PRIVACY_OFFICER,
    }


def _position(request: HttpRequest) -> int | None:
    """Where the page before ended; nonsense in the address is the first page."""
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_POSITION else None


@route(policy=Gate.PUBLIC, event="health.asked")
@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """For the machine that watches: is the site up, and is it whole?"""
    try:
        return JsonResponse(queries.health().as_dict())
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
