"""Questions about plans and efforts. Each takes the actor first and shows only what that actor may see."""

from samspil.collaboration.plans.queries.agreements import agreement, agreements_of, open_agreements
from samspil.collaboration.plans.queries.efforts import effort, efforts_of, happenings
from samspil.collaboration.plans.queries.goals import (
    goal,
    goal_versions,
    goals_standing,
    goals_standing_in,
    was_agreed,
)
from samspil.collaboration.plans.queries.plan import current_plan, goals_shown, plan_of
from samspil.collaboration.plans.queries.rows import (
    AgreementRow,
    Change,
    EffortRow,
    GoalRow,
    PlanVersion,
    SharedPlan,
)
from samspil.collaboration.plans.queries.versions import differences, newest
from samspil.collaboration.plans.queries.writing import written, written_effort

__all__ = [
    "AgreementRow",
    "Change",
    "EffortRow",
    "GoalRow",
    "PlanVersion",
    "SharedPlan",
    "agreement",
    "agreements_of",
    "current_plan",
    "differences",
    "effort",
    "efforts_of",
    "goal",
    "goal_versions",
    "goals_shown",
    "goals_standing",
    "goals_standing_in",
    "happenings",
    "newest",
    "open_agreements",
    "plan_of",
    "was_agreed",
    "written",
    "written_effort",
]
