"""A running course changes to another version of its model, and back until something new is noted."""

from datetime import date
from uuid import UUID

from django.db import connection, transaction

from samspil.collaboration.courses import due, queries, rules
from samspil.collaboration.courses.actions.facts import frame_of, write_fact_and_due, write_remark
from samspil.collaboration.courses.models import Course, Fact, Upgrade
from samspil.collaboration.courses.rules import Change, Frame
from samspil.collaboration.programmes import queries as programmes
from samspil.foundation.access import actions as access
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


@transaction.atomic
def upgrade_course(*, actor: Actor, space: UUID, version: UUID, reason: str, today: date) -> Upgrade:
    """Let a course go on under another version of its model, with the reason.

    What was done, excused or missed under the old version stays on record; steps that came with the new one
    count from today. Raises NotAllowed for others than the coordinator, Refused where the course has ended,
    the version is of another model, or somebody has a role that the new version does not know.
    """
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.COURSE_STEER, space)
    frame = frame_of(space)
    before, after = programmes.definition(frame.version), programmes.definition(version)
    roles = queries.roles_in(space, today)
    is_closed = bool(due.facts_of(space, {rules.CLOSED}))
    rules.ready_to_upgrade(before, after, roles, is_closed=is_closed, reason=reason).or_refuse()
    remark = write_remark(actor, space, Category.EVERYDAY, _in_focus(frame), reason)
    values: dict[str, object] = {"before": before.version, "after": after.version, "reason": str(remark.pk)}
    fact = write_fact_and_due(actor, frame, rules.UPGRADED, today, values, today=today, remark=remark)
    item = access.new_item(
        actor=actor, kind="upgrade", category=Category.EVERYDAY, subjects=_in_focus(frame), space=space
    )
    row = Upgrade.objects.create(
        item_id=item, space_id=space, fact=fact, before_id=frame.version, after_id=version
    )
    _follow(space, today)
    return row


@transaction.atomic
def undo_upgrade(*, actor: Actor, space: UUID, reason: str, today: date) -> Fact:
    """Take the newest change of version back, until something is noted. Raises as `upgrade_course`."""
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.COURSE_STEER, space)
    newest = queries.upgrade_of(actor, space)
    rules.ready_to_undo(
        newest.fact.noted_at if newest else None, due.last_noted(space), reason=reason
    ).or_refuse()
    assert newest is not None  # noqa: S101  the rule has said so; a type says it again
    frame = frame_of(space)
    remark = write_remark(actor, space, Category.EVERYDAY, _in_focus(frame), reason)
    fact = write_fact_and_due(
        actor,
        frame,
        rules.WITHDRAWN,
        newest.fact.on_day,
        {},
        today=today,
        corrects=newest.fact,
        remark=remark,
    )
    _follow(space, today)
    return fact


def preview_upgrade(*, actor: Actor, course: Course, version: UUID, today: date) -> list[Change]:
    """What a change of version would change for a course, as far as the actor sees it. Nothing is kept.

    It is done, looked at through the wall, and taken back. Raises as `upgrade_course`.
    """
    with transaction.atomic():
        before = queries.standings(actor, course, today)
        upgrade_course(actor=actor, space=course.space_id, version=version, reason="?", today=today)
        after = queries.standings(actor, Course.objects.get(pk=course.pk), today)
        transaction.set_rollback(True)
    return rules.changes(before, after)


def _in_focus(frame: Frame) -> set[UUID]:
    return {UUID(one) for one in frame.in_focus}


def _follow(space: UUID, today: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.follow_upgrades(%s)", [space])
    due.rebuild(space, today=today)
