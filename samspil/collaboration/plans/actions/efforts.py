"""What a sector does is written down, step by step; each step that a model cares about is a fact."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses.actions import note_fact
from samspil.collaboration.plans import law, queries, rules
from samspil.collaboration.plans.actions import _ground as ground
from samspil.collaboration.plans.models import Effort, EffortStep, EffortView
from samspil.collaboration.plans.queries import EffortRow
from samspil.collaboration.plans.rules import EffortText, Happening
from samspil.foundation.access.models import Item
from samspil.foundation.desk.versions import check_version
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category

OVERVIEW = "effort-overview"
OTHER_GROUND = "other"
_KIND = EffortStep.Kind
FACTS = {
    _KIND.REQUESTED: "effort.requested",
    _KIND.DECIDED: "effort.decided",
    _KIND.STARTED: "effort.started",
    _KIND.CHANGED: "effort.changed",
    _KIND.FOLLOWED_UP: "follow_up.held",
    _KIND.PLAN_READY: "child_plan.ready",
    _KIND.ENDED: "effort.ended",
}


@transaction.atomic
def write_effort(
    *,
    actor: Actor,
    space: UUID,
    subjects: Collection[UUID],
    text: EffortText,
    first: Happening,
    today: date,
    category: Category = Category.SOCIAL,
) -> Effort:
    """Write down what a sector does, for whom and why, with the first thing that happened.

    `first` is asked for, decided or begun. Raises NotAllowed for who takes no part or does not work with
    social matters, Refused where it cannot be so.
    """
    ground.enter(actor, space, Permission.EFFORT_WRITE)
    ground.part_of_the_family(subjects, ground.around(actor, space, today))
    rules.ready_effort(text, laws=law.statutes()).or_refuse()
    rules.ready_for_step(first, [], today=today).or_refuse()
    item = ground.new_item(actor, space, "effort", category, subjects)
    effort = Effort.objects.create(item_id=item, space_id=space, thread=item, number=1, **_columns(text))
    _write_step(actor, effort, Item(pk=item, subjects=sorted(subjects), category=int(category)), first, today)
    return effort


@transaction.atomic
def revise_effort(*, actor: Actor, effort: Effort, text: EffortText, seen: str, today: date) -> Effort:
    """Correct what is written about an effort; the former version stays. Nothing has happened by that.

    Raises Conflict with both texts where somebody was quicker, Refused where it cannot be so.
    """
    row = _newest(actor, effort, seen)
    rules.ready_effort(text, laws=law.statutes()).or_refuse()
    revised = _next_version(actor, row, text)
    ground.sign(actor, "effort.revised", effort.space_id, row.subjects, row.effort.item.category)
    return revised


@transaction.atomic
def note_step(
    *, actor: Actor, effort: Effort, step: Happening, today: date, text: EffortText | None = None
) -> EffortStep:
    """Note what happened with an effort: decided, begun, changed, followed up, the child's plan ready, ended.

    A change may bring a new `text`. Raises Refused where it does not fit what is noted already.
    """
    ground.enter(actor, effort.space_id, Permission.EFFORT_WRITE)
    row = _found(actor, effort)
    rules.ready_for_step(step, queries.happenings(row.steps), today=today).or_refuse()
    standing = row.effort
    if text is not None and step.kind == _KIND.CHANGED:
        rules.ready_effort(text, laws=law.statutes()).or_refuse()
        standing = _next_version(actor, row, text)
    return _write_step(actor, standing, row.effort.item, step, today)


@transaction.atomic
def note_view(*, actor: Actor, effort: Effort, person: UUID, words: str, on: date, today: date) -> EffortView:
    """Note what somebody in the family thinks of an effort, in that person's own words."""
    space = effort.space_id
    ground.enter(actor, space, Permission.EFFORT_WRITE)
    row = _found(actor, effort)
    ground.part_of_the_family([person], ground.around(actor, space, today))
    rules.not_in_the_future(on, today).or_refuse()
    if not words.strip():
        raise Refused(_("Write what was said, in their own words."))
    category = row.effort.item.category
    view = EffortView.objects.create(
        item_id=ground.like(actor, space, "effort-view", row.effort.item, person),
        space_id=space,
        effort_id=row.effort.pk,
        thread=row.thread,
        person_id=person,
        on=on,
        words=words.strip(),
    )
    ground.sign(actor, "effort.opinion_noted", space, {*row.subjects, person}, category)
    return view


@transaction.atomic
def review_efforts(*, actor: Actor, space: UUID, on: date, today: date) -> None:
    """Note that the overview was gone through with those who take part. Raises Refused for a day to come."""
    ground.enter(actor, space, Permission.EFFORT_WRITE)
    if not queries.efforts_of(actor, space, today):
        raise Refused(_("There is no effort yet to go through."))
    attributes = {"tool": OVERVIEW}
    note_fact(actor=actor, space=space, kind="tool.completed", on=on, today=today, attributes=attributes)


def _newest(actor: Actor, effort: Effort, seen: str) -> EffortRow:
    ground.enter(actor, effort.space_id, Permission.EFFORT_WRITE)
    row = _found(actor, effort)
    check_version(row.effort, seen=seen, theirs=queries.written_effort(row.effort))
    return row


def _found(actor: Actor, effort: Effort) -> EffortRow:
    row = queries.effort(actor, effort.space_id, effort.thread)
    if row is None:
        raise Refused(_("There is no such effort here."))
    return row


def _next_version(actor: Actor, row: EffortRow, text: EffortText) -> Effort:
    return Effort.objects.create(
        item_id=ground.like(actor, row.effort.space_id, "effort", row.effort.item),
        space_id=row.effort.space_id,
        thread=row.thread,
        number=row.effort.number + 1,
        supersedes_id=row.effort.pk,
        **_columns(text),
    )


def _write_step(actor: Actor, effort: Effort, item: Item, step: Happening, today: date) -> EffortStep:
    space = effort.space_id
    written = EffortStep.objects.create(
        item_id=ground.like(actor, space, "effort-step", item),
        space_id=space,
        effort_id=effort.pk,
        thread=effort.thread,
        kind=step.kind,
        on=step.on,
        planned_end=step.planned_end,
        with_plan=step.with_plan,
        rhythm=step.rhythm,
        reason=step.reason.strip(),
    )
    note_fact(
        actor=actor,
        space=space,
        kind=FACTS[_KIND(step.kind)],
        on=step.on,
        today=today,
        attributes=_attributes(effort, item, written),
    )
    return written


def _attributes(effort: Effort, item: Item, step: EffortStep) -> dict[str, object]:
    """What the fact of a step holds: ids and codes, never words."""
    always: dict[str, object] = {"effort": str(effort.thread), "people": ground.names(item.subjects)}
    if step.kind == _KIND.PLAN_READY:
        return always
    if step.kind == _KIND.FOLLOWED_UP:
        return {**always, "rhythm": step.rhythm}
    found = {**always, "type": effort.type, "sector": effort.sector}
    if step.kind in {_KIND.DECIDED, _KIND.STARTED} and (effort.law or effort.section):
        found["basis"] = effort.law or OTHER_GROUND
    if step.kind == _KIND.DECIDED:
        found["plan"] = step.with_plan
    if step.kind in {_KIND.STARTED, _KIND.CHANGED} and step.planned_end:
        found["planned_end"] = step.planned_end.isoformat()
    if step.kind == _KIND.ENDED:
        found["reason"] = str(step.pk)
    return found


def _columns(text: EffortText) -> dict[str, object]:
    return {
        "type": text.type,
        "what": text.what.strip(),
        "sector": text.sector,
        "provider": text.provider.strip(),
        "unit_id": text.unit,
        "law": text.law,
        "section": text.section.strip(),
        "purpose": text.purpose.strip(),
        "purpose_child": text.purpose_child.strip(),
    }
