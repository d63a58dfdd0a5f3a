"""The plan as its page shows it: goals as cards, agreements as lines, versions with what is different."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django_stubs_ext import StrPromise

from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.plans import rules
from samspil.collaboration.plans.models import STEPS, AgreementEnd, Goal, GoalRating, PlanVoice, Sector
from samspil.collaboration.plans.presenters.people import day, first_names, joined, with_age
from samspil.collaboration.plans.queries import AgreementRow, Change, GoalRow, PlanVersion, SharedPlan
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.organisations.models import Membership
from samspil.foundation.web.ladders import Rung, ladder, signed

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
}


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """Who does what and by when, with its mark."""

    pk: UUID
    kind: str
    state: str
    who: str
    unit: str
    what: str
    due: str
    note: str
    """For which goal, or why it was not kept."""
    is_open: bool
    is_mine: bool

    @property
    def said(self) -> str:
        """In one line, as it stands under a goal."""
        words = {"who": self.who, "what": self.what, "due": self.due}
        return _("%(who)s: %(what)s. %(state)s") % {**words, "state": self.state}


@dataclass(frozen=True, slots=True)
class RatingLine:
    """On which step somebody said one stood."""

    when: str
    who: str
    step: str
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step in words."""

    label: str
    words: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal as the components `plans.goal` and `plans.goals` show it."""

    thread: UUID
    words: str
    by: str
    is_own: bool
    about: str
    """Whose goal it is."""
    category: str
    """Said where it is another than everyday life."""
    rungs: Sequence[Rung]
    said: str
    """The picture in words."""
    here: str
    """The number of the step one is on, and its words."""
    here_words: str
    mark: str
    agreed: str
    """The next thing somebody does, else the last that was done, else who follows up."""
    lead: str
    missing: str
    steps: Sequence[Step]
    ratings: Sequence[RatingLine]
    is_agreed: bool
    state: str
    """Empty while it stands; else how it ended."""
    end_reason: str


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
class PlanPage:
    """Everything that the page of the plan shows."""

    goals: Sequence[GoalCard]
    ended: Sequence[GoalCard]
    agreements: Sequence[AgreementLine]
    done: Sequence[AgreementLine]
    voices: Sequence[VoiceLine]
    state: str
    """Where the plan stands, in one sentence."""
    is_ready: bool
    """It could be agreed as it stands."""
    is_agreed: bool
    """There is a plan, and it is as it stands."""
    number: int
    versions: int


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
    goals: Sequence[str]
    voices: Sequence[VoiceLine]


def plan_page(plan: SharedPlan, people: Sequence[CoursePerson], today: date, *, me: UUID | None) -> PlanPage:
    """The plan as it is shown on a day; `me` is the post of who looks."""
    lines = agreement_lines(plan.agreements, people, today, me=me, goals=plan.goals)
    missing = [rules.missing_in(row.goal) for row in plan.goals]
    return PlanPage(
        goals=goal_cards(plan.goals, people, today),
        ended=goal_cards(plan.ended, people, today),
        agreements=[line for line in lines if line.is_open],
        done=[line for line in lines if not line.is_open],
        voices=_voices(plan.current, people, today),
        state=_state(plan, today, is_whole=not any(missing)),
        is_ready=bool(plan.goals) and plan.is_changed and not any(missing),
        is_agreed=plan.current is not None and not plan.is_changed,
        number=plan.current.plan.number if plan.current else 0,
        versions=len(plan.versions),
    )


def _state(plan: SharedPlan, today: date, *, is_whole: bool) -> str:
    if plan.current is None:
        if not plan.goals:
            return ""
        if is_whole:
            return _("The plan is not agreed yet. It is ready: ask each person what they say to it.")
        return _("The plan is not agreed yet. What is missing stands at each goal.")
    when = {"date": day(plan.current.plan.agreed_on, today)}
    if plan.is_changed:
        return (
            _("The plan was agreed %(date)s, and has been changed since. Agree the change together.") % when
        )
    return _("The plan is agreed %(date)s, and it holds.") % when


# --- goals ---------------------------------------------------------------------------------------------


def goal_cards(rows: Iterable[GoalRow], people: Sequence[CoursePerson], today: date) -> list[GoalCard]:
    """Goals for the components; `people` are those of the course (`CourseHead.people`)."""
    known, by_id = first_names(people), {one.subject_id: one for one in people}
    return [_card(row, known, by_id, people, today) for row in rows]


def _card(
    row: GoalRow,
    names: dict[UUID, str],
    by_id: dict[UUID, CoursePerson],
    people: Sequence[CoursePerson],
    today: date,
) -> GoalCard:
    goal, now = row.goal, row.now
    mark, agreed = _agreed(row, people, today)
    return GoalCard(
        thread=row.thread,
        words=goal.words,
        by=_by(goal, names, by_id, today),
        is_own=goal.own_words,
        about=joined(row.subjects, names),
        category="" if goal.item.category == Category.EVERYDAY else str(Category(goal.item.category).label),
        rungs=ladder(start=goal.start, now=now, target=0, now_word=_("now"), target_word=_("aim")),
        said=_picture(goal, now),
        here=_("Step %(step)s:") % {"step": signed(now)} if now is not None else "",
        here_words=_step_words(goal, now),
        mark=mark,
        agreed=agreed,
        lead=_lead(goal, names, today),
        missing=", ".join(rules.missing_in(goal)),
        steps=[Step(signed(step), _step_words(goal, step), step == now) for step in STEPS if goal.steps],
        ratings=[_rating(one, names, today) for one in row.ratings],
        is_agreed=row.is_agreed,
        state="" if goal.state == Goal.State.STANDING else goal.get_state_display(),
        end_reason=goal.end_reason,
    )


def _by(goal: Goal, names: dict[UUID, str], by_id: dict[UUID, CoursePerson], today: date) -> str:
    if goal.said_by_id and goal.said_by_id in by_id:
        who = with_age(by_id[goal.said_by_id], today)
        if not goal.own_words:
            who = _("Written down for %(name)s") % {"name": who}
        return f"{who}, {day(goal.said_on, today)}" if goal.said_on else who
    about = joined(goal.item.subjects, names)
    return _("Written down by professionals, about %(names)s") % {"names": about} if about else ""


def _picture(goal: Goal, now: int | None) -> str:
    """The ladder in words."""
    parts = [_("Five steps from −2 to +2. The aim is step 0.")]
    if goal.start is not None:
        parts.append(_("It began on step %(step)s.") % {"step": signed(goal.start)})
    if now is None:
        parts.append(_("Nobody has said yet on which step one is."))
    else:
        parts.append(_("Now it is step %(step)s.") % {"step": signed(now)})
    return " ".join(parts)


def _step_words(goal: Goal, step: int | None) -> str:
    return goal.steps[STEPS.index(step)] if goal.steps and step is not None else ""


def _agreed(row: GoalRow, people: Sequence[CoursePerson], today: date) -> tuple[str, str]:
    """The next thing somebody does for it, else the last that was done, else who follows up."""
    shown = [one for one in row.agreements if one.is_open]
    kept = [one for one in row.agreements if one.end and one.end.outcome == AgreementEnd.Outcome.KEPT]
    for one in [*shown[:1], *kept[-1:]]:
        [line] = agreement_lines([one], people, today)
        return line.kind, line.said
    lead = _lead(row.goal, first_names(people), today)
    return ("open", lead) if lead else ("unknown", _("Nobody has said yet who does something about it."))


def _lead(goal: Goal, names: dict[UUID, str], today: date) -> str:
    """»Signe Holm follows up by 26 Nov. The region takes the lead.«"""
    who = _owner(goal, names)
    if not who or goal.due_on is None or not goal.lead_sector:
        return ""
    words = {"who": who, "date": day(goal.due_on, today), "sector": Sector(goal.lead_sector).label}
    return _("%(who)s follows up, by %(date)s. In the lead: %(sector)s") % words


def _owner(goal: Goal, names: dict[UUID, str]) -> str:
    if goal.owner_post:
        return goal.owner_post.staff.name
    return names.get(goal.owner_person_id, "") if goal.owner_person_id else ""


def _rating(one: GoalRating, names: dict[UUID, str], today: date) -> RatingLine:
    who = one.by_post.staff.name if one.by_post else names.get(one.by_person_id, "")  # type: ignore[arg-type]
    return RatingLine(day(one.on, today), who, signed(one.level), one.words)


# --- agreements ----------------------------------------------------------------------------------------


def agreement_lines(
    rows: Iterable[AgreementRow],
    people: Sequence[CoursePerson],
    today: date,
    *,
    me: UUID | None = None,
    goals: Sequence[GoalRow] = (),
) -> list[AgreementLine]:
    """Agreements for the component `plans.agreements`; `goals` name what they serve."""
    names = first_names(people)
    about = {one.pk: row.goal.words for row in goals for one in row.agreements}
    return [_agreement(row, names, today, me, about.get(row.pk, "")) for row in rows]


def _agreement(
    row: AgreementRow, names: dict[UUID, str], today: date, me: UUID | None, goal: str
) -> AgreementLine:
    one = row.agreement
    kind, state = _agreement_state(row, today)
    return AgreementLine(
        pk=row.pk,
        kind=kind,
        state=state,
        who=_doer(one.post, names.get(one.person_id, "") if one.person_id else one.name),
        unit=one.post.unit.name if one.post else _("the family's network") if one.name else "",
        what=one.what,
        due=day(one.due_on, today),
        note=row.end.reason if row.end else (_("For »%(goal)s«") % {"goal": goal} if goal else ""),
        is_open=row.is_open,
        is_mine=me is not None and one.post_id == me,
    )


def _doer(post: Membership | None, name: str) -> str:
    return post.staff.name if post else name or _("Name not known")


def _agreement_state(row: AgreementRow, today: date) -> tuple[str, str]:
    if row.end:
        marks = {"kept": "done", "broken": "missed", "dropped": "excused"}
        words = {"what": row.end.get_outcome_display(), "date": day(row.end.on, today)}
        return marks[row.end.outcome], _("%(what)s %(date)s") % words
    days = (row.agreement.due_on - today).days
    when = {"date": day(row.agreement.due_on, today), "days": abs(days)}
    if days < 0:
        return "late", _("Should have been done %(date)s") % when
    return ("soon" if days <= SOON_DAYS else "open"), _("By %(date)s") % when


SOON_DAYS = 7


# --- voices and versions -------------------------------------------------------------------------------

_VOICE_MARKS = {
    PlanVoice.Answer.AGREED: "done",
    PlanVoice.Answer.NOT_AGREED: "refused",
    PlanVoice.Answer.NO_ANSWER: "unknown",
}


def _voices(version: PlanVersion | None, people: Sequence[CoursePerson], today: date) -> list[VoiceLine]:
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
            goals=[goal.words for goal in one.goals],
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
    if name == "said_by":
        return names.get(goal.said_by_id, "") if goal.said_by_id else ""
    if name == "owner":
        return _owner(goal, names)
    if name == "start":
        return signed(goal.start) if goal.start is not None else ""
    value = getattr(goal, name)
    return date_format(value, "j. F Y") if isinstance(value, date) else str(value or "")
