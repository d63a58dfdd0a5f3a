"""A course leads to another: begun from here with the people it needs, or tied to one that runs."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses import queries
from samspil.collaboration.courses.actions.facts import note_fact
from samspil.collaboration.courses.actions.opening import open_course
from samspil.collaboration.courses.models import Course
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.courses.rules import Newcomer, linking
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission

LINKED = "course.linked"


@transaction.atomic
def start_other_course(
    *,
    actor: Actor,
    space: UUID,
    step: str,
    version: UUID,
    person: UUID,
    others: Collection[UUID],
    today: date,
) -> Course:
    """Open a course of the model that a step leads to, about one person of this one, and tie the two.

    `others` come along. The actor coordinates it from the own unit. Raises NotAllowed for who does not
    coordinate this course or opens none, Refused where the unit keeps no record of somebody, or the step
    leads elsewhere.
    """
    require(actor, Permission.COURSE_STEER, space)
    head, other = _head(actor, space, today), programmes.definition(version)
    asked = linking.leading_step(head.programme, step)
    linking.ready_to_start(
        asked.leads_to if asked else None, other, running=len(_running(actor, head, other.key, person))
    ).or_refuse()
    people = _newcomers(actor, head, other, person, others, today)
    if actor.membership_id is None:  # the gate has let only members of staff through
        raise Refused(_("Only somebody who acts for a unit may do this."))
    course = open_course(
        actor=actor,
        version=version,
        people=people,
        opened_on=today,
        today=today,
        roles={actor.membership_id: other.baton.starts},
    )
    _note(actor, head.space, other.key, course.space_id, person, "starts", today)
    _note(actor, course.space_id, head.programme.key, head.space, people[0].subject, "links", today)
    return course


@transaction.atomic
def tie_courses(
    *, actor: Actor, space: UUID, step: str, other: UUID, person: UUID | None, today: date
) -> None:
    """Write in two courses of a family that they belong together. The actor takes part in both.

    Raises NotAllowed where the actor takes no part in one, Refused where the step leads elsewhere.
    """
    require(actor, Permission.FACT_NOTE, space)
    head = _head(actor, space, today)
    asked = linking.leading_step(head.programme, step)
    found = {one.space: one for one in queries.courses_about(actor, list(head.names), beside=space)}.get(
        other
    )
    if found is None:
        raise Refused(_("There is no such course here."))
    linking.ready_to_tie(
        asked.leads_to if asked else None,
        found.programme,
        course=other,
        tied=queries.tied_to(actor, space, person),
        is_closed=found.is_closed,
    ).or_refuse()
    _note(actor, space, found.programme.key, other, person, "links", today)
    there = next((one.subject_id for one in found.people if one.is_in_focus), None)
    _note(actor, other, head.programme.key, space, there, "links", today)


def _head(actor: Actor, space: UUID, today: date) -> CourseHead:
    head = queries.course_head(actor, space, today)
    if head is None:
        raise Refused(_("There is no course here."))
    return head


def _running(actor: Actor, head: CourseHead, key: str, person: UUID) -> list[UUID]:
    known = queries.courses_about(actor, [person], beside=head.space)
    return [one.space for one in known if one.programme.key == key and not one.is_closed]


def _newcomers(
    actor: Actor,
    head: CourseHead,
    other: Programme,
    person: UUID,
    others: Collection[UUID],
    today: date,
) -> list[Newcomer]:
    """The people as the own unit knows them, each with the likely role; the one it is about first."""
    kept = queries.own_subjects(actor, [one.subject_id for one in head.people])
    chosen = [one for one in head.people if one.subject_id == person or one.subject_id in others]
    if not any(one.subject_id == person for one in chosen):
        raise Refused(_("This person takes no part in the course."))
    found = []
    for one in sorted(chosen, key=lambda row: row.subject_id != person):
        subject = kept.get(one.subject_id)
        if subject is None:
            raise Refused(_("Your unit has not written %(name)s down yet.") % {"name": one.name})
        someone = linking.Someone(one.subject_id, one.born, tuple(one.roles))
        role = linking.family_role(other, someone, is_the_one=one.subject_id == person, today=today)
        found.append(
            Newcomer(
                subject, one.born, (role,) if role else (), in_focus=one.subject_id == person, name=one.name
            )
        )
    return found


def _note(
    actor: Actor, space: UUID, programme: str, course: UUID, person: UUID | None, how: str, today: date
) -> None:
    attributes: Mapping[str, object] = {
        "programme": programme,
        "how": how,
        "course": str(course),
        **({"person": str(person)} if person else {}),
    }
    note_fact(actor=actor, space=space, kind=LINKED, on=today, today=today, attributes=attributes)
