"""The shared screen: only what everybody in the room may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.meetings.models import Presence
from samspil.collaboration.meetings.presenters.agenda import PointLine, point_line
from samspil.collaboration.meetings.presenters.names import TIME, Names, names_in, when
from samspil.collaboration.meetings.presenters.tasks import TaskLine, task_places
from samspil.collaboration.meetings.queries import MeetingRow, PointRow, Room, WholeMeeting


@dataclass(frozen=True, slots=True)
class Screen:
    """The shared screen at one point: only what everybody in the room may see."""

    points: tuple[PointLine, ...]
    current: PointLine | None
    """None where not everybody in the room may see the agenda."""
    before: PointLine | None
    after: PointLine | None
    there: tuple[tuple[str, str, str], ...]
    """Mark, name and a note of each who takes part, or has said no."""
    tasks: tuple[TaskLine, ...]
    clock: str

    @property
    def done(self) -> tuple[PointLine, ...]:
        return self.points[: self.current.number - 1] if self.current else ()


def screen_of(
    whole: WholeMeeting, head: CourseHead, room: Room, current: UUID | None, now: datetime, today: date
) -> Screen:
    """The shared screen. What not everybody in the room may see is not there, and leaves no trace."""
    names = names_in(head)
    seen = [one for one in whole.points if room.all_see(one.point.item)]
    points = [_without_hidden_words(one, room) for one in seen]
    lines = [point_line(one, number, names, None, today) for number, one in enumerate(points, 1)]
    here = next((one for one in lines if one.thread == current), lines[0] if lines else None)
    place = here.number - 1 if here else 0
    return Screen(
        points=tuple(lines),
        current=here,
        before=lines[place - 1] if place else None,
        after=lines[place + 1] if place + 1 < len(lines) else None,
        there=tuple(_there(whole.row, names, room)),
        tasks=tuple(task_places(whole, names, room, head, today)),
        clock=_clock(whole, now),
    )


def _without_hidden_words(one: PointRow, room: Room) -> PointRow:
    view = one.view if one.view and room.all_see(one.view.item) else None
    made = tuple(decision for decision in one.decisions if room.all_see(decision.item))
    return PointRow(one.point, view, made)


def _there(row: MeetingRow, names: Names, room: Room) -> Iterable[tuple[str, str, str]]:
    """Everybody sees who sits in the room; who is away is named only where all may know."""
    for one in row.guests:
        if one.is_expected:
            note = _("on the phone or video") if one.presence == Presence.REMOTE else ""
            yield "done" if one.presence else "waiting", names.first(one.guest), note
        elif room.all_see(one.invitation.item):
            yield "excused", names.first(one.guest), _("not here")


def _clock(whole: WholeMeeting, now: datetime) -> str:
    row = whole.row
    day = date_format(localtime(row.starts_at), "j. N")
    if whole.sitting is None:
        return when(row)
    began = whole.sitting.began_at
    gone = int((now - began).total_seconds() // 60)
    said = {"date": day, "time": date_format(localtime(began), TIME), "gone": gone, "length": row.length}
    if gone > row.length:
        return _("%(date)s · began %(time)s · planned for %(length)d minutes") % said
    return _("%(date)s · began %(time)s · %(gone)d of %(length)d minutes gone") % said
