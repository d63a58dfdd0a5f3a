"""A meeting is planned, people are invited and answer, and it may get another time or be called off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses.actions import note_fact
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.meetings import queries, rules
from samspil.collaboration.meetings.actions import _ground as ground
from samspil.collaboration.meetings.actions.agenda import usual_points
from samspil.collaboration.meetings.models import (
    Invitation,
    Meeting,
    MeetingEnd,
    MeetingMove,
    MeetingPlace,
    PlaceCode,
    Reply,
    ReplyAnswer,
)
from samspil.collaboration.meetings.rules import Guest
from samspil.foundation.access import queries as access
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is. `is_secret`: the words tell where somebody with a protected address is."""

    code: PlaceCode = PlaceCode.OFFICE
    text: str = ""
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A meeting as it is planned: what kind, why, when, whom in the family it is about."""

    kind: str
    purpose: str
    starts_at: datetime
    length: int
    about: frozenset[UUID]
    place: Place = Place()


@transaction.atomic
def plan_meeting(
    *, actor: Actor, space: UUID, call: Call, guests: Sequence[Guest], today: date, now: datetime
) -> Meeting:
    """Call a meeting and invite to it. A day that has passed is fine: then it is written down late.

    Raises NotAllowed for who takes no part, Refused where it cannot be so.
    """
    ground.enter(actor, space, Permission.MEETING_ARRANGE)
    head = ground.head_of(actor, space, today)
    rules.ready_to_plan(
        kind=call.kind,
        kinds=rules.kinds_of(head.programme),
        purpose=call.purpose,
        starts_at=call.starts_at,
        length=call.length,
        about=call.about,
        family=head.names.keys(),
        today=today,
    ).or_refuse()
    made = Meeting.objects.create(
        item_id=ground.new_item(actor, space, "meeting", Category.EVERYDAY, call.about),
        space_id=space,
        kind=call.kind,
        starts_at=call.starts_at,
        length=call.length,
        purpose=call.purpose.strip(),
        called_by_id=ground.post_of(actor),
    )
    _write_place(actor, made, call)
    _write_guests(actor, head, made, call.about, guests)
    usual_points(actor, made, call.about)
    people = ground.names(call.about)
    note_fact(
        actor=actor,
        space=space,
        kind="meeting.planned",
        on=min(today, day_of(call.starts_at)),
        today=today,
        attributes={
            "meeting": str(made.pk),
            "kind": call.kind,
            "people": people,
            "takes_place_on": day_of(call.starts_at).isoformat(),
        },
    )
    ground.tell(actor, head, {one.post for one in guests}, made.pk, now)
    return made


@transaction.atomic
def invite(
    *, actor: Actor, space: UUID, meeting: UUID, guests: Sequence[Guest], today: date, now: datetime
) -> list[Invitation]:
    """Ask more people to a meeting that is ahead. Raises NotAllowed; Refused where one is asked twice."""
    ground.enter(actor, space, Permission.MEETING_ARRANGE)
    row, head = ground.row_of(actor, space, meeting), ground.head_of(actor, space, today)
    rules.still_ahead(row.state).or_refuse()
    made = _write_guests(
        actor, head, row.meeting, row.subjects, guests, already=[one.guest for one in row.guests]
    )
    ground.sign(actor, "meeting.invited", row)
    ground.tell(actor, head, {one.post for one in guests}, row.pk, now)
    return made


@transaction.atomic
def reply_to(
    *,
    actor: Actor,
    space: UUID,
    meeting: UUID,
    invitation: UUID,
    answer: ReplyAnswer,
    words: str,
    today: date,
) -> Reply:
    """Write down what somebody answers: the own answer, or that of the family one has spoken with.

    Raises NotAllowed for a colleague's invitation, Refused where the meeting is over.
    """
    ground.enter(actor, space, Permission.MEETING_TAKE_PART)
    row = ground.row_of(actor, space, meeting)
    guest = next((one for one in row.guests if one.pk == invitation), None)
    if guest is None:
        raise Refused(_("Nobody here is invited like that."))
    if guest.invitation.post_id not in (None, actor.membership_id):
        raise NotAllowed(_("Your colleague answers for themselves."))
    rules.still_ahead(row.state).or_refuse()
    if answer == ReplyAnswer.OTHER and not words.strip():
        raise Refused(_("Write what would be better."))
    item = guest.invitation.item
    made = Reply.objects.create(
        item_id=ground.new_item(actor, space, "reply", item.category, item.subjects),
        space_id=space,
        meeting_id=meeting,
        invitation_id=invitation,
        answer=answer,
        words=words.strip(),
        on=today,
        noted_by_id=ground.post_of(actor),
    )
    ground.sign(actor, "meeting.answered", row)
    return made


@transaction.atomic
def move_meeting(
    *,
    actor: Actor,
    space: UUID,
    meeting: UUID,
    starts_at: datetime,
    length: int,
    reason: str,
    today: date,
    now: datetime,
) -> MeetingMove:
    """Give a meeting another time, with the reason. Raises NotAllowed, Refused where it is over."""
    ground.enter(actor, space, Permission.MEETING_ARRANGE)
    row, head = ground.row_of(actor, space, meeting), ground.head_of(actor, space, today)
    rules.still_ahead(row.state).or_refuse()
    rules.possible_time(starts_at, length, today=today).or_refuse()
    rules.with_reason(reason).or_refuse()
    if (starts_at, length) == (row.starts_at, row.length):
        raise Refused(_("It is at that time already."))
    made = MeetingMove.objects.create(
        item_id=ground.like(actor, row, "meeting-move"),
        space_id=space,
        meeting_id=meeting,
        starts_at=starts_at,
        length=length,
        reason=reason.strip(),
    )
    note_fact(
        actor=actor,
        space=space,
        kind="meeting.planned",
        on=min(today, day_of(starts_at)),
        today=today,
        attributes={
            "meeting": str(row.pk),
            "kind": row.kind,
            "people": ground.names(row.subjects),
            "takes_place_on": day_of(starts_at).isoformat(),
        },
    )
    ground.tell(actor, head, ground.posts_in(row), row.pk, now)
    return made


@transaction.atomic
def cancel_meeting(
    *, actor: Actor, space: UUID, meeting: UUID, reason: str, today: date, now: datetime
) -> MeetingEnd:
    """Call a meeting off, with the reason. Raises NotAllowed, Refused where it is over."""
    ground.enter(actor, space, Permission.MEETING_ARRANGE)
    row, head = ground.row_of(actor, space, meeting), ground.head_of(actor, space, today)
    rules.still_ahead(row.state).or_refuse()
    rules.with_reason(reason).or_refuse()
    made = MeetingEnd.objects.create(
        item_id=ground.like(actor, row, "meeting-end"),
        space_id=space,
        meeting_id=meeting,
        outcome=MeetingEnd.Outcome.CANCELLED,
        on=today,
        noted_on=today,
        reason=reason.strip(),
    )
    people = ground.names(row.subjects)
    attributes = {"meeting": str(row.pk), "kind": row.kind, "people": people, "reason": str(made.pk)}
    note_fact(
        actor=actor, space=space, kind="meeting.cancelled", on=today, today=today, attributes=attributes
    )
    ground.tell(actor, head, ground.posts_in(row), row.pk, now)
    return made


def _write_place(actor: Actor, meeting: Meeting, call: Call) -> None:
    """Where it is: seen as an address is, where it tells where somebody protected is."""
    place = call.place
    is_secret = bool(place.text.strip()) and (
        place.is_secret or bool(queries.protected_people(actor, call.about))
    )
    category = Category.WHEREABOUTS if is_secret else Category.EVERYDAY
    if is_secret and not access.held_in_team(actor, meeting.space_id) & Category.WHEREABOUTS:
        raise Refused(_("You do not work with addresses here. Leave the place out: a colleague writes it."))
    MeetingPlace.objects.create(
        item_id=ground.new_item(actor, meeting.space_id, "meeting-place", category, call.about),
        space_id=meeting.space_id,
        meeting=meeting,
        code=place.code,
        text=place.text.strip(),
    )


def _write_guests(
    actor: Actor,
    head: CourseHead,
    meeting: Meeting,
    about: Iterable[UUID],
    guests: Sequence[Guest],
    already: Sequence[Guest] = (),
) -> list[Invitation]:
    """An invitation of somebody in the family is about that person, every other about whom the meeting is."""
    posts = {one.membership_id for one in head.participants}
    made: list[Invitation] = []
    for place, guest in enumerate(guests):
        before = [*already, *guests[:place]]
        rules.ready_to_invite(guest, already=before, family=head.names.keys(), posts=posts).or_refuse()
        subjects = [guest.person] if guest.person else about
        invitation = Invitation.objects.create(
            item_id=ground.new_item(actor, meeting.space_id, "invitation", Category.EVERYDAY, subjects),
            space_id=meeting.space_id,
            meeting=meeting,
            post_id=guest.post,
            person_id=guest.person,
            name=guest.name.strip(),
        )
        made.append(invitation)
    return made
