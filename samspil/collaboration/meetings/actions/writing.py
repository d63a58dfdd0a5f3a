"""Minutes are shared, amended with a reason, and read; who has read them is told to nobody."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses.actions import note_fact
from samspil.collaboration.meetings import rules
from samspil.collaboration.meetings.actions import _ground as ground
from samspil.collaboration.meetings.models import Minutes, ReadReceipt
from samspil.collaboration.meetings.queries import MeetingRow
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.permissions import Permission


@transaction.atomic
def share_minutes(
    *, actor: Actor, space: UUID, meeting: UUID, text: str, today: date, now: datetime
) -> Minutes:
    """Give the minutes to all who may see the meeting. Raises NotAllowed; Refused before it was held."""
    ground.enter(actor, space, Permission.MEETING_ARRANGE)
    row, head = ground.row_of(actor, space, meeting), ground.head_of(actor, space, today)
    rules.ready_to_share(text, outcome=row.state, is_shared=row.minutes is not None).or_refuse()
    made = _write(actor, row, text, None, "", now)
    note_fact(
        actor=actor,
        space=space,
        kind="minutes.shared",
        on=today,
        today=today,
        attributes={"meeting": str(row.pk)},
    )
    ground.tell(actor, head, ground.posts_in(row), made.pk, now)
    return made


@transaction.atomic
def amend_minutes(
    *,
    actor: Actor,
    space: UUID,
    meeting: UUID,
    based_on: UUID,
    text: str,
    reason: str,
    today: date,
    now: datetime,
) -> Minutes:
    """Put a new version in the place of the minutes, with the reason; the one before stays to be read.

    `based_on` is the version the writer has read. Raises NotAllowed, Refused where it is not the newest.
    """
    ground.enter(actor, space, Permission.MEETING_ARRANGE)
    row, head = ground.row_of(actor, space, meeting), ground.head_of(actor, space, today)
    before = row.minutes
    if before is None:
        raise Refused(_("There are no minutes yet."))
    rules.ready_to_amend(text, reason, before=before.text, is_newest=before.pk == based_on).or_refuse()
    made = _write(actor, row, text, before, reason, now)
    ground.sign(actor, "minutes.amended", row, reason)
    ground.tell(actor, head, ground.posts_in(row), made.pk, now)
    return made


@transaction.atomic
def mark_read(*, actor: Actor, space: UUID, meeting: UUID, now: datetime) -> None:
    """Count the actor among those who have read the newest minutes; once, however often it is said.

    The row is never released: its author alone sees it, everybody else a number.
    """
    ground.enter(actor, space, Permission.MEETING_TAKE_PART)
    whole = ground.whole_of(actor, space, meeting)
    if whole.row.minutes is None:
        raise Refused(_("There are no minutes yet."))
    if whole.is_read:
        return
    row = whole.row
    ReadReceipt.objects.create(
        item_id=ground.new_item(actor, space, "read-receipt", row.category, row.subjects, released=False),
        space_id=space,
        minutes=whole.row.minutes,
        post_id=ground.post_of(actor),
        read_at=now,
    )
    ground.sign(actor, "minutes.read", row)


def _write(
    actor: Actor, row: MeetingRow, text: str, before: Minutes | None, reason: str, now: datetime
) -> Minutes:
    return Minutes.objects.create(
        item_id=ground.like(actor, row, "minutes"),
        space_id=row.space,
        meeting_id=row.pk,
        version=before.version + 1 if before else 1,
        text=text.strip(),
        shared_at=now,
        shared_by_id=ground.post_of(actor),
        supersedes=before,
        reason=reason.strip(),
    )
