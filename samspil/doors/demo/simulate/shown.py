"""What a simulation answers: each course's people, facts, states and fidelity, read from the database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samspil.collaboration.courses.models import Fact
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.engine.facts import fact
from samspil.collaboration.programmes.language import Programme
from samspil.doors.demo.simulate.families import Relative
from samspil.doors.demo.simulate.playing import Stage
from samspil.doors.demo.simulate.staging import ids_of

NOTICE = "Opdigtede mennesker og opdigtede tal."


def course(stage: Stage, relatives: Iterable[Relative], manner: str, number: int, on: date) -> dict[str, Any]:
    """One course as it stands on the day. Ids are told as names, so that the same seed says the same."""
    rows = list(_rows(stage.space))
    programme, people = stage.asked.programme, _people(stage, relatives)
    facts = [_fact(row) for row in rows]
    found = engine.occurrences(programme, facts, people, on)
    judged = engine.fidelity(programme, facts, people, on, found=found)
    called = _Labels(ids_of(stage))
    return {
        "number": number,
        "opened_on": stage.opened.isoformat(),
        "closed_on": next((row.on_day.isoformat() for row in rows if row.kind == "course.closed"), None),
        "manner": manner,
        "people": [
            {"name": one.name, "born": one.born.isoformat(), "role": one.role, "in_focus": one.in_focus}
            for one in relatives
        ],
        "facts": [
            {
                "number": place,
                "kind": row.kind,
                "on": (row.at or row.on_day).isoformat(),
                "noted_on": row.noted_at.date().isoformat(),
                "by_role": row.by_role,
                "attributes": {
                    name: called.of(name, value) for name, value in sorted(row.attributes.items())
                },
                "corrects": next(
                    (index for index, other in enumerate(rows) if other.pk == row.corrects_id), None
                ),
            }
            for place, row in enumerate(rows)
        ],
        "states": [
            {
                "step": one.step,
                "n": one.n,
                "person": called.of("person", one.person) if one.person else None,
                "due": one.due.isoformat() if one.due else None,
                "state": one.state.value,
                "done_on": one.done_on.isoformat() if one.done_on else None,
                "responsible": one.responsible,
            }
            for one in found
        ],
        "fidelity": asdict(judged),
        "refused": list(stage.refused),
    }


def whole(programme: Programme, seed: int, on: date, courses: list[dict[str, Any]]) -> dict[str, Any]:
    """All of it, with a summary that adds up."""
    scores = [one["fidelity"]["course"] for one in courses if one["fidelity"]["course"] is not None]
    kinds = Counter(row["kind"] for one in courses for row in one["facts"])
    return {
        "notice": NOTICE,
        "programme": programme.key,
        "version": programme.version,
        "seed": seed,
        "on": on.isoformat(),
        "courses": courses,
        "summary": {
            "courses": len(courses),
            "people": sum(len(one["people"]) for one in courses),
            "facts": sum(len(one["facts"]) for one in courses),
            "closed": sum(one["closed_on"] is not None for one in courses),
            "states": dict(sorted(Counter(row["state"] for one in courses for row in one["states"]).items())),
            "corrections": sum(row["corrects"] is not None for one in courses for row in one["facts"]),
            "excused": kinds["step.excused"],
            "handovers": kinds["handover.accepted"],
            "fidelity": round(sum(scores) / len(scores), 4) if scores else None,
        },
    }


def _rows(space: UUID) -> QuerySet[Fact]:
    """The facts in the order they were noted, read as the owner: the report looks at every unit's."""
    facts: QuerySet[Fact] = QuerySet(model=Fact, using="owner")
    return facts.filter(space=space).order_by("noted_at", "pk")


def _people(stage: Stage, relatives: Iterable[Relative]) -> tuple[engine.Person, ...]:
    return tuple(
        engine.Person(str(stage.who(one.first_name)), one.born, frozenset({one.role})) for one in relatives
    )


def _fact(row: Fact) -> engine.Fact:
    on: date | datetime = row.at or row.on_day
    return fact(
        row.kind,
        on,
        id=str(row.pk),
        attributes=row.attributes,
        by_role=row.by_role or None,
        noted_at=row.noted_at,
        corrects=str(row.corrects_id) if row.corrects_id else None,
    )


class _Labels:
    """A name for each id, in the order they turn up."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = dict(known)

    def of(self, name: str, value: object) -> object:
        if isinstance(value, list):
            return (
                [self.of(name, one) for one in value]
                if name != "people"
                else sorted(str(self.of("person", one)) for one in value)
            )
        if not isinstance(value, str) or not _is_id(value):
            return value
        if value not in self._known:
            self._known[value] = f"{name}-{len(self._known)}"
        return self._known[value]


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return len(value) == len("00000000-0000-0000-0000-000000000000")
