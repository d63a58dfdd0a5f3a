"""Reads YAML into strict, frozen models; an error names file, line and field, and the nearest right word."""

import difflib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

Place = tuple[str | int, ...]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where the machine has it: a tenth of the time at every start."""
_INTEGER = re.compile(r"^[-+]?(0|[1-9][0-9]*)$")
_NUMBER = re.compile(r"^[-+]?[0-9]+\.[0-9]+$")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class DefinitionError(ValueError):
    """A definition that does not load. Reads `file:line: field: what is wrong`."""

    def __init__(
        self, message: str, path: Path | None = None, line: int | None = None, field: str = ""
    ) -> None:
        self.message, self.path, self.line, self.field = message, path, line, field
        place = ":".join(str(part) for part in (path, line) if part is not None)
        super().__init__(": ".join(part for part in (place, field, message) if part))


class Definition(BaseModel):
    """What every model of a definition is: frozen, strict, without unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


AnyDefinition = TypeVar("AnyDefinition", bound=BaseModel)


class Document:
    """One YAML file as data, which remembers the line of every field."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines: dict[Place, int] = {}
        try:
            node = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
        except OSError as error:
            raise DefinitionError(f"cannot be read ({error.strerror})", path) from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else None
            raise DefinitionError(f"is not YAML: {error.problem}", path, line) from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise DefinitionError(f"is not YAML: {error}", path) from error
        self.data: Any = self._data(node, ()) if node is not None else None

    def line(self, place: Place) -> int | None:
        """The line of a field, or of the nearest field around it."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place)

    def error(self, message: str, place: Place = ()) -> DefinitionError:
        """An error at a field of this file."""
        return DefinitionError(message, self.path, self.line(place), spelled(place))

    def read(self, model: type[AnyDefinition]) -> AnyDefinition:
        """The file as `model`. Raises DefinitionError at the first field that is wrong."""
        try:
            return model.model_validate_json(json.dumps(self.data))
        except ValidationError as error:
            raise self._first(error, model) from error

    def _first(self, error: ValidationError, model: type[BaseModel]) -> DefinitionError:
        problems = error.errors(include_url=False)
        # In a union every branch complains; the one that got furthest is what the writer meant.
        problem = max(
            problems,
            key=lambda one: (len(self._real(one["loc"])), one["type"] in ("extra_forbidden", "value_error")),
        )
        place = self._real(problem["loc"])
        message = str(problem["msg"]).removeprefix("Value error, ")
        if problem["type"] == "extra_forbidden":
            name = str(problem["loc"][-1])
            message = f"unknown key {name!r}" + nearest(name, _field_names(model))
            place = (*place, name) if place[-1:] != (name,) else place
        elif problem["type"] == "missing":
            return DefinitionError(
                "is missing", self.path, self.line(place), spelled((*place, str(problem["loc"][-1])))
            )
        return self.error(message, place)

    def _real(self, loc: tuple[int | str, ...]) -> Place:
        """The parts of a location that stand in the file (names of union branches do not)."""
        place: Place = ()
        for part in loc:
            if (*place, part) in self._lines:
                place = (*place, part)
        return place

    def _data(self, node: yaml.Node, place: Place) -> Any:
        self._lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._data(child, (*place, index)) for index, child in enumerate(node.value)]
        return _scalar(node) if isinstance(node, yaml.ScalarNode) else None

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            inner = (*place, key)
            self._lines[inner] = key_node.start_mark.line + 1
            if key in found:
                raise self.error(f"the key {key!r} stands twice", inner)
            found[key] = self._data(value_node, inner)
        return found


def read(path: Path, model: type[AnyDefinition]) -> AnyDefinition:
    """Read one YAML file as `model`. Raises DefinitionError with file, line and field."""
    return Document(path).read(model)


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the nearest known word, or nothing."""
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean {found[0]!r}?" if found else ""


def spelled(place: Place) -> str:
    """A place in a file as people write it: phases[0].steps[2].due."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _scalar(node: yaml.ScalarNode) -> str | int | float | bool | None:
    """YAML 1.2 scalars: `on`, `yes` and dates stay words, which YAML 1.1 would bend."""
    value = str(node.value)
    if node.style:
        return value
    if value in _WORDS:
        return _WORDS[value]
    if _INTEGER.match(value):
        return int(value)
    return float(value) if _NUMBER.match(value) else value


def _field_names(model: type[BaseModel]) -> set[str]:
    """The names of all fields of a model and of the models inside it."""
    names: set[str] = set()
    schema = model.model_json_schema()
    for part in [schema, *schema.get("$defs", {}).values()]:
        names.update(part.get("properties", {}))
    return names
