"""The shared plan: goals and agreements by their topic, efforts by social matters, agreed by one."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from samspil.foundation.kernel import clock
from tests.matrix.cases import Case, Values
from tests.matrix.kinds import Kind
from tests.matrix.living import AGREEMENT, EFFORT, GOAL, LATER_GOAL
from tests.matrix.policy.courses import (
    button,
    child,
    covers_social,
    form,
    in_course,
    knows_family,
    page,
    person,
    sees_daily,
    sees_parents_daily,
    sees_social,
    stands,
    steers,
    subject,
    today,
    wrong,
)
from tests.matrix.world import CHILD, FATHER, KEEPER, MOTHER, World

PLAN_SEERS: dict[str, Callable[[Kind], bool]] = {
    GOAL: sees_daily,
    LATER_GOAL: sees_daily,
    AGREEMENT: sees_parents_daily,
    EFFORT: sees_social,
}


def writes_this_effort(kind: Kind) -> bool:
    """Sees the effort, and works with social matters."""
    return sees_social(kind) and covers_social(kind)


def _goal(world: World) -> Values:
    return {"words": "Jeg vil sove godt", "no_steps_reason": "Vi venter", "due_on": _soon(world)}


def _new_goal(world: World) -> Values:
    return {**_goal(world), "subjects": child(world), "category": "4"}


def _soon(world: World) -> str:
    return f"{clock.today() + timedelta(days=30):%d.%m.%Y}"


def _seen(token: str, more: Callable[[World], Values]) -> Callable[[World], Values]:
    return lambda world: {**more(world), "_version": world.tokens[token]}


def _rating(world: World) -> Values:
    return {"level": "0", "by": "me", "on": today(world)}


def _ended(world: World) -> Values:
    return {"state": "reached", "reason": "Det lykkedes", "on": today(world)}


def _voices(world: World) -> Values:
    everybody = (subject(name, world) for name in (CHILD, FATHER, MOTHER))
    answers = {f"answer_{one}": "agreed" for one in everybody}
    return {"agreed_on": today(world), "reason": "Mere hjælp", **answers}


def _voice(world: World) -> Values:
    return {"answer": "agreed", "on": today(world)}


def _agreement(world: World) -> Values:
    doer = f"post:{world.knockers[KEEPER].membership}"
    when = {"due_on": _soon(world), "made_on": today(world)}
    return {"what": "Ringer til skolen", "doer": doer, "subjects": child(world), **when}


def _broken(world: World) -> Values:
    return {"outcome": "broken", "reason": "Der var ikke tid", "on": today(world)}


def _effort(world: World) -> Values:
    return {
        "type": "psychoeducation",
        "what": "Familieforløb",
        "sector": "municipality",
        "provider": "Familiehuset",
        "purpose": "I får ro",
        "purpose_child": "Du får ro",
    }


def _new_effort(world: World) -> Values:
    return {
        **_effort(world),
        "subjects": child(world),
        "category": "16",
        "kind": "started",
        "on": today(world),
    }


def _over(world: World) -> Values:
    return {"on": today(world), "reason": "Det er slut"}


def _opinion(world: World) -> Values:
    return {"person": child(world), "words": "Det er godt", "on": today(world)}


_of_goal, _of_effort = in_course(thread="goal"), in_course(thread="effort")
_of_agreement = in_course(item="agreement")
_threads = partial(wrong, "thread")


def _about_goal(body: Callable[[World], Values]) -> list[Case]:
    """A form about the one goal, for whoever sees it."""
    return [*form(sees_daily, sees_daily, body, path=_of_goal), *_threads(_of_goal)]


PLANS: dict[str, list[Case]] = {
    "plans:plan": page(stands),
    "plans:versions": page(stands),
    "plans:agree": form(steers, steers, _seen("goals", _voices)),
    "plans:voice": [
        *form(knows_family, knows_family, _voice, path=person(CHILD)),
        *wrong("person", person(CHILD)),
    ],
    "plans:write_goal": form(stands, knows_family, _new_goal),
    "plans:revise_goal": [
        *form(sees_daily, sees_daily, _seen("goal", _goal), path=_of_goal),
        *_threads(_of_goal),
    ],
    "plans:rate_goal": _about_goal(_rating),
    "plans:end_goal": [
        *form(sees_daily, sees_daily, _seen("goal", _ended), path=_of_goal),
        *_threads(_of_goal),
    ],
    "plans:make_agreement": form(stands, knows_family, _agreement),
    "plans:end_agreement": [
        *form(sees_parents_daily, sees_parents_daily, _broken, path=_of_agreement),
        *wrong("item", _of_agreement),
    ],
    "plans:keep_agreement": [
        *button(sees_parents_daily, _of_agreement),
        *wrong("item", _of_agreement),
    ],
    "plans:efforts": page(stands),
    "plans:review_efforts": button(writes_this_effort, in_course()),
    "plans:write_effort": form(covers_social, knows_family, _new_effort),
    "plans:effort": [*page(sees_social, _of_effort), *_threads(_of_effort)],
    "plans:revise_effort": [
        *form(writes_this_effort, writes_this_effort, _seen("effort", _effort), path=_of_effort),
        *_threads(_of_effort),
    ],
    "plans:note_view": [
        *form(writes_this_effort, writes_this_effort, _opinion, path=_of_effort),
        *_threads(_of_effort),
    ],
    "plans:note_step": [
        *form(writes_this_effort, writes_this_effort, _over, path=in_course(thread="effort", kind="ended")),
        *_threads(in_course(thread="effort", kind="ended")),
        *page(lambda kind: False, in_course(thread="effort", kind="danced"))[:1],
    ],
}
