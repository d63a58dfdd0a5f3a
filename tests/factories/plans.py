"""Goals, plans, agreements and efforts for tests, made through the actions."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from samspil.collaboration.plans import actions, queries, rules
from samspil.collaboration.plans.models import Agreement, Effort, EffortStep, Goal, Plan
from samspil.collaboration.plans.rules import Doer, EffortText, GoalText, Happening, Voice
from samspil.foundation.desk.versions import version_of
from samspil.foundation.kernel.actor import Actor
from tests.factories.access import acting
from tests.factories.courses import TODAY, ACourse

STEPS = (
    "Hun ved ikke, hvem hun kan ringe til",
    "Hun ved, hvem hun kan ringe til, men ikke hvornår",
    "Hun ved, hvem hun kan ringe til, og hvornår",
    "Hun har prøvet at ringe",
    "Hun ringer af sig selv",
)
WORDS = "Jeg vil vide, hvad jeg skal gøre, når far får det dårligt igen."


def goal_text(course: ACourse, **changed: Any) -> GoalText:
    """A whole goal in Alma's words, followed up by Anna."""
    fields: dict[str, Any] = {
        "words": WORDS,
        "own_words": True,
        "said_by": course.alma,
        "said_on": TODAY - timedelta(days=20),
        "steps": STEPS,
        "start": -2,
        "lead_sector": "region",
        "owner_post": course.anna.membership_id,
        "due_on": TODAY + timedelta(days=60),
    }
    return GoalText(**fields | changed)


def a_goal(course: ACourse, *subjects: UUID, by: Actor | None = None, **changed: Any) -> Goal:
    """A goal of Alma's, where nobody else is named."""
    actor = by or course.anna
    more = {"category": changed.pop("category")} if "category" in changed else {}
    with acting(actor):
        return actions.write_goal(
            actor=actor,
            space=course.space,
            subjects=subjects or (course.alma,),
            text=goal_text(course, **changed),
            today=TODAY,
            **more,
        )


def voices_of(course: ACourse) -> list[Voice]:
    """Everybody agrees; Alma could not answer."""
    return [
        Voice(course.alma, "no-answer", "Hun var træt den dag."),
        Voice(course.father, "agreed"),
        Voice(course.mother, "agreed", words="Det er det, vi har brug for."),
    ]


def token_of(actor: Actor, space: UUID) -> str:
    """What the goals that stand look like to somebody who opens the page now."""
    goals = queries.goals_standing(actor, space)
    return version_of(*goals) if goals else ""


def a_plan(course: ACourse, *, on: date = TODAY) -> Plan:
    """The goals that stand, agreed. One is written first where there is none."""
    with acting(course.anna) as anna:
        is_empty = not queries.goals_standing(anna, course.space)
    if is_empty:
        a_goal(course)
    with acting(course.anna) as anna:
        return actions.agree_plan(
            actor=anna,
            space=course.space,
            agreed_on=on,
            voices=voices_of(course),
            seen=token_of(anna, course.space),
            today=TODAY,
        )


def an_agreement(course: ACourse, *subjects: UUID, by: Actor | None = None, **changed: Any) -> Agreement:
    """Anna does something for Alma within a week."""
    actor = by or course.anna
    fields: dict[str, Any] = {
        "what": "Laver Almas tryghedsplan sammen med hendes far",
        "doer": Doer(post=course.anna.membership_id),
        "due_on": TODAY + timedelta(days=7),
        "made_on": TODAY,
    }
    with acting(actor):
        return actions.make_agreement(
            actor=actor,
            space=course.space,
            subjects=subjects or (course.alma,),
            today=TODAY,
            **fields | changed,
        )


def effort_text(**changed: Any) -> EffortText:
    """Psychoeducation for the family, given by the region."""
    fields: dict[str, Any] = {
        "type": "psychoeducation",
        "what": "Familieforløb om fars sygdom",
        "sector": "region",
        "provider": "VIA-teamet",
        "purpose": "I får viden om sygdommen og taler om, hvad den gør ved hverdagen.",
        "purpose_child": "Du får at vide, hvad der sker med far, og at det ikke er din skyld.",
    }
    return EffortText(**fields | changed)


def an_effort(
    course: ACourse,
    *subjects: UUID,
    by: Actor | None = None,
    first: str = EffortStep.Kind.STARTED,
    on: date = TODAY - timedelta(days=10),
    step: dict[str, Any] | None = None,
    **changed: Any,
) -> Effort:
    """An effort for Alma that has begun, where nothing else is said."""
    actor = by or course.anna
    more = {"category": changed.pop("category")} if "category" in changed else {}
    with acting(actor):
        return actions.write_effort(
            actor=actor,
            space=course.space,
            subjects=subjects or (course.alma,),
            text=effort_text(**changed),
            first=rules.Happening(first, on, **step or {}),
            today=TODAY,
            **more,
        )


def a_step(course: ACourse, effort: Effort, kind: str, on: date = TODAY, **more: Any) -> EffortStep:
    """Something happens with an effort."""
    with acting(course.anna) as anna:
        return actions.note_step(actor=anna, effort=effort, step=Happening(kind, on, **more), today=TODAY)
