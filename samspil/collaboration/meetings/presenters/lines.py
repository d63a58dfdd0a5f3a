"""Meetings in a list: when, where, who comes, how far it is, and the one act it asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from samspil.collaboration.courses.presenters import names_of
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.meetings.models import MeetingEnd, Presence, ReplyAnswer
from samspil.collaboration.meetings.presenters.names import (
    Names,
    day_words,
    family_first,
    listed,
    names_at,
    title_of,
    when,
)
from samspil.collaboration.meetings.queries import Ahead, Candidate, GuestRow, MeetingRow
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.sharing import Category

STATES = {"open": "open", "due": "soon", "late": "late"}


@dataclass(frozen=True, slots=True)
class Answered:
    """Those who gave the same answer, or none."""

    mark: str
    word: str
    names: str


@dataclass(frozen=True, slots=True)
class Act:
    """The one thing a meeting in a list asks for."""

    word: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting in a list."""

    pk: UUID
    space: UUID
    title: str
    when: str
    place: str
    note: str
    kind: str
    state: str
    answered: tuple[Answered, ...] = ()
    act: Act | None = None
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


def ahead_lines(
    rows: Iterable[MeetingRow], head: CourseHead, today: date, *, may_arrange: bool
) -> list[Line]:
    """The meetings that are not over."""
    people = {one.subject_id: one for one in head.people}
    return [
        _ahead_line(row, head.programme, names_at(people, row), today, may_arrange=may_arrange)
        for row in rows
        if row.is_ahead
    ]


def own_lines(found: Iterable[Ahead], today: date) -> list[Line]:
    """The actor's meetings in all courses."""
    return [
        _ahead_line(
            one.row,
            one.programme,
            names_at(one.people, one.row),
            today,
            may_arrange=True,
            family=names_of(person.name for person in one.people.values()),
        )
        for one in found
    ]


def _ahead_line(
    row: MeetingRow, programme: Programme, names: Names, today: date, *, may_arrange: bool, family: str = ""
) -> Line:
    mark, state = _nearness(row.day, today)
    is_over = row.day < today
    return Line(
        pk=row.pk,
        space=row.space,
        title=title_of(programme, row.kind),
        when=when(row),
        place=place_words(row),
        note=_("Write down whether it was held.") if is_over else "",
        kind=mark,
        state=state,
        answered=() if is_over else tuple(_answered(row, names)),
        act=_act_ahead(row, is_over=is_over) if may_arrange else None,
        family=family,
    )


def _act_ahead(row: MeetingRow, *, is_over: bool) -> Act:
    if is_over:
        return Act(_("Write down how it went"), _url("close", row))
    return Act(_("Prepare the meeting"), _url("meeting", row))


def _url(name: str, row: MeetingRow) -> str:
    return reverse(f"meetings:{name}", args=[row.space, row.pk])


def place_words(row: MeetingRow) -> str:
    """Where it is; nothing where that tells where somebody protected is: that stands on a page of its own."""
    place = row.place
    if place is None or place.item.category == Category.WHEREABOUTS:
        return ""
    return place.text or str(place.get_code_display())


def held_lines(rows: Iterable[MeetingRow], head: CourseHead, *, may_arrange: bool) -> list[Line]:
    """The meetings that were held, newest first."""
    people = {one.subject_id: one for one in head.people}
    return [
        Line(
            pk=row.pk,
            space=row.space,
            title=title_of(head.programme, row.kind),
            when=day_words(row.day),
            place=place_words(row),
            note=_minutes_note(row),
            kind="done",
            state=_("Held"),
            answered=tuple(_came(row, names_at(people, row))),
            act=_act_held(row, may_arrange=may_arrange),
        )
        for row in sorted(rows, key=lambda one: (one.day, one.pk), reverse=True)
        if row.state == MeetingEnd.Outcome.HELD
    ]


def _act_held(row: MeetingRow, *, may_arrange: bool) -> Act | None:
    if row.minutes:
        return Act(_("Read the minutes"), _url("minutes", row))
    return Act(_("Write the minutes"), _url("share", row)) if may_arrange else None


def cancelled_lines(rows: Iterable[MeetingRow], programme: Programme) -> list[Line]:
    """The meetings that were called off, with the reason."""
    return [
        Line(
            pk=row.pk,
            space=row.space,
            title=title_of(programme, row.kind),
            when=when(row),
            place="",
            note=row.end.reason if row.end else "",
            kind="excused",
            state=_("Called off"),
        )
        for row in rows
        if row.state == MeetingEnd.Outcome.CANCELLED
    ]


def asked_for(found: Iterable[Candidate], rows: Sequence[MeetingRow], today: date) -> list[Asked]:
    """The steps that ask for a meeting, each with the one that is planned for it."""
    language = current_language()
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
                state=_("Due %(date)s") % {"date": date_format(day, "j. N")} if day else _("Open now"),
                title=one.occurrence.rule.title.said(language),
                why=one.occurrence.why.said(language),
                step=one.occurrence.step,
                planned=planned.pk if planned else None,
                planned_when=when(planned) if planned else "",
            )
        )
    return shown


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


ANSWERED = {
    ReplyAnswer.COMING: ("done", _lazy("Is coming")),
    ReplyAnswer.OTHER: ("unknown", _lazy("Would like another time or place")),
    ReplyAnswer.NOT_COMING: ("refused", _lazy("Is not coming")),
    "": ("waiting", _lazy("Has not answered")),
}


def _answered(row: MeetingRow, names: Names) -> Iterable[Answered]:
    """Who is coming, who is not, and who has not answered: the family first."""
    for answer, (mark, word) in ANSWERED.items():
        said = [names.first(one.guest) for one in family_first(row.guests) if _answer(one) == answer]
        if said:
            yield Answered(mark, str(word), listed(said))


def _answer(one: GuestRow) -> str:
    return one.reply.answer if one.reply else ""


def _came(row: MeetingRow, names: Names) -> Iterable[Answered]:
    """Who was there."""
    came = [
        names.first(one.guest)
        for one in family_first(row.guests)
        if one.presence and one.presence != Presence.ABSENT
    ]
    if came:
        yield Answered("done", _("Was there"), listed(came))


def _minutes_note(row: MeetingRow) -> str:
    if row.minutes is None:
        return _("The minutes are not shared yet.")
    shared = {"date": date_format(localtime(row.minutes.shared_at), "j. N")}
    if row.minutes.version > 1:
        return _("Minutes amended %(date)s") % shared
    return _("Minutes shared %(date)s") % shared
