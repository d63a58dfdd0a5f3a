"""`samspil trace`: the pure engine on a file of facts. Needs no database, server or settings."""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from samspil.collaboration.programmes import engine, loading
from samspil.collaboration.programmes.engine import Fact
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.kernel.definitions import DefinitionError, nearest

_FIELDS = {"people", "facts", "answers"}
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
"""Whoever asks about a day outside these means another; a course's dates lie years beyond it."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """KEY VERSION --facts FILE.json --on YYYY-MM-DD [--known-by …] --json."""
    parser.add_argument("key")
    parser.add_argument("version")
    parser.add_argument("--facts", type=Path, required=True, help="JSON with people, facts and answers")
    parser.add_argument("--on", required=True, help="as of this day, YYYY-MM-DD")
    parser.add_argument("--known-by", help="as known by the end of this day, YYYY-MM-DD")
    parser.add_argument("--json", action="store_true", help="print JSON (the only form there is)")


def run(options: argparse.Namespace) -> int:
    """0: the trace stands on stdout as JSON. 2: bad input; the error stands on stderr."""
    try:
        on = _day(options.on, "--on")
        known_by = _day(options.known_by, "--known-by") if options.known_by else None
        programme = loading.library().programme(options.key, options.version)
        answer = trace(programme, _file(options.facts), on, known_by)
    except (DefinitionError, engine.BadFact, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0


def trace(
    programme: Programme, given: dict[str, object], on: date, known_by: date | None = None
) -> dict[str, object]:
    """Eligibility, occurrences and fidelity as plain data. Raises ValueError that names what is wrong."""
    roles = [role.key for role in programme.roles]
    people = engine.read_people(given.get("people", []), roles)
    facts = engine.read_facts(given.get("facts", []), people, roles)
    _refuse_unknown(programme, facts)
    answers = given.get("answers", {})
    if not isinstance(answers, dict):
        _refuse("answers must be an object of criterion and answer")
    found = engine.occurrences(programme, facts, people, on, known_by)
    eligible = engine.eligibility(programme, people, facts, on, answers, known_by)
    faithful = engine.fidelity(programme, facts, people, on, known_by, found=found)
    return {
        "eligibility": {"result": eligible.result.value, "why": [_node(one) for one in eligible.why]},
        "occurrences": [_occurrence(one) for one in found],
        "fidelity": {
            "course": faithful.course,
            "elements": [
                {"element": one.element, "score": one.score, "due": one.due, "misses": one.misses,
                 "adaptations": one.adaptations}
                for one in faithful.elements
            ],
            "criteria": [
                {"criterion": one.key, "element": one.element, "source": one.source, "level": one.level,
                 "points": one.points, "due": one.due, "met": one.met, "missed": one.missed,
                 "excused": one.excused}
                for one in faithful.criteria
            ],
        },
    }  # fmt: skip


def _refuse_unknown(programme: Programme, facts: Iterable[Fact]) -> None:
    """A step or track of another programme would change nothing, and nobody would see why."""
    steps = [step.key for step in programme.steps] + [measure.key for measure in programme.measures]
    known = {
        ("step.excused", "step"): steps,
        ("track.chosen", "track"): list(programme.tracks.options) if programme.tracks else [],
    }
    for one in facts:
        for (kind, name), words in known.items():
            word = one.attributes.get(name)
            if one.kind == kind and word is not None and word not in words:
                _refuse(f"{kind} {one.id!r}: there is no {name} {word!r}{nearest(str(word), words)}")


def _node(one: engine.NodeAnswer) -> dict[str, object]:
    return {
        "criterion": one.key,
        "kind": one.kind,
        "answer": one.answer.value,
        "ask": one.ask.da,
        "why": one.why.da,
        "provenance": one.mark.value,
        "then": one.then,
    }


def _occurrence(one: engine.Occurrence) -> dict[str, object]:
    return {
        "step": one.step,
        "n": one.n,
        "person": one.person,
        "opens": _iso(one.opens),
        "due": _iso(one.due),
        "closes": _iso(one.closes),
        "state": one.state.value,
        "responsible": one.responsible,
        "evidence": list(one.evidence),
        "why": one.why.da,
    }


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _file(path: Path) -> dict[str, object]:
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        _refuse(f"{path} cannot be read ({error.strerror})")
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        _refuse(f"{path} is not JSON: {error}")
    if not isinstance(given, dict):
        _refuse(f"{path} must hold an object with people, facts and answers")
    for name in given:
        if name not in _FIELDS:
            _refuse(f"{path}: unknown field {name!r}{nearest(name, _FIELDS)}")
    return given


def _day(text: str, name: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        _refuse(f"{name}: {text!r} is not a date that exists (YYYY-MM-DD)")
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        _refuse(f"{name}: {text!r} lies outside the years {_FIRST_YEAR} to {_LAST_YEAR}")
    return day


def _refuse(message: str) -> NoReturn:
    raise ValueError(message)
