"""A course is opened about people, under one version of a model, on a basis."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from samspil.collaboration.courses import rules
from samspil.collaboration.courses.actions.facts import (
    Attributes,
    frame_of,
    note_fact,
    write_fact_and_due,
)
from samspil.collaboration.courses.actions.team import named_for, unit_of, write_participant
from samspil.collaboration.courses.models import Course, CoursePerson, Participant
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.collaboration.sharing import actions as sharing
from samspil.collaboration.sharing.rules import Consent, Statute
from samspil.foundation.access import actions as access
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


@transaction.atomic
def open_course(
    *,
    actor: Actor,
    version: UUID,
    people: Sequence[Newcomer],
    opened_on: date,
    today: date,
    roles: Mapping[UUID, str],
    categories: Mapping[UUID, Category] | None = None,
    bases: Sequence[Consent | Statute] = (),
    attributes: Attributes | None = None,
) -> Course:
    """Open a course under one version of a model; the actor is its first coordinator.

    `roles` names members of staff (by membership) for roles of the model, the actor too; the others join the
    team with these `categories` (everyday and identity where nothing is said). `bases` are consents and legal
    grounds for the units that take part, registered with the course. Raises NotAllowed, and Refused where the
    model asks for a basis and none is given, or where people, roles or the day cannot be.
    """
    require(actor, Permission.SPACE_OPEN, actor.unit_id)
    version = programmes.version_to_run(actor.authority_id, version, opened_on)
    programme = programmes.definition(version)
    named = named_for(actor, roles)
    rules.ready_to_open(
        programme,
        people,
        named,
        bases,
        unit=unit_of(actor),
        opened_on=opened_on,
        today=today,
    ).or_refuse()
    space = access.new_space(actor=actor)
    access.lock_space(actor=actor, space=space)
    course = write_course(actor, space, version, people, opened_on)
    for basis in bases:
        _register(actor, space, basis, today)
    for one in named:
        write_participant(actor, space, one, (categories or {}).get(one.membership), today)
    write_fact_and_due(actor, frame_of(space), rules.OPENED, opened_on, dict(attributes or {}), today=today)
    return course


def write_course(
    actor: Actor, space: UUID, version: UUID, people: Sequence[Newcomer], opened_on: date
) -> Course:
    """The course and its people, in a space that the actor stands in."""
    focus = [person.subject for person in people if person.in_focus]
    item = access.new_item(
        actor=actor, kind="course", category=Category.IDENTITY, subjects=focus, space=space
    )
    course = Course.objects.create(
        item_id=item,
        space_id=space,
        version=ProgrammeVersion.objects.get(pk=version),
        opened_on=opened_on,
    )
    for person in people:
        own = access.new_item(
            actor=actor,
            kind="course-person",
            category=Category.IDENTITY,
            subjects=[person.subject],
            space=space,
        )
        CoursePerson.objects.create(
            item_id=own,
            space_id=space,
            subject_id=person.subject,
            name=person.name,
            born=person.born,
            roles=list(person.roles),
            is_in_focus=person.in_focus,
        )
    return course


def say_who_coordinates(
    actor: Actor, space: UUID, version: UUID, parts: Iterable[Participant], today: date
) -> None:
    """Whoever has the role that the coordination passes to is named for it, from the first day."""
    passes_to = programmes.definition(version).baton.passes_to
    for part in parts:
        if part.role == passes_to:
            attributes: Attributes = {"role": part.role, "person": str(part.membership_id)}
            note_fact(
                actor=actor,
                space=space,
                kind="coordinator.named",
                on=today,
                today=today,
                attributes=attributes,
            )


def _register(actor: Actor, space: UUID, basis: Consent | Statute, today: date) -> None:
    if isinstance(basis, Consent):
        sharing.register_consent(actor=actor, space=space, consent=basis, today=today)
    else:
        sharing.register_statute(actor=actor, space=space, statute=basis, today=today)
