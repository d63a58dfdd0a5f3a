"""What may be noted in a course, with which answers; and what was noted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samspil.collaboration.courses.models import CoursePerson, Fact
from samspil.collaboration.courses.queries.course import facts_of
from samspil.collaboration.courses.queries.head import CourseHead
from samspil.collaboration.programmes import engine, vocabulary
from samspil.collaboration.programmes.engine.compiling import compiled
from samspil.collaboration.programmes.engine.facts import fact as engine_fact
from samspil.collaboration.programmes.language import Programme, Role
from samspil.collaboration.programmes.vocabulary import Type
from samspil.foundation.access import queries as access
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.kernel.sharing import Category

OF_OTHER_PAGES = (
    "referral.", "course.", "meeting.", "minutes.", "plan.", "goal.", "agreement.", "effort.", "tool.",
    "measure.", "note.", "handover.", "coordinator.", "contact_person.", "consent.", "disclosure.", "step.",
    "fact.", "eligibility.", "contact.", "child_view.", "family_copy.", "breach.", "follow_up.",
    "contact_session.", "checklist.",
)  # fmt: skip
"""What comes about on a page of its own, where more is written than the fact."""
NOTABLE = tuple(name for name in vocabulary.KINDS if not name.startswith(OF_OTHER_PAGES))
"""The kinds that the one general form notes."""
FROM_OUTSIDE = "contact_person.accepted"
"""A colleague says yes on the page of the team; the yes of somebody the family has chosen is noted here."""
NOT_ASKED = {FROM_OUTSIDE: ("person", "sector")}
STEPPED = "level"
"""An attribute whose numbers the model names: a choice, not a number to type."""
SPOKEN = ("reason",)
"""Attributes whose words are kept beside the fact."""
BEGIN = {
    "admission": "stay",
    "report.received": "report",
    "access.requested": "request",
    "complaint.received": "complaint",
}
"""Kinds that begin something which later facts are about, and the attribute that names it."""
FOLLOW = {
    "discharge": "admission",
    "report.assessed": "report.received",
    "report.receipted": "report.received",
    "access.answered": "access.requested",
}
NEEDED = frozenset({"track", "person"})


@dataclass(frozen=True, slots=True)
class FactField:
    """One question of the form of a kind. `options` are codes; of a track, with their titles."""

    name: str
    type: Type
    options: tuple[tuple[str, str], ...] = ()
    is_needed: bool = False


def held(actor: Actor, space: UUID) -> Category:
    """The topics in which the actor may write in a space. Three queries at most."""
    in_team = access.held_in_team(actor, space)
    return in_team or access.asker().led_mask


def notable_kinds(actor: Actor, head: CourseHead) -> tuple[list[str], list[str]]:
    """The kinds the model asks for, and the others, that the actor may note."""
    mask = held(actor, head.space)
    kinds = [name for name in NOTABLE if vocabulary.KINDS[name].category & mask]
    if not head.programme.all_tracks:
        kinds = [name for name in kinds if name != "track.chosen"]
    if chosen_by_family(head.programme) and vocabulary.KINDS[FROM_OUTSIDE].category & mask:
        kinds.append(FROM_OUTSIDE)
    asked = _kinds_of(head.programme)
    return [name for name in kinds if name in asked], [name for name in kinds if name not in asked]


def chosen_by_family(programme: Programme) -> list[Role]:
    """The roles that somebody from outside fills, by the family's own choice."""
    return [role for role in programme.roles if role.sector == "civil"]


def kind_of_step(programme: Programme, step: str) -> str:
    """The kind by which the general form shows a step done; empty where it does not."""
    rule = compiled(programme).by_key.get(step)
    kinds = [match.kind for match in rule.matches] if rule else []
    return next((kind for kind in kinds if kind in NOTABLE), "")


def asked_by_step(programme: Programme, step: str, kind: str) -> Mapping[str, object]:
    """The attributes with which a fact of a kind shows a step done."""
    rule = compiled(programme).by_key.get(step)
    found = [match for match in rule.matches if match.kind == kind] if rule else []
    return dict(found[0].where) if found else {}


def values_asked(programme: Programme, kind: str) -> dict[str, tuple[str, ...]]:
    """The codes that the steps of a programme name, by attribute: the only ones it understands."""
    found: dict[str, dict[str, None]] = {}
    for rule in compiled(programme).rules:
        wheres = [match.where for match in rule.matches if match.kind == kind]
        wheres += [start.where for start in rule.starts if kind in start.kinds]
        for name, value in (pair for where in wheres for pair in where):
            if isinstance(value, str):
                found.setdefault(name, {})[value] = None
    return {name: tuple(values) for name, values in found.items()}


def fact_fields(
    programme: Programme,
    kind: str,
    people: Sequence[CoursePerson],
    said: Mapping[str, object] | None = None,
) -> list[FactField]:
    """The questions of a kind, as far as a person can answer them: ids of things are not asked.

    What a fact that is corrected `said` stays one of the answers.
    """
    asked = values_asked(programme, kind)
    everybody = tuple((str(one.subject_id), one.name) for one in people)
    fields = []
    for name, attribute in vocabulary.KINDS[kind].attributes.items():
        if name in NOT_ASKED.get(kind, ()):
            continue
        options: tuple[tuple[str, str], ...] = ()
        match attribute.type:
            case Type.THING:
                continue
            case Type.PERSON | Type.PEOPLE:
                options = everybody
            case Type.ROLE:
                roles = chosen_by_family(programme) if kind == FROM_OUTSIDE else programme.roles
                options = tuple((role.key, role.title.da) for role in roles)
            case Type.INTEGER if name == STEPPED:
                options = _levels(programme, kind)
            case Type.TEXT if name == "track":
                options = _tracks(programme)
            case Type.TEXT:
                options = tuple((one, "") for one in attribute.options or asked.get(name, ()))
                if not options:
                    continue
                known = (said or {}).get(name)
                if isinstance(known, str) and (known, "") not in options:
                    options = (*options, (known, ""))
            case _plain:
                pass
        needed = name in NEEDED or bool(attribute.options) or name == STEPPED or kind == FROM_OUTSIDE
        fields.append(FactField(name, attribute.type, options, needed))
    return fields


def _tracks(programme: Programme) -> tuple[tuple[str, str], ...]:
    """The tracks of the programme, and with their phase those of its phases."""
    found = [
        (key, one.title.da) for key, one in (programme.tracks.options if programme.tracks else {}).items()
    ]
    for phase in programme.phases:
        inner = phase.tracks.options if phase.tracks else {}
        found += [(f"{phase.key}/{key}", f"{phase.title.da}: {one.title.da}") for key, one in inner.items()]
    return tuple(found)


def _levels(programme: Programme, kind: str) -> tuple[tuple[str, str], ...]:
    """The levels that the steps of a programme begin with, lowest first, each as its phase calls it."""
    found: dict[int, str] = {}
    for phase in programme.phases:
        for step in phase.steps:
            starts = [one for one in compiled(programme).by_key[step.key].starts if kind in one.kinds]
            named = [value for one in starts for name, value in one.where if name == STEPPED]
            if len(named) == 1:
                found.setdefault(int(str(named[0])), phase.title.da)
    return tuple((str(level), found[level]) for level in sorted(found))


def _kinds_of(programme: Programme) -> set[str]:
    ready = compiled(programme)
    return {kind for rule in ready.rules for kind in rule.kinds} | _kinds_of_target(programme)


def _kinds_of_target(programme: Programme) -> set[str]:
    nodes = programme.target_group.criteria.criteria()
    return {node.recent.fact for node in nodes if node.recent is not None}


# --- what was noted ------------------------------------------------------------------------------------


def fact_in(actor: Actor, space: UUID, fact: UUID) -> Fact | None:
    """One fact of a course that the actor sees and that nothing has corrected. Two queries."""
    found = facts_of(actor, space).filter(pk=fact).first()
    if found is None or facts_of(actor, space).filter(corrects=fact).first() is not None:
        return None
    return found


def thing_of(actor: Actor, space: UUID, kind: str, person: str) -> dict[str, str]:
    """The object that ties a fact to others: new where it begins one, else the last that nothing has ended.

    Empty where the kind knows of none. One query at most.
    """
    if kind in BEGIN:
        return {BEGIN[kind]: str(new_id())}
    if kind not in FOLLOW:
        return {}
    first, name = FOLLOW[kind], BEGIN[FOLLOW[kind]]
    is_open: dict[str, bool] = {}
    for one in facts_of(actor, space).filter(kind__in=(first, kind)):
        if one.attributes.get("person") == person and one.attributes.get(name):
            is_open[str(one.attributes[name])] = one.kind == first
    found = next((thing for thing, waits in reversed(is_open.items()) if waits), None)
    return {name: found} if found else {}


def eligibility(
    actor: Actor, head: CourseHead, answers: Mapping[str, str], today: date
) -> engine.Eligibility:
    """Is the family in the target group, by what the actor sees and these answers? One query."""
    people = [_person(one) for one in head.people]
    return engine.eligibility(
        head.programme, people, _as_engine(facts_of(actor, head.space)), today, answers=dict(answers)
    )


def _person(one: CoursePerson) -> engine.Person:
    return engine.Person(str(one.subject_id), one.born, frozenset(one.roles))


def _as_engine(rows: Iterable[Fact]) -> list[engine.Fact]:
    return [
        engine_fact(
            row.kind,
            row.at or row.on_day,
            id=str(row.pk),
            attributes=row.attributes,
            by_role=row.by_role or None,
            noted_at=row.noted_at,
            corrects=str(row.corrects_id) if row.corrects_id else None,
        )
        for row in rows
    ]
