"""The model as a map: a column for each phase, and an axis of time where steps return."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.collaboration.programmes.engine import Occurrence, State
from samspil.collaboration.programmes.engine.plan import Shape
from samspil.collaboration.programmes.language import Phase, Programme
from samspil.collaboration.programmes.language.when import add_months
from samspil.collaboration.programmes.queries import coming_instrument
from samspil.doors.workplace.presenters.model import Casting, together
from samspil.doors.workplace.presenters.standing import day, short, standing
from samspil.foundation.web import maps

BEHIND, AHEAD = timedelta(days=21), 4
"""The axis begins with the month this long ago and shows so many months."""
KINDS = ("done", "done-late", "open", "soon", "late", "missed", "excused", "not-yet", "statutory")
"""The marks of the map, for its legend."""


def phase_map(
    programme: Programme, rows: Sequence[Occurrence], cast: Casting, today: date, *, language: str
) -> list[maps.Phase]:
    """Phases with what has a place in this course; what belongs to another track has none."""
    relevant = [one for one in rows if one.state is not State.NOT_RELEVANT]
    by_step: dict[str, list[Occurrence]] = {}
    for one in relevant:
        by_step.setdefault(one.step, []).append(one)
    wide = _returning(programme)
    drawer = _Drawer(cast, today, language)
    found: list[maps.Phase] = []
    for phase in programme.phases:
        keys = [step.key for step in phase.steps]
        measures = [measure.key for measure in programme.measures] if phase.key == wide else []
        groups = [by_step[key] for key in keys if key in by_step]
        asked = [one for key in measures for one in by_step.get(key, ()) if not coming_instrument(one.rule)]
        if groups or asked:
            number = str(len(found) + 1)
            found.append(drawer.phase(phase, number, groups, asked, is_wide=phase.key == wide))
    return found


def _returning(programme: Programme) -> str:
    """The phase with most steps that return; it is drawn along time."""
    counted = [
        (sum(step.repeats is not None for step in phase.steps), phase.key) for phase in programme.phases
    ]
    count, key = max(counted, key=lambda found: found[0])
    return key if count else ""


class _Drawer:
    """Draws the phases of one course for one day and language."""

    def __init__(self, cast: Casting, today: date, language: str) -> None:
        self.cast, self.today, self.language = cast, today, language
        self.first = (today - BEHIND).replace(day=1)
        self.last = add_months(self.first, AHEAD) - timedelta(days=1)

    def phase(
        self,
        phase: Phase,
        number: str,
        groups: Sequence[Sequence[Occurrence]],
        asked: Sequence[Occurrence],
        *,
        is_wide: bool,
    ) -> maps.Phase:
        rows = [one for group in groups for one in group]
        title, when = phase.title.said(self.language), self._when(rows, is_open_ended=is_wide)
        if not is_wide:
            return maps.Phase(
                number, title, when, [self.step(group) for group in together(_worth_a_line(rows))]
            )
        tracks = [track for group in groups for track in self.tracks(group)] + self._asked(asked)
        before = [one for one in rows if one.state in {State.MISSED, State.LATE} and self._is_before(one)]
        drawn = maps.calendar(tracks, first=self.first, last=self.last, today=self.today) if tracks else None
        behind = [self.step(group) for group in together(before)]
        return maps.Phase(number, title, when, [*behind, *self._unanswered(asked)], drawn)

    def _asked(self, rows: Sequence[Occurrence]) -> list[maps.Track]:
        """All that is asked about on one line: a mark for each day and state."""
        dots = {
            (dot.on, dot.kind): dot
            for dot in (self._dot(one, is_next=False) for one in rows if self._is_inside(one))
        }
        return [maps.Track(_("What we ask about"), [dots[key] for key in sorted(dots)])] if dots else []

    def _unanswered(self, rows: Sequence[Occurrence]) -> list[maps.Step]:
        """What was asked about before the axis and never answered, counted."""
        missed = [one for one in rows if one.state is State.MISSED and self._is_before(one)]
        if not missed:
            return []
        words = ngettext("%(count)d answer is missing", "%(count)d answers are missing", len(missed))
        note = words % {"count": len(missed)}
        return [maps.Step("missed", _("What we ask about"), note, is_alarming=True)]

    def step(self, group: Sequence[Occurrence]) -> maps.Step:
        """One line: the result, for whom, when."""
        one = group[0]
        state = standing(one, self.today, by_law=self._is_statutory(one))
        return maps.Step(
            state.kind,
            self.cast.title_of(group, self.language),
            self._step_note(one, state.text, state.note),
            is_alarming=state.is_alarming,
        )

    def _step_note(self, one: Occurrence, text: str, note: str) -> str:
        match one.state:
            case State.LATE:
                return text
            case State.MISSED:
                return _("did not happen, %(due)s") % {"due": note}
            case State.EXCUSED:
                return _("excused, with a reason")
            case State.DONE | State.DONE_LATE:
                return note
        origin = self.cast.origins.get(one.step)
        if origin and origin.is_statutory and note:
            return f"{note} · {origin.section}"
        return note or _("not yet")

    def tracks(self, group: Sequence[Occurrence]) -> Iterable[maps.Track]:
        """A line for each person that a step is for, with what falls within the axis."""
        people = list(dict.fromkeys(one.person for one in group))
        for person in people:
            own = [one for one in group if one.person == person]
            inside = [one for one in own if self._is_inside(one)]
            if not inside:
                continue
            next_one = next((one for one in inside if one.state not in _OVER), None)
            title = self.cast.title_of(own[:1], self.language)
            name = title if len(people) > 1 else own[0].rule.title.said(self.language)
            yield maps.Track(name, [self._dot(one, is_next=one is next_one) for one in inside])

    def _dot(self, one: Occurrence, *, is_next: bool) -> maps.Dot:
        state = standing(one, self.today, by_law=self._is_statutory(one))
        on = one.done_on or day(one.due) or self.today
        says = is_next and (state.kind != "not-yet" or one.rule.shape is not Shape.REPEATS)
        lower = state.text[:1].lower() + state.text[1:]
        words = lower if state.kind in {"late", "soon"} else short(on, self.today)
        return maps.Dot(state.kind, on, words if says else "")

    def _is_inside(self, one: Occurrence) -> bool:
        on = one.done_on or day(one.due)
        return on is not None and self.first <= on <= self.last

    def _is_before(self, one: Occurrence) -> bool:
        on = day(one.due)
        return on is not None and on < self.first

    def _is_statutory(self, one: Occurrence) -> bool:
        origin = self.cast.origins.get(one.step)
        return origin is not None and origin.is_statutory

    def _when(self, rows: Iterable[Occurrence], *, is_open_ended: bool) -> str:
        known = sorted(on for one in rows if (on := one.done_on or day(one.due)) is not None)
        if not known:
            return ""
        if is_open_ended:
            return _("from %(day)s") % {"day": short(known[0], self.today)}
        if known[0] == known[-1]:
            return short(known[0], self.today)
        return f"{short(known[0], self.today)} – {short(known[-1], self.today)}"


_OVER = frozenset({State.DONE, State.DONE_LATE, State.EXCUSED, State.MISSED})


def _worth_a_line(rows: Iterable[Occurrence]) -> Iterable[Occurrence]:
    """All but the later rounds of what has not come yet: the next one stands for them."""
    shown: set[tuple[str, str | None]] = set()
    for one in rows:
        key = (one.step, one.person)
        if one.state is State.NOT_DUE:
            if key in shown:
                continue
            shown.add(key)
        yield one
