"""Questions about the plan and its versions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from samspil.collaboration.plans.models import Goal, GoalRating, Plan, PlanVoice
from samspil.collaboration.plans.queries.agreements import every_agreement
from samspil.collaboration.plans.queries.goals import every_goal, every_rating
from samspil.collaboration.plans.queries.rows import AgreementRow, GoalRow, PlanVersion, SharedPlan
from samspil.collaboration.plans.queries.versions import differences, grouped, newest
from samspil.foundation.access import sight
from samspil.foundation.access.kept import kept
from samspil.foundation.kernel.actor import Actor


def plan_of(actor: Actor, space: UUID) -> SharedPlan:
    """Goals with what was said about them, versions with voices, agreements. Six queries."""
    every = every_goal(actor, space)
    plans = list(sight.visible(Plan.objects.filter(space=space)).order_by("-number", "-pk"))
    voices = grouped("plan_id", sight.visible(PlanVoice.objects.filter(space=space)).order_by("pk"))
    agreements = every_agreement(actor, space)
    rows = _goal_rows(newest(every), every_rating(actor, space), agreements, plans, every)
    known = {goal.pk: goal for goal in every}
    versions = [_version(plan, before, known, voices) for plan, before in _with_former(plans)]
    return SharedPlan(
        goals=tuple(row for row in rows if row.goal.state == Goal.State.STANDING),
        ended=tuple(row for row in rows if row.goal.state != Goal.State.STANDING),
        versions=tuple(versions),
        agreements=tuple(agreements),
    )


def goals_shown(actor: Actor, space: UUID, today: date) -> list[GoalRow]:
    """The goals that stand, in their order, with where one is and what is agreed. Five queries."""
    every = every_goal(actor, space)
    plans = _newest_plan(space)
    standing = [goal for goal in newest(every) if goal.state == Goal.State.STANDING]
    ratings = [one for one in every_rating(actor, space) if one.on <= today]
    return _goal_rows(standing, ratings, every_agreement(actor, space), plans, every)


def current_plan(actor: Actor, space: UUID) -> Plan | None:
    """The newest version of the plan that was agreed. One query."""
    return next(iter(_newest_plan(space)), None)


@kept
def _newest_plan(space: UUID) -> "QuerySet[Plan]":
    rows = sight.visible(Plan.objects.filter(space=space))
    return rows.select_related(None).order_by("-number", "-pk")[:1]


def _goal_rows(
    goals: Iterable[Goal],
    ratings: Iterable[GoalRating],
    agreements: Sequence[AgreementRow],
    plans: Sequence[Plan],
    every: Iterable[Goal],
) -> list[GoalRow]:
    said = grouped("thread", ratings)
    threads = {one.pk: one.thread for one in every}
    agreed = set(plans[0].goals) if plans else set()
    return [
        GoalRow(
            goal=one,
            ratings=tuple(said.get(one.thread, ())),
            agreements=tuple(
                row
                for row in agreements
                if row.agreement.goal_id and threads.get(row.agreement.goal_id) == one.thread
            ),
            is_agreed=one.pk in agreed,
        )
        for one in goals
    ]


def _with_former(plans: Sequence[Plan]) -> Iterable[tuple[Plan, Plan | None]]:
    known = {plan.pk: plan for plan in plans}
    return [(plan, known.get(plan.supersedes_id) if plan.supersedes_id else None) for plan in plans]


def _version(
    plan: Plan, before: Plan | None, known: Mapping[UUID, Goal], voices: Mapping[object, Sequence[PlanVoice]]
) -> PlanVersion:
    latest = {voice.person_id: voice for voice in voices.get(plan.pk, ())}
    return PlanVersion(
        plan=plan,
        goals=_known(plan, known),
        voices=tuple(latest.values()),
        changes=tuple(differences(_known(before, known), _known(plan, known))) if before else (),
    )


def _known(plan: Plan, known: Mapping[UUID, Goal]) -> tuple[Goal, ...]:
    return tuple(known[pk] for pk in plan.goals if pk in known)
