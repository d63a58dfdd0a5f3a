"""Reads the tools of a folder; what does not hang together is refused with file, line and field."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from samspil.collaboration.journal.toolbox.language import FOCUS, PERSON, Tool
from samspil.collaboration.programmes import loading as programmes
from samspil.collaboration.programmes import vocabulary
from samspil.collaboration.programmes.language.words import tokens_of
from samspil.foundation.kernel.definitions import Document, Place, nearest

Problem = tuple[Place, str]


@dataclass(frozen=True)
class Library:
    """All tools in all versions."""

    tools: tuple[Tool, ...]

    def newest(self, key: str) -> Tool | None:
        """A tool in its newest version."""
        return max((one for one in self.tools if one.key == key), key=_order, default=None)

    def version(self, key: str, version: str) -> Tool | None:
        """A tool as it was when a document was filled in."""
        return next((one for one in self.tools if (one.key, one.version) == (key, version)), None)

    def current(self) -> list[Tool]:
        """Each tool in its newest version, in the order of the keys."""
        newest: dict[str, Tool] = {}
        for one in sorted(self.tools, key=_order):
            newest[one.key] = one
        return [newest[key] for key in sorted(newest)]


@lru_cache(maxsize=4)
def library(root: Path = programmes.ROOT) -> Library:
    """Load every tool under `root/tools`. Raises DefinitionError at the first thing that is wrong."""
    return Library(tuple(_load(document) for document in _documents(root)))


def checked(root: Path = programmes.ROOT) -> Library:
    """As `library`, and what the tools name stands in the models, the vocabulary and the sources."""
    known = programmes.library(root)
    roles = {role.key for programme in known.programmes for role in programme.roles}
    for document in _documents(root):
        for place, message in _problems(_load(document), roles, set(known.sources)):
            raise document.error(message, place)
    return library(root)


def json_schema() -> str:
    """The JSON Schema of a tool, as it is published for editors."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Tool.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _documents(root: Path) -> list[Document]:
    return [Document(path) for path in sorted((root / "tools").glob("*/*.yaml"))]


def _load(document: Document) -> Tool:
    tool, path = document.read(Tool), document.path
    if (path.parent.name, path.stem) != (tool.key, tool.version):
        raise document.error(f"the file is {path.parent.name}/{path.name}", ("key",))
    return tool


def _problems(tool: Tool, roles: set[str], sources: set[str]) -> Iterator[Problem]:
    for place, model in programmes.walk(tool):
        for key in (*(getattr(model, "about", None) or ()), *getattr(model, "made_for", ())):
            if key not in roles | {PERSON, FOCUS}:
                yield (
                    (*place, "about"),
                    f"no model has the role {key!r}{nearest(key, {*roles, PERSON, FOCUS})}",
                )
        for token in tokens_of(getattr(model, "provenance", None) or ""):
            if (token.startswith("seed-") or token[1:].isdigit()) and token not in sources:
                yield (*place, "provenance"), f"the source {token!r} is not in sources.yaml"
        for index, kind in enumerate(getattr(model, "facts", ())):
            yield from _fact_problems(kind, (*place, "facts", index))


def _fact_problems(name: str, place: Place) -> Iterator[Problem]:
    try:
        if "document" not in vocabulary.kind(name).attributes:
            yield place, f"{name} does not point to a document"
    except vocabulary.UnknownWord as error:
        yield place, str(error)


def _order(tool: Tool) -> tuple[int, ...]:
    return tuple(int(part) for part in tool.version.split("."))
