"""A meeting is held: who is there, what is decided, who takes on what, and that it is over."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses.actions import note_fact
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.meetings import rules
from samspil.collaboration.meetings.actions import _ground as ground
from samspil.collaboration.meetings.models import (
    Attendance,
    Decision,
    MeetingEnd,
    Presence,
    ReplyAnswer,
    Sitting,
)
from samspil.collaboration.meetings.queries import GuestRow, MeetingRow, WholeMeeting
from samspil.collaboration.plans.actions import make_agreement
from samspil.collaboration.plans.models import Agreement
from samspil.collaboration.plans.rules import Doer
from samspil.collaboration.programmes.language import Role
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


@transaction.atomic
def begin_meeting(
    *, actor: Actor, space: UUID, meeting: UUID, presence: Mapping[UUID, Presence], today: date, now: datetime
) -> MeetingRow:
    """Begin, or say anew who is there. Raises NotAllowed, Refused where nobody is or it is over."""
    ground.enter(actor, space, Permission.MEETING_ARRANGE)
    whole = ground.whole_of(actor, space, meeting)
    _ready(whole.row, presence, held_on=today, today=today)
    _write_presence(actor, whole.row, presence)
    if whole.sitting is None:
        Sitting.objects.create(
            item_id=ground.like(actor, whole.row, "sitting"),
            space_id=space,
            meeting_id=meeting,
            began_at=now,
        )
    ground.sign(actor, "meeting.begun", whole.row)
    return whole.row


@transaction.atomic
def add_decision(
    *, actor: Actor, space: UUID, meeting: UUID, point: UUID | None, text: str, is_agreed: bool, voices: str
) -> Decision:
    """Write down what those present agree on, or do not. It is about whom its point is about.

    Raises NotAllowed for who takes no part, Refused where it says nothing or the minutes are shared.
    """
    ground.enter(actor, space, Permission.MEETING_ARRANGE)
    whole = ground.whole_of(actor, space, meeting)
    _still_written(whole)
    rules.ready_decision(text, voices, is_agreed=is_agreed).or_refuse()
    under = next((one.point for one in whole.points if one.thread == point), None)
    if point is not None and under is None:
        raise Refused(_("There is no such point here."))
    item = under.item if under else whole.row.meeting.item
    made = Decision.objects.create(
        item_id=ground.new_item(actor, space, "decision", item.category, item.subjects),
        space_id=space,
        meeting_id=meeting,
        point=point,
        text=text.strip(),
        is_agreed=is_agreed,
        voices=voices.strip(),
    )
    ground.sign(actor, "decision.noted", whole.row)
    return made


@transaction.atomic
def give_task(
    *,
    actor: Actor,
    space: UUID,
    meeting: UUID,
    invitation: UUID,
    what: str,
    due_on: date,
    wants_to: bool,
    today: date,
) -> Agreement:
    """Somebody who is invited takes on one thing; one of the network by name. A child only if it wants to.

    Raises NotAllowed for who takes no part, Refused for a second task, or one a child has not asked for.
    """
    ground.enter(actor, space, Permission.MEETING_ARRANGE)
    whole, head = ground.whole_of(actor, space, meeting), ground.head_of(actor, space, today)
    _still_written(whole)
    row = next((one for one in whole.row.guests if one.pk == invitation), None)
    if row is None:
        raise Refused(_("Nobody here is invited like that."))
    guest = row.guest
    rules.ready_task(
        has_one=whole.task_of(guest) is not None,
        is_child=_is_child(head, guest.person, today),
        wants_to=wants_to,
    ).or_refuse()
    return make_agreement(
        actor=actor,
        space=space,
        subjects=whole.row.subjects,
        what=what,
        doer=Doer(post=guest.post, person=guest.person, name=guest.name),
        due_on=due_on,
        made_on=min(today, whole.row.day),
        today=today,
        meeting=meeting,
        category=whole.row.category,
    )


@transaction.atomic
def close_meeting(
    *,
    actor: Actor,
    space: UUID,
    meeting: UUID,
    held_on: date,
    presence: Mapping[UUID, Presence],
    today: date,
) -> MeetingEnd:
    """The meeting was held on this day, and these took part. Typed in later is fine, in advance it is not.

    Raises NotAllowed for who takes no part, Refused where it cannot have been so.
    """
    ground.enter(actor, space, Permission.MEETING_ARRANGE)
    whole, head = ground.whole_of(actor, space, meeting), ground.head_of(actor, space, today)
    row = whole.row
    there = {one.pk: Presence(one.presence) for one in row.guests if one.presence} | dict(presence)
    _ready(row, there, held_on=held_on, today=today)
    _write_presence(actor, row, presence)
    made = MeetingEnd.objects.create(
        item_id=ground.like(actor, row, "meeting-end"),
        space_id=space,
        meeting_id=meeting,
        outcome=MeetingEnd.Outcome.HELD,
        on=held_on,
        noted_on=today,
    )
    note_fact(
        actor=actor,
        space=space,
        kind="meeting.held",
        on=held_on,
        today=today,
        attributes=_said(whole, head, there, today),
    )
    return made


def _ready(row: MeetingRow, presence: Mapping[UUID, Presence], *, held_on: date, today: date) -> None:
    invited = {one.pk for one in row.guests}
    rules.ready_to_hold(
        outcome=row.state, held_on=held_on, today=today, presence=presence, invited=invited
    ).or_refuse()


def _write_presence(actor: Actor, row: MeetingRow, presence: Mapping[UUID, Presence]) -> None:
    """Who is there, about whom the invitation is about; only what is different from before."""
    for guest in row.guests:
        said = presence.get(guest.pk)
        if said is None or said == guest.presence:
            continue
        item = guest.invitation.item
        Attendance.objects.create(
            item_id=ground.new_item(actor, row.space, "attendance", item.category, item.subjects),
            space_id=row.space,
            meeting_id=row.pk,
            invitation_id=guest.pk,
            presence=said,
        )


def _said(
    whole: WholeMeeting, head: CourseHead, presence: Mapping[UUID, Presence], today: date
) -> dict[str, object]:
    """The meeting as a fact says it: ids, codes and numbers; no code for a place that must not be known."""
    row = whole.row
    came = [one.invitation for one in row.guests if presence.get(one.pk, Presence.ABSENT) != Presence.ABSENT]
    filled = _roles_filled(head, {one.post_id for one in came if one.post_id})
    said: dict[str, object] = {
        "meeting": str(row.pk),
        "kind": row.kind,
        "people": ground.names(row.subjects),
        "child_present": any(_is_child(head, one.person_id, today) for one in came),
        "child_declined": any(_has_declined(head, one, presence, today) for one in row.guests),
        "family_present": any(one.person_id for one in came),
        "network_present": any(one.name for one in came),
        "sectors": len({one.post.unit.authority.kind for one in came if one.post}),
        "departments": len({one.post.unit_id for one in came if one.post}),
        "adult_side_present": any(role.adult_side for role in filled),
        "decision_maker_present": any(role.decides for role in filled),
    }
    if whole.place and whole.place.item.category != Category.WHEREABOUTS:
        said["place"] = whole.place.code
    return said


def _has_declined(head: CourseHead, one: GuestRow, presence: Mapping[UUID, Presence], today: date) -> bool:
    """A child, or whom the model is for, who said no to coming and was not there."""
    said_no = one.reply is not None and one.reply.answer == ReplyAnswer.NOT_COMING
    away = presence.get(one.pk, Presence.ABSENT) == Presence.ABSENT
    return said_no and away and _is_child(head, one.invitation.person_id, today)


def _roles_filled(head: CourseHead, posts: set[UUID]) -> list[Role]:
    """The roles of the model that those who came fill in the course."""
    keys = {one.role for one in head.participants if one.membership_id in posts}
    return [role for role in head.programme.roles if role.key in keys]


def _is_child(head: CourseHead, person: UUID | None, day: date) -> bool:
    """A child, or whom the model is for: a young person stays that after 18."""
    ages = head.programme.target_group.age
    focus = ages.of if ages else ""
    return any(
        one.subject_id == person and (rules.is_child(one.born, day) or focus in one.roles)
        for one in head.people
    )


def _still_written(whole: WholeMeeting) -> None:
    """Until the minutes are shared: then they are amended, with a reason."""
    if whole.row.state == MeetingEnd.Outcome.CANCELLED:
        rules.still_ahead(whole.row.state).or_refuse()
    if whole.row.minutes is not None:
        raise Refused(_("The minutes are shared already. Change them with a reason."))
