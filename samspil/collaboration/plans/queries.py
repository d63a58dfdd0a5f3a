"""Questions about plans and efforts. Each takes the actor first and shows only what that actor may see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from samspil.collaboration.plans import rules
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
from samspil.collaboration.plans.rules import Happening
from samspil.foundation.access import sight
from samspil.foundation.access.models import ItemBacked
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.organisations.models import Membership

Versioned = TypeVar("Versioned", Goal, Effort)


# --- rows ----------------------------------------------------------------------------------------------


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


# --- goals and the plan --------------------------------------------------------------------------------


def plan_of(actor: Actor, space: UUID) -> SharedPlan:
    """Goals with what was said about them, versions with voices, agreements. Six queries."""
    every = _goals(actor, space)
    plans = list(sight.visible(Plan.objects.filter(space=space)).order_by("-number", "-pk"))
    voices = _by("plan_id", sight.visible(PlanVoice.objects.filter(space=space)).order_by("pk"))
    agreements = _agreements(actor, space)
    rows = _goal_rows(newest(every), _ratings(actor, space), agreements, plans, every)
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
    every = _goals(actor, space)
    plans = list(_plans(space)[:1])
    standing = [goal for goal in newest(every) if goal.state == Goal.State.STANDING]
    ratings = [one for one in _ratings(actor, space) if one.on <= today]
    return _goal_rows(standing, ratings, _agreements(actor, space), plans, every)


def goals_standing(actor: Actor, space: UUID) -> list[Goal]:
    """The newest version of each goal that stands, in their order. One query."""
    return [goal for goal in newest(_goals(actor, space)) if goal.state == Goal.State.STANDING]


def goal(actor: Actor, space: UUID, thread: UUID) -> Goal | None:
    """The newest version of one goal; None where the actor sees none. One query."""
    return next(iter(newest(_goals(actor, space, thread))), None)


def goal_versions(actor: Actor, space: UUID, thread: UUID) -> list[Goal]:
    """Every version of one goal, newest first. One query."""
    return sorted(_goals(actor, space, thread), key=lambda one: (one.number, one.pk), reverse=True)


def current_plan(actor: Actor, space: UUID) -> Plan | None:
    """The newest version of the plan that was agreed. One query."""
    return _plans(space).first()


def _plans(space: UUID) -> "QuerySet[Plan]":
    rows = sight.visible(Plan.objects.filter(space=space))
    return rows.select_related(None).order_by("-number", "-pk")


def was_agreed(actor: Actor, goal: Goal) -> bool:
    """Has any version of this goal stood in a plan that the actor sees? Two queries."""
    versions = {one.pk for one in _goals(actor, goal.space_id, goal.thread)}
    plans = sight.visible(Plan.objects.filter(space=goal.space_id))
    return any(versions & set(plan.goals) for plan in plans)


def newest(versions: Iterable[Versioned]) -> list[Versioned]:
    """The newest version of each, in the order in which they were first written."""
    found: dict[UUID, Versioned] = {}
    for one in sorted(versions, key=lambda one: (one.number, one.pk)):
        found[one.thread] = one
    return sorted(found.values(), key=lambda one: (getattr(one, "position", 0), one.thread))


def written(row: Goal) -> dict[str, object]:
    """A goal as its form has it: field by field."""
    steps = [*row.steps, *[""] * rules.NUMBER_OF_STEPS][: rules.NUMBER_OF_STEPS]
    return {
        "words": row.words,
        "own_words": row.own_words,
        "said_by": str(row.said_by_id or ""),
        "said_on": row.said_on,
        **{f"step_{number}": text for number, text in enumerate(steps)},
        "no_steps_reason": row.no_steps_reason,
        "start": "" if row.start is None else str(row.start),
        "lead_sector": row.lead_sector,
        "owner": doer_key(row.owner_post_id, row.owner_person_id),
        "due_on": row.due_on,
    }


def written_effort(row: Effort) -> dict[str, object]:
    """An effort as its form has it: field by field."""
    fields = ("type", "what", "sector", "provider", "law", "section", "purpose", "purpose_child")
    return {name: getattr(row, name) for name in fields}


def doer_key(post: UUID | None, person: UUID | None) -> str:
    """Who does something, as a form's choice."""
    return f"post:{post}" if post else f"person:{person}" if person else ""


def _goals(actor: Actor, space: UUID, thread: UUID | None = None) -> list[Goal]:
    rows = Goal.objects.filter(space=space)
    rows = rows.filter(thread=thread) if thread else rows
    return list(sight.visible(rows).select_related("item", "owner_post__staff", "owner_post__unit"))


def _ratings(actor: Actor, space: UUID) -> list[GoalRating]:
    rows = sight.visible(GoalRating.objects.filter(space=space)).order_by("-on", "-pk")
    return list(rows.select_related(None).select_related("by_post__staff"))


def _goal_rows(
    goals: Iterable[Goal],
    ratings: Iterable[GoalRating],
    agreements: Sequence[AgreementRow],
    plans: Sequence[Plan],
    every: Iterable[Goal],
) -> list[GoalRow]:
    said = _by("thread", ratings)
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


def differences(before: Sequence[Goal], after: Sequence[Goal]) -> list[Change]:
    """What differs between two sets of versions of goals: new, changed, gone, in this order of the plan."""
    old = {one.thread: one for one in before}
    new = {one.thread: one for one in after}
    changed = [Change(old.get(one.thread), one) for one in after if old.get(one.thread, one).pk != one.pk]
    added = [Change(None, one) for one in after if one.thread not in old]
    gone = [Change(one, None) for one in before if one.thread not in new]
    return [*added, *changed, *gone]


# --- agreements ----------------------------------------------------------------------------------------


def open_agreements(actor: Actor, space: UUID) -> list[AgreementRow]:
    """What is agreed and not yet done, by its day. Two queries."""
    return [row for row in _agreements(actor, space) if row.is_open]


def agreement(actor: Actor, space: UUID, pk: UUID) -> AgreementRow | None:
    """One agreement; None where the actor does not see it. Two queries."""
    return next((row for row in _agreements(actor, space) if row.pk == pk), None)


def agreements_of(actor: Actor, today: date, *, ahead: int = 14) -> list[AgreementRow]:
    """What the actor has agreed to do, in any course, overdue or due within `ahead` days. One query."""
    if actor.membership_id is None:
        return []
    latest = date.fromordinal(today.toordinal() + ahead)
    ended = AgreementEnd.objects.filter(agreement=OuterRef("pk"))
    rows = Agreement.objects.filter(~Exists(ended), post=actor.membership_id, due_on__lte=latest)
    return [AgreementRow(one, None) for one in _with_doer(rows).order_by("due_on", "pk")]


def _agreements(actor: Actor, space: UUID) -> list[AgreementRow]:
    ends = {
        one.agreement_id: one
        for one in sight.visible(AgreementEnd.objects.filter(space=space)).select_related(None).order_by("pk")
    }
    rows = _with_doer(Agreement.objects.filter(space=space)).order_by("due_on", "pk")
    found = [AgreementRow(one, ends.get(one.pk)) for one in rows]
    return sorted(found, key=lambda row: not row.is_open)


def _with_doer(rows: "QuerySet[Agreement]") -> "QuerySet[Agreement]":
    return sight.visible(rows).select_related("item", "post__staff", "post__unit")


# --- efforts -------------------------------------------------------------------------------------------


def efforts_of(actor: Actor, space: UUID, today: date) -> list[EffortRow]:
    """What each sector does, open ones first, by the day they began. Three queries."""
    rows = _effort_rows(actor, space)
    return sorted(rows, key=lambda row: (not row.is_open, row.starts or today, row.thread))


def effort(actor: Actor, space: UUID, thread: UUID) -> EffortRow | None:
    """One effort; None where the actor does not see it. Three queries."""
    return next(iter(_effort_rows(actor, space, thread)), None)


def happenings(steps: Iterable[EffortStep]) -> list[Happening]:
    """Steps as the rules reckon with them."""
    return [
        Happening(one.kind, one.on, one.reason, one.planned_end, one.with_plan, one.rhythm) for one in steps
    ]


def _effort_rows(actor: Actor, space: UUID, thread: UUID | None = None) -> list[EffortRow]:
    only = {"space": space} | ({"thread": thread} if thread else {})
    efforts = list(sight.visible(Effort.objects.filter(**only)).select_related("item", "unit"))
    steps = _by("thread", sight.visible(EffortStep.objects.filter(**only)).order_by("on", "pk"))
    views = _by("thread", sight.visible(EffortView.objects.filter(**only)).order_by("-on", "-pk"))
    return [_effort_row(one, steps.get(one.thread, []), views.get(one.thread, [])) for one in newest(efforts)]


def _effort_row(row: Effort, steps: Sequence[EffortStep], views: Sequence[EffortView]) -> EffortRow:
    place = {kind: number for number, kind in enumerate(EffortStep.Kind.values)}
    ordered = sorted(steps, key=lambda one: (one.on, place[one.kind]))
    planned = [one.planned_end for one in ordered if one.planned_end]
    return EffortRow(
        effort=row,
        steps=tuple(ordered),
        views=tuple(views),
        state=rules.standing_of(happenings(steps)),
        planned_end=planned[-1] if planned else None,
    )


Row = TypeVar("Row", bound=ItemBacked)


def _by(attribute: str, rows: Iterable[Row]) -> dict[object, list[Row]]:
    """Rows in groups, in the order in which they came."""
    groups: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, attribute)].append(row)
    return dict(groups)
