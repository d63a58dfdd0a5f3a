"""The parts that papers are made of: whom to call, what we want to reach, who does what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.collaboration.courses.models import Participant
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.plans.models import Agreement, AgreementEnd, Goal
from samspil.collaboration.plans.queries import AgreementRow, GoalRow
from samspil.foundation.access.models import ItemBacked
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.organisations.models import Unit
from samspil.foundation.web.ladders import Rung, ladder

TARGET, MIDDLE = 0, 2


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody of the staff, and how to reach them."""

    name: str
    title: str
    unit: str
    phone: str
    is_coordinator: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does what, and by when; how it ended where it has."""

    who: str
    what: str
    due: date
    ended: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """A goal in the words of whoever said it, and where one is, as a picture and in words."""

    words: str
    is_quoted: bool
    whose: str
    where: str
    """How far it is, in words."""
    step: str
    """What the step one is on was called."""
    said: str
    """The picture in words."""
    rungs: Sequence[Rung]
    deeds: tuple[Deed, ...]


def about(row: ItemBacked) -> tuple[tuple[UUID, ...], Category]:
    """Whom a row is about, and in which category."""
    return tuple(row.item.subjects), Category(row.item.category)


def contacts(head: CourseHead, units: Mapping[UUID, Unit], language: str) -> list[Contact]:
    """Who takes part, each once, the coordinator first. Of a role that many fill, the unit says more."""
    titles = {role.key: role.title.said(language) for role in head.programme.roles if role.coordinator}
    found: dict[UUID, Contact] = {}
    for one in sorted(head.participants, key=lambda one: one.membership_id != head.baton):
        found.setdefault(one.membership_id, _contact(one, titles.get(one.role, ""), units, head.baton))
    return list(found.values())


def _contact(one: Participant, title: str, units: Mapping[UUID, Unit], baton: UUID | None) -> Contact:
    unit = units.get(one.unit_id)
    return Contact(
        name=one.membership.staff.name,
        title=title,
        unit=_place(unit, title) if unit else one.unit.name,
        phone=one.membership.staff.phone,
        is_coordinator=one.membership_id == baton,
    )


def _place(unit: Unit, title: str) -> str:
    """The unit and its authority; a unit that the title of the role names already is not said twice."""
    return unit.authority.name if unit.name in title else f"{unit.name}, {unit.authority.name}"


def deed(row: AgreementRow, names: Mapping[UUID, str]) -> Deed:
    """An agreement as a line."""
    return Deed(
        who=_doer(row.agreement, names),
        what=row.agreement.what,
        due=row.agreement.due_on,
        ended=str(AgreementEnd.Outcome(row.end.outcome).label) if row.end else "",
        is_open=row.is_open,
    )


def _doer(one: Agreement, names: Mapping[UUID, str]) -> str:
    if one.post:
        return one.post.staff.name
    return first_name(names.get(one.person_id, "")) if one.person_id else one.name


def wish(row: GoalRow, levels: Iterable[int], deeds: Iterable[Deed], names: Mapping[UUID, str]) -> Wish:
    """A goal; `levels` are the steps that were said and may be told, newest first."""
    goal = row.goal
    now = next(iter(levels), goal.start)
    where = distance(now)
    return Wish(
        words=goal.words,
        is_quoted=goal.own_words,
        whose=_whose(goal, names),
        where=ended(goal) or where,
        step=_step(goal, now),
        said=where,
        rungs=ladder(start=None, now=now, target=TARGET, now_word="", target_word="")
        if now is not None
        else (),
        deeds=tuple(deeds),
    )


def _whose(goal: Goal, names: Mapping[UUID, str]) -> str:
    """Who said it, where the goal is about nobody else but them and those it is shown to anyway."""
    said_by = goal.said_by_id
    return first_name(names.get(said_by, "")) if said_by and said_by in about(goal)[0] else ""


def distance(now: int | None) -> str:
    """How far one is from what one hoped for, in words."""
    if now is None:
        return ""
    if now == TARGET:
        return _("You are where you wanted to be.")
    if now > TARGET:
        return _("You have come further than you hoped.")
    missing = TARGET - now
    return ngettext("There is one step left.", "There are %(count)d steps left.", missing) % {
        "count": missing
    }


def ended(goal: Goal) -> str:
    """Why a goal no longer stands, in words."""
    return "" if goal.state == Goal.State.STANDING else str(Goal.State(goal.state).label)


def _step(goal: Goal, now: int | None) -> str:
    return goal.steps[now + MIDDLE] if goal.steps and now is not None else ""


def first_name(name: str) -> str:
    """What one is called at the table."""
    return name.split(maxsplit=1)[0] if name.strip() else ""
