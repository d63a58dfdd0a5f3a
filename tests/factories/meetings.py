"""Meetings for tests, through the actions; Anna calls them where nobody else is named."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from samspil.collaboration.meetings import actions, queries
from samspil.collaboration.meetings.actions import Call, Place
from samspil.collaboration.meetings.models import Meeting, Minutes, Presence
from samspil.collaboration.meetings.queries import MeetingRow, WholeMeeting
from samspil.collaboration.meetings.rules import Guest, PointText
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from tests.factories.access import acting
from tests.factories.courses import TODAY, ACourse

NETWORK = "Farmor Inge"


def at(day: date, hour: int = 14) -> datetime:
    """An hour of a day in Denmark."""
    return datetime.combine(day, time(hour, 30), tzinfo=clock.COPENHAGEN)


def a_meeting(
    course: ACourse,
    kind: str = "kickoff",
    *others: Actor,
    by: Actor | None = None,
    on: date | None = None,
    place: Place | None = None,
    about: frozenset[UUID] = frozenset(),
    guests: tuple[Guest, ...] | None = None,
) -> Meeting:
    """A meeting in a week about Alma, with Anna, father, Alma, grandmother, and others of the team."""
    actor = by or course.anna
    family = (Guest(person=course.father), Guest(person=course.alma), Guest(name=NETWORK))
    staff = tuple(Guest(post=one.membership_id) for one in (course.anna, *others))
    call = Call(
        kind=kind,
        purpose="Vi taler om, hvad I vil nå.",
        starts_at=at(on or TODAY + timedelta(days=7)),
        length=60,
        about=about or frozenset({course.alma}),
        place=place or Place(text="Rådhuset, lokale 3"),
    )
    with acting(actor):
        return actions.plan_meeting(
            actor=actor,
            space=course.space,
            call=call,
            guests=staff + family if guests is None else guests,
            today=TODAY,
            now=clock.now(),
        )


def the_row(course: ACourse, meeting: Meeting, actor: Actor | None = None) -> MeetingRow:
    """A meeting as somebody (Anna) sees it."""
    return the_whole(course, meeting, actor).row


def the_whole(course: ACourse, meeting: Meeting, actor: Actor | None = None) -> WholeMeeting:
    """A meeting with all that belongs to it, as somebody (Anna) sees it."""
    reader = actor or course.anna
    with acting(reader):
        found = queries.whole_meeting(reader, course.space, meeting.pk)
    assert found is not None
    return found


def the_invitation(course: ACourse, meeting: Meeting, guest: Guest) -> UUID:
    """The invitation of one of those invited, as Anna sees it."""
    return next(one.pk for one in the_row(course, meeting).guests if one.guest == guest)


def everybody(course: ACourse, meeting: Meeting, presence: Presence = Presence.HERE) -> dict[UUID, Presence]:
    """All that Anna sees invited came."""
    return {one.pk: presence for one in the_row(course, meeting).guests}


def a_point(course: ACourse, meeting: Meeting, title: str = "Når far får det dårligt", **fields: Any) -> UUID:
    """A point on the agenda; its thread."""
    with acting(course.anna):
        point = actions.add_point(
            actor=course.anna,
            space=course.space,
            meeting=meeting.pk,
            text=PointText(title, **fields),
            today=TODAY,
        )
    return point.thread


def held(course: ACourse, meeting: Meeting, on: date = TODAY) -> None:
    """The meeting was held, and everybody came."""
    came = everybody(course, meeting)
    with acting(course.anna):
        actions.close_meeting(
            actor=course.anna, space=course.space, meeting=meeting.pk, held_on=on, presence=came, today=TODAY
        )


def shared(course: ACourse, meeting: Meeting, text: str = "Vi blev enige om tre ting.") -> Minutes:
    """The minutes are shared."""
    with acting(course.anna):
        return actions.share_minutes(
            actor=course.anna,
            space=course.space,
            meeting=meeting.pk,
            text=text,
            today=TODAY,
            now=clock.now(),
        )
