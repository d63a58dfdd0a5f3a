"""The agenda: each point with the words it carries and what was decided under it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.collaboration.families.rules.ages import age_on
from samspil.collaboration.journal.models import ChildView
from samspil.collaboration.meetings.models import Decision, Point
from samspil.collaboration.meetings.presenters.names import Names
from samspil.collaboration.meetings.queries import PointRow, Room
from samspil.collaboration.meetings.rules import Guest


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


def point_lines(points: Iterable[PointRow], names: Names, room: Room | None, today: date) -> list[PointLine]:
    """The agenda; with a room, it is known what everybody in it may see."""
    return [point_line(one, number, names, room, today) for number, one in enumerate(points, 1)]


def point_line(one: PointRow, number: int, names: Names, room: Room | None, today: date) -> PointLine:
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
    if wished.person and not names.knows(wished):
        parts.append(_("chosen by somebody in the family"))
    elif wished.post or wished.person:
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
