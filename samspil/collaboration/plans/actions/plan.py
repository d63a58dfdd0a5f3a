"""The plan is agreed, and agreed anew when it has changed. What each person says stands beside it."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.courses.actions import note_fact
from samspil.collaboration.plans import queries, rules
from samspil.collaboration.plans.actions import _ground as ground
from samspil.collaboration.plans.models import Goal, Plan, PlanVoice
from samspil.collaboration.plans.rules import Voice
from samspil.collaboration.programmes.asking import values_asked
from samspil.foundation.desk.versions import Conflict, check_version
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


@transaction.atomic
def agree_plan(
    *, actor: Actor, space: UUID, agreed_on: date, voices: Sequence[Voice], seen: str, today: date
) -> Plan:
    """Make the goals that stand the first shared plan, with what each in the family said to it.

    `seen` is the token of the goals the writer had before them (`version_of(*goals_standing)`).
    Raises NotAllowed for others than the coordinator, Refused where the plan is not ready, and Conflict where
    a goal was changed meanwhile.
    """
    ground.enter(actor, space, Permission.PLAN_AGREE)
    if queries.current_plan(actor, space):
        raise Refused(_("There is a plan already. Agree the change instead, and say why."))
    return _settle(actor, space, agreed_on, voices, seen, today, before=None, reason="")


@transaction.atomic
def revise_plan(
    *,
    actor: Actor,
    space: UUID,
    agreed_on: date,
    voices: Sequence[Voice],
    reason: str,
    seen: str,
    today: date,
) -> Plan:
    """Agree the plan anew, with the reason. The former version stays. Raises as `agree_plan`."""
    ground.enter(actor, space, Permission.PLAN_AGREE)
    before = queries.current_plan(actor, space)
    if before is None:
        raise Refused(_("There is no plan yet to change."))
    if not reason.strip():
        raise Refused(_("Write why the plan is changed."))
    if agreed_on < before.agreed_on:
        raise Refused(_("It cannot be agreed before the plan that it changes."))
    return _settle(actor, space, agreed_on, voices, seen, today, before=before, reason=reason.strip())


@transaction.atomic
def note_voice(*, actor: Actor, plan: Plan, voice: Voice, on: date, today: date) -> PlanVoice:
    """Note what somebody says to the plan later on. What was said first stays."""
    space = plan.space_id
    ground.enter(actor, space, Permission.PLAN_WRITE)
    if voice.person not in ground.around(actor, space, today).family:
        raise Refused(_("Say whom in the family it is about."))
    rules.ready_voices([voice], [voice.person]).or_refuse()
    rules.not_in_the_future(on, today).or_refuse()
    said = _write_voice(actor, plan, voice, on)
    ground.sign(actor, "plan.voiced", space, [voice.person], Category.EVERYDAY)
    return said


def _settle(
    actor: Actor,
    space: UUID,
    agreed_on: date,
    voices: Sequence[Voice],
    seen: str,
    today: date,
    *,
    before: Plan | None,
    reason: str,
) -> Plan:
    goals = queries.goals_standing(actor, space)
    _same_goals(goals, seen)
    rules.ready_to_agree(goals, agreed_on=agreed_on, today=today).or_refuse()
    if before and set(before.goals) == {goal.pk for goal in goals}:
        raise Refused(_("Nothing in the plan is different from what was agreed."))
    rules.ready_voices(voices, ground.around(actor, space, today).family).or_refuse()
    people = {one for goal in goals for one in goal.item.subjects}
    plan = Plan.objects.create(
        item_id=ground.new_item(actor, space, "plan", Category.EVERYDAY, people),
        space_id=space,
        number=before.number + 1 if before else 1,
        agreed_on=agreed_on,
        goals=[goal.pk for goal in goals],
        reason=reason,
        supersedes=before,
    )
    for voice in voices:
        _write_voice(actor, plan, voice, agreed_on)
    has_family = any(voice.answer != PlanVoice.Answer.NO_ANSWER for voice in voices)
    _note(actor, plan, goals, set(before.goals) if before else set(), people, today, has_family=has_family)
    return plan


def _same_goals(goals: Sequence[Goal], seen: str) -> None:
    """What is agreed is what the writer had read."""
    if not goals:
        return
    try:
        check_version(*goals, seen=seen, theirs={})
    except Conflict as conflict:
        conflict.reason = _("A goal was changed while this page stood open. Read the goals again first.")
        raise


def _note(
    actor: Actor,
    plan: Plan,
    goals: Sequence[Goal],
    agreed: Collection[UUID],
    people: Collection[UUID],
    today: date,
    *,
    has_family: bool,
) -> None:
    """One fact for each goal that is new or different, and one for the plan."""
    for goal in goals:
        if goal.pk not in agreed:
            attributes: dict[str, object] = {
                "goal": str(goal.thread),
                "lead_sector": goal.lead_sector,
                "due_on": goal.due_on.isoformat() if goal.due_on else None,
                "own_words": goal.own_words,
                "people": ground.names(goal.item.subjects),
                **({"mode": goal.mode} if goal.mode else {}),
            }
            note_fact(
                actor=actor,
                space=plan.space_id,
                kind="goal.set",
                on=plan.agreed_on,
                today=today,
                attributes=attributes,
            )
    noted = "plan.revised" if plan.supersedes_id else "plan.agreed"
    said: dict[str, object] = {"plan": str(plan.pk), "goals": len(goals), "people": ground.names(people)}
    if has_family:
        said["family_present"] = True
    if kind := _kind_asked(actor, plan.space_id, noted, today):
        said["kind"] = kind
    note_fact(actor=actor, space=plan.space_id, kind=noted, on=plan.agreed_on, today=today, attributes=said)


def _kind_asked(actor: Actor, space: UUID, noted: str, today: date) -> str:
    """What the model calls its plan (a target picture, a treatment plan), where its steps ask for that."""
    head = courses.course_head(actor, space, today)
    kinds = values_asked(head.programme, noted).get("kind", ()) if head else ()
    return kinds[0] if len(kinds) == 1 else ""


def _write_voice(actor: Actor, plan: Plan, voice: Voice, on: date) -> PlanVoice:
    return PlanVoice.objects.create(
        item_id=ground.new_item(actor, plan.space_id, "plan-voice", Category.EVERYDAY, [voice.person]),
        space_id=plan.space_id,
        plan=plan,
        person_id=voice.person,
        answer=voice.answer,
        on=on,
        reason=voice.reason.strip(),
        words=voice.words.strip(),
    )
