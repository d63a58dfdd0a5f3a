"""The coordination passes from one to the next: asked, answered, taken. Nobody lets go before."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses import due, queries, rules
from samspil.collaboration.courses.actions.facts import frame_of, write_fact_and_due
from samspil.collaboration.courses.actions.team import close_part
from samspil.collaboration.courses.models import Handover, HandoverAnswer, HandoverWords, Participant
from samspil.collaboration.courses.queries.handover import WORDS
from samspil.collaboration.courses.rules import Frame, Owner
from samspil.collaboration.programmes import queries as programmes
from samspil.foundation.access import actions as access
from samspil.foundation.access import sight
from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.roles import ROLES, RoleKey

_Answer = HandoverAnswer.Answer


@transaction.atomic
def request_handover(
    *,
    actor: Actor,
    space: UUID,
    to: UUID,
    kind: Handover.Kind,
    why: str,
    today: date,
    matters: str = "",
    overlap_until: date | None = None,
) -> Handover:
    """Ask a member of the team to take the coordination over. Until the yes nothing changes.

    `to` is a membership that takes part as coordinator or contact person, in a role that may steer a course.
    What stands open on the day is kept with the words. Without `overlap_until` the former coordinator stays
    in the own role; where the same role passes on, it must be said. Raises NotAllowed for others than the
    coordinator and the leader, Refused where it cannot be, or the next one could not read it.
    """
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.COURSE_STEER, space)
    frame = frame_of(space)
    found = queries.standing(actor, space, today)
    waiting = queries.open_handover(actor, space)
    next_part = found.part_of(to)
    from_role = _role_of_baton(frame, found, today)
    rules.ready_to_hand_over(
        programmes.definition(frame.version),
        _next(to, next_part),
        from_role=from_role,
        giver=found.baton,
        waiting=waiting.receiver.staff.name if waiting else "",
        why=why,
        overlap_until=overlap_until,
        today=today,
    ).or_refuse()
    assert next_part is not None  # noqa: S101  the rule has asked
    assert found.baton is not None  # noqa: S101  this, too
    _can_read(actor, frame, found, next_part, today)
    row = Handover.objects.create(
        space_id=space,
        kind=kind,
        from_role=from_role,
        to_role=next_part.role,
        giver_id=found.baton,
        receiver_id=to,
        asked_by_id=_member(actor),
        requested_on=today,
        overlap_until=overlap_until,
    )
    _write_words(actor, frame, row, why=why, matters=matters, steps=_open(actor, frame, next_part, today))
    access.offer_baton(actor=actor, space=space, to=to)
    write_fact_and_due(actor, frame, "handover.requested", today, _attributes(row), today=today)
    return row


@transaction.atomic
def accept_handover(*, actor: Actor, handover: Handover, today: date) -> HandoverAnswer:
    """Take the coordination over: from now on the actor has it, and the former one no longer.

    Where an overlap was agreed, the former one's part ends with it. Raises Refused where somebody else is
    asked, it has been answered, or the actor's role may no longer coordinate.
    """
    frame = _ready_to_answer(actor, handover, today)
    if not actor.holds(Permission.COURSE_STEER):
        raise Refused(_("You work in a role that cannot coordinate a course."))
    part = queries.standing(actor, handover.space_id, today).part_of(actor.membership_id)
    if part is None or part.role != handover.to_role:
        raise Refused(_("Only somebody who takes part can take over. Add the colleague first."))
    answer = _answer(actor, handover, _Answer.ACCEPTED, today)
    access.take_baton(actor=actor, space=handover.space_id)
    if part.accepted_on is None:
        part.accepted_on = today
        part.save(update_fields=["accepted_on"])
    if handover.overlap_until is not None:
        _end_former(actor, handover, handover.overlap_until, today)
    write_fact_and_due(
        actor, frame, "handover.accepted", today, _attributes(handover), today=today, by_role=handover.to_role
    )
    return answer


@transaction.atomic
def decline_handover(*, actor: Actor, handover: Handover, reason: str, today: date) -> HandoverAnswer:
    """Say no, with the reason. The one who coordinates goes on. Raises Refused as `accept_handover`."""
    if not reason.strip():
        raise Refused(_("Write why you say no."))
    frame = _ready_to_answer(actor, handover, today)
    answer = _answer(actor, handover, _Answer.DECLINED, today)
    _write_words(actor, frame, handover, reply=reason)
    _take_offer_back(actor, handover, today)
    write_fact_and_due(actor, frame, "handover.declined", today, _attributes(handover), today=today)
    return answer


@transaction.atomic
def withdraw_handover(*, actor: Actor, handover: Handover, today: date) -> HandoverAnswer:
    """Take back what was asked, while it waits. Raises NotAllowed for others than who steers the course."""
    access.lock_space(actor=actor, space=handover.space_id)
    require(actor, Permission.COURSE_STEER, handover.space_id)
    rules.ready_to_answer(_state(handover), is_mine=True).or_refuse()
    answer = _answer(actor, handover, _Answer.WITHDRAWN, today)
    _take_offer_back(actor, handover, today)
    log.record(actor=actor, act="handover.withdrawn", space=handover.space_id, reason=handover.to_role)
    return answer


# --- parts of these ------------------------------------------------------------------------------------


def _member(actor: Actor) -> UUID:
    if actor.membership_id is None:  # the gate has let only members of staff through
        raise Refused(_("Only somebody who acts for a unit may do this."))
    return actor.membership_id


def _next(to: UUID, part: Participant | None) -> rules.Next:
    if part is None:
        return rules.Next(to, "", None, may_steer=False, ends=date.min)
    post = part.membership
    may_steer = Permission.COURSE_STEER in ROLES[RoleKey(post.role)].permissions
    return rules.Next(to, post.staff.name, part.role, may_steer, min(part.ends, post.ends))


def _role_of_baton(frame: Frame, found: queries.Standing, today: date) -> str:
    """The role in which the coordination is held: by the facts, or the holder's own."""
    by_facts = due.holder(frame, today)
    own = found.part_of(found.baton)
    return own.role if own is not None else by_facts


def _can_read(actor: Actor, frame: Frame, found: queries.Standing, part: Participant, today: date) -> None:
    if actor.unit_id is None or actor.authority_id is None:  # the gate lets only members of staff through
        raise Refused(_("Only somebody who acts for a unit may do this."))
    focus = [UUID(one) for one in frame.in_focus]
    owner = Owner(actor.unit_id, actor.authority_id)
    if not queries.would_see(found, part.membership, WORDS, focus, owner, today):
        raise Refused(
            _(
                "%(name)s could not read what you hand over: no consent and no law lets that unit see "
                "everyday life. Write that down first."
            )
            % {"name": part.membership.staff.name}
        )


def _open(actor: Actor, frame: Frame, part: Participant, today: date) -> list[dict[str, object]]:
    course = queries.visible_courses(actor).filter(space=frame.space).first()
    if course is None or actor.unit_id is None:
        return []
    owners = {actor.unit_id, queries.sharing_unit(part.unit)}
    return queries.open_steps(actor, course, {UUID(one) for one in frame.in_focus}, owners, today)


def _write_words(
    actor: Actor,
    frame: Frame,
    handover: Handover,
    *,
    why: str = "",
    matters: str = "",
    reply: str = "",
    steps: list[dict[str, object]] | None = None,
) -> None:
    subjects = [UUID(one) for one in frame.in_focus]
    item = access.new_item(actor=actor, kind="handover", category=WORDS, subjects=subjects, space=frame.space)
    HandoverWords.objects.create(
        item_id=item,
        space_id=frame.space,
        handover=handover,
        why=why.strip(),
        matters=matters.strip(),
        reply=reply.strip(),
        open_steps=steps or [],
    )


def _ready_to_answer(actor: Actor, handover: Handover, today: date) -> Frame:
    access.lock_space(actor=actor, space=handover.space_id)
    require(actor, Permission.FACT_NOTE, handover.space_id)
    is_mine = handover.receiver_id == actor.membership_id
    rules.ready_to_answer(_state(handover), is_mine=is_mine).or_refuse()
    return frame_of(handover.space_id)


def _state(handover: Handover) -> str:
    """What was answered by now, whatever the page showed."""
    row = sight.visible(HandoverAnswer.objects.filter(pk=handover.pk)).first()
    return row.answer if row is not None else ""


def _answer(actor: Actor, handover: Handover, answer: HandoverAnswer.Answer, today: date) -> HandoverAnswer:
    try:
        with transaction.atomic():
            return HandoverAnswer.objects.create(
                handover=handover, answer=answer, by_id=_member(actor), on=today
            )
    except IntegrityError as error:
        raise Refused(_("The handover has been answered already.")) from error


def _take_offer_back(actor: Actor, handover: Handover, today: date) -> None:
    """Ending a relation on the day it ends anyway changes nothing but that it is no longer offered."""
    found = queries.standing(actor, handover.space_id, today)
    for one in found.relations_of(handover.receiver_id):
        if one.baton == "offered":
            access.end(actor=actor, relation=one.id, on=max(one.relation.ends, today))


def _end_former(actor: Actor, handover: Handover, last_day: date, today: date) -> None:
    found = queries.standing(actor, handover.space_id, today)
    on = max(last_day + date.resolution, today)
    for part in found.parts:
        if part.membership_id == handover.giver_id and part.role == handover.from_role and part.ends > on:
            close_part(actor, part, found, on=on)


def _attributes(handover: Handover) -> dict[str, object]:
    return {
        "handover": str(handover.pk),
        "kind": handover.kind,
        "to_role": handover.to_role,
        "from_role": handover.from_role,
    }
