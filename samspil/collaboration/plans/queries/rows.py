"""What the questions about plans answer with."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samspil.collaboration.plans.models import (
    Agreement,
    AgreementEnd,
    Effort,
    EffortStep,
    EffortView,
    Goal,
    GoalRating,
    Plan,
    PlanVoice,
)
from samspil.collaboration.plans.queries.writing import written
from samspil.foundation.organisations.models import Membership


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """What somebody does and by when, and how it ended where it has."""

    agreement: Agreement
    end: AgreementEnd | None

    @property
    def pk(self) -> UUID:
        return self.agreement.item_id

    @property
    def is_open(self) -> bool:
        return self.end is None

    @property
    def network_name(self) -> str:
        """What the family calls somebody of its network who does it."""
        return self.agreement.name

    @property
    def post(self) -> Membership | None:
        """The member of staff who does it, with name and unit."""
        return self.agreement.post


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal as it stands now, what was said about it since, and what is agreed for it."""

    goal: Goal
    ratings: tuple[GoalRating, ...]
    """Newest first."""
    agreements: tuple[AgreementRow, ...]
    """Open ones first, by their day."""
    is_agreed: bool
    """This very version stands in the newest plan."""

    @property
    def thread(self) -> UUID:
        return self.goal.thread

    @property
    def subjects(self) -> tuple[UUID, ...]:
        """Whose goal it is."""
        return tuple(self.goal.item.subjects)

    @property
    def now(self) -> int | None:
        """The step one stands on, as it was last said."""
        return self.ratings[0].level if self.ratings else self.goal.start


@dataclass(frozen=True, slots=True)
class Change:
    """What differs in one goal from one version of the plan to the next. `before` is None where it is new."""

    before: Goal | None
    after: Goal | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what differs; empty where it is new or gone."""
        if self.before is None or self.after is None:
            return ()
        old, new = written(self.before), written(self.after)
        return tuple(name for name in old if old[name] != new[name])


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A version of the plan that was agreed, what each said, and what is different from the one before."""

    plan: Plan
    goals: tuple[Goal, ...]
    voices: tuple[PlanVoice, ...]
    """The newest of each person."""
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class SharedPlan:
    """The plan of a course as the actor sees it."""

    goals: tuple[GoalRow, ...]
    """Those that stand, in their order."""
    ended: tuple[GoalRow, ...]
    versions: tuple[PlanVersion, ...]
    """Newest first."""
    agreements: tuple[AgreementRow, ...]

    @property
    def current(self) -> PlanVersion | None:
        """The plan that holds now."""
        return self.versions[0] if self.versions else None

    @property
    def is_changed(self) -> bool:
        """Do the goals that the actor sees differ from what was agreed?"""
        agreed = {one.pk for one in self.current.goals} if self.current else set()
        return agreed != {row.goal.pk for row in self.goals}


@dataclass(frozen=True, slots=True)
class EffortRow:
    """An effort as it stands: what it is, what happened with it, and what the family thinks of it."""

    effort: Effort
    steps: tuple[EffortStep, ...]
    """As they happened."""
    views: tuple[EffortView, ...]
    """Newest first."""
    state: str
    """The last of asked for, decided, begun, ended; empty where the actor sees none of its steps."""
    planned_end: date | None

    @property
    def thread(self) -> UUID:
        return self.effort.thread

    @property
    def subjects(self) -> tuple[UUID, ...]:
        return tuple(self.effort.item.subjects)

    @property
    def is_open(self) -> bool:
        return self.state != EffortStep.Kind.ENDED

    @property
    def starts(self) -> date | None:
        """The day it began."""
        return next((one.on for one in self.steps if one.kind == EffortStep.Kind.STARTED), None)

    @property
    def ends(self) -> date | None:
        """The day it ended."""
        return next((one.on for one in self.steps if one.kind == EffortStep.Kind.ENDED), None)
