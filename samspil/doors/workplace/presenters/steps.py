"""What comes next in a course, and the full list of steps, each with its reason."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.collaboration.courses import acts
from samspil.collaboration.courses.acts import Offer
from samspil.collaboration.meetings.queries import Booked, kind_shown
from samspil.collaboration.programmes.engine import Occurrence, State
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.queries import coming_instrument
from samspil.doors.workplace.presenters.because import because
from samspil.doors.workplace.presenters.calling import Call, call
from samspil.doors.workplace.presenters.model import Casting, law_line, said_why, together
from samspil.doors.workplace.presenters.readings import Readings, readings
from samspil.doors.workplace.presenters.standing import SOON, WAITS, Standing, ahead, day, short, standing
from samspil.foundation.kernel.clock import COPENHAGEN, day_of
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.web.marks import MARKS
from samspil.foundation.web.navigation import Link

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
    call: Call | None = None
    """Whom to ring where somebody else has it."""
    booked: str = ""
    """When and where the meeting is that shows it done, where one is arranged."""
    readings: Readings | None = None


def next_steps(
    rows: Sequence[Occurrence],
    cast: Casting,
    space: UUID,
    today: date,
    *,
    may_act: bool,
    language: str,
    booked: Sequence[Booked] = (),
    is_asked: bool = False,
) -> list[NextStep]:
    """Late, open and soon, by their day; the first that the reader does has the filled button.

    `is_asked` where the reader has a question to answer first: then that has it.

    `may_act` where the reader coordinates: then also what others have is done from here.
    """
    waiting = [
        one
        for one in rows
        if (one.state in WAITS or _comes_soon(one, today)) and not coming_instrument(one.rule)
    ]
    waiting.sort(key=lambda one: (day(one.due) or date.max, one.step))
    arranged = _arranged(waiting, booked)
    groups = [(group, arranged.get(id(group[0]))) for group in together(waiting)]
    groups.sort(key=lambda pair: day_of(pair[1].at) if pair[1] else day(pair[0][0].due) or date.max)
    found, has_filled = [], is_asked
    for group, meeting in groups[:MOST]:
        one = group[0]
        is_mine = one.responsible in cast.mine
        act = acts.offer(one, space, for_another=not is_mine) if is_mine or may_act else None
        if meeting is not None:
            act = Offer(
                _("Make the meeting ready"), reverse("meetings:meeting", args=[space, meeting.meeting])
            )
        is_main = bool(act) and is_mine and one.state in WAITS and not has_filled
        has_filled = has_filled or is_main
        found.append(_next(group, cast, space, today, language, act, meeting, is_main=is_main))
    return found


def _arranged(rows: Iterable[Occurrence], booked: Sequence[Booked]) -> dict[int, Booked]:
    """By occurrence, the meeting that shows it done if it is held as arranged; each meeting once."""
    asking = [(one, kind) for one in rows if (kind := kind_shown(one))]
    left, found = list(booked), {}
    for fits in (_is_in_time, _is_made_up_for):
        for one, kind in asking:
            meeting = next((m for m in left if m.kind == kind and fits(one, day_of(m.at))), None)
            if meeting is not None and id(one) not in found:
                left.remove(meeting)
                found[id(one)] = meeting
    return found


def _is_in_time(one: Occurrence, on: date) -> bool:
    opens, closes = day(one.opens), day(one.closes)
    return opens is not None and closes is not None and opens <= on <= closes


def _is_made_up_for(one: Occurrence, on: date) -> bool:
    """After its time, and still done by a meeting on this day."""
    return one.state in WAITS and (one.lapses_on is None or on < one.lapses_on)


def _when(meeting: Booked, today: date) -> str:
    local = meeting.at.astimezone(COPENHAGEN)
    words = {"day": short(local.date(), today), "time": f"{local:%H.%M}"}
    said = _("%(day)s at %(time)s") % words
    return f"{said}, {meeting.place}" if meeting.place else said


def _met(meeting: Booked, today: date) -> Standing:
    """How far a meeting is; one that lies behind still waits for whoever says that it was held."""
    on = day_of(meeting.at)
    if on < today:
        return Standing("late", _("Was it held?"), _("meeting %(day)s") % {"day": short(on, today)})
    kind = "soon" if on - today <= SOON else "open"
    return Standing(kind, ahead(on, today), _("meeting %(day)s") % {"day": short(on, today)})


def missed(rows: Iterable[Occurrence]) -> int:
    """How much did not happen in its time: it stays, but nobody can do it now."""
    return len(together(one for one in rows if one.state is State.MISSED and not coming_instrument(one.rule)))


def _next(
    group: Sequence[Occurrence],
    cast: Casting,
    space: UUID,
    today: date,
    language: str,
    act: Offer | None,
    meeting: Booked | None,
    *,
    is_main: bool,
) -> NextStep:
    one = group[0]
    origin = cast.origins.get(one.step)
    by_law = bool(origin and origin.is_statutory)
    is_mine = one.responsible in cast.mine
    why = because(one, cast.programme, today, by_law=by_law, language=language)
    return NextStep(
        state=_met(meeting, today)
        if meeting and _is_in_time(one, day_of(meeting.at))
        else standing(one, today, by_law=by_law),
        what=cast.title_of(group, language),
        why=why,
        law=law_line(origin, language) if origin else "",
        is_deadline=by_law,
        who=cast.who(one.responsible),
        is_mine=is_mine,
        act=act,
        tone="main" if is_main else "second",
        call=None if is_mine else call(space, *cast.phones.get(one.responsible, ("", ""))),
        booked=_when(meeting, today) if meeting else "",
        readings=_readings(cast.programme, one, language),
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
    is_waiting: bool
    readings: Readings | None = None


@dataclass(frozen=True, slots=True)
class StepGroup:
    """The occurrences of one phase, or of what is measured."""

    title: str
    rows: list[StepRow]


WAYS: dict[str, tuple[Text, Callable[[StepRow], bool]]] = {
    "": (gettext_lazy("All steps"), lambda _row: True),
    "now": (gettext_lazy("Can be done now"), lambda row: row.is_waiting),
    "missed": (gettext_lazy("Did not happen"), lambda row: row.state.kind == "missed"),
}
"""Ways to look at the list, by what stands in the address."""


def shown_groups(groups: Sequence[StepGroup], way: str) -> tuple[list[StepGroup], list[Link]]:
    """The rows that one asked to see, and the ways to look; nonsense in the address is all of it."""
    way = way if way in WAYS else ""
    fits = WAYS[way][1]
    kept = [StepGroup(group.title, [row for row in group.rows if fits(row)]) for group in groups]
    ways = [
        Link(f"{text} ({number})", f"?show={key}" if key else "?", is_current=key == way)
        for key, (text, chosen) in WAYS.items()
        for number in [sum(chosen(row) for group in groups for row in group.rows)]
    ]
    return [group for group in kept if group.rows], ways


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


def _standing(one: Occurrence, today: date, *, by_law: bool) -> Standing:
    """How far a step is; nobody has missed what cannot be answered yet."""
    if one.state is State.MISSED and coming_instrument(one.rule):
        return Standing("not-yet", str(MARKS["not-yet"].word))
    return standing(one, today, by_law=by_law)


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
        state=_standing(one, today, by_law=bool(origin and origin.is_statutory)),
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
        is_waiting=one.state in WAITS,
        readings=_readings(cast.programme, one, language),
    )


def _readings(programme: Programme, one: Occurrence, language: str) -> Readings | None:
    return readings(programme.key, programme.version, one.step, language)


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
