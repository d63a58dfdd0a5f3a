"""What every act here stands on: who is part of the course, a new item, its trace in the log, the mail."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.meetings import queries
from samspil.collaboration.meetings.queries import MeetingRow, WholeMeeting
from samspil.foundation.access import actions as access
from samspil.foundation.audit import log
from samspil.foundation.desk.actions import announce
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


def enter(actor: Actor, space: UUID, permission: Permission) -> None:
    """One writer of a course at a time, and only one who may."""
    access.lock_space(actor=actor, space=space)
    require(actor, permission, space)


def head_of(actor: Actor, space: UUID, today: date) -> CourseHead:
    """The course. Raises Refused where there is none."""
    found = courses.course_head(actor, space, today)
    if found is None:
        raise Refused(_("There is no course here."))
    return found


def row_of(actor: Actor, space: UUID, meeting: UUID) -> MeetingRow:
    """The meeting as it stands now, read behind the lock."""
    found = queries.meeting_row(actor, space, meeting)
    if found is None:
        raise Refused(_("There is no such meeting here."))
    return found


def whole_of(actor: Actor, space: UUID, meeting: UUID) -> WholeMeeting:
    """The meeting with all that belongs to it, read behind the lock."""
    found = queries.whole_meeting(actor, space, meeting)
    if found is None:
        raise Refused(_("There is no such meeting here."))
    return found


def new_item(
    actor: Actor,
    space: UUID,
    kind: str,
    category: int | Category,
    subjects: Iterable[UUID],
    *,
    released: bool = True,
) -> UUID:
    """An item of one kind in the course."""
    return access.new_item(
        actor=actor,
        kind=kind,
        category=Category(category),
        subjects=set(subjects),
        space=space,
        released=released,
    )


def like(actor: Actor, row: MeetingRow, kind: str) -> UUID:
    """An item about whom the meeting is about."""
    return new_item(actor, row.space, kind, row.category, row.subjects)


def post_of(actor: Actor) -> UUID:
    """The post in which somebody acts. Only staff do."""
    if actor.membership_id is None:
        raise ValueError("only somebody who acts for a unit arranges meetings")
    return actor.membership_id


def names(subjects: Iterable[UUID]) -> list[str]:
    """People as a fact names them."""
    return sorted(str(one) for one in subjects)


def sign(actor: Actor, act: str, row: MeetingRow, reason: str = "") -> None:
    """An act's own row in the log, for acts without a fact."""
    if actor.authority_id is None:
        raise ValueError("only somebody who acts for a unit writes this down")
    shown = [log.Shown(one, actor.authority_id, row.category) for one in sorted(row.subjects)]
    log.record(actor=actor, act=act, space=row.space, shown=shown, reason=reason)


def tell(actor: Actor, head: CourseHead, posts: Collection[UUID | None], about: UUID, now: datetime) -> None:
    """Those of the team who are invited get a mail that says: there is something new."""
    accounts = [one.membership.staff.account_id for one in head.participants if one.membership_id in posts]
    announce(actor=actor, to=[one for one in accounts if one is not None], about=about, now=now)


def posts_in(row: MeetingRow) -> set[UUID | None]:
    """Those of the team who are invited."""
    return {one.invitation.post_id for one in row.guests if one.invitation.post_id}
