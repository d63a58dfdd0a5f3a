"""Deeds of the plan: goals, agreements, efforts."""

from datetime import date, timedelta

from samspil.collaboration.plans import actions as plans
from samspil.collaboration.plans import queries as plan_queries
from samspil.collaboration.plans.models import EffortStep
from samspil.collaboration.plans.rules import Doer, EffortText, GoalText, Happening, Voice
from samspil.doors.demo.courses.telling import post
from samspil.doors.demo.simulate.playing.stage import WORDS, Stage
from samspil.doors.demo.simulate.telling import Deed
from samspil.foundation.desk.versions import version_of
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused

_KIND = EffortStep.Kind
STEPS = {
    "effort.requested": _KIND.REQUESTED,
    "effort.decided": _KIND.DECIDED,
    "effort.started": _KIND.STARTED,
    "effort.changed": _KIND.CHANGED,
    "effort.ended": _KIND.ENDED,
    "follow_up.held": _KIND.FOLLOWED_UP,
    "child_plan.ready": _KIND.PLAN_READY,
}
LADDER = ("Slet ikke endnu", "En gang imellem", "For det meste", "Næsten altid", "Uden at tænke over det")


def agree_plan(stage: Stage, deed: Deed, actor: Actor) -> None:
    """A goal is written and agreed with everybody: the first plan, or the plan anew."""
    text = _goal(stage, deed)
    goal = plans.write_goal(
        actor=actor,
        space=stage.space,
        subjects=[text.said_by] if text.said_by else stage.children,
        text=text,
        today=deed.day,
    )
    voices = [Voice(record.subject_id, "agreed") for record in stage.records.values()]
    seen = version_of(*plan_queries.goals_standing(actor, stage.space))
    if plan_queries.current_plan(actor, stage.space) is None:
        plans.agree_plan(
            actor=actor, space=stage.space, agreed_on=deed.on, voices=voices, seen=seen, today=deed.day
        )
    else:
        plans.revise_plan(
            actor=actor,
            space=stage.space,
            agreed_on=deed.on,
            voices=voices,
            reason=deed.words.get("reason", WORDS["reason"]),
            seen=seen,
            today=deed.day,
        )
    stage.goals.append(goal)


def _goal(stage: Stage, deed: Deed) -> GoalText:
    name = deed.words.get("whose", stage.in_focus[0])
    return GoalText(
        words=deed.words.get("goal", WORDS["goal"]),
        own_words=True,
        said_by=stage.who(name),
        said_on=max(stage.opened, deed.on - timedelta(days=7)),
        steps=tuple(deed.words["ladder"].split(" | ")) if "ladder" in deed.words else LADDER,
        start=-1,
        lead_sector=deed.words.get("lead", "municipality"),
        owner_post=post(stage.coordinator()),
        due_on=deed.on + timedelta(days=180),
    )


def rate_goal(stage: Stage, deed: Deed, actor: Actor) -> None:
    """Where the one whose goal it is stands now."""
    if not stage.goals:
        raise Refused("There is no goal yet.")
    level = deed.attributes.get("level")
    plans.rate_goal(
        actor=actor,
        goal=stage.goals[0],
        level=level if isinstance(level, int) and abs(level) <= 2 else 0,
        on=deed.on,
        today=deed.day,
        by_person=stage.goals[0].said_by_id,
        words=deed.words.get("words", ""),
    )


def agree(stage: Stage, deed: Deed, actor: Actor) -> None:
    """Somebody does something by a day."""
    doer = _does(stage, str(deed.attributes.get("role", deed.by)))
    stage.agreements[deed.key] = plans.make_agreement(
        actor=actor,
        space=stage.space,
        subjects=stage.children,
        what=deed.words.get("what", WORDS["agreement"]),
        doer=doer,
        due_on=date.fromisoformat(str(deed.attributes.get("due_on", deed.on + timedelta(days=21)))),
        made_on=deed.on,
        today=deed.day,
    )


def _does(stage: Stage, role: str) -> Doer:
    """A role of the family does it itself; another does it by the colleague who fills it."""
    if role in {one.key for one in stage.asked.programme.roles if one.sector == "family"}:
        return Doer(person=stage.children[0])
    return Doer(post=post(stage.colleague(role)))


def go_on_with_effort(stage: Stage, deed: Deed, actor: Actor) -> None:
    """An effort is asked for, decided, begun, changed, followed up or ended."""
    said = deed.attributes
    label, step = str(said.get("effort", "")), _step(deed)
    if label in stage.efforts:
        plans.note_step(actor=actor, effort=stage.efforts[label], step=step, today=deed.day)
        return
    if step.kind not in (_KIND.REQUESTED, _KIND.DECIDED, _KIND.STARTED):
        raise Refused("There is no such effort.")
    text = EffortText(
        type=str(said.get("type", "family-guidance")),
        what=deed.words.get("what", WORDS["what"]),
        sector=str(said.get("sector", "municipality")),
        provider=deed.words.get("provider", WORDS["provider"]),
        purpose=deed.words.get("why", WORDS["why"]),
        purpose_child=deed.words.get("why_child", WORDS["why_child"]),
    )
    made = plans.write_effort(
        actor=actor, space=stage.space, subjects=stage.children, text=text, first=step, today=deed.day
    )
    stage.efforts[label] = made
    stage.things[label] = made.thread


def _step(deed: Deed) -> Happening:
    end = deed.attributes.get("planned_end")
    return Happening(
        STEPS[deed.kind],
        deed.on,
        reason=deed.words.get("reason", WORDS["reason"]),
        planned_end=date.fromisoformat(str(end)) if end else None,
        with_plan=deed.attributes.get("plan") is True,
        rhythm=EffortStep.Rhythm.QUARTERLY if deed.kind == "follow_up.held" else "",
    )
