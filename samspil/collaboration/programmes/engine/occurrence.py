"""One occurrence of a step, the states it can be in, and its reason in words."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from samspil.collaboration.programmes.engine import reasons
from samspil.collaboration.programmes.engine.moments import Moment
from samspil.collaboration.programmes.engine.plan import Rule, Start
from samspil.collaboration.programmes.language.when import Shift
from samspil.collaboration.programmes.language.words import Text


class State(StrEnum):
    """Where an occurrence stands on the day asked about."""

    NOT_DUE = "not due"
    OPEN = "open"
    DUE = "due"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done late"
    MISSED = "missed"
    EXCUSED = "excused"
    NOT_RELEVANT = "not relevant"


NOT_DUE, OPEN, DUE, LATE, DONE, DONE_LATE, MISSED, EXCUSED, NOT_RELEVANT = State


class Occurrence(NamedTuple):
    """One occurrence of a step.

    `opens` to `closes` is the time in which doing it counts as in time; `due` lies inside. All three are
    dates, or instants for clocks in hours, or None where the anchor is not known. `n` counts from 1.
    `done_on` is the day of the fact that completed it; `evidence` holds the ids of the facts. `lapses_on`
    is the first day on which what is not done is missed (None: it stays late until it is done).
    """

    step: str
    n: int
    person: str | None
    opens: Moment | None
    due: Moment | None
    closes: Moment | None
    state: State
    responsible: str
    evidence: tuple[str, ...]
    done_on: date | None
    note: str
    anchored_on: Moment | None
    span: Shift
    rule: Rule
    start: Start
    lapses_on: date | None = None

    @property
    def why(self) -> Text:
        """The reason in Danish and English: the rule, the event it counts from, and the state."""
        start = self.start
        name = reasons.event(start.kinds, start.birthday, start.date)
        if self.due is None:
            note = reasons.NOTES[self.note or "unknown"]
            return Text(
                da=note.da.format(event=name.da, age=self.rule.start_age),
                en=note.en.format(event=name.en, age=self.rule.start_age),
            )
        state = reasons.STATES[self.state.value]
        da, en = state.da, state.en
        if self.done_on:
            day = reasons.spelled_day(self.done_on)
            da, en = f"{da}, {day.da}.", f"{en}, {day.en}."
        elif self.state is EXCUSED:
            da, en = f"{da}.", f"{en}."
        if self.note:
            note, age = reasons.NOTES[self.note], self.rule.start_age
            da, en = f"{da} {note.da.format(age=age)}", f"{en} {note.en.format(age=age)}"
        due, span = reasons.spelled_day(self.due), reasons.spelled_span(self.span)
        if self.anchored_on is None:
            return Text(da=f"Frist {due.da}. {da}", en=f"Due {due.en}. {en}")
        from_day = reasons.spelled_day(self.anchored_on)
        return Text(
            da=f"Frist {due.da}: {span.da} »{name.da}« {from_day.da}. {da}",
            en=f"Due {due.en}: {span.en} “{name.en}” {from_day.en}. {en}",
        )
