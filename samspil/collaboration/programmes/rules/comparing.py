"""What differs between two programmes: what is only in one, and what is in both but not the same. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from samspil.collaboration.programmes.language import Programme, Text
from samspil.collaboration.programmes.language.programme import Measure, Principle
from samspil.collaboration.programmes.language.target import Node

Kind = Literal["added", "removed", "changed"]
WHOLE = "whole"
SAID_ELSEWHERE = frozenset({"key", "steps"})
"""What names an element, and what has rows of its own."""
OF_THE_WHOLE = (
    "title", "summary", "owner", "adoption", "susi_phase", "starts_from", "lasts", "baton", "caseload",
    "outcomes", "tracks", "do_not_claim", "duties", "evidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """One element that differs. `fields` are the names of what is not the same; `before`, `after` hold it."""

    kind: Kind
    part: str
    key: str
    title: Text
    fields: tuple[str, ...] = ()
    before: BaseModel | None = None
    after: BaseModel | None = None


def compare(before: Programme, after: Programme) -> tuple[Compared, ...]:
    """Every element that was added, removed or changed, part by part, in the order they are written."""
    found: list[Compared] = []
    names = tuple(name for name in OF_THE_WHOLE if getattr(before, name) != getattr(after, name))
    if names:
        found.append(Compared("changed", WHOLE, after.key, after.title, names, before, after))
    others = _parts(after)
    for part, elements in _parts(before).items():
        found += _differing(part, elements, others[part])
    return tuple(found)


def _parts(programme: Programme) -> Mapping[str, Mapping[str, BaseModel]]:
    lists: dict[str, Iterable[BaseModel]] = {
        "criterion": programme.target_group.criteria.criteria(),
        "role": programme.roles,
        "phase": programme.phases,
        "step": programme.steps,
        "core_element": programme.core_elements,
        "tool": programme.tools,
        "measure": programme.measures,
        "adaptable": programme.adaptable,
        "fidelity": programme.fidelity,
        "condition": programme.conditions,
        "principle": programme.principles,
    }
    return {part: {_key(one): one for one in elements} for part, elements in lists.items()}


def _differing(
    part: str, before: Mapping[str, BaseModel], after: Mapping[str, BaseModel]
) -> Iterable[Compared]:
    for key, one in before.items():
        other = after.get(key)
        if other is None:
            yield Compared("removed", part, key, title_of(one), before=one)
        elif names := tuple(_unlike(one, other)):
            yield Compared("changed", part, key, title_of(other), names, one, other)
    for key, one in after.items():
        if key not in before:
            yield Compared("added", part, key, title_of(one), after=one)


def _unlike(one: BaseModel, other: BaseModel) -> Iterable[str]:
    for name in type(one).model_fields:
        if name not in SAID_ELSEWHERE and getattr(one, name) != getattr(other, name):
            yield name


def _key(one: BaseModel) -> str:
    return str(getattr(one, "key", "") or "")


def title_of(one: BaseModel) -> Text:
    """What an element is called."""
    match one:
        case Node():
            return one.title or one.ask or Text(da=_key(one), en=_key(one))
        case Measure():
            said = one.instrument.upper()
            return Text(da=f"{said} ({one.informant})", en=f"{said} ({one.informant})")
        case Principle():
            return one.text
    found = getattr(one, "title", None) or getattr(one, "text", None)
    return found if isinstance(found, Text) else Text(da=_key(one), en=_key(one))
