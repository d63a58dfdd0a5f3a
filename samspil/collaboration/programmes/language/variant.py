"""An authority's own variant of a version: options chosen, parts left out, steps added; always shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from samspil.collaboration.programmes.language.programme import BATON, Programme, Step
from samspil.collaboration.programmes.language.words import Key, Mark, Text, mark_of
from samspil.foundation.kernel.definitions import Definition, nearest


class VariantError(ValueError):
    """A variant that its programme does not allow; the message says which part and why."""


Part = Literal["step", "core_element", "tool", "measure"]


class Lock(StrEnum):
    """Why no variant may leave a part out."""

    LAW = "law"
    CORE = "core"
    NEEDED = "needed"
    """A step is done by it: whoever leaves the step out leaves it out as well."""


class LeftOut(Definition):
    """One part left out, with the reason."""

    part: Part
    key: Key
    reason: Text


class Added(Definition):
    """One step of the authority's own, in a phase; its provenance is `own`."""

    phase: Key
    step: Step


class Variant(Definition):
    """What an authority changes in a version it adopts."""

    programme: Key
    version: str
    authority: str
    choices: dict[Key, Key] = {}
    leaves_out: tuple[LeftOut, ...] = ()
    adds: tuple[Added, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One readable difference between a version and a variant of it."""

    kind: Literal["chosen", "left-out", "added"]
    key: str
    text: Text
    reason: Text | None = None


def effective(programme: Programme, variant: Variant) -> Programme:
    """The programme as this authority runs it: a definition of its own, with its own content hash.

    Raises VariantError where the variant names what is not there or leaves out what is locked.
    """
    _check(programme, variant)
    gone: set[tuple[str, str]] = {(out.part, out.key) for out in variant.leaves_out}
    steps = {step.key for step in programme.steps if _is_gone(step, gone)}
    steps |= {one.key for one in programme.measures if ("measure", one.key) in gone}
    phases = tuple(
        phase.model_copy(
            update={
                "steps": (
                    *(
                        _without(gone, _chosen(programme, variant, step))
                        for step in phase.steps
                        if step.key not in steps
                    ),
                    *(added.step for added in variant.adds if added.phase == phase.key),
                )
            }
        )
        for phase in programme.phases
    )
    return programme.model_copy(
        update={
            "phases": phases,
            "tools": tuple(tool for tool in programme.tools if ("tool", tool.key) not in gone),
            "measures": tuple(one for one in programme.measures if ("measure", one.key) not in gone),
            "core_elements": tuple(
                one for one in programme.core_elements if ("core_element", one.key) not in gone
            ),
            "adaptable": tuple(one for one in programme.adaptable if one.step not in steps),
            "fidelity": tuple(
                one
                for one in programme.fidelity
                if ("core_element", one.core_element) not in gone and not _steps_of(one.criterion) & steps
            ),
        }
    )


def differences(programme: Programme, variant: Variant) -> tuple[Difference, ...]:
    """What the variant changes, in words, in the order chosen, left out, added."""
    _check(programme, variant)
    return tuple(_differences(programme, variant))


def carried(variant: Variant, programme: Programme) -> Variant:
    """The same changes in another version of the model, as far as it has room for them."""
    options = {one.key: one.options for one in programme.adaptable}
    parts, phases = _titles(programme), {one.key for one in programme.phases}
    roles = {BATON, *(one.key for one in programme.roles)}
    steps = {one.key for one in programme.steps}
    return Variant(
        programme=programme.key,
        version=programme.version,
        authority=variant.authority,
        choices={key: one for key, one in variant.choices.items() if one in options.get(key, {})},
        leaves_out=tuple(
            out
            for out in variant.leaves_out
            if (out.part, out.key) in parts and lock_of(programme, out.part, out.key) is None
        ),
        adds=tuple(
            one
            for one in variant.adds
            if one.phase in phases and one.step.responsible in roles and one.step.key not in steps
        ),
    )


def left_behind(before: Programme, variant: Variant, carried_on: Variant) -> tuple[Difference, ...]:
    """What a variant changed and what the other version has no room for."""
    kept = {("chosen", key) for key in carried_on.choices}
    kept |= {("left-out", out.key) for out in carried_on.leaves_out}
    kept |= {("added", one.step.key) for one in carried_on.adds}
    return tuple(one for one in differences(before, variant) if (one.kind, one.key) not in kept)


def missing_core(programme: Programme, variant: Variant) -> tuple[str, ...]:
    """The core elements of which the variant keeps nothing: left out by name, or step by step."""
    gone: set[tuple[str, str]] = {(out.part, out.key) for out in variant.leaves_out}
    found = []
    for one in programme.core_elements:
        steps = [step for step in programme.steps if step.core_element == one.key]
        if ("core_element", one.key) in gone or (steps and all(_is_gone(step, gone) for step in steps)):
            found.append(one.key)
    return tuple(found)


def is_locked(programme: Programme, step: Step) -> bool:
    """May no variant leave this step out?

    The law's clocks are always locked. Besides, in a model adopted as a whole, the steps of a core element
    that the model's owner has published (seed or found); a proposal is never locked.
    """
    published = {one.key for one in programme.core_elements if one.is_published}
    return step.is_statutory or (programme.adoption == "whole" and step.core_element in published)


def lock_of(programme: Programme, part: Part, key: str) -> Lock | None:
    """Why a part cannot be left out; None where it can, or where the programme has no such part."""
    match part:
        case "tool":
            return _lock_of_tool(programme, key)
        case "measure":
            return _lock_of_measure(programme, key)
    steps = [step for step in programme.steps if _is_gone(step, {(part, key)})]
    element = next((one for one in programme.core_elements if one.key == key), None)
    is_published = part == "core_element" and element is not None and element.is_published
    if is_published and programme.adoption == "whole":
        return Lock.CORE
    locked = [step for step in steps if is_locked(programme, step)]
    if not locked:
        return None
    return Lock.LAW if any(step.is_statutory for step in locked) else Lock.CORE


def _lock_of_tool(programme: Programme, key: str) -> Lock | None:
    """The law's own; what a step is done by; and the published means of a step that is locked itself."""
    tool = next((one for one in programme.tools if one.key == key), None)
    if tool is None:
        return None
    mark = mark_of(tool.provenance)
    if mark is Mark.LAW:
        return Lock.LAW
    needing = [step for step in programme.steps if _asks_for(step, key)]
    if needing:
        locks = [lock for step in needing if (lock := lock_of(programme, "step", step.key))]
        return next(iter(locks), Lock.NEEDED)
    users = [step for step in programme.steps if step.tool == key]
    is_core = mark is not Mark.PROPOSAL and any(is_locked(programme, step) for step in users)
    return Lock.CORE if is_core and programme.adoption == "whole" else None


def _lock_of_measure(programme: Programme, key: str) -> Lock | None:
    """The law's own; and what a published core element of a model taken up as a whole is judged by."""
    measure = next((one for one in programme.measures if one.key == key), None)
    if measure is None:
        return None
    if mark_of(measure.provenance) is Mark.LAW:
        return Lock.LAW
    judges = {one.core_element for one in programme.fidelity if key in _steps_of(one.criterion)}
    published = {one.key for one in programme.core_elements if one.is_published}
    return Lock.CORE if programme.adoption == "whole" and judges & published else None


def _asks_for(step: Step, tool: str) -> bool:
    """Is the step done only when the tool is filled in or shared?"""
    return any(pattern.where.get("tool") == tool for pattern in step.evidence.patterns)


def _check(programme: Programme, variant: Variant) -> None:
    if (variant.programme, variant.version) != (programme.key, programme.version):
        raise VariantError(f"the variant is of {variant.programme} {variant.version}")
    adaptable = {one.key: one for one in programme.adaptable}
    for key, option in variant.choices.items():
        if key not in adaptable:
            raise VariantError(f"{key!r} cannot be chosen{nearest(key, adaptable)}")
        if option not in adaptable[key].options:
            raise VariantError(f"{key!r} has no option {option!r}{nearest(option, adaptable[key].options)}")
    for out in variant.leaves_out:
        _check_left_out(programme, out)
    phases = {phase.key for phase in programme.phases}
    taken = {step.key for step in programme.steps}
    for added in variant.adds:
        if added.phase not in phases:
            raise VariantError(f"there is no phase {added.phase!r}{nearest(added.phase, phases)}")
        if added.step.key in taken:
            raise VariantError(f"the step {added.step.key!r} stands in the programme already")
        taken.add(added.step.key)
        if mark_of(added.step.provenance) is not Mark.OWN:
            raise VariantError(f"the step {added.step.key!r} is your own: its provenance is `own`")


def _check_left_out(programme: Programme, out: LeftOut) -> None:
    titles = _titles(programme)
    if (out.part, out.key) not in titles:
        known = [key for part, key in titles if part == out.part]
        raise VariantError(f"there is no {out.part} {out.key!r}{nearest(out.key, known)}")
    if lock_of(programme, out.part, out.key):
        raise VariantError(f"the {out.part} {out.key!r} is locked and cannot be left out")


def _is_gone(step: Step, gone: set[tuple[str, str]]) -> bool:
    return ("step", step.key) in gone or ("core_element", step.core_element or "") in gone


def _without(gone: set[tuple[str, str]], step: Step) -> Step:
    """The step, without its tool where that is left out."""
    return step.model_copy(update={"tool": None}) if ("tool", step.tool or "") in gone else step


def _steps_of(rule: object) -> set[str]:
    share = getattr(rule, "share", None)
    if share is None:
        return set()
    return {share.of} if isinstance(share.of, str) else set(share.of)


def _chosen(programme: Programme, variant: Variant, step: Step) -> Step:
    for element in programme.adaptable:
        every = element.every.get(variant.choices.get(element.key, ""))
        if element.step == step.key and every and step.repeats:
            step = step.model_copy(update={"repeats": step.repeats.model_copy(update={"every": every})})
    return step


def _titles(programme: Programme) -> dict[tuple[str, str], Text]:
    found: dict[tuple[str, str], Text] = {("step", step.key): step.title for step in programme.steps}
    found |= {("core_element", one.key): one.title for one in programme.core_elements}
    found |= {("tool", tool.key): tool.title for tool in programme.tools}
    for one in programme.measures:
        said = f"{one.instrument.upper()} ({one.informant})"
        found["measure", one.key] = Text(da=said, en=said)
    return found


def _differences(programme: Programme, variant: Variant) -> Iterator[Difference]:
    for element in programme.adaptable:
        option = variant.choices.get(element.key)
        if option and option != next(iter(element.options)):
            chosen = element.options[option]
            yield Difference(
                "chosen",
                element.key,
                Text(da=f"{element.title.da}: {chosen.da}", en=f"{element.title.en}: {chosen.en}"),
            )
    titles = _titles(programme)
    for out in variant.leaves_out:
        title = titles[(out.part, out.key)]
        text = Text(da=f"Fravalgt: {title.da}", en=f"Left out: {title.en}")
        yield Difference("left-out", out.key, text, out.reason)
    for added in variant.adds:
        title = added.step.title
        yield Difference("added", added.step.key, Text(da=f"Tilføjet: {title.da}", en=f"Added: {title.en}"))
