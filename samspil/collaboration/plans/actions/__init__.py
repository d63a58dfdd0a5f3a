"""Everything that changes goals, plans, agreements and efforts. What models care about becomes a fact."""

from samspil.collaboration.plans.actions.agreements import (
    break_agreement,
    drop_agreement,
    keep_agreement,
    make_agreement,
)
from samspil.collaboration.plans.actions.efforts import (
    note_step,
    note_view,
    review_efforts,
    revise_effort,
    write_effort,
)
from samspil.collaboration.plans.actions.goals import end_goal, rate_goal, revise_goal, write_goal
from samspil.collaboration.plans.actions.plan import agree_plan, note_voice, revise_plan

__all__ = [
    "agree_plan",
    "break_agreement",
    "drop_agreement",
    "end_goal",
    "keep_agreement",
    "make_agreement",
    "note_step",
    "note_view",
    "note_voice",
    "rate_goal",
    "review_efforts",
    "revise_effort",
    "revise_goal",
    "revise_plan",
    "write_effort",
    "write_goal",
]
