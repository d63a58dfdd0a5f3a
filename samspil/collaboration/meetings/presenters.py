"""Meetings as pages show them: names, times, states in words, and what all in the room may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.courses.presenters import course_name, names_of
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.families.rules.ages import age_on
from samspil.collaboration.journal.models import ChildView
from samspil.collaboration.meetings import rules
from samspil.collaboration.meetings.models import Decision, MeetingEnd, Point, Presence, ReplyAnswer
from samspil.collaboration.meetings.queries import (
    Ahead,
    Candidate,
    GuestRow,
    MeetingRow,
    Missing,
    PointRow,
    Room,
    TaskRow,
    WholeMeeting,
)
from samspil.collaboration.meetings.rules import Guest
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.kernel.clock import day_of

DAY, TIME = "D j. b", "H.i"
ANSWERS = {
    ReplyAnswer.COMING: "done",
    ReplyAnswer.OTHER: "unknown",
    ReplyAnswer.NOT_COMING: "refused",
}
PRESENCES = {Presence.HERE: "done", Presence.REMOTE: "done", Presence.ABSENT: "excused"}
STATES = {"open": "open", "due": "soon", "late": "late"}


@dataclass(frozen=True, slots=True)
class Names:
    """What everybody is called in one course."""

    people: dict[UUID, CoursePerson]
    posts: dict[UUID, tuple[str, str]]
    """The name, and where they work."""

    def of(self, guest: Guest) -> str:
        if guest.name:
            return guest.name
        if guest.post:
            return self.posts.get(guest.post, (_("A colleague"), ""))[0]
        return self.person(guest.person)

    def person(self, key: UUID | None) -> str:
        found = self.people.get(key) if key else None
        return found.name if found and found.name else _("Somebody in the family")

    def first(self, guest: Guest) -> str:
        """The first name; all of what the family calls somebody of its network."""
        return guest.name or self.of(guest).split()[0]

    def note(self, guest: Guest, today: date) -> str:
        if guest.post:
            return self.posts.get(guest.post, ("", ""))[1]
        if guest.name:
            return _("the family's network")
        found = self.people.get(guest.person) if guest.person else None
        if found is None or found.born is None or not rules.is_child(found.born, today):
            return _("the family")
        return _("%(age)d years") % {"age": age_on(found.born, today)}


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting in a list."""

    pk: UUID
    space: UUID
    title: str
    when: str
    note: str
    kind: str
    state: str
    family: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A step that asks for a meeting: when, why, and the meeting that is planned for it already."""

    kind: str
    mark: str
    state: str
    title: str
    why: str
    step: str
    planned: UUID | None
    planned_when: str


@dataclass(frozen=True, slots=True)
class GuestLine:
    """Somebody who is invited."""

    pk: UUID
    name: str
    note: str
    mark: str
    state: str
    words: str
    may_answer: bool
    is_me: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Words on paper, and whose they are."""

    words: str
    by: str


@dataclass(frozen=True, slots=True)
class PointLine:
    """A point of the agenda."""

    thread: UUID
    number: int
    title: str
    note: str
    said: Said | None
    agreed: tuple[Decision, ...]
    disagreed: tuple[Decision, ...]
    all_see: bool
    """The point and its words may stand on a screen that everybody in the room looks at."""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One adult's one task, or the place for it."""

    name: str
    what: str
    due: str
    empty: str
    invitation: UUID | None


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


def title_of(programme: Programme, kind: str) -> str:
    """What the model calls a meeting of this kind."""
    kinds = rules.kinds_of(programme)
    return kinds.get(kind, kinds[rules.OTHER]).said(get_language() or "da")


def names_in(head: CourseHead) -> Names:
    return Names(
        {one.subject_id: one for one in head.people},
        {one.membership_id: (one.membership.staff.name, one.unit.name) for one in head.participants},
    )


def when(row: MeetingRow) -> str:
    """»Thu 26 Nov · 14.30–15.30«."""
    starts, ends = localtime(row.starts_at), localtime(row.ends_at)
    return f"{date_format(starts, DAY)} · {date_format(starts, TIME)}–{date_format(ends, TIME)}"


def day_words(day: date) -> str:
    return date_format(day, DAY)


def ahead_lines(rows: Iterable[MeetingRow], programme: Programme, today: date) -> list[Line]:
    """The meetings that are not over."""
    return [_ahead_line(row, programme, today) for row in rows if row.is_ahead]


def own_lines(found: Iterable[Ahead], today: date) -> list[Line]:
    """The actor's meetings in all courses."""
    return [_ahead_line(one.row, one.programme, today, names_of(one.names)) for one in found]


def _ahead_line(row: MeetingRow, programme: Programme, today: date, family: str = "") -> Line:
    mark, state = _nearness(row.day, today)
    return Line(
        pk=row.pk,
        space=row.space,
        title=title_of(programme, row.kind),
        when=when(row),
        note=_answers(row) if row.day >= today else _("Write down whether it was held."),
        kind=mark,
        state=state,
        family=family,
    )


def held_lines(rows: Iterable[MeetingRow], programme: Programme) -> list[Line]:
    """The meetings that were held, newest first."""
    return [
        Line(
            pk=row.pk,
            space=row.space,
            title=title_of(programme, row.kind),
            when=day_words(row.day),
            note=_minutes_note(row),
            kind="done",
            state=_("Held"),
        )
        for row in sorted(rows, key=lambda one: (one.day, one.pk), reverse=True)
        if row.state == MeetingEnd.Outcome.HELD
    ]


def cancelled_lines(rows: Iterable[MeetingRow], programme: Programme) -> list[Line]:
    """The meetings that were called off, with the reason."""
    return [
        Line(
            pk=row.pk,
            space=row.space,
            title=title_of(programme, row.kind),
            when=when(row),
            note=row.end.reason if row.end else "",
            kind="excused",
            state=_("Called off"),
        )
        for row in rows
        if row.state == MeetingEnd.Outcome.CANCELLED
    ]


def asked_for(found: Iterable[Candidate], rows: Sequence[MeetingRow], today: date) -> list[Asked]:
    """The steps that ask for a meeting, each with the one that is planned for it."""
    language = get_language() or "da"
    ahead = {row.kind: row for row in reversed(rows) if row.is_ahead}
    shown = []
    for one in found:
        due = one.occurrence.due
        day = day_of(due) if isinstance(due, datetime) else due
        planned = ahead.get(one.kind)
        shown.append(
            Asked(
                kind=one.kind,
                mark=STATES.get(one.occurrence.state.value, "open"),
                state=_("Due %(date)s") % {"date": date_format(day, "j. b")} if day else _("Open now"),
                title=one.occurrence.rule.title.said(language),
                why=one.occurrence.why.said(language),
                step=one.occurrence.step,
                planned=planned.pk if planned else None,
                planned_when=when(planned) if planned else "",
            )
        )
    return shown


def guest_lines(row: MeetingRow, names: Names, today: date, own: UUID | None) -> list[GuestLine]:
    """Who is invited: the family first."""
    order = sorted(row.guests, key=lambda one: (one.guest.post is not None, not one.guest.person))
    return [_guest_line(one, names, today, own, is_ahead=row.is_ahead) for one in order]


def _guest_line(one: GuestRow, names: Names, today: date, own: UUID | None, *, is_ahead: bool) -> GuestLine:
    guest, reply = one.guest, one.reply
    mark, state, words = "waiting", _("Has not answered"), ""
    if reply:
        mark = ANSWERS[ReplyAnswer(reply.answer)]
        state, words = reply.get_answer_display(), reply.words
    if one.presence:
        mark, state = PRESENCES[Presence(one.presence)], str(Presence(one.presence).label)
    return GuestLine(
        pk=one.pk,
        name=names.of(guest),
        note=names.note(guest, today),
        mark=mark,
        state=state,
        words=words,
        may_answer=is_ahead and guest.post in (None, own),
        is_me=guest.post is not None and guest.post == own,
    )


def point_lines(points: Iterable[PointRow], names: Names, room: Room | None, today: date) -> list[PointLine]:
    """The agenda; with a room, it is known what everybody in it may see."""
    return [_point_line(one, number, names, room, today) for number, one in enumerate(points, 1)]


def _point_line(one: PointRow, number: int, names: Names, room: Room | None, today: date) -> PointLine:
    point = one.point
    items = [point.item, *([one.view.item] if one.view else [])]
    return PointLine(
        thread=one.thread,
        number=number,
        title=point.title,
        note=_point_note(point, names),
        said=_said(one, names, today),
        agreed=tuple(made for made in one.decisions if made.is_agreed),
        disagreed=tuple(made for made in one.decisions if not made.is_agreed),
        all_see=room is None or all(room.all_see(item) for item in items),
    )


def _point_note(point: Point, names: Names) -> str:
    wished = Guest(post=point.wished_post_id, person=point.wished_person_id)
    parts = []
    if wished.post or wished.person:
        parts.append(_("chosen by %(name)s") % {"name": names.first(wished)})
    if point.length:
        parts.append(_("%(minutes)d min.") % {"minutes": point.length})
    return " · ".join(parts)


def _said(one: PointRow, names: Names, today: date) -> Said | None:
    if one.view:
        return Said(one.view.words, _voice(one.view, names, today))
    if one.point.words:
        return Said(one.point.words, names.person(one.point.said_by_id))
    return None


def _voice(view: ChildView, names: Names, today: date) -> str:
    """»Alma, 9 years. Written down by Lone on 23 November, and has said yes to that you see it.«"""
    person = names.people.get(view.person_id)
    first = names.first(Guest(person=view.person_id))
    said = {"name": first, "writer": view.by.staff.name.split()[0], "date": date_format(view.on, "j. F")}
    if person is None or person.born is None:
        return _("%(name)s. Written down by %(writer)s on %(date)s. Has said yes to showing it here.") % said
    said["age"] = str(age_on(person.born, today))
    return (
        _("%(name)s, %(age)s years. Written down by %(writer)s on %(date)s. Has said yes to showing it here.")
        % said
    )


def missing_lines(missing: Missing, names: Names) -> list[str]:
    """What is missing before a meeting, in plain sentences."""
    lines = [
        _("%(name)s has not been heard yet.") % {"name": names.first(Guest(person=one.subject_id))}
        for one in missing.unheard
    ]
    blind = [
        _("%(unit)s cannot see the meeting yet: a consent or a legal basis is missing.") % {"unit": unit.name}
        for unit in missing.blind
    ]
    return [*lines, *blind]


def screen_of(
    whole: WholeMeeting, head: CourseHead, room: Room, current: UUID | None, now: datetime, today: date
) -> Screen:
    """The shared screen. What not everybody in the room may see is not there, and leaves no trace."""
    names = names_in(head)
    seen = [one for one in whole.points if room.all_see(one.point.item)]
    points = [_without_hidden_words(one, room) for one in seen]
    lines = [_point_line(one, number, names, None, today) for number, one in enumerate(points, 1)]
    here = next((one for one in lines if one.thread == current), lines[0] if lines else None)
    place = here.number - 1 if here else 0
    return Screen(
        points=tuple(lines),
        current=here,
        before=lines[place - 1] if place else None,
        after=lines[place + 1] if place + 1 < len(lines) else None,
        there=tuple(_there(whole.row, names, room)),
        tasks=tuple(_task_places(whole, names, room, head, today)),
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


def _task_places(
    whole: WholeMeeting, names: Names, room: Room, head: CourseHead, today: date
) -> Iterable[TaskLine]:
    """One place for each adult who is there; children have none unless they took a task themselves."""
    for one in whole.row.guests:
        guest, task = one.guest, whole.task_of(one.guest)
        if task and room.all_see(task.agreement.item):
            yield _task_line(task, names.first(guest), today)
        elif guest.name or not one.is_expected or task or _is_child(head, guest.person, today):
            continue
        else:
            empty = _("No task yet") if guest.post else _("No task. That is all right, too.")
            yield TaskLine(names.first(guest), "", "", empty, one.pk)


def _task_line(task: TaskRow, name: str, today: date) -> TaskLine:
    due = task.agreement.due_on
    return TaskLine(name, task.agreement.what, _("today") if due == today else day_words(due), "", None)


def task_lines(whole: WholeMeeting, names: Names, today: date) -> list[TaskLine]:
    """What was taken on at a meeting, as the reader sees it."""
    return [
        _task_line(one, names.of(Guest(one.agreement.post_id, one.agreement.person_id)), today)
        for one in whole.tasks
    ]


def heading(head: CourseHead, row: MeetingRow) -> str:
    """»Status meeting · The Lund family«."""
    return f"{title_of(head.programme, row.kind)} · {course_name(head.people)}"


def _clock(whole: WholeMeeting, now: datetime) -> str:
    row = whole.row
    day = date_format(localtime(row.starts_at), "j. b")
    if whole.sitting is None:
        return when(row)
    began = whole.sitting.began_at
    gone = int((now - began).total_seconds() // 60)
    said = {"date": day, "time": date_format(localtime(began), TIME), "gone": gone, "length": row.length}
    if gone > row.length:
        return _("%(date)s · began %(time)s · planned for %(length)d minutes") % said
    return _("%(date)s · began %(time)s · %(gone)d of %(length)d minutes gone") % said


def _is_child(head: CourseHead, person: UUID | None, day: date) -> bool:
    return any(one.subject_id == person and rules.is_child(one.born, day) for one in head.people)


def _nearness(day: date, today: date) -> tuple[str, str]:
    days = (day - today).days
    if days < 0:
        late = ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}
        return "late", late
    if days == 0:
        return "soon", _("Today")
    if days == 1:
        return "soon", _("Tomorrow")
    return "open", ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


def _answers(row: MeetingRow) -> str:
    coming = sum(1 for one in row.guests if one.reply and one.reply.answer == ReplyAnswer.COMING)
    silent = sum(1 for one in row.guests if one.reply is None)
    parts = [_("%(count)d are coming") % {"count": coming}]
    if silent:
        parts.append(_("%(count)d have not answered") % {"count": silent})
    return " · ".join(parts)


def _minutes_note(row: MeetingRow) -> str:
    if row.minutes is None:
        return _("The minutes are not shared yet.")
    shared = {"date": date_format(localtime(row.minutes.shared_at), "j. b")}
    if row.minutes.version > 1:
        return _("Minutes amended %(date)s") % shared
    return _("Minutes shared %(date)s") % shared


def late_note(row: MeetingRow) -> str:
    """A meeting that was written down on a later day says so."""
    if row.end is None or row.end.on == row.end.noted_on:
        return ""
    return _("Written down on %(date)s, later than it was held. The day it was held counts.") % {
        "date": day_words(row.end.noted_on)
    }
