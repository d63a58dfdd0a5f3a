"""What every page here begins with: the course, who is part of it, and who may write."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.plans import queries
from samspil.collaboration.plans.models import Goal
from samspil.collaboration.plans.presenters.people import with_age
from samspil.collaboration.programmes.asking import names_used
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.web.navigation import Link
from samspil.foundation.web.requests import ActorRequest

Choices = list[tuple[str, Any]]


def writer(request: ActorRequest, space: UUID, permission: Permission) -> CourseHead:
    """The head of a course, for somebody who may write there. 404 to strangers, 403 with the reason."""
    found = head_or_404(request, space)
    require(request.actor, permission, space)
    return found


def page(request: ActorRequest, template: str, head: CourseHead, **context: object) -> HttpResponse:
    """A page of a course, with the places inside the plan."""
    frame = course_frame(request, head)
    return render(request, template, {**frame, "places": places(request, head.space), **context})


def places(request: ActorRequest, space: UUID) -> list[Link]:
    """What stands under the tab »Plan«."""
    named = [
        (_("Goals and agreements"), "plans:plan"),
        (_("Efforts"), "plans:efforts"),
        (_("Versions"), "plans:versions"),
    ]
    urls = [(text, reverse(name, args=[space])) for text, name in named]
    current = max((url for _text, url in urls if request.path.startswith(url)), key=len, default="")
    return [Link(text, url, url == current) for text, url in urls]


def goal_or_404(request: ActorRequest, space: UUID, thread: UUID) -> Goal:
    """The newest version of a goal that stands and that the actor sees."""
    found = queries.goal(request.actor, space, thread)
    if found is None or found.state != Goal.State.STANDING:
        raise Http404
    return found


def people(head: CourseHead) -> Choices:
    """The family as choices."""
    today = clock.today()
    return [(str(one.subject_id), with_age(one, today)) for one in head.people]


def asks_mode(head: CourseHead) -> bool:
    """Does the model look at which way a goal helps?"""
    return "mode" in names_used(head.programme).get("goal.set", ())


def doers(head: CourseHead) -> Choices:
    """Who can do something: the family, and the staff by their unit."""
    family = [(f"person:{subject}", name) for subject, name in people(head)]
    staff = {
        f"post:{one.membership_id}": f"{one.membership.staff.name}, {one.unit.name}"
        for one in head.participants
    }
    return [(_("The family"), family), (_("Professionals"), list(staff.items()))]
