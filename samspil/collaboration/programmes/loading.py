"""Loads the definitions of a folder, resolves clocks of the law, and refuses what does not hang together."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import BaseModel

from samspil.collaboration.programmes import statutes, vocabulary
from samspil.collaboration.programmes.language import fidelity as measured
from samspil.collaboration.programmes.language import law, target, when
from samspil.collaboration.programmes.language.programme import (
    BATON,
    Measure,
    Programme,
    Shown,
    Step,
    Weight,
)
from samspil.collaboration.programmes.language.words import Text, tokens_of
from samspil.foundation.kernel.definitions import (
    Definition,
    DefinitionError,
    Document,
    Place,
    nearest,
    read,
    spelled,
)

ROOT = Path(__file__).resolve().parents[3] / "definitions"


class Source(Definition):
    """One source: a project description (seed-NNN) or what was found (FNN).

    `da` says in Danish what it is, where `title` is English.
    """

    title: str
    da: str = ""
    url: str
    quality: str = "official"

    def said(self, language: str) -> str:
        """What it is, in the reader's language."""
        return self.da if self.da and not language.startswith("en") else self.title


class Sources(Definition):
    """All sources by key."""

    sources: dict[str, Source]


class Planned(Definition):
    """Keys that definitions name and that do not exist yet; the page says »kommer«.

    An instrument that is not there has no title of its own: here stands what a page calls it.
    """

    instruments: dict[str, Text] = {}
    tools: tuple[str, ...] = ()
    catalogue: tuple[str, ...] = ()


@dataclass(frozen=True)
class Library:
    """All definitions of one folder, loaded and checked."""

    programmes: tuple[Programme, ...]
    laws: tuple[law.Law, ...]
    sources: Mapping[str, Source]
    planned: Planned
    law_review: law.LawReview

    @cached_property
    def provisions(self) -> Mapping[str, statutes.Provision]:
        """Every provision of the law by its key."""
        return statutes.provisions(self.laws)

    @cached_property
    def uses(self) -> Mapping[str, list[statutes.Use]]:
        """Every place in a model that names a provision, by the provision's key."""
        return statutes.uses(self.programmes)

    def programme(self, key: str, version: str) -> Programme:
        """One version. Raises DefinitionError that names the nearest key, or the versions there are."""
        versions = [one.version for one in self.programmes if one.key == key]
        if not versions:
            keys = {one.key for one in self.programmes}
            raise DefinitionError(f"there is no programme {key!r}{nearest(key, keys)}")
        if version not in versions:
            raise DefinitionError(f"{key} has no version {version!r}; it has {', '.join(versions)}")
        return next(one for one in self.programmes if (one.key, one.version) == (key, version))


@lru_cache(maxsize=4)
def library(root: Path = ROOT) -> Library:
    """Load everything under `root`. Raises DefinitionError at the first thing that is wrong."""
    if not root.is_dir():
        raise DefinitionError(
            f"there is no folder {root}. Definitions stand beside the code in a clone: install Samspil from "
            "one with `pip install -e .` (`make setup` does), or say --root where a command has it"
        )
    sources = read(root / "sources.yaml", Sources).sources
    planned = read(root / "planned.yaml", Planned)
    laws = tuple(_law(path, sources) for path in sorted((root / "law").glob("*.yaml")))
    statutes.checked(laws, root)
    shelf = Shelf(sources, planned, statutes.provisions(laws), existing(root))
    paths = sorted((root / "programmes").glob("*/*/programme.yaml"))
    loaded = {path: load(path, shelf) for path in paths}
    for path, programme in loaded.items():
        for place, message in _neighbour_problems(programme, loaded.values()):
            raise Document(path).error(message, place)
    return Library(tuple(loaded.values()), laws, sources, planned, statutes.review(root))


@dataclass(frozen=True)
class Shelf:
    """What a programme may refer to."""

    sources: Mapping[str, Source]
    planned: Planned
    provisions: Mapping[str, statutes.Provision]
    existing: Mapping[str, set[str]]

    @cached_property
    def duties(self) -> set[str]:
        """The keys of provisions without a deadline."""
        return {key for key, one in self.provisions.items() if isinstance(one.rows[0], law.Duty)}

    def clocks(self, as_of: date | None) -> dict[str, law.Clock]:
        """The deadlines of the law as they stood on a day; None: as they stood first."""
        rows = {key: one.as_of(as_of) for key, one in self.provisions.items()}
        return {key: row for key, row in rows.items() if isinstance(row, law.Clock)}

    def knows(self, room: str, key: str) -> bool:
        return key in self.existing[room] or key in getattr(self.planned, room)


def load(path: Path, shelf: Shelf) -> Programme:
    """Load one programme. Raises DefinitionError with file, line and field."""
    document = Document(path)
    programme = document.read(Programme)
    for place, message in _problems(programme, shelf):
        raise document.error(message, place)
    folder = (path.parent.parent.name, path.parent.name)
    if folder != (programme.key, programme.version):
        raise document.error(f"the folder is {'/'.join(folder)}", ("key",))
    for place, step in _steps(programme):
        if not (path.parent / "guides" / f"{step.key}.md").is_file():
            raise document.error(f"the step {step.key!r} has no guide guides/{step.key}.md", place)
    return resolved(programme, shelf.clocks(programme.law_on))


def resolved(programme: Programme, clocks: Mapping[str, law.Clock]) -> Programme:
    """The programme with the rules of the law written out, so that its hash changes when the law does."""

    def write_out(step: Step) -> Step:
        if step.due.clock is None:
            return step
        due = clocks[step.due.clock].due.model_copy(update={"provenance": "law"})
        return step.model_copy(update={"due": due, "clock": step.due.clock})

    phases = tuple(
        phase.model_copy(update={"steps": tuple(write_out(step) for step in phase.steps)})
        for phase in programme.phases
    )
    return programme.model_copy(update={"phases": phases})


def disorder(programme: Programme, known: Library, root: Path = ROOT) -> str:
    """What does not hang together in a programme that stands in no file; empty where all does."""
    shelf = Shelf(known.sources, known.planned, statutes.provisions(known.laws), existing(root))
    return next((f"{spelled(place)}: {what}" for place, what in _problems(programme, shelf)), "")


def json_schema() -> str:
    """The JSON Schema of a programme, as it is published for editors."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Programme.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def walk(value: object, place: Place = ()) -> Iterator[tuple[Place, BaseModel]]:
    """Every model in a definition with its place, outermost first."""
    if isinstance(value, BaseModel):
        yield place, value
        for name, field in type(value).model_fields.items():
            yield from walk(getattr(value, name), (*place, field.alias or name))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from walk(inner, (*place, index))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, (*place, key))


Problem = tuple[Place, str]


def _law(path: Path, sources: Mapping[str, Source]) -> law.Law:
    document = Document(path)
    found = document.read(law.Law)
    problems = [*_word_problems(found), *source_problems(found, sources)]
    for place, message in problems:
        raise document.error(message, place)
    return found


def existing(root: Path) -> dict[str, set[str]]:
    """The keys there are: of tools and of the catalogue the names of folders, else of files."""
    return {
        "instruments": {path.stem for path in (root / "instruments").rglob("*.yaml")},
        "catalogue": {path.parent.name for path in (root / "catalogue").glob("*/entry.yaml")},
        "tools": {path.parent.name for path in (root / "tools").glob("*/*.yaml")},
    }


def _problems(programme: Programme, shelf: Shelf) -> Iterator[Problem]:
    yield from _twice(programme)
    yield from _word_problems(programme)
    yield from source_problems(programme, shelf.sources)
    yield from _role_problems(programme)
    yield from _reference_problems(programme, shelf)
    for place, step in _steps(programme):
        yield from _step_problems(programme, step, place, shelf)


def _steps(programme: Programme) -> Iterator[tuple[Place, Step]]:
    for index, phase in enumerate(programme.phases):
        for inner, step in enumerate(phase.steps):
            yield ("phases", index, "steps", inner), step


def _twice(programme: Programme) -> Iterator[Problem]:
    lists: dict[str, list[str]] = {
        "roles": [one.key for one in programme.roles],
        "phases": [one.key for one in programme.phases],
        "tools": [one.key for one in programme.tools],
        "core_elements": [one.key for one in programme.core_elements],
        "adaptable": [one.key for one in programme.adaptable],
        "fidelity": [one.key for one in programme.fidelity],
        "measures": [one.key for one in programme.measures],
        "conditions": [one.key for one in programme.conditions],
        "modes": [one.key for one in programme.modes],
        "counts": [one.key for one in programme.counts],
    }
    for name, keys in lists.items():
        for index, key in enumerate(keys):
            if key in keys[:index]:
                yield (name, index), f"{key!r} stands twice"
    seen: set[str] = set()
    for place, step in _steps(programme):
        if step.key in seen:
            yield (*place, "key"), f"the step {step.key!r} stands twice"
        seen.add(step.key)


def _word_problems(root: BaseModel) -> Iterator[Problem]:
    """Facts and attributes that the vocabulary does not hold, or that the engine never gets to see."""
    for place, model in walk(root):
        match model:
            case when.Anchor():
                names = [*model.where, *(name for name in (model.by, model.date) if name)]
                field = "each" if model.each else "episode" if model.episode else "fact"
                yield from _kind_problems(model.kinds, names, model.where, place, field)
                if model.unless:
                    yield from _kind_problems(
                        (model.unless,), [model.by] if model.by else [], {}, place, "unless"
                    )
            case when.Due() | Measure() if isinstance(model.after, str):
                yield from _kind_problems((model.after,), [], {}, place, "after")
            case Shown():
                yield from _kind_problems(
                    (model.fact,), [*model.where, *model.has], model.where, place, "fact"
                )
                if model.adult_side and "role" not in model.has:
                    yield (*place, "adult_side"), "`adult_side` asks for a role: write `has: [role]`"
            case when.Pattern() | when.Evidence() if model.fact:
                yield from _kind_problems((model.fact,), list(model.where), model.where, place, "fact")
            case measured.Having():
                names = [*model.where, *model.names]
                yield from _kind_problems((model.fact,), names, model.where, place, "fact")
            case measured.Exists() | measured.Limit() | Weight():
                yield from _kind_problems((model.fact,), list(model.where), model.where, place, "fact")
            case measured.Few():
                yield from _kind_problems((model.fact,), [*model.where, model.by], model.where, place, "fact")
            case measured.Covered():
                until = [model.until] if model.until else []
                yield from _kind_problems((model.given,), [*model.by, *until], {}, place, "given")
                yield from _kind_problems((model.ended,), list(model.by), {}, place, "ended")
                yield from _kind_problems((model.each.fact,), list(model.by), {}, place, "each")
            case target.Recent():
                yield from _kind_problems((model.fact,), [model.ongoing, model.ended], {}, place, "fact")
            case law.Clock() if model.by:
                kinds = tuple(pattern.fact for pattern in model.evidence.patterns)
                yield from _kind_problems(kinds, [model.by], {}, place, "by")
    for name in getattr(getattr(root, "baton", None), "on", ()):
        yield from _kind_problems((name,), [], {}, ("baton",), "on")


def _kind_problems(
    kinds: Iterable[str], names: Iterable[str], where: Mapping[str, object], place: Place, field: str
) -> Iterator[Problem]:
    for name in kinds:
        try:
            kind = vocabulary.kind(name)
            for attribute in names:
                if not kind.attribute(attribute).clock:
                    yield (*place, field), f"{name}: {attribute!r} is not handed to the engine (no `clock`)"
            for attribute, wanted in where.items():
                for value in wanted if isinstance(wanted, tuple) else (wanted,):
                    if problem := kind.attribute(attribute).problem(value):
                        yield (*place, "where", attribute), f"{name}: {attribute} {problem}"
        except vocabulary.UnknownWord as error:
            yield (*place, field), str(error)


def source_problems(root: BaseModel, sources: Mapping[str, Source]) -> Iterator[Problem]:
    for place, model in walk(root):
        for token in tokens_of(getattr(model, "provenance", None) or ""):
            if token and (token.startswith("seed-") or token[1:].isdigit()) and token not in sources:
                yield (
                    (*place, "provenance"),
                    f"the source {token!r} is not in sources.yaml{nearest(token, sources)}",
                )
        source = getattr(model, "source", None)
        if source and not isinstance(model, measured.Criterion) and source not in sources:
            yield (
                (*place, "source"),
                f"the source {source!r} is not in sources.yaml{nearest(source, sources)}",
            )
    for index, named in enumerate(getattr(root, "sources", ())):
        if named not in sources:
            yield (
                ("sources", index),
                f"the source {named!r} is not in sources.yaml{nearest(named, sources)}",
            )


def _role_problems(programme: Programme) -> Iterator[Problem]:
    roles = {role.key for role in programme.roles}

    def known(key: str, place: Place, *more: str) -> Iterator[Problem]:
        if key not in roles and key not in more:
            yield place, f"there is no role {key!r}{nearest(key, {*roles, *more})}"

    for place, step in _steps(programme):
        yield from known(step.responsible, (*place, "responsible"), BATON)
        for each in step.each:
            yield from known(each.role, (*place, "for_each"))
    for name in ("starts", "passes_to"):
        yield from known(getattr(programme.baton, name), ("baton", name))
    for index, tool in enumerate(programme.tools):
        for key in tool.visible_to:
            yield from known(key, ("tools", index, "visible_to"))
    for index, condition in enumerate(programme.conditions):
        yield from known(condition.for_each, ("conditions", index, "for_each"))
        asks = any(shown.adult_side for shown in condition.until)
        if asks and not any(role.adult_side for role in programme.roles):
            yield ("conditions", index, "until"), "no role has `adult_side: true`"
    for index, one in enumerate(programme.counts):
        yield from known(one.responsible, ("counts", index, "responsible"))
    for index, measure in enumerate(programme.measures):
        yield from known(measure.responsible, ("measures", index, "responsible"), BATON)
        for key in measure.roles:
            yield from known(key, ("measures", index, "roles"))
    for tracks in programme.all_tracks:
        for key in tracks.chosen_by:
            yield from known(key, ("tracks", "chosen_by"), BATON)
    if programme.target_group.age:
        yield from known(programme.target_group.age.of, ("target_group", "age", "of"))
    if not any(role.coordinator for role in programme.roles):
        yield ("roles",), "no role has `coordinator: true`"


def _reference_problems(programme: Programme, shelf: Shelf) -> Iterator[Problem]:
    steps = {step.key for step in programme.steps}
    rounds = steps | {measure.key for measure in programme.measures}
    elements = {one.key for one in programme.core_elements}
    for index, tool in enumerate(programme.tools):
        if not shelf.knows("tools", tool.key):
            yield ("tools", index, "key"), f"the tool {tool.key!r} neither exists nor stands in planned.yaml"
    for index, measure in enumerate(programme.measures):
        if not shelf.knows("instruments", measure.instrument):
            yield (
                ("measures", index, "instrument"),
                f"the instrument {measure.instrument!r} neither exists nor stands in planned.yaml",
            )
    for index, criterion in enumerate(programme.fidelity):
        place: Place = ("fidelity", index)
        if criterion.core_element not in elements:
            yield (
                (*place, "core_element"),
                _no_element(criterion.core_element, elements),
            )
        share = criterion.criterion.share if criterion.criterion else None
        for key in () if share is None else (share.of,) if isinstance(share.of, str) else share.of:
            if key not in rounds:
                yield (*place, "criterion", "share", "of"), f"there is no step {key!r}{nearest(key, rounds)}"
    for index, duty in enumerate(programme.duties):
        if duty not in shelf.duties:
            yield ("duties", index), f"no law has the duty {duty!r}{nearest(duty, shelf.duties)}"
    for index, element in enumerate(programme.adaptable):
        if element.step and element.step not in steps:
            yield (
                ("adaptable", index, "step"),
                f"there is no step {element.step!r}{nearest(element.step, steps)}",
            )


def _step_problems(programme: Programme, step: Step, place: Place, shelf: Shelf) -> Iterator[Problem]:
    elements = {one.key for one in programme.core_elements}
    tools = {tool.key for tool in programme.tools}
    options = set(programme.tracks.options) if programme.tracks else set()
    if step.core_element and step.core_element not in elements:
        yield (
            (*place, "core_element"),
            _no_element(step.core_element, elements),
        )
    if step.tool and step.tool not in tools:
        yield (*place, "tool"), f"there is no tool {step.tool!r}{nearest(step.tool, tools)}"
    for key in step.tracks:
        if key not in options:
            yield (*place, "tracks"), f"there is no track {key!r}{nearest(key, options)}"
    for key in step.duties:
        if key not in shelf.duties:
            yield (*place, "duties"), f"no law has the duty {key!r}{nearest(key, shelf.duties)}"
    for key in step.catalogue:
        if not shelf.knows("catalogue", key):
            yield (*place, "catalogue"), f"the entry {key!r} neither exists nor stands in planned.yaml"
    clocks = shelf.clocks(programme.law_on)
    for clock in (step.clock, step.due.clock):
        if clock and clock not in clocks:
            yield (*place, "clock"), f"no law has the clock {clock!r}{nearest(clock, clocks)}"
            return
    yield from _rhythm_problems(programme, step, place)
    if step.clock and not step.due.clock:
        yield from _law_problems(programme, step, clocks[step.clock], place)


def _rhythm_problems(programme: Programme, step: Step, place: Place) -> Iterator[Problem]:
    anchors = [anchor for anchor, _span in step.due.anchors]
    if step.evidence.all and (step.repeats or any(anchor.each for anchor in anchors)):
        yield (*place, "evidence", "all"), "only a step that happens once can ask for all of several facts"
    if step.due.first_of and any(anchor.each for anchor in anchors) != all(anchor.each for anchor in anchors):
        yield (*place, "due", "first_of"), "either all anchors are of `each` or none"
    episodes = [anchor.episode is not None for anchor in anchors]
    by_track = step.repeats is not None and step.repeats.every == "track"
    if any(episodes) and (len(episodes) > 1 or step.evidence.all or by_track):
        yield (*place, "due"), "a step of an episode has that one anchor, one fact for it, and its own rhythm"
    if step.repeats is None:
        return
    if any(anchor.each for anchor in anchors) or step.due.first_of:
        yield (*place, "repeats"), "a step that repeats has one plain anchor"
    for every in rhythms(programme, step):
        if step.repeats.early.longest + step.repeats.late.longest >= every.shortest:
            yield (*place, "repeats", "window"), "the windows of two repeats overlap"
    if step.repeats.every == "track" and not rhythms(programme, step):
        yield (*place, "repeats", "every"), "the phase has no tracks with a rhythm (`every`)"


def rhythms(programme: Programme, step: Step) -> tuple[when.Shift, ...]:
    """Every rhythm a repeating step can have: its own, or those of its phase's tracks."""
    if step.repeats is None:
        return ()
    if step.repeats.every != "track":
        return (when.shift(step.repeats.every),)
    phase = next(one for one in programme.phases if step in one.steps)
    options = phase.tracks.options.values() if phase.tracks else ()
    return tuple(when.shift(option.every) for option in options if option.every)


def _law_problems(programme: Programme, step: Step, clock: law.Clock, place: Place) -> Iterator[Problem]:
    """A model's own deadline on a clock of the law: the same anchor, and never later than the law's.

    What a window lets through after the due date counts with it, and so does a rhythm a site may choose.
    """
    legal = {_start(anchor): when.shift(span) for anchor, span in clock.due.anchors}
    own = {_start(anchor): when.shift(span) for anchor, span in step.due.anchors}
    late = when.shift(step.due.window.late if step.due.window else None)
    for start, limit in legal.items():
        if start not in own:
            yield (*place, "due"), f"the law's clock {clock.key} starts from {start[0]}; the step does not"
        elif _looser(own[start], limit):
            yield (*place, "due"), f"the step is looser than the law ({clock.section}, clock {clock.key})"
        elif late != when.Shift() and _looser(own[start].plus(late), limit):
            yield (
                (*place, "due", "window"),
                f"the step's window is looser than the law ({clock.section}, clock {clock.key})",
            )
    limits = list(legal.values())
    for every, where in _paces(programme, step, place):
        if any(_looser(every, limit) for limit in limits):
            yield where, f"the rhythm is looser than the law ({clock.section}, clock {clock.key})"


def _paces(programme: Programme, step: Step, place: Place) -> Iterator[tuple[when.Shift, Place]]:
    """Every rhythm the step can get, with its place: its own, its tracks', what a site may choose."""
    for every in rhythms(programme, step):
        yield every, (*place, "repeats", "every")
    for index, element in enumerate(programme.adaptable):
        if element.step == step.key:
            for option, chosen in element.every.items():
                yield when.shift(chosen), ("adaptable", index, "every", option)


def _neighbour_problems(programme: Programme, others: Iterable[Programme]) -> Iterator[Problem]:
    """Models and versions that a programme names and that are not there."""
    keys = {one.key for one in others}
    for place, step in _steps(programme):
        to = step.leads_to
        if to and to.programme not in keys:
            yield (
                (*place, "leads_to"),
                f"there is no programme {to.programme!r}{nearest(to.programme, keys)}",
            )
    versions = {one.version for one in others if one.key == programme.key} - {programme.version}
    if programme.supersedes and programme.supersedes not in versions:
        yield (
            ("supersedes",),
            f"there is no other version {programme.supersedes!r}{nearest(programme.supersedes, versions)}",
        )
    before = [one for one in others if (one.key, one.version) == (programme.key, programme.supersedes)]
    yield from _change_problems(programme, before)


def _change_problems(programme: Programme, before: Iterable[Programme]) -> Iterator[Problem]:
    """Changes are told of a version that supersedes another, each of an element of the one or the other."""
    if programme.changes and not programme.supersedes:
        yield ("changes",), "only a version that names what it `supersedes` has changes"
    known = programme.element_keys.union(*(one.element_keys for one in before))
    for index, change in enumerate(programme.changes):
        if change.element not in known:
            nearest_one = nearest(change.element, known)
            yield ("changes", index, "element"), f"there is no element {change.element!r}{nearest_one}"
        if not change.because_of:
            yield ("changes", index, "because_of"), "a change names what caused it"


def _no_element(key: str, elements: set[str]) -> str:
    return f"there is no core element {key!r}{nearest(key, elements)}"


def _start(anchor: when.Anchor) -> tuple[str, str]:
    return ",".join(anchor.kinds) or f"birthday {anchor.birthday}", json.dumps(anchor.where, sort_keys=True)


def _looser(own: when.Shift, limit: when.Shift) -> bool:
    if own == limit:
        return False
    alike = [index for index in range(len(own)) if own[index] or limit[index]]
    if len(alike) == 1:  # the same unit: three months against four
        return own[alike[0]] > limit[alike[0]]
    return own.longest > limit.shortest
