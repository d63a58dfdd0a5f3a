"""What the engine says of a family on a day: pure, within bounds that keep every question cheap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.engine.compiling import compiled
from samspil.collaboration.programmes.engine.facts import CLOSED, OPENED
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.language.when import add_months
from samspil.collaboration.programmes.trying.families import Family
from samspil.collaboration.programmes.trying.state import Asked, BadState

FIRST, LAST = date(2000, 1, 1), date(2060, 12, 31)
MOST_MONTHS = 8 * 12
"""How long after its first fact a family may be looked at: rhythms are listed until then and a year on."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the family with the name a page shows."""

    person: engine.Person
    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """One fact as the page lists it: the engine's, where it is from, and whether it counts."""

    fact: engine.Fact
    number: int
    is_added: bool
    is_out: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """A family on a day: the people, the facts, and everything that follows from them."""

    on: date
    people: tuple[Someone, ...]
    facts: tuple[Told, ...]
    occurrences: Sequence[engine.Occurrence]
    eligibility: engine.Eligibility
    fidelity: engine.Fidelity
    held: tuple[tuple[str, engine.HeldBack], ...]
    answers: Mapping[str, str]

    @property
    def counted(self) -> list[engine.Fact]:
        """The facts that count."""
        return [one.fact for one in self.facts if not one.is_out]


def tried(programme: Programme, family: Family | None, asked: Asked, today: date) -> Tried:
    """Everything the engine says. Raises BadState where what was added cannot be, or lies out of bounds."""
    people = members(programme, family, asked)
    facts = _told(programme, family, asked, people)
    counted = [one.fact for one in facts if not one.is_out]
    on = asked.on or (family.on if family else today)
    if not within_bounds(on, counted):
        raise BadState("the day lies too far away")
    persons = [one.person for one in people]
    answers = {**(family.answers if family else {}), **asked.kept.answers}
    try:
        eligible = engine.eligibility(programme, persons, counted, on, answers)
    except ValueError as error:
        raise BadState(str(error)) from error
    found = engine.occurrences(programme, counted, persons, on)
    return Tried(
        on=on,
        people=people,
        facts=facts,
        occurrences=found,
        eligibility=eligible,
        fidelity=engine.fidelity(programme, counted, persons, on, found=found),
        held=held(programme, counted, persons, on),
        answers=answers,
    )


def within_bounds(on: date, facts: Sequence[engine.Fact]) -> bool:
    """May a family be looked at on this day?"""
    if not FIRST <= on <= LAST:
        return False
    opened = min((one.day for one in facts), default=on)
    return on <= add_months(opened, MOST_MONTHS)


def members(programme: Programme, family: Family | None, asked: Asked) -> tuple[Someone, ...]:
    """The people of the family, or those somebody put into the empty one. Raises BadState."""
    roles = [role.key for role in programme.roles]
    if family is not None:
        rows = [(member.row, member.name) for member in family.members]
    else:
        titles = {role.key: role.title.da for role in programme.roles}
        rows = [
            ({"id": f"p{number}", "born": one.born, "roles": [one.role]},
             f"{titles.get(one.role, one.role)} {number}")
            for number, one in enumerate(asked.kept.people, 1)
        ]  # fmt: skip
    try:
        people = engine.read_people([row for row, _name in rows], roles)
    except ValueError as error:
        raise BadState(str(error)) from error
    return tuple(Someone(person, name) for person, (_row, name) in zip(people, rows, strict=True))


def _told(
    programme: Programme, family: Family | None, asked: Asked, people: Sequence[Someone]
) -> tuple[Told, ...]:
    roles = [role.key for role in programme.roles]
    own = [one.row for one in family.facts] if family else []
    added = [one.row for one in asked.kept.facts]
    rows = [
        {**row, "id": f"{'own' if index < len(own) else 'new'}-{index:03}"}
        for index, row in enumerate([*own, *added])
    ]
    try:
        facts = engine.read_facts(rows, [one.person for one in people], roles)
    except ValueError as error:
        raise BadState(str(error)) from error
    if any(not FIRST <= one.day <= LAST for one in facts):
        raise BadState("a fact lies too far away")
    return tuple(
        Told(
            fact,
            index if index < len(own) else index - len(own),
            is_added=index >= len(own),
            is_out=index < len(own) and index in asked.kept.out,
        )
        for index, fact in enumerate(facts)
    )


def held(
    programme: Programme, facts: Sequence[engine.Fact], people: Sequence[engine.Person], on: date
) -> tuple[tuple[str, engine.HeldBack], ...]:
    """What may not be noted yet on the day: the kind, and the condition with the person."""
    return tuple(
        (pattern.fact, one)
        for condition in programme.conditions
        for pattern in condition.holds_back
        for one in engine.held_back(programme, facts, people, on, pattern.fact, pattern.where)
        if one.condition is condition
    )


def evidence_of(programme: Programme, step: str, person: str | None) -> list[tuple[str, dict[str, object]]]:
    """The facts that show a step done; empty where it takes more than one can say with a click.

    A step that follows one thing (an effort, a meeting) needs to know which: that is asked in the form.
    """
    ready = compiled(programme)
    rule = ready.by_key.get(step)
    if rule is None or rule.grouping is not None:
        return []
    matches = rule.matches if ready.shown[rule.shown].needs_all else rule.matches[:1]
    return [(match.kind, {**dict(match.where), **_about(match.kind, person)}) for match in matches]


def _about(kind: str, person: str | None) -> dict[str, object]:
    from samspil.collaboration.programmes import vocabulary
    from samspil.collaboration.programmes.vocabulary import Type

    names = vocabulary.KINDS[kind].attributes
    if person is None:
        return {}
    if "person" in names:
        return {"person": person}
    if "people" in names and names["people"].type is Type.PEOPLE:
        return {"people": [person]}
    return {}


def kinds_offered(programme: Programme) -> list[str]:
    """The kinds of facts that can change anything in a model, openings and closings with them."""
    ready = compiled(programme)
    kinds = {kind for rule in ready.rules for kind in rule.kinds} | {OPENED, CLOSED, *programme.baton.on}
    nodes = programme.target_group.criteria.criteria()
    kinds |= {node.recent.fact for node in nodes if node.recent is not None}
    kinds |= {pattern.fact for one in programme.conditions for pattern in (*one.holds_back, *one.until)}
    if programme.all_tracks:
        kinds.add("track.chosen")
    return sorted(kinds - {"step.excused", "fact.withdrawn"})


def things_grouped(programme: Programme, kind: str) -> list[str]:
    """The attributes by which a model ties the facts of a kind to one thing."""
    found: dict[str, None] = {}
    for rule in compiled(programme).rules:
        if rule.grouping is not None and kind in rule.kinds and rule.grouping.by:
            found[rule.grouping.by] = None
    return list(found)
