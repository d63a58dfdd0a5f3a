"""What comes next in a course, and the full list of steps, each with its reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from samspil.collaboration.courses import acts
from samspil.collaboration.courses.acts import Offer
from samspil.collaboration.programmes.engine import Occurrence, State
from samspil.collaboration.programmes.language import Programme
from samspil.doors.workplace.presenters.model import (
    Casting,
    coming_instrument,
    law_line,
    said_why,
    together,
)
from samspil.doors.workplace.presenters.standing import WAITS, Standing, day, short, standing

AHEAD = timedelta(days=60)
MOST = 8


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step that waits or comes soon: state, what, why, the law, who has it, the page where it is done."""

    state: Standing
    what: str
    why: str
    law: str
    is_deadline: bool
    who: str
    is_mine: bool
    act: Offer | None
    tone: str


def next_steps(
    rows: Sequence[Occurrence],
    cast: Casting,
    space: UUID,
    today: date,
    *,
    may_act: bool,
    language: str,
) -> list[NextStep]:
    """Late, open and soon, most urgent first; the first that the reader does has the filled button.

    `may_act` where the reader coordinates: then also what others have is done from here.
    """
    waiting = [
        one
        for one in rows
        if (one.state in WAITS or _comes_soon(one, today)) and not coming_instrument(one.rule)
    ]
    waiting.sort(key=lambda one: (one.state not in WAITS, day(one.due) or date.max, one.step))
    found, has_filled = [], False
    for group in together(waiting)[:MOST]:
        one = group[0]
        is_mine = one.responsible in cast.mine
        act = acts.offer(one, space, for_another=not is_mine) if is_mine or may_act else None
        is_main = bool(act) and is_mine and one.state in WAITS and not has_filled
        has_filled = has_filled or is_main
        found.append(_next(group, cast, today, language, act, is_main=is_main))
    return found


def _next(
    group: Sequence[Occurrence],
    cast: Casting,
    today: date,
    language: str,
    act: Offer | None,
    *,
    is_main: bool,
) -> NextStep:
    one = group[0]
    origin = cast.origins.get(one.step)
    return NextStep(
        state=standing(one, today, by_law=bool(origin and origin.is_statutory)),
        what=cast.title_of(group, language),
        why=one.why.said(language),
        law=law_line(origin, language) if origin else "",
        is_deadline=bool(origin and origin.is_statutory),
        who=cast.who(one.responsible),
        is_mine=one.responsible in cast.mine,
        act=act,
        tone="main" if is_main else "second",
    )


def _comes_soon(one: Occurrence, today: date) -> bool:
    due = day(one.due)
    return one.state is State.NOT_DUE and due is not None and today <= due <= today + AHEAD


@dataclass(frozen=True, slots=True)
class StepRow:
    """One occurrence in the full list."""

    state: Standing
    what: str
    due: str
    window: str
    who: str
    is_mine: bool
    why: str
    law: str
    provenance: str
    act: Offer | None
    excuse: str


@dataclass(frozen=True, slots=True)
class StepGroup:
    """The occurrences of one phase, or of what is measured."""

    title: str
    rows: list[StepRow]


def step_groups(
    programme: Programme,
    rows: Sequence[Occurrence],
    cast: Casting,
    space: UUID,
    today: date,
    *,
    may_note: bool,
    language: str,
) -> list[StepGroup]:
    """Every occurrence, phase by phase as the model has them."""
    phases = {step.key: number for number, phase in enumerate(programme.phases) for step in phase.steps}
    groups: dict[int, list[StepRow]] = {}
    for one in rows:
        if one.state is State.NOT_RELEVANT:
            continue
        number = phases.get(one.step, len(programme.phases))
        row = _row(one, cast, space, today, may_note=may_note, language=language)
        groups.setdefault(number, []).append(row)
    titles = [f"{n} {phase.title.said(language)}" for n, phase in enumerate(programme.phases, 1)]
    titles.append(_("What we ask about"))
    return [StepGroup(titles[number], groups[number]) for number in sorted(groups)]


def _row(
    one: Occurrence,
    cast: Casting,
    space: UUID,
    today: date,
    *,
    may_note: bool,
    language: str,
) -> StepRow:
    origin, due = cast.origins.get(one.step), day(one.due)
    can_be_done = one.state in WAITS and may_note and not coming_instrument(one.rule)
    return StepRow(
        state=standing(one, today, by_law=bool(origin and origin.is_statutory)),
        what=cast.title_of([one], language),
        due=short(due, today) if due else "",
        window=_window(one, today),
        who=cast.who(one.responsible),
        is_mine=one.responsible in cast.mine,
        why=said_why(one, language),
        law=law_line(origin, language) if origin else "",
        provenance=origin.kind if origin else "proposal",
        act=acts.offer(one, space, for_another=one.responsible not in cast.mine) if can_be_done else None,
        excuse=_excuse(one, space) if can_be_done else "",
    )


def _window(one: Occurrence, today: date) -> str:
    """The days that count as in time, where that is more than one day."""
    opens, closes = day(one.opens), day(one.closes)
    if opens is None or closes is None or opens == closes:
        return ""
    return f"{short(opens, today)} – {short(closes, today)}"


def _excuse(one: Occurrence, space: UUID) -> str:
    """The page on which a step is left out with a reason; none on a site without it."""
    try:
        url = reverse("courses:excuse", args=[space])
    except NoReverseMatch:
        return ""
    asked: Iterable[tuple[str, object]] = [("step", one.step), ("n", one.n)]
    return f"{url}?{urlencode([*asked, *([('person', one.person)] if one.person else [])])}"
