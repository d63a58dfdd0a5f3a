"""Plans and efforts as pages say them: the family's words first, then who does what and by when."""

from samspil.collaboration.plans.presenters.agreements import AgreementLine, agreement_lines
from samspil.collaboration.plans.presenters.efforts import (
    NEXT,
    EffortLine,
    EffortPage,
    Overview,
    effort_page,
    overview,
)
from samspil.collaboration.plans.presenters.goals import GoalCard, goal_cards
from samspil.collaboration.plans.presenters.plan import PlanPage, plan_page
from samspil.collaboration.plans.presenters.versions import VersionCard, version_cards

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
