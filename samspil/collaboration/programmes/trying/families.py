"""The invented families a version can be tried on: data beside its definition, checked when they are read."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.language import Programme, Text
from samspil.collaboration.programmes.language.words import Key
from samspil.collaboration.programmes.loading import ROOT
from samspil.foundation.kernel.definitions import Definition, Document

FILE = "families.yaml"


class Member(Definition):
    """One invented person: a first name that is nobody's, a birthday, and roles of the model."""

    id: Key
    name: str
    born: str | None = None
    roles: tuple[Key, ...]

    @property
    def row(self) -> dict[str, object]:
        """As the engine reads people."""
        return {"id": self.id, "born": self.born, "roles": list(self.roles)}


class Happened(Definition):
    """One fact of the story."""

    kind: str
    on: str
    attributes: dict[str, Any] = {}

    @property
    def row(self) -> dict[str, object]:
        """As the engine reads facts."""
        return {"kind": self.kind, "on": self.on, "attributes": self.attributes}


class Family(Definition):
    """One invented family: who they are, what has happened, and the day it is looked at first."""

    key: Key
    title: Text
    story: Text
    on: date
    members: tuple[Member, ...]
    answers: dict[Key, str] = {}
    facts: tuple[Happened, ...]


class Families(Definition):
    """The file."""

    families: tuple[Family, ...]


@lru_cache(maxsize=64)
def families(key: str, version: str, root: Path = ROOT) -> tuple[Family, ...]:
    """The families of one version, in the order of the file; none where there is no file.

    Raises DefinitionError with file and line.
    """
    path = root / "programmes" / key / version / FILE
    return Document(path).read(Families).families if path.is_file() else ()


def problems(programme: Programme, found: tuple[Family, ...]) -> list[str]:
    """What does not hang together: facts, people and answers that the model does not know."""
    roles = [role.key for role in programme.roles]
    said: list[str] = []
    for one in found:
        try:
            people = engine.read_people([member.row for member in one.members], roles)
            facts = engine.read_facts([fact.row for fact in one.facts], people, roles)
            engine.eligibility(programme, people, facts, one.on, one.answers)
        except ValueError as error:
            said.append(f"{programme.key} {programme.version} {one.key}: {error}")
    keys = [one.key for one in found]
    said += [f"{key!r} stands twice" for key in keys if keys.count(key) > 1]
    return said
