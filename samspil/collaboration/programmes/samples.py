"""The invented families that every draft is tried on: a fixed set, read from the definitions."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from samspil.collaboration.programmes.language.words import Key, Text
from samspil.collaboration.programmes.loading import ROOT
from samspil.collaboration.programmes.rules.trying import Family
from samspil.foundation.kernel.definitions import Definition, DefinitionError, read

FIELDS = {"people", "facts", "answers"}


class Sample(Definition):
    """One family: which model it is invented for, its file, and the day one asks about."""

    model: Key
    file: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+\.json$")]
    title: Text
    on: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Samples(Definition):
    """All of them, in the order they are shown."""

    samples: tuple[Sample, ...]


@lru_cache(maxsize=16)
def families(model: str, root: Path = ROOT) -> tuple[Family, ...]:
    """The families of one model. Raises DefinitionError where a file is not what the list says."""
    folder = root / "samples"
    found = read(folder / "samples.yaml", Samples).samples
    return tuple(_family(folder / one.file, one) for one in found if one.model == model)


def _family(path: Path, one: Sample) -> Family:
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        on = date.fromisoformat(one.on)
    except (OSError, ValueError) as error:
        raise DefinitionError(f"cannot be read ({error})", path) from error
    if not isinstance(given, dict) or set(given) - FIELDS:
        raise DefinitionError("holds people, facts and answers, and nothing else", path)
    return Family(
        title=one.title,
        on=on,
        people=tuple(given.get("people", ())),
        facts=tuple(given.get("facts", ())),
        answers=given.get("answers", {}),
    )
