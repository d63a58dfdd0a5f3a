"""The meetings of a course, and one of them with all that belongs to it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from samspil.collaboration.families.queries import person_records
from samspil.collaboration.journal.models import ChildView, ShowAnswer
from samspil.collaboration.meetings.models import (
    Attendance,
    Decision,
    Invitation,
    Meeting,
    MeetingEnd,
    MeetingMove,
    MeetingPlace,
    Minutes,
    Point,
    Presence,
    ReadReceipt,
    Reply,
    ReplyAnswer,
    Sitting,
)
from samspil.collaboration.meetings.rules import Guest
from samspil.collaboration.plans.models import Agreement, AgreementEnd
from samspil.foundation.access import sight
from samspil.foundation.access.models import ItemBacked
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.sharing import Category

PLANNED = "planned"
Row = TypeVar("Row", bound=ItemBacked)


@dataclass(frozen=True, slots=True)
class GuestRow:
    """Somebody who is invited, what they answered, and whether they came."""

    invitation: Invitation
    reply: Reply | None
    presence: str
    """Empty where nobody has written it down."""

    @property
    def pk(self) -> UUID:
        return self.invitation.item_id

    @property
    def guest(self) -> Guest:
        return Guest(self.invitation.post_id, self.invitation.person_id, self.invitation.name)

    @property
    def is_expected(self) -> bool:
        """Was there, or has not said no."""
        if self.presence:
            return self.presence != Presence.ABSENT
        return self.reply is None or self.reply.answer != ReplyAnswer.NOT_COMING


@dataclass(frozen=True, slots=True)
class Standing:
    """What everybody in the course may know of a meeting: its time and how it ended, whoever wrote it."""

    outcome: str
    """Empty while it is ahead."""
    on: date | None
    starts_at: datetime
    length: int


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting as it stands: when, where, who, and how it ended."""

    meeting: Meeting
    standing: Standing
    place: MeetingPlace | None
    moves: tuple[MeetingMove, ...]
    """Newest first."""
    end: MeetingEnd | None
    """As far as the actor may read what was written about it."""
    guests: tuple[GuestRow, ...]
    versions: tuple[Minutes, ...]
    """Of the minutes, newest first."""

    @property
    def pk(self) -> UUID:
        return self.meeting.item_id

    @property
    def space(self) -> UUID:
        return self.meeting.space_id

    @property
    def kind(self) -> str:
        return self.meeting.kind

    @property
    def subjects(self) -> tuple[UUID, ...]:
        """Whom it is about."""
        return tuple(self.meeting.item.subjects)

    @property
    def category(self) -> Category:
        return Category(self.meeting.item.category)

    @property
    def starts_at(self) -> datetime:
        return self.standing.starts_at

    @property
    def length(self) -> int:
        return self.standing.length

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.length)

    @property
    def day(self) -> date:
        """The day it is planned for, or was held or called off."""
        on = self.standing.on
        return on if on and self.state == MeetingEnd.Outcome.HELD else day_of(self.starts_at)

    @property
    def state(self) -> str:
        """planned, held or cancelled."""
        return self.standing.outcome or PLANNED

    @property
    def is_ahead(self) -> bool:
        return not self.standing.outcome

    @property
    def minutes(self) -> Minutes | None:
        """The newest version."""
        return self.versions[0] if self.versions else None

    def own_guest(self, actor: Actor) -> GuestRow | None:
        """The actor's own invitation."""
        return next((one for one in self.guests if one.invitation.post_id == actor.membership_id), None)


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point of the agenda, the child's words it carries, and what was decided under it."""

    point: Point
    view: ChildView | None
    """Only where the child has said yes."""
    decisions: tuple[Decision, ...]

    @property
    def thread(self) -> UUID:
        return self.point.thread


@dataclass(frozen=True, slots=True)
class TaskRow:
    """What somebody took on at the meeting."""

    agreement: Agreement
    is_open: bool


@dataclass(frozen=True, slots=True)
class WholeMeeting:
    """One meeting with its agenda, decisions, tasks and minutes."""

    row: MeetingRow
    points: tuple[PointRow, ...]
    loose: tuple[Decision, ...]
    """Decisions under no point that the actor sees."""
    tasks: tuple[TaskRow, ...]
    sitting: Sitting | None
    read: int
    """How many of those invited have read the newest minutes."""
    is_read: bool
    """Has the actor?"""

    @property
    def place(self) -> MeetingPlace | None:
        """Where it is."""
        return self.row.place

    @property
    def readers(self) -> int:
        """How many of those invited can read minutes here."""
        return len({one.invitation.post_id for one in self.row.guests if one.invitation.post_id})

    def task_of(self, guest: Guest) -> TaskRow | None:
        """What one of those present took on and has not finished."""
        return next(
            (
                one
                for one in self.tasks
                if one.is_open
                and Guest(one.agreement.post_id, one.agreement.person_id, one.agreement.name) == guest
            ),
            None,
        )


def meetings_of(actor: Actor, space: UUID) -> list[MeetingRow]:
    """The meetings of a course, by the time they are planned for. Nine queries, however many meetings."""
    return rows_of(actor, Meeting.objects.filter(space=space), {"space": space})


def next_meeting(actor: Actor, space: UUID, today: date) -> MeetingRow | None:
    """The first meeting of a course that is still ahead, today's included. Nine queries."""
    ahead = (row for row in meetings_of(actor, space) if row.is_ahead and row.day >= today)
    return next(ahead, None)


def meeting_row(actor: Actor, space: UUID, pk: UUID) -> MeetingRow | None:
    """One meeting as it stands; None where the actor does not see it. At most nine queries."""
    rows = rows_of(actor, Meeting.objects.filter(space=space, pk=pk), {"meeting": pk})
    return rows[0] if rows else None


def rows_of(actor: Actor, meetings: "QuerySet[Meeting]", only: dict[str, Any]) -> list[MeetingRow]:
    """Meetings with what stands about them; `only` finds the rows about them. Nine queries."""
    found = list(sight.visible(meetings).select_related("item", "called_by__staff", "called_by__unit"))
    if not found:
        return []
    standing = _standing(found)
    places = _by_meeting(MeetingPlace.objects.filter(**only).select_related("item").order_by("-pk"))
    moves = _by_meeting(MeetingMove.objects.filter(**only).order_by("-pk"))
    ends = _by_meeting(MeetingEnd.objects.filter(**only).order_by("pk"))
    replies = _last(Reply.objects.filter(**only).select_related("noted_by__staff").order_by("pk"))
    presence = _last(Attendance.objects.filter(**only).order_by("pk"))
    versions = _by_meeting(Minutes.objects.filter(**only).select_related("shared_by__staff").order_by("-pk"))
    people = (
        Invitation.objects.filter(**only)
        .select_related("item", "post__staff", "post__unit__authority")
        .order_by("pk")
    )
    guests = _by_meeting(people)
    rows = [
        MeetingRow(
            meeting=one,
            standing=standing.get(one.pk) or _as_written(one, moves, ends),
            place=next(iter(places.get(one.pk, ())), None),
            moves=tuple(moves.get(one.pk, ())),
            end=next(iter(ends.get(one.pk, ())), None),
            guests=tuple(
                GuestRow(
                    guest, replies.get(guest.pk), presence[guest.pk].presence if guest.pk in presence else ""
                )
                for guest in guests.get(one.pk, ())
            ),
            versions=tuple(versions.get(one.pk, ())),
        )
        for one in found
    ]
    return sorted(rows, key=lambda row: (row.starts_at, row.pk))


def whole_meeting(actor: Actor, space: UUID, pk: UUID) -> WholeMeeting | None:
    """One meeting with all that belongs to it; None where the actor does not see it. At most 17 queries."""
    row = meeting_row(actor, space, pk)
    if row is None:
        return None
    decisions = list(sight.visible(Decision.objects.filter(meeting=pk)).order_by("pk"))
    points = _points(actor, pk, decisions)
    known = {one.thread for one in points}
    read = _read(row.minutes)
    return WholeMeeting(
        row=row,
        points=tuple(points),
        loose=tuple(one for one in decisions if one.point not in known),
        tasks=tuple(_tasks(space, pk)),
        sitting=sight.visible(Sitting.objects.filter(meeting=pk)).order_by("pk").first(),
        read=read,
        is_read=_is_read(actor, row.minutes),
    )


def protected_people(actor: Actor, subjects: Collection[UUID]) -> set[UUID]:
    """Those of them whose address is protected, as far as the own unit knows. One query."""
    records = person_records(actor).filter(subject__in=subjects, is_protected=True)
    return {record.subject_id for record in records}


def _points(actor: Actor, meeting: UUID, decisions: Iterable[Decision]) -> list[PointRow]:
    rows = sight.visible(Point.objects.filter(meeting=meeting)).order_by("pk")
    newest: dict[UUID, Point] = {one.thread: one for one in rows.select_related("item", "wished_post__staff")}
    standing = [one for one in newest.values() if not one.is_dropped]
    wanted = [one.view_id for one in standing if one.view_id]
    shown = ChildView.objects.filter(pk__in=wanted, answer=ShowAnswer.YES, superseded_by=None)
    views = {one.pk: one for one in sight.visible(shown).select_related("item", "by__staff")}
    return [
        PointRow(
            one,
            views.get(one.view_id) if one.view_id else None,
            tuple(made for made in decisions if made.point == one.thread),
        )
        for one in sorted(standing, key=lambda one: (one.position, one.thread))
    ]


def _tasks(space: UUID, meeting: UUID) -> Iterable[TaskRow]:
    rows = sight.visible(Agreement.objects.filter(space=space, meeting=meeting))
    made = list(rows.select_related("item", "post__staff", "post__unit").order_by("pk"))
    ended = AgreementEnd.objects.filter(agreement__in=[one.pk for one in made])
    closed = {one.agreement_id for one in sight.visible(ended)} if made else set()
    return [TaskRow(one, one.pk not in closed) for one in made]


def _standing(meetings: Iterable[Meeting]) -> dict[UUID, Standing]:
    """How meetings that the actor sees stand; nothing for who takes no part in the course. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT meeting, coalesce(outcome, ''), happened_on, starts_at, length"
            " FROM wall.meeting_standing(%s)",
            [[one.pk for one in meetings]],
        )
        return {row[0]: Standing(*row[1:]) for row in cursor.fetchall()}


def _as_written(
    one: Meeting, moves: dict[UUID, list[MeetingMove]], ends: dict[UUID, list[MeetingEnd]]
) -> Standing:
    """How a meeting stands by the rows that the actor sees."""
    time: Meeting | MeetingMove = next(iter(moves.get(one.pk, ())), one)
    end = next(iter(ends.get(one.pk, ())), None)
    return Standing(end.outcome if end else "", end.on if end else None, time.starts_at, time.length)


def _read(minutes: Minutes | None) -> int:
    """A number only: who has read it is nobody's but the reader's to know."""
    if minutes is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT readers FROM wall.minutes_read(%s)", [[minutes.pk]])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _is_read(actor: Actor, minutes: Minutes | None) -> bool:
    if minutes is None:
        return False
    own = ReadReceipt.objects.filter(minutes=minutes, post=actor.membership_id)
    return sight.visible(own).first() is not None


def _by_meeting(rows: "QuerySet[Row]") -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for row in sight.visible(rows):
        found.setdefault(row.meeting_id, []).append(row)  # type: ignore[attr-defined]
    return found


def _last(rows: "QuerySet[Row]") -> dict[UUID, Row]:
    """The newest row about each invitation; `rows` come in the order they were written."""
    return {row.invitation_id: row for row in sight.visible(rows)}  # type: ignore[attr-defined]
