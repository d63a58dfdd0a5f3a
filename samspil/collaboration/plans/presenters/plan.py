"""The plan as its page shows it: where it stands, its goals, agreements and voices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.plans import rules
from samspil.collaboration.plans.presenters.agreements import AgreementLine, agreement_lines
from samspil.collaboration.plans.presenters.goals import GoalCard, goal_cards
from samspil.collaboration.plans.presenters.people import day
from samspil.collaboration.plans.presenters.versions import VoiceLine, voices_of
from samspil.collaboration.plans.queries import SharedPlan


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything that the page of the plan shows."""

    goals: Sequence[GoalCard]
    ended: Sequence[GoalCard]
    agreements: Sequence[AgreementLine]
    done: Sequence[AgreementLine]
    voices: Sequence[VoiceLine]
    state: str
    """Where the plan stands, in one sentence."""
    is_ready: bool
    """It could be agreed as it stands."""
    is_agreed: bool
    """There is a plan, and it is as it stands."""
    number: int
    versions: int


def plan_page(plan: SharedPlan, people: Sequence[CoursePerson], today: date, *, me: UUID | None) -> PlanPage:
    """The plan as it is shown on a day; `me` is the post of who looks."""
    lines = agreement_lines(plan.agreements, people, today, me=me, goals=plan.goals)
    missing = [rules.missing_in(row.goal) for row in plan.goals]
    return PlanPage(
        goals=goal_cards(plan.goals, people, today),
        ended=goal_cards(plan.ended, people, today),
        agreements=[line for line in lines if line.is_open],
        done=[line for line in lines if not line.is_open],
        voices=voices_of(plan.current, people, today),
        state=_state(plan, today, is_whole=not any(missing)),
        is_ready=bool(plan.goals) and plan.is_changed and not any(missing),
        is_agreed=plan.current is not None and not plan.is_changed,
        number=plan.current.plan.number if plan.current else 0,
        versions=len(plan.versions),
    )


def _state(plan: SharedPlan, today: date, *, is_whole: bool) -> str:
    if plan.current is None:
        if not plan.goals:
            return ""
        if is_whole:
            return _("The plan is not agreed yet. It is ready: ask each person what they say to it.")
        return _("The plan is not agreed yet. What is missing stands at each goal.")
    when = {"date": day(plan.current.plan.agreed_on, today)}
    if plan.is_changed:
        return (
            _("The plan was agreed %(date)s, and has been changed since. Agree the change together.") % when
        )
    return _("The plan is agreed %(date)s, and it holds.") % when
