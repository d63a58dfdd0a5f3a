"""Questions about goals."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from samspil.collaboration.plans.models import Goal, GoalRating, Plan
from samspil.collaboration.plans.queries.versions import newest
from samspil.foundation.access import sight
from samspil.foundation.access.kept import kept
from samspil.foundation.kernel.actor import Actor


def goals_standing(actor: Actor, space: UUID) -> list[Goal]:
    """The newest version of each goal that stands, in their order. One query."""
    return [goal for goal in newest(every_goal(actor, space)) if goal.state == Goal.State.STANDING]


def goals_standing_in(actor: Actor, spaces: Collection[UUID]) -> list[Goal]:
    """The goals that stand in several courses. One query."""
    rows = sight.visible(Goal.objects.filter(space__in=spaces)).select_related("item")
    return [goal for goal in newest(rows) if goal.state == Goal.State.STANDING]


def goal(actor: Actor, space: UUID, thread: UUID) -> Goal | None:
    """The newest version of one goal; None where the actor sees none. One query."""
    return next(iter(newest(every_goal(actor, space, thread))), None)


def goal_versions(actor: Actor, space: UUID, thread: UUID) -> list[Goal]:
    """Every version of one goal, newest first. One query."""
    return sorted(every_goal(actor, space, thread), key=lambda one: (one.number, one.pk), reverse=True)


def was_agreed(actor: Actor, goal: Goal) -> bool:
    """Has any version of this goal stood in a plan that the actor sees? Two queries."""
    versions = {one.pk for one in every_goal(actor, goal.space_id, goal.thread)}
    plans = sight.visible(Plan.objects.filter(space=goal.space_id))
    return any(versions & set(plan.goals) for plan in plans)


def every_goal(actor: Actor, space: UUID, thread: UUID | None = None) -> list[Goal]:
    return _goals(space, thread)


@kept
def _goals(space: UUID, thread: UUID | None) -> "QuerySet[Goal]":
    rows = Goal.objects.filter(space=space)
    rows = rows.filter(thread=thread) if thread else rows
    return sight.visible(rows).select_related("item", "owner_post__staff", "owner_post__unit")


def every_rating(actor: Actor, space: UUID) -> list[GoalRating]:
    return _ratings(space)


@kept
def _ratings(space: UUID) -> "QuerySet[GoalRating]":
    rows = sight.visible(GoalRating.objects.filter(space=space)).order_by("-on", "-pk")
    return rows.select_related(None).select_related("by_post__staff")
