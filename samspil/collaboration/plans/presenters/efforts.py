"""Efforts as the overview shows them: by sector and person, along a line of time, and one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.plans import law, rules
from samspil.collaboration.plans.models import Effort, EffortStep, EffortView, Sector
from samspil.collaboration.plans.presenters.people import day, first_names, joined, with_age
from samspil.collaboration.plans.queries import EffortRow, happenings
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.sharing import Category

WIDTH, LABEL, TOP, ROW = 960, 300, 40, 44
"""The picture's own units: its width, the column of names, the first line, between lines."""
_MARKS = {"requested": "waiting", "decided": "not-yet", "started": "open", "ended": "done", "": "unknown"}
_BEFORE, _AFTER = timedelta(days=30), timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Bar:
    """One effort along the line of time."""

    text: str
    who: str
    y: float
    text_y: float
    who_y: float
    x: float
    width: float
    is_open: bool
    """It has no last day: the end is drawn open."""
    is_planned: bool
    """It has not begun."""


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    x: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars between two days, for the component `plans.efforts`."""

    width: int
    height: int
    bars: Sequence[Bar]
    months: Sequence[Month]
    today_x: float


@dataclass(frozen=True, slots=True)
class EffortLine:
    """One effort in a line: what, for whom, by whom, where it stands."""

    thread: UUID
    what: str
    type: str
    who: str
    provider: str
    sector: str
    kind: str
    state: str
    period: str
    purpose: str
    category: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What one sector does."""

    title: str
    lines: Sequence[EffortLine]


@dataclass(frozen=True, slots=True)
class Overview:
    """What the component `plans.efforts` shows."""

    groups: Sequence[Group]
    timeline: Timeline | None
    people: Sequence[tuple[str, Sequence[EffortLine]]]
    """The same by person: who gets what."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One thing that happened with an effort."""

    when: str
    datetime: str
    what: str
    note: str
    reason: str


@dataclass(frozen=True, slots=True)
class EffortPage:
    """One effort as its page shows it."""

    line: EffortLine
    purpose_child: str
    basis: str
    steps: Sequence[StepLine]
    views: Sequence[tuple[str, str]]
    next: Sequence[tuple[str, str]]
    """What can be noted next: the key and the words of the button."""


def overview(rows: Sequence[EffortRow], people: Sequence[CoursePerson], today: date) -> Overview:
    """All efforts that the actor sees; `people` are those of the course."""
    names = first_names(people)
    lines = {row.thread: _line(row, names, today) for row in rows}
    groups = [
        Group(str(sector.label), [lines[row.thread] for row in rows if row.effort.sector == sector])
        for sector in Sector
    ]
    by_person = [
        (with_age(one, today), [lines[row.thread] for row in rows if one.subject_id in row.subjects])
        for one in people
    ]
    return Overview(
        groups=[group for group in groups if group.lines],
        timeline=_timeline([row for row in rows if row.steps], lines, today),
        people=[(name, found) for name, found in by_person if found],
    )


def effort_page(row: EffortRow, people: Sequence[CoursePerson], today: date) -> EffortPage:
    """One effort with everything that happened."""
    names = first_names(people)
    return EffortPage(
        line=_line(row, names, today),
        purpose_child=row.effort.purpose_child,
        basis=_basis(row.effort),
        steps=[_step(step, today) for step in reversed(row.steps)],
        views=[(view.words, _viewer(view, people, today)) for view in row.views],
        next=[(key, str(NEXT[key])) for key in rules.possible_next(happenings(row.steps))],
    )


def _line(row: EffortRow, names: dict[UUID, str], today: date) -> EffortLine:
    effort = row.effort
    return EffortLine(
        thread=row.thread,
        what=effort.what,
        type=str(effort.get_type_display()),
        who=joined(row.subjects, names),
        provider=", ".join(
            part for part in (effort.provider, effort.unit.name if effort.unit else "") if part
        ),
        sector=str(effort.get_sector_display()),
        kind=_MARKS[row.state],
        state=_state(row, today),
        period=_period(row, today),
        purpose=effort.purpose,
        category=str(Category(effort.item.category).label),
        is_open=row.is_open,
    )


def _state(row: EffortRow, today: date) -> str:
    if not row.state:
        return _("Not known")
    latest = next(one for one in reversed(row.steps) if one.kind == row.state)
    words = {"what": EffortStep.Kind(row.state).label, "date": day(latest.on, today)}
    return _("%(what)s %(date)s") % words


def _period(row: EffortRow, today: date) -> str:
    if row.is_open and row.planned_end:
        return _("planned until %(date)s") % {"date": day(row.planned_end, today)}
    if row.ends and row.starts:
        return _("from %(starts)s to %(ends)s") % {
            "starts": day(row.starts, today),
            "ends": day(row.ends, today),
        }
    return ""


def _basis(effort: Effort) -> str:
    title = law.statutes().get(effort.law)
    said = title.said(current_language()) if title else ""
    return " ".join(part for part in (said, effort.section) if part)


def _step(step: EffortStep, today: date) -> StepLine:
    notes = []
    if step.planned_end:
        notes.append(_("planned until %(date)s") % {"date": day(step.planned_end, today)})
    if step.with_plan:
        notes.append(_("with a child's plan"))
    if step.rhythm:
        notes.append(_("follow-up: %(rhythm)s") % {"rhythm": step.get_rhythm_display()})
    return StepLine(
        when=date_format(step.on, "j. N Y"),
        datetime=step.on.isoformat(),
        what=str(step.get_kind_display()),
        note=", ".join(notes),
        reason=step.reason,
    )


def _viewer(view: EffortView, people: Sequence[CoursePerson], today: date) -> str:
    name = next((with_age(one, today) for one in people if one.subject_id == view.person_id), "")
    return f"{name}, {day(view.on, today)}" if name else day(view.on, today)


# --- the line of time ----------------------------------------------------------------------------------


def _timeline(rows: Sequence[EffortRow], lines: dict[UUID, EffortLine], today: date) -> Timeline | None:
    """From the first thing that happened to four months ahead, or the last planned day."""
    if not rows:
        return None
    firsts = [row.steps[0].on for row in rows]
    lasts = [row.planned_end or row.ends or today for row in rows]
    first = (min(firsts, default=today) - _BEFORE).replace(day=1)
    last = max([*lasts, today + _AFTER])
    bars = [_bar(row, lines[row.thread], place, first, last, today) for place, row in enumerate(rows)]
    return Timeline(WIDTH, TOP + ROW * len(rows), bars, _months(first, last), _x(today, first, last))


def _bar(row: EffortRow, line: EffortLine, place: int, first: date, last: date, today: date) -> Bar:
    begins = row.starts or row.steps[0].on
    ends = row.ends or row.planned_end or last
    x, y = _x(begins, first, last), TOP + ROW * place + 10.0
    return Bar(
        text=line.what,
        who=line.who,
        y=y,
        text_y=y + 4,
        who_y=y + 22,
        x=x,
        width=max(_x(ends, first, last) - x, 4.0),
        is_open=row.is_open and row.planned_end is None,
        is_planned=row.starts is None,
    )


def _x(on: date, first: date, last: date) -> float:
    part = (on - first) / max(last - first, timedelta(days=1))
    return round(LABEL + min(max(part, 0.0), 1.0) * (WIDTH - LABEL - 8), 1)


def _months(first: date, last: date) -> list[Month]:
    """The first day of each month, of each quarter where there are many."""
    step = 1 if (last - first).days <= MANY_DAYS else 3
    found, on = [], first
    while on <= last:
        if step == 1 or on.month in QUARTERS:
            name = date_format(on, "N Y" if on.month == 1 else "N").lower()
            found.append(Month(name, _x(on, first, last)))
        on = (on + timedelta(days=32)).replace(day=1)
    return found


MANY_DAYS, QUARTERS = 300, (1, 4, 7, 10)


NEXT: dict[str, StrPromise] = {
    "requested": gettext_lazy("It was asked for"),
    "decided": gettext_lazy("It is decided"),
    "started": gettext_lazy("It has begun"),
    "changed": gettext_lazy("It was changed"),
    "followed-up": gettext_lazy("We have followed up"),
    "plan-ready": gettext_lazy("The child's plan is ready"),
    "ended": gettext_lazy("It has ended"),
}
"""What the button says for what can be noted next."""
