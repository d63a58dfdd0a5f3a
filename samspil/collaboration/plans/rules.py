"""What must be true of goals, plans, agreements and efforts. Pure: no actor, query, clock or request."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.plans.models import (
    HIGHEST,
    LOWEST,
    AgreementEnd,
    EffortStep,
    Goal,
    PlanVoice,
    Sector,
)
from samspil.foundation.kernel.decisions import YES, Decision, no

MOST_GOALS = 5
NUMBER_OF_STEPS = HIGHEST - LOWEST + 1
EARLIEST = date(1900, 1, 1)
_SHOWN = 60
"""Characters of a goal's words in a message."""


@dataclass(frozen=True, slots=True)
class GoalText:
    """A goal as it is written down. Only the words are needed at once; the rest before the plan is agreed."""

    words: str
    own_words: bool = False
    said_by: UUID | None = None
    said_on: date | None = None
    steps: tuple[str, ...] = ()
    no_steps_reason: str = ""
    start: int | None = None
    lead_sector: str = ""
    owner_post: UUID | None = None
    owner_person: UUID | None = None
    due_on: date | None = None
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person says to a plan."""

    person: UUID
    answer: str
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does something: one of the staff by the post, somebody in the family, or another by name."""

    post: UUID | None = None
    person: UUID | None = None
    name: str = ""
    """Of somebody in the family's network."""


@dataclass(frozen=True, slots=True)
class EffortText:
    """An effort as it is written down."""

    type: str
    what: str
    sector: str
    purpose: str
    purpose_child: str
    provider: str = ""
    unit: UUID | None = None
    law: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """What happens with an effort on a day."""

    kind: str
    on: date
    reason: str = ""
    planned_end: date | None = None
    with_plan: bool = False
    rhythm: str = ""


# --- goals ---------------------------------------------------------------------------------------------


def ready_goal(text: GoalText, *, family: Collection[UUID], posts: Collection[UUID], today: date) -> Decision:
    """Words that somebody said, steps that differ, and an owner who takes part."""
    if not text.words.strip():
        return no(_("Write what the family wants to reach."))
    voice = _has_a_voice(text, family, today)
    if not voice:
        return voice
    steps = distinct_steps(text.steps)
    if not steps:
        return steps
    if text.start is not None and text.start not in range(LOWEST, HIGHEST + 1):
        return no(_("The steps go from −2 to +2."))
    if text.lead_sector and text.lead_sector not in Sector.values:
        return no(_("Choose the sector that takes the lead."))
    if text.mode and text.mode not in Goal.Mode.values:
        return no(_("Choose one of the ways that the model knows."))
    if text.owner_post and text.owner_person:
        return no(_("One person follows up on a goal."))
    if (text.owner_post and text.owner_post not in posts) or (
        text.owner_person and text.owner_person not in family
    ):
        return no(_("Whoever follows up on the goal must be part of the course."))
    return YES


def _has_a_voice(text: GoalText, family: Collection[UUID], today: date) -> Decision:
    if text.own_words and not (text.said_by and text.said_on):
        return no(_("Write who said it, and when. Only then it stands as the family's own words."))
    if text.said_by and text.said_by not in family:
        return no(_("Whoever said it must be part of the course."))
    if text.said_on and text.said_on > today:
        return no(_("It cannot have been said in the future."))
    if text.said_on and text.said_on < EARLIEST:
        return no(_("This date cannot be right."))
    return YES


def distinct_steps(steps: Sequence[str]) -> Decision:
    """All five steps in words, or none; and no two of them the same."""
    written = [" ".join(step.split()).casefold() for step in steps]
    filled = [step for step in written if step]
    if filled and len(filled) != NUMBER_OF_STEPS:
        return no(_("Write all five steps, or leave all of them empty and say why."))
    if len(set(filled)) != len(filled):
        return no(_("Two steps say the same. One must be able to tell them apart."))
    return YES


def room_for_one_more(standing: int) -> Decision:
    """A plan holds few goals, so that everybody can remember them."""
    if standing >= MOST_GOALS:
        return no(
            _("The plan has %(most)d goals, and that is the most it can hold. End one before you add one."),
            most=MOST_GOALS,
        )
    return YES


def ready_to_rate(goal: Goal, *, level: int, on: date, today: date) -> Decision:
    """A step of the five, on a day that has been, of a goal that stands."""
    if goal.state != Goal.State.STANDING:
        return no(_("This goal has ended."))
    if level not in range(LOWEST, HIGHEST + 1):
        return no(_("The steps go from −2 to +2."))
    return not_in_the_future(on, today)


def ready_to_end_goal(goal: Goal, *, state: str, reason: str, on: date, today: date) -> Decision:
    """A goal ends once, with a reason, on a day that has been."""
    if goal.state != Goal.State.STANDING:
        return no(_("This goal has ended."))
    if state not in Goal.State.values or state == Goal.State.STANDING:
        return no(_("Say how the goal ended."))
    if not reason.strip():
        return no(_("Write why the goal ends."))
    return not_in_the_future(on, today)


def not_in_the_future(on: date, today: date) -> Decision:
    if on > today:
        return no(_("What has not happened yet cannot be noted."))
    if on < EARLIEST:
        return no(_("This date cannot be right."))
    return YES


# --- the plan ------------------------------------------------------------------------------------------


def ready_to_agree(goals: Sequence[Goal], *, agreed_on: date, today: date) -> Decision:
    """One to five goals; each has a lead sector, an owner, a date, and five steps or a reason why not."""
    if not 1 <= len(goals) <= MOST_GOALS:
        return no(_("A plan has between one and %(most)d goals."), most=MOST_GOALS)
    for goal in goals:
        if missing := missing_in(goal):
            return no(
                _("Still missing in »%(goal)s«: %(missing)s."),
                goal=_short(goal.words),
                missing=", ".join(str(one) for one in missing),
            )
        if goal.due_on and goal.due_on < agreed_on:
            return no(_("»%(goal)s« has a date before the day the plan is agreed."), goal=_short(goal.words))
    if agreed_on > today:
        return no(_("The date of agreement cannot lie in the future."))
    return not_in_the_future(agreed_on, today)


def missing_in(goal: Goal) -> list[str]:
    """What a goal still lacks before it can be agreed, in words."""
    found = [
        (not goal.lead_sector, _("which sector takes the lead")),
        (not goal.owner_post_id and not goal.owner_person_id, _("who follows up")),
        (goal.due_on is None, _("a date")),
        (not goal.steps and not goal.no_steps_reason.strip(), _("the five steps, or why there are none")),
    ]
    return [str(word) for is_missing, word in found if is_missing]


def ready_voices(voices: Sequence[Voice], people: Collection[UUID]) -> Decision:
    """Everybody in the family is asked once; whoever does not agree, or could not answer, has a reason."""
    asked = [voice.person for voice in voices]
    if len(set(asked)) != len(asked) or set(asked) != set(people):
        return no(_("Write for each person in the family what they say to the plan."))
    if any(voice.answer not in PlanVoice.Answer.values for voice in voices):
        return no(_("Write for each person in the family what they say to the plan."))
    if any(voice.answer != PlanVoice.Answer.AGREED and not voice.reason.strip() for voice in voices):
        return no(_("Write why, for each person who does not agree or could not answer."))
    return YES


# --- agreements ----------------------------------------------------------------------------------------


def ready_agreement(
    what: str,
    doer: Doer,
    *,
    due_on: date,
    made_on: date,
    family: Collection[UUID],
    posts: Collection[UUID],
    today: date,
) -> Decision:
    """What, exactly one who does it and is part of the course, and by when."""
    if not what.strip():
        return no(_("Write what you have agreed."))
    if [doer.post is not None, doer.person is not None, bool(doer.name.strip())].count(True) != 1:
        return no(_("Say who does it: one person."))
    if (doer.post and doer.post not in posts) or (doer.person and doer.person not in family):
        return no(_("Whoever does it must be part of the course."))
    if due_on < made_on:
        return no(_("It cannot be due before it was agreed."))
    return not_in_the_future(made_on, today)


def ready_to_end_agreement(
    *, is_ended: bool, outcome: str, reason: str, on: date, made_on: date, today: date
) -> Decision:
    """An agreement ends once; one that was not kept says why."""
    if is_ended:
        return no(_("It is written already how this agreement went."))
    if outcome not in AgreementEnd.Outcome.values:
        return no(_("Say how it went."))
    if outcome != AgreementEnd.Outcome.KEPT and not reason.strip():
        return no(_("Write why. It helps the next agreement."))
    if on < made_on:
        return no(_("It cannot have ended before it was agreed."))
    return not_in_the_future(on, today)


# --- efforts -------------------------------------------------------------------------------------------

_KIND = EffortStep.Kind
_NEXT: dict[str, frozenset[str]] = {
    "": frozenset({_KIND.REQUESTED, _KIND.DECIDED, _KIND.STARTED}),
    _KIND.REQUESTED: frozenset({_KIND.DECIDED, _KIND.STARTED, _KIND.ENDED}),
    _KIND.DECIDED: frozenset({_KIND.STARTED, _KIND.CHANGED, _KIND.PLAN_READY, _KIND.ENDED}),
    _KIND.STARTED: frozenset({_KIND.CHANGED, _KIND.FOLLOWED_UP, _KIND.PLAN_READY, _KIND.ENDED}),
    _KIND.ENDED: frozenset(),
}
"""From where an effort stands, what can happen next."""
_MOVES = frozenset({_KIND.REQUESTED, _KIND.DECIDED, _KIND.STARTED, _KIND.ENDED})
_RANK = {
    _KIND.REQUESTED: 1,
    _KIND.DECIDED: 2,
    _KIND.STARTED: 3,
    _KIND.CHANGED: 4,
    _KIND.FOLLOWED_UP: 4,
    _KIND.PLAN_READY: 4,
    _KIND.ENDED: 9,
}
"""The order of what happened on one day."""


def in_order(happenings: Iterable[Happening]) -> list[Happening]:
    """What happened, by day; openings first and the end last on one day."""
    return sorted(happenings, key=lambda one: (one.on, _RANK[EffortStep.Kind(one.kind)]))


def standing_of(happenings: Iterable[Happening]) -> str:
    """Where an effort stands: the last of asked for, decided, begun, ended."""
    moves = [one.kind for one in in_order(happenings) if one.kind in _MOVES]
    return moves[-1] if moves else ""


def is_legal(happenings: Iterable[Happening]) -> bool:
    """Could it have gone like this? Whatever the order in which it was typed in."""
    stand, is_plan_ready = "", False
    for one in in_order(happenings):
        if one.kind not in _NEXT[stand] or (one.kind == _KIND.PLAN_READY and is_plan_ready):
            return False
        is_plan_ready = is_plan_ready or one.kind == _KIND.PLAN_READY
        stand = one.kind if one.kind in _MOVES else stand
    return True


def possible_next(happenings: Sequence[Happening]) -> list[str]:
    """What can be noted next, in the order of a course of help."""
    is_plan_ready = any(one.kind == _KIND.PLAN_READY for one in happenings)
    allowed = _NEXT[standing_of(happenings)]
    return [one for one in _KIND.values if one in allowed and not (one == _KIND.PLAN_READY and is_plan_ready)]


def ready_effort(text: EffortText, *, laws: Collection[str]) -> Decision:
    """What it is, who gives it, and why: in words for adults and in words for children."""
    if not text.what.strip():
        return no(_("Write what the family knows the effort as."))
    if text.sector not in Sector.values:
        return no(_("Choose the sector that gives it."))
    if not text.provider.strip() and text.unit is None:
        return no(_("Write who gives it."))
    if not text.purpose.strip():
        return no(_("Write what it shall help with."))
    if not text.purpose_child.strip():
        return no(_("Write it for a child, too: the purpose must be clear to the child."))
    if text.law and text.law not in laws:
        return no(_("We do not know this statute."))
    return YES


def ready_for_step(step: Happening, before: Sequence[Happening], *, today: date) -> Decision:
    """It has happened, it says why where it must, and it fits what happened before and after."""
    if step.kind not in _KIND.values:
        return no(_("Say what happened."))
    past = not_in_the_future(step.on, today)
    if not past:
        return past
    if step.kind in {_KIND.CHANGED, _KIND.ENDED, _KIND.FOLLOWED_UP} and not step.reason.strip():
        return no(_("Write why, so that the family can read it."))
    if step.kind == _KIND.FOLLOWED_UP and not step.rhythm:
        return no(_("Say how often you follow up from now on."))
    if step.planned_end and step.planned_end < step.on:
        return no(_("It cannot be planned to end before this day."))
    if not is_legal([*before, step]):
        return no(
            _("That does not fit what is noted already: »%(step)s« cannot come there."),
            step=_KIND(step.kind).label,
        )
    return YES


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()} …"
