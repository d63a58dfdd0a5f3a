"""A course begins in one's own unit, without a referral: looked at, opened, and carried by somebody here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses import queries
from samspil.collaboration.courses.actions.facts import note_fact
from samspil.collaboration.courses.actions.handover import request_handover
from samspil.collaboration.courses.actions.opening import open_course, say_who_coordinates
from samspil.collaboration.courses.actions.referral.people import Chosen
from samspil.collaboration.courses.actions.team import accept_role, name_participant
from samspil.collaboration.courses.models import Course, Handover, Participant
from samspil.collaboration.courses.queries import beginning as known
from samspil.collaboration.courses.queries.referral import colleagues, own_record
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.courses.rules import beginning as rules
from samspil.collaboration.courses.rules.referral import Included, ready_people, sector_of
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.access import queries as relations
from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.organisations.models import Membership
from samspil.foundation.organisations.queries import own_authority


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a course begins: who is part of it, what was answered, which track, who carries it."""

    people: Sequence[Chosen]
    role: str
    """The actor's own role of the model."""
    coordinator: UUID
    """The membership of a colleague of the own unit, or one's own."""
    answers: Mapping[str, str] = field(default_factory=dict)
    despite: str = ""
    track: str = ""
    why_track: str = ""


@transaction.atomic
def begin_course(*, actor: Actor, subject: UUID, version: UUID, beginning: Beginning, today: date) -> Course:
    """Open a course in the actor's own unit, under a model as the own organisation has taken it up.

    Nobody outside the unit is let in by it: consents are given for that, each on its day. The actor holds
    the baton until a colleague who is named has said yes. Raises NotAllowed where the own unit keeps no
    record of the person or the role begins none; Refused where the model is not in use or may not begin here,
    where such a course runs, or where people, target group, track or coordinator cannot be so.
    """
    require(actor, Permission.COURSE_BEGIN, subject)
    programme = known.in_use(actor, today).get(version)
    sector = sector_of(own_authority(actor).kind)
    people = [_included(actor, one) for one in beginning.people if one.is_included]
    running = known.running(actor, programme.key, [subject]) if programme else []
    rules.ready_to_begin(programme, sector, beginning.role, running=len(running)).or_refuse()
    assert programme is not None  # noqa: S101  the rule has asked for it
    ready_people(programme, people, first=subject).or_refuse()
    result = known.judged(programme, people, beginning.answers, today).result
    rules.ready_target(result, beginning.despite).or_refuse()
    rules.ready_track(programme, beginning.track, beginning.why_track).or_refuse()
    post = _coordinator(actor, beginning, today)
    course = open_course(
        actor=actor,
        version=version,
        people=[Newcomer(one.subject, one.born, (one.role,), one.is_in_focus, one.name) for one in people],
        opened_on=today,
        today=today,
        roles={_own(actor): beginning.role},
        attributes={"started_by": sector},
    )
    space = course.space_id
    _note(actor, space, "eligibility.checked", today, {"result": result.value}, beginning.despite)
    if beginning.track:
        attributes = rules.track_attributes(beginning.track)
        _note(actor, space, "track.chosen", today, attributes, beginning.why_track)
    _take_on(actor, space, version, today)
    if post is not None:
        _pass_on(actor, space, programme, sector, beginning.role, post, today)
    log.record(actor=actor, act="course.begun", space=space, reason=str(version))
    return course


def _included(actor: Actor, one: Chosen) -> Included:
    """Somebody as the own unit has written them down: names and birthdays come from nowhere else."""
    record = own_record(actor, one.subject)
    if record is None:
        raise Refused(_("Your unit keeps no record of this person. Write the person down first."))
    return Included(one.subject, record.name, one.role, one.is_in_focus, record.born)


def _own(actor: Actor) -> UUID:
    if actor.membership_id is None:  # the gate has let only members of staff through
        raise Refused(_("Only somebody who acts for a unit may do this."))
    return actor.membership_id


def _coordinator(actor: Actor, beginning: Beginning, today: date) -> Membership | None:
    """The colleague who is to coordinate; None where it is the actor."""
    if beginning.coordinator == actor.membership_id:
        return None
    post = next((one for one in colleagues(actor, today) if one.pk == beginning.coordinator), None)
    if post is None:
        raise Refused(_("Choose a colleague of your own unit who can coordinate."))
    return post


def _take_on(actor: Actor, space: UUID, version: UUID, today: date) -> None:
    """The one who begins it has a role and has said yes to it."""
    parts = list(Participant.objects.filter(space=space, membership=actor.membership_id))
    say_who_coordinates(actor, space, version, parts, today)
    for part in parts:
        accept_role(actor=actor, participant=part, today=today)


def _pass_on(
    actor: Actor, space: UUID, programme: Programme, sector: str, own: str, post: Membership, today: date
) -> None:
    """A colleague is asked to coordinate. Until the yes, the one who has begun does."""
    role = rules.next_role(programme, sector, own)
    name_participant(
        actor=actor,
        space=space,
        role=role,
        membership=post.pk,
        categories=ROLES[RoleKey(post.role)].categories & relations.held_in_team(actor, space),
        succeeds=role == own,
        today=today,
    )
    if queries.standing(actor, space, today).offered != post.pk:
        request_handover(
            actor=actor,
            space=space,
            to=post.pk,
            kind=Handover.Kind.STAFF,
            why=_("I have begun the course. You are to coordinate it."),
            overlap_until=today if role == own else None,
            today=today,
        )


def _note(
    actor: Actor, space: UUID, kind: str, today: date, attributes: dict[str, object], reason: str
) -> None:
    note_fact(
        actor=actor, space=space, kind=kind, on=today, today=today, attributes=attributes, reason=reason
    )
