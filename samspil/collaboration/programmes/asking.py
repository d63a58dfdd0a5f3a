"""What a person can be asked about a fact: the questions of a kind, with the answers a model understands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from samspil.collaboration.programmes import loading, vocabulary, words
from samspil.collaboration.programmes.engine.compiling import compiled
from samspil.collaboration.programmes.language import Programme, target, when
from samspil.collaboration.programmes.language import fidelity as measured
from samspil.collaboration.programmes.language.programme import Shown, Weight
from samspil.collaboration.programmes.vocabulary import Type

STEPPED = "level"
"""An attribute whose numbers the model names: a choice, not a number to type."""
GRADED = "strength"
"""An attribute whose numbers mean the same in every model: how strong a worry is."""
NEEDED = frozenset({"track", "person", STEPPED})
MOST_THINGS = 4
"""Efforts, meetings and the like are told apart by a number; so many are enough to try a model on."""


@dataclass(frozen=True, slots=True)
class FactField:
    """One question of the form of a kind. `options` are codes; of a track, with their titles."""

    name: str
    type: Type
    options: tuple[tuple[str, str], ...] = ()
    is_needed: bool = False


def values_asked(programme: Programme, kind: str) -> dict[str, tuple[str, ...]]:
    """The codes that the steps of a programme name, by attribute: the only ones it understands."""
    found: dict[str, dict[str, None]] = {}
    for rule in compiled(programme).rules:
        wheres = [match.where for match in rule.matches if match.kind == kind]
        wheres += [start.where for start in rule.starts if kind in start.kinds]
        for name, value in (pair for where in wheres for pair in where):
            if isinstance(value, str):
                found.setdefault(name, {})[value] = None
    for name, value in _judged_by(programme, kind):
        found.setdefault(name, {})[value] = None
    return {name: tuple(values) for name, values in found.items()}


def _judged_by(programme: Programme, kind: str) -> Iterator[tuple[str, str]]:
    """The codes of a kind that decide whether the model is judged by something (the family's evenings)."""
    for criterion in programme.fidelity:
        having = criterion.criterion.having if criterion.criterion else None
        if having and having.when and having.when.fact == kind:
            yield from ((name, value) for name, value in having.when.where.items() if isinstance(value, str))


def fact_fields(
    programme: Programme,
    kind: str,
    everybody: tuple[tuple[str, str], ...],
    said: Mapping[str, object] | None = None,
) -> list[FactField]:
    """The questions of a kind, as far as a person can answer them: ids of things are not asked.

    What a fact that is corrected `said` stays one of the answers.
    """
    asked = values_asked(programme, kind)
    fields = []
    attributes = vocabulary.KINDS[kind].attributes
    is_of_one = "person" in (said or {}) and "people" not in (said or {})
    other = {"person", "people"} <= attributes.keys() and ("people" if is_of_one else "person")
    for name, attribute in attributes.items():
        if name == other:
            continue  # one question says whom it is about
        options: tuple[tuple[str, str], ...] = ()
        match attribute.type:
            case Type.THING:
                continue
            case Type.PERSON | Type.PEOPLE:
                options = everybody
            case Type.ROLE:
                options = tuple((role.key, role.title.da) for role in programme.roles)
            case Type.INTEGER if name == STEPPED:
                options = _levels(programme, kind)
            case Type.INTEGER if name == GRADED:
                options = tuple((str(grade), str(words.GRADES[grade])) for grade in words.GRADES)
            case Type.TEXT if name == "track":
                options = tracks(programme)
            case Type.TEXT:
                options = tuple((one, "") for one in attribute.options or asked.get(name, ()))
                if not options:
                    continue
                known = (said or {}).get(name)
                if isinstance(known, str) and (known, "") not in options:
                    options = (*options, (known, ""))
            case _plain:
                pass
        needed = name in NEEDED or bool(attribute.options)
        fields.append(FactField(name, attribute.type, options, needed))
    return fields


def tracks(programme: Programme) -> tuple[tuple[str, str], ...]:
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


def names_used(programme: Programme) -> dict[str, set[str]]:
    """The attributes that a programme looks at, by kind: the others change nothing in it."""
    found: dict[str, set[str]] = {}
    for kind, names in _names(programme):
        found.setdefault(kind, set()).update(names)
    return found


def _names(programme: Programme) -> Iterator[tuple[str, Sequence[str]]]:
    for _place, model in loading.walk(programme):
        match model:
            case when.Anchor():
                names = [*model.where, *(one for one in (model.by, model.date) if one)]
                yield from ((kind, names) for kind in model.kinds)
                if model.unless:
                    yield model.unless, [model.by] if model.by else []
            case when.Due() if isinstance(model.after, str):
                yield model.after, []
            case Shown():
                yield model.fact, [*model.where, *model.has]
            case when.Pattern() | when.Evidence() if model.fact:
                yield model.fact, list(model.where)
            case measured.Having():
                yield model.fact, [*model.where, *model.names]
            case measured.Exists() | measured.Limit() | Weight():
                yield model.fact, list(model.where)
            case measured.Few():
                yield model.fact, [*model.where, model.by]
            case measured.Covered():
                yield model.given, [*model.by, *([model.until] if model.until else [])]
                yield model.ended, list(model.by)
            case target.Recent():
                yield model.fact, [model.ongoing, model.ended]
    yield from ((kind, ["to_role", "role"]) for kind in programme.baton.on)


def try_fields(
    programme: Programme, kind: str, everybody: tuple[tuple[str, str], ...], grouped: Sequence[str]
) -> list[FactField]:
    """The questions of a kind where a model is tried: what it looks at, and which thing, by a number.

    `grouped` are the attributes that tie the facts of this kind to one thing.
    """
    used = names_used(programme).get(kind, set()) | set(grouped)
    attributes = vocabulary.KINDS[kind].attributes
    plain = [
        one
        for one in fact_fields(programme, kind, everybody)
        if one.name in used or attributes[one.name].names_people or one.name in NEEDED
    ]
    numbers = tuple((str(number), str(number)) for number in range(1, MOST_THINGS + 1))
    things = [
        FactField(name, Type.THING, numbers, is_needed=True)
        for name, attribute in attributes.items()
        if attribute.type is Type.THING and name in used
    ]
    return [*plain, *things]
