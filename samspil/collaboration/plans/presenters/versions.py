"""What each says to the plan, and its versions with what is different."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django_stubs_ext import StrPromise

from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.plans import rules
from samspil.collaboration.plans.models import STEPS, Goal, PlanVoice, Sector
from samspil.collaboration.plans.presenters.goals import owner_of
from samspil.collaboration.plans.presenters.people import day, first_names, with_age
from samspil.collaboration.plans.queries import Change, PlanVersion, SharedPlan
from samspil.foundation.web.ladders import signed

FIELDS: dict[str, StrPromise] = {
    "words": gettext_lazy("The words"),
    "own_words": gettext_lazy("Whose words they are"),
    "said_by": gettext_lazy("Who said it"),
    "said_on": gettext_lazy("When it was said"),
    **{f"step_{number}": gettext_lazy("The steps") for number in range(rules.NUMBER_OF_STEPS)},
    "no_steps_reason": gettext_lazy("Why there are no steps yet"),
    "start": gettext_lazy("The step to begin with"),
    "lead_sector": gettext_lazy("Who takes the lead"),
    "owner": gettext_lazy("Who follows up"),
    "due_on": gettext_lazy("By when"),
    "mode": gettext_lazy("Which way it helps"),
}


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """What one person says to the plan."""

    person: UUID
    name: str
    kind: str
    state: str
    reason: str
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What is different in one goal: what stood, and what stands."""

    title: str
    words: str
    fields: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class VersionCard:
    """A version of the plan: when, why, what is different, and what each said."""

    number: int
    when: str
    reason: str
    changes: Sequence[ChangeLine]
    goals: Sequence[tuple[str, bool]]
    """The words of each goal, and whether they are the family's own."""
    voices: Sequence[VoiceLine]


_VOICE_MARKS = {
    PlanVoice.Answer.AGREED: "done",
    PlanVoice.Answer.NOT_AGREED: "refused",
    PlanVoice.Answer.NO_ANSWER: "unknown",
}


def voices_of(version: PlanVersion | None, people: Sequence[CoursePerson], today: date) -> list[VoiceLine]:
    """What each says to the plan that holds; who was not asked stands there, too."""
    said = {voice.person_id: voice for voice in version.voices} if version else {}
    return [_voice(one, said.get(one.subject_id), today) for one in people] if version else []


def _voice(person: CoursePerson, voice: PlanVoice | None, today: date) -> VoiceLine:
    name = with_age(person, today)
    if voice is None:
        return VoiceLine(person.subject_id, name, "not-asked", _("Not asked yet"), "", "", "")
    return VoiceLine(
        person=person.subject_id,
        name=name,
        kind=_VOICE_MARKS[PlanVoice.Answer(voice.answer)],
        state=voice.get_answer_display(),
        reason=voice.reason,
        words=voice.words,
        by=f"{name}, {day(voice.on, today)}",
    )


def version_cards(plan: SharedPlan, people: Sequence[CoursePerson], today: date) -> list[VersionCard]:
    """Every version that was agreed, newest first."""
    names = first_names(people)
    return [
        VersionCard(
            number=one.plan.number,
            when=date_format(one.plan.agreed_on, "j. F Y"),
            reason=one.plan.reason,
            changes=[_change(change, names) for change in one.changes],
            goals=[(goal.words, goal.own_words) for goal in one.goals],
            voices=[_voice(person, voice, today) for person, voice in _pairs(one, people)],
        )
        for one in plan.versions
    ]


def _pairs(version: PlanVersion, people: Sequence[CoursePerson]) -> list[tuple[CoursePerson, PlanVoice]]:
    said = {voice.person_id: voice for voice in version.voices}
    return [(one, said[one.subject_id]) for one in people if one.subject_id in said]


def _change(change: Change, names: dict[UUID, str]) -> ChangeLine:
    goal = change.after or change.before
    assert goal is not None  # noqa: S101  one of the two is there
    if change.before is None:
        return ChangeLine(_("New goal"), goal.words, ())
    if change.after is None:
        return ChangeLine(_("No longer in the plan"), goal.words, ())
    old, new = change.before, change.after
    titles = dict.fromkeys(str(FIELDS[name]) for name in change.fields)
    fields = [(title, *_both(title, change.fields, old, new, names)) for title in titles]
    return ChangeLine(pgettext("a goal or an effort", "Changed"), new.words, fields)


def _both(title: str, fields: Sequence[str], old: Goal, new: Goal, names: dict[UUID, str]) -> tuple[str, str]:
    """What stood and what stands under one heading; the steps are one."""
    chosen = [name for name in fields if str(FIELDS[name]) == title]
    before = "\n".join(_value(name, old, names) for name in chosen)
    after = "\n".join(_value(name, new, names) for name in chosen)
    return before or "–", after or "–"


def _value(name: str, goal: Goal, names: dict[UUID, str]) -> str:
    """One field of a goal as a person reads it."""
    if name.startswith("step_"):
        number = int(name.removeprefix("step_"))
        return f"{signed(STEPS[number])}: {goal.steps[number] if goal.steps else '–'}"
    if name == "own_words":
        return _("The family's own words") if goal.own_words else _("Written by professionals")
    if name == "lead_sector":
        return str(Sector(goal.lead_sector).label) if goal.lead_sector else ""
    if name == "mode":
        return str(goal.get_mode_display())
    if name == "said_by":
        return names.get(goal.said_by_id, "") if goal.said_by_id else ""
    if name == "owner":
        return owner_of(goal, names)
    if name == "start":
        return signed(goal.start) if goal.start is not None else ""
    value = getattr(goal, name)
    return date_format(value, "j. F Y") if isinstance(value, date) else str(value or "")
