"""Goals as cards: the words, the ladder in picture and words, and what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.plans import rules
from samspil.collaboration.plans.models import STEPS, AgreementEnd, Goal, GoalRating, Sector
from samspil.collaboration.plans.presenters.agreements import agreement_lines
from samspil.collaboration.plans.presenters.people import day, first_names, joined, with_age
from samspil.collaboration.plans.queries import GoalRow
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.web.ladders import Rung, ladder, signed


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
    who = owner_of(goal, names)
    if not who or goal.due_on is None or not goal.lead_sector:
        return ""
    words = {"who": who, "date": day(goal.due_on, today), "sector": Sector(goal.lead_sector).label}
    said = _("%(who)s follows up, by %(date)s. In the lead: %(sector)s") % words
    return f"{said}. {goal.get_mode_display()}" if goal.mode else said


def owner_of(goal: Goal, names: dict[UUID, str]) -> str:
    if goal.owner_post:
        return goal.owner_post.staff.name
    return names.get(goal.owner_person_id, "") if goal.owner_person_id else ""


def _rating(one: GoalRating, names: dict[UUID, str], today: date) -> RatingLine:
    who = one.by_post.staff.name if one.by_post else names.get(one.by_person_id, "")  # type: ignore[arg-type]
    return RatingLine(day(one.on, today), who, signed(one.level), one.words)
