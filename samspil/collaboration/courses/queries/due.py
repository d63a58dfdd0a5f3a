"""What is due in a course, with the state it has on the day of asking."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from samspil.collaboration.courses import rules
from samspil.collaboration.courses.models import Course, DueItem
from samspil.collaboration.courses.models.due import note_due_item
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.engine.compiling import compiled
from samspil.collaboration.programmes.language import Programme, Shift
from samspil.foundation.access import sight
from samspil.foundation.kernel.actor import Actor


def due_rows(actor: Actor, course: Course, today: date) -> list[engine.Occurrence]:
    """Every occurrence of a course that the actor sees, with its state today, as the engine hands them out.

    In the order of the programme. One query (and one for the programme, once a process).
    """
    programme = programmes.definition(course.version_id)
    order = {key: place for place, key in enumerate(engine.step_keys(programme))}
    rows = read_due("space_id = %s", [course.space_id])
    found = [occurrence(row, programme, today) for row in rows if row.step in order]
    return sorted(found, key=lambda one: (order[one.step], one.person or "", one.n))


class DueRow(NamedTuple):
    """A due item as the lists of many courses read it."""

    space_id: UUID
    step: str
    n: int
    person_id: UUID | None
    responsible: str
    outcome: str
    opens_on: date | None
    due_on: date | None
    closes_on: date | None
    lapses_on: date | None
    done_on: date | None
    detail: Any


DUE_COLUMNS = (
    "id, subjects, owner_authorities, categories, space_id, step, n, person_id, responsible, outcome, "
    "opens_on, due_on, closes_on, lapses_on, done_on, detail"
)


def read_due(condition: str, values: Sequence[object]) -> list[DueRow]:
    """The due items in sight that a condition written by hand finds, each noted for the log. One query."""
    found = []
    rows = sight.read(f"SELECT {DUE_COLUMNS} FROM courses_dueitem WHERE {condition}", values, has_items=False)  # noqa: S608
    for key, subjects, authorities, categories, *row, detail in rows:
        note_due_item(key, subjects, authorities, categories)
        found.append(DueRow._make([*row, json.loads(detail)]))
    return found


def occurrence(row: DueItem | DueRow, programme: Programme, today: date) -> engine.Occurrence:
    """A due item as the engine's occurrence, with the state it has today."""
    rule, detail = compiled(programme).by_key[row.step], row.detail
    return engine.Occurrence(
        step=row.step,
        n=row.n,
        person=str(row.person_id) if row.person_id else None,
        opens=_moment(detail["opens"]),
        due=_moment(detail["due"]),
        closes=_moment(detail["closes"]),
        state=state_of(row, today),
        responsible=row.responsible,
        evidence=tuple(detail["evidence"]),
        done_on=row.done_on,
        note=detail["note"],
        anchored_on=_moment(detail["anchored"]),
        span=Shift(*detail["span"]),
        rule=rule,
        start=rule.starts[detail["start"]],
        lapses_on=row.lapses_on,
    )


def state_of(row: DueItem | DueRow, today: date) -> engine.State:
    """Where a due item stands today."""
    return rules.state_on(
        today,
        outcome=row.outcome,
        opens=row.opens_on,
        due=row.due_on,
        closes=row.closes_on,
        lapses=row.lapses_on,
    )


def _moment(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
