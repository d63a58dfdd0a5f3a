"""Goals are written, revised as a new version, rated and ended. Nothing is overwritten."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses.actions import note_fact
from samspil.collaboration.plans import queries, rules
from samspil.collaboration.plans.actions import _ground as ground
from samspil.collaboration.plans.models import Goal, GoalRating
from samspil.collaboration.plans.rules import GoalText
from samspil.foundation.desk.versions import check_version
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category

KIND = "goal"


@transaction.atomic
def write_goal(
    *,
    actor: Actor,
    space: UUID,
    subjects: Collection[UUID],
    text: GoalText,
    today: date,
    category: Category = Category.EVERYDAY,
) -> Goal:
    """Write down what somebody in the family wants to reach. It can be agreed when it is whole.

    `subjects` are those whose goal it is. Raises NotAllowed for who takes no part, Refused where it cannot be
    so or the plan is full.
    """
    ground.enter(actor, space, Permission.PLAN_WRITE)
    around = ground.around(actor, space, today)
    ground.part_of_the_family(subjects, around)
    rules.ready_goal(text, family=around.family, posts=around.posts, today=today).or_refuse()
    standing = queries.goals_standing(actor, space)
    rules.room_for_one_more(len(standing)).or_refuse()
    item = ground.new_item(actor, space, KIND, category, subjects)
    place = max((one.position for one in standing), default=0) + 1
    goal = Goal.objects.create(
        item_id=item, space_id=space, thread=item, number=1, position=place, **_columns(text)
    )
    ground.sign(actor, "goal.written", space, subjects, category)
    return goal


@transaction.atomic
def revise_goal(*, actor: Actor, goal: Goal, text: GoalText, seen: str, today: date) -> Goal:
    """A new version of a goal; the old one stays. `seen` is the token of the version the writer had open.

    Raises Conflict with both texts where somebody was quicker, Refused where it cannot be so.
    """
    ground.enter(actor, goal.space_id, Permission.PLAN_WRITE)
    newest = _newest(actor, goal)
    check_version(newest, seen=seen, theirs=queries.written(newest))
    if newest.state != Goal.State.STANDING:
        raise Refused(_("This goal has ended."))
    around = ground.around(actor, goal.space_id, today)
    rules.ready_goal(text, family=around.family, posts=around.posts, today=today).or_refuse()
    if _columns(text) == {name: getattr(newest, name) for name in _columns(text)}:
        return newest
    revised = _next_version(actor, newest, _columns(text))
    ground.sign(actor, "goal.revised", goal.space_id, newest.item.subjects, newest.item.category)
    return revised


@transaction.atomic
def end_goal(*, actor: Actor, goal: Goal, state: str, reason: str, on: date, seen: str, today: date) -> Goal:
    """Say how a goal ended and why. One that stood in a plan is noted as a fact.

    Raises Conflict where somebody has changed it meanwhile, Refused where it has ended or has no reason.
    """
    space = goal.space_id
    ground.enter(actor, space, Permission.PLAN_WRITE)
    newest = _newest(actor, goal)
    check_version(newest, seen=seen, theirs=queries.written(newest))
    rules.ready_to_end_goal(newest, state=state, reason=reason, on=on, today=today).or_refuse()
    ended = _next_version(actor, newest, {"state": state, "end_reason": reason.strip(), "ended_on": on})
    if queries.was_agreed(actor, newest):
        people = ground.names(newest.item.subjects)
        attributes = {"goal": str(newest.thread), "people": people}
        note_fact(actor=actor, space=space, kind="goal.closed", on=on, today=today, attributes=attributes)
    else:
        ground.sign(actor, "goal.ended", space, newest.item.subjects, newest.item.category, reason)
    return ended


@transaction.atomic
def rate_goal(
    *,
    actor: Actor,
    goal: Goal,
    level: int,
    on: date,
    today: date,
    by_person: UUID | None = None,
    words: str = "",
) -> GoalRating:
    """Note on which step somebody says one stands: somebody in the family, else the actor's own view.

    Raises Refused for a goal that has ended, a step that does not exist, or a day to come.
    """
    space = goal.space_id
    ground.enter(actor, space, Permission.PLAN_WRITE)
    newest = _newest(actor, goal)
    rules.ready_to_rate(newest, level=level, on=on, today=today).or_refuse()
    if by_person and by_person not in ground.around(actor, space, today).family:
        raise Refused(_("Whoever said it must be part of the course."))
    more = (by_person,) if by_person else ()
    rating = GoalRating.objects.create(
        item_id=ground.like(actor, space, "goal-rating", newest.item, *more),
        space_id=space,
        goal_id=newest.pk,
        thread=newest.thread,
        level=level,
        on=on,
        by_person_id=by_person,
        by_post_id=None if by_person else actor.membership_id,
        words=words.strip(),
    )
    people = ground.names({*newest.item.subjects, *more})  # a step that asks a parent is met by that parent
    attributes = {"goal": str(newest.thread), "level": level, "people": people}
    note_fact(actor=actor, space=space, kind="goal.rated", on=on, today=today, attributes=attributes)
    return rating


def _newest(actor: Actor, goal: Goal) -> Goal:
    found = queries.goal(actor, goal.space_id, goal.thread)
    if found is None:
        raise Refused(_("There is no such goal here."))
    return found


KEPT = ("words", "own_words", "said_by_id", "said_on", "steps", "no_steps_reason", "start", "lead_sector",
        "owner_post_id", "owner_person_id", "due_on", "mode", "position")  # fmt: skip


def _next_version(actor: Actor, before: Goal, changed: dict[str, Any]) -> Goal:
    columns = {name: getattr(before, name) for name in KEPT} | changed
    return Goal.objects.create(
        item_id=ground.like(actor, before.space_id, KIND, before.item),
        space_id=before.space_id,
        thread=before.thread,
        number=before.number + 1,
        supersedes_id=before.pk,
        **columns,
    )


def _columns(text: GoalText) -> dict[str, Any]:
    """The text of a goal as its columns."""
    fields = asdict(text)
    steps = [step.strip() for step in fields.pop("steps")]
    ids = {f"{name}_id": fields.pop(name) for name in ("said_by", "owner_post", "owner_person")}
    fields |= {"words": text.words.strip(), "no_steps_reason": text.no_steps_reason.strip()}
    return {**fields, **ids, "steps": steps if any(steps) else []}
