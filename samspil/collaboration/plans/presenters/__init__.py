"""Plans and efforts as pages say them: the family's words first, then who does what and by when."""

from samspil.collaboration.plans.presenters.efforts import (
    NEXT,
    EffortLine,
    EffortPage,
    Overview,
    effort_page,
    overview,
)
from samspil.collaboration.plans.presenters.plan import (
    AgreementLine,
    GoalCard,
    PlanPage,
    VersionCard,
    agreement_lines,
    goal_cards,
    plan_page,
    version_cards,
)

__all__ = [
    "NEXT",
    "AgreementLine",
    "EffortLine",
    "EffortPage",
    "GoalCard",
    "Overview",
    "PlanPage",
    "VersionCard",
    "agreement_lines",
    "effort_page",
    "goal_cards",
    "overview",
    "plan_page",
    "version_cards",
]
