"""The pages of one course: all at a glance, its steps as a list, what happened, what is shared."""

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.queries import CourseHead, FamilyCourse
from samspil.collaboration.meetings import queries as meetings
from samspil.collaboration.plans import presenters as plans
from samspil.collaboration.plans import queries as plan_queries
from samspil.collaboration.sharing import policies as sharing_policies
from samspil.collaboration.sharing import presenters as sharing_presenters
from samspil.collaboration.sharing import queries as bases
from samspil.doors.workplace import queries
from samspil.doors.workplace.presenters.around import Group, people_around
from samspil.doors.workplace.presenters.asked import asked_here
from samspil.doors.workplace.presenters.happenings import Happening, happenings
from samspil.doors.workplace.presenters.model import Casting, casting
from samspil.doors.workplace.presenters.phases import KINDS, phase_map
from samspil.doors.workplace.presenters.shares import shares
from samspil.doors.workplace.presenters.steps import missed, next_steps, shown_groups, step_groups
from samspil.doors.workplace.presenters.together import Together, together
from samspil.doors.workplace.presenters.unseen import unseen
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.gate import allows
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.requests import ActorRequest

NEWEST = 8
ON_A_PAGE = 50


@route(policy=Gate.ACTOR, event="course.viewed")
@require_safe
def course(request: ActorRequest, space: UUID) -> HttpResponse:
    """The model as a map, what is next, the goals, the people, what happened last."""
    found, today, actor, language = _head(request, space), clock.today(), request.actor, current_language()
    cast = casting(found, actor.membership_id, language)
    rows = courses.due_rows(actor, found.course, today)
    may_act = found.coordinates(actor)
    waiting, handover = found.waiting_part(actor), courses.open_handover(actor, space)
    asked = asked_here(waiting, handover, found, actor, language=language)
    context = {
        "phases": phase_map(found.programme, rows, cast, today, language=language),
        "legend": KINDS,
        "steps": next_steps(
            rows,
            cast,
            space,
            today,
            may_act=may_act,
            language=language,
            booked=meetings.booked(actor, space),
            is_asked=asked is not None,
        ),
        "missed": missed(rows),
        "goals": plans.goal_cards(plan_queries.goals_shown(actor, space, today), found.people, today),
        "around": _around(request, found, language),
        "happenings": _newest(request, found, cast, language),
        "own": (),  # what is shown here is corrected on the page of all that happened
        "printed": _printed(space),
        "together": _together(request, found, language),
        "asked": asked,
        "unseen": unseen(actor, found, language=language),
        "may_upgrade": _may_upgrade(found, actor, today),
        "may_close": bool(allows(actor, Permission.COURSE_CLOSE, space)),
    }
    return render(request, "workplace/course.html", {**course_frame(request, found), **context})


def _may_upgrade(found: CourseHead, actor: Actor, today: date) -> bool:
    """Is there another version of the model, and does the actor coordinate?"""
    return found.coordinates(actor) and bool(courses.other_versions(actor, found.course, today))


def _around(request: ActorRequest, found: CourseHead, language: str) -> list[Group]:
    near = queries.near_family(request.actor, list(found.names))
    today = clock.today()
    units = {one.unit_id: one.unit for one in found.participants}
    shared = queries.shared_with(found.relations, list(units.values()), today)
    return people_around(found, near.ties, near.records, shared, request.actor, today, language=language)


def _together(request: ActorRequest, found: CourseHead, language: str) -> Together | None:
    """The other courses of the family that the reader stands in; None where there is none."""
    several = queries.several_courses(request.actor, list(found.names), beside=found.space)
    if not several.others:
        return None
    own = FamilyCourse(found.space, found.programme, found.course.opened_on, found.people)
    return together(
        [own], several.others, several.goals, several.booked, several.same, clock.today(), language=language
    )


def _newest(request: ActorRequest, found: CourseHead, cast: Casting, language: str) -> list[Happening]:
    every = courses.timeline(request.actor, found.space)
    return happenings(every[:NEWEST], every, found, cast, clock.today(), language=language)


def _printed(space: UUID) -> str:
    """Where the plan on one page is; nowhere on a site without it."""
    try:
        return reverse("workplace:one_page", args=[space])
    except NoReverseMatch:
        return ""


@route(policy=Gate.ACTOR, event="steps.viewed")
@require_safe
def steps(request: ActorRequest, space: UUID) -> HttpResponse:
    """Every step of the model in this course, with its reason and where it is from."""
    found, today, actor, language = _head(request, space), clock.today(), request.actor, current_language()
    cast = casting(found, actor.membership_id, language)
    rows = courses.due_rows(actor, found.course, today)
    may_note = actor.holds(Permission.FACT_NOTE)
    groups = step_groups(found.programme, rows, cast, space, today, may_note=may_note, language=language)
    shown, ways = shown_groups(groups, request.GET.get("show", ""))
    context = {"groups": shown, "ways": ways, "unseen": unseen(actor, found, language=language)}
    return render(request, "workplace/steps.html", {**course_frame(request, found), **context})


@route(policy=Gate.ACTOR, event="timeline.viewed")
@require_safe
def timeline(request: ActorRequest, space: UUID) -> HttpResponse:
    """All that happened, newest first, with the words that belong to it."""
    found, language = _head(request, space), current_language()
    cast = casting(found, request.actor.membership_id, language)
    every = courses.timeline(request.actor, space)
    page = Paginator(every, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = happenings(list(page.object_list), every, found, cast, clock.today(), language=language)
    own = courses.correctable(request.actor, page.object_list)
    context = {**course_frame(request, found), "page": page, "happenings": shown, "own": own}
    return render(request, "workplace/timeline.html", context)


@route(policy=Gate.ACTOR, event="sharing.viewed")
@require_safe
def sharing(request: ActorRequest, space: UUID) -> HttpResponse:
    """What each person of the course has answered about sharing, or what was decided by law."""
    found, today, actor = _head(request, space), clock.today(), request.actor
    standing = list(bases.bases(actor, space))
    topics = sharing_presenters.columns(sharing_policies.held(actor, space), standing)
    people = shares(found, standing, topics, today, unit=actor.unit_id, language=current_language())
    may_register = allows(actor, Permission.BASIS_REGISTER, space)
    context = {"people": people, "topics": topics, "may_register": may_register}
    return render(request, "workplace/sharing.html", {**course_frame(request, found), **context})


def _head(request: ActorRequest, space: UUID) -> CourseHead:
    """The head of a course for somebody at work; families have a door of their own."""
    if request.actor.is_citizen:
        raise Http404
    return head_or_404(request, space)
