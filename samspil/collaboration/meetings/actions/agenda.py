"""What is talked about at a meeting, in which order, and whose words are read aloud."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.journal.models import ChildView, ShowAnswer
from samspil.collaboration.journal.queries import visible_child_views
from samspil.collaboration.meetings import rules
from samspil.collaboration.meetings.actions import _ground as ground
from samspil.collaboration.meetings.models import Meeting, Point
from samspil.collaboration.meetings.queries import PointRow, WholeMeeting
from samspil.collaboration.meetings.rules import PointText
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category

FIRST, GAP, LAST = 10, 10, 1000


def usual_points(actor: Actor, meeting: Meeting, about: Iterable[UUID]) -> None:
    """Every meeting begins with who is there, and ends with how it was."""
    subjects = set(about)
    for position, title in ((0, _("Welcome: who we are")), (LAST, _("How was the meeting?"))):
        item = ground.new_item(actor, meeting.space_id, "point", Category.EVERYDAY, subjects)
        Point.objects.create(
            item_id=item,
            space_id=meeting.space_id,
            meeting=meeting,
            thread=item,
            title=title,
            position=position,
        )


@transaction.atomic
def add_point(*, actor: Actor, space: UUID, meeting: UUID, text: PointText, today: date) -> Point:
    """Put something on the agenda, before the last point. Words are read aloud only as their owner wants.

    Raises NotAllowed for who takes no part, Refused where it cannot be so.
    """
    ground.enter(actor, space, Permission.MEETING_ARRANGE)
    whole, head = ground.whole_of(actor, space, meeting), ground.head_of(actor, space, today)
    rules.still_ahead(whole.row.state).or_refuse()
    view = _view(actor, space, text.view)
    children = {one.subject_id for one in head.people if rules.is_child(one.born, today)}
    shown = text.view is None or (view is not None and view.answer == ShowAnswer.YES)
    rules.ready_point(text, points=len(whole.points), children=children, may_show_view=shown).or_refuse()
    named = {one for one in (text.wished_person, text.said_by) if one}
    if not named <= head.names.keys():
        raise Refused(_("Say whom in the family it is about."))
    if text.wished_post and text.wished_post not in {one.membership_id for one in head.participants}:
        raise Refused(_("Whoever is not part of the course cannot wish a point here."))
    item = ground.new_item(actor, space, "point", whole.row.category, {*whole.row.subjects, *named})
    between = [one.point.position for one in whole.points if one.point.position < LAST]
    made = Point.objects.create(
        item_id=item,
        space_id=space,
        meeting_id=meeting,
        thread=item,
        title=text.title.strip(),
        position=max(between, default=0) + GAP,
        length=text.length,
        wished_post_id=text.wished_post,
        wished_person_id=text.wished_person,
        view=view,
        words=text.words.strip(),
        said_by_id=text.said_by,
    )
    ground.sign(actor, "point.added", whole.row)
    return made


@transaction.atomic
def drop_point(*, actor: Actor, space: UUID, meeting: UUID, thread: UUID) -> Point:
    """Take a point off the agenda. Raises NotAllowed, Refused where something was decided under it."""
    ground.enter(actor, space, Permission.MEETING_ARRANGE)
    whole = ground.whole_of(actor, space, meeting)
    rules.still_ahead(whole.row.state).or_refuse()
    found = _point(whole, thread)
    if found.decisions:
        raise Refused(_("Something was decided under this point. It stays."))
    made = _again(actor, found.point, is_dropped=True)
    ground.sign(actor, "point.dropped", whole.row)
    return made


@transaction.atomic
def move_point(*, actor: Actor, space: UUID, meeting: UUID, thread: UUID) -> None:
    """Let a point change places with the one before it. Raises NotAllowed, Refused where it is the first."""
    ground.enter(actor, space, Permission.MEETING_ARRANGE)
    whole = ground.whole_of(actor, space, meeting)
    rules.still_ahead(whole.row.state).or_refuse()
    found = _point(whole, thread)
    place = whole.points.index(found)
    if place == 0:
        raise Refused(_("This is the first point already."))
    before = whole.points[place - 1].point
    later, earlier = found.point.position, before.position
    _again(actor, found.point, position=earlier)
    _again(actor, before, position=later)
    ground.sign(actor, "point.moved", whole.row)


def _view(actor: Actor, space: UUID, pk: UUID | None) -> ChildView | None:
    if pk is None:
        return None
    return visible_child_views(actor).filter(space=space, pk=pk).first()


def _point(whole: WholeMeeting, thread: UUID) -> PointRow:
    found = next((one for one in whole.points if one.thread == thread), None)
    if found is None:
        raise Refused(_("There is no such point here."))
    return found


def _again(actor: Actor, point: Point, *, position: int | None = None, is_dropped: bool = False) -> Point:
    """A new row in the place of a point; the old one stays."""
    return Point.objects.create(
        item_id=ground.new_item(actor, point.space_id, "point", point.item.category, point.item.subjects),
        space_id=point.space_id,
        meeting_id=point.meeting_id,
        thread=point.thread,
        title=point.title,
        position=point.position if position is None else position,
        length=point.length,
        wished_post_id=point.wished_post_id,
        wished_person_id=point.wished_person_id,
        view_id=point.view_id,
        words=point.words,
        said_by_id=point.said_by_id,
        is_dropped=is_dropped,
        supersedes=point,
    )
