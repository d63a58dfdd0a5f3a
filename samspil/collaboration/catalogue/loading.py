"""Reads the entries of a folder; what does not hang together is refused with file, line and field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from samspil.collaboration.catalogue import rules
from samspil.collaboration.catalogue.language import Entry
from samspil.foundation.kernel.definitions import DefinitionError, Document, nearest

ROOT = Path(__file__).resolve().parents[3] / "definitions"
LINK = re.compile(r"\[(?P<text>[^\]]+)\]\((?P<target>[^)]*)\)")
OWN = "catalogue:"
"""Before the key of another entry in a link: `[safety plan](catalogue:tool-safety-plan)`."""


@dataclass(frozen=True, slots=True)
class Read:
    """An entry with its text, and the file it was read from."""

    entry: Entry
    text: str
    document: Document

    @property
    def words(self) -> int:
        """How many words the text has."""
        return len(rules.words(self.text))


@lru_cache(maxsize=4)
def catalogue(root: Path = ROOT) -> tuple[Read, ...]:
    """Every entry under `root/catalogue`, by key.

    Raises DefinitionError at the first thing that is wrong. Whether models, steps, provisions and sources
    exist is asked by `samspil catalogue`, which knows them.
    """
    found = tuple(_read(path) for path in sorted((root / "catalogue").glob("*/entry.yaml")))
    keys = {one.entry.key for one in found}
    for one in found:
        for line, message in _broken_links(one.text, keys):
            raise DefinitionError(message, one.document.path.parent / "text.md", line)
    return found


def _read(path: Path) -> Read:
    document = Document(path)
    entry = document.read(Entry)
    if entry.key != path.parent.name:
        raise document.error(f"the folder is {path.parent.name}", ("key",))
    text_path = path.parent / "text.md"
    try:
        text = text_path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError(f"cannot be read ({error})", text_path) from error
    if not rules.words(text):
        raise DefinitionError("has no words", text_path)
    return Read(entry, text, document)


def _broken_links(text: str, keys: set[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        for link in LINK.finditer(line):
            target = link["target"]
            if target.startswith(OWN):
                key = target.removeprefix(OWN)
                if key not in keys:
                    yield number, f"the link leads to {key!r}, which is no entry{nearest(key, keys)}"
            elif not target.startswith("https://"):
                yield number, f"the link leads to {target!r}; write {OWN}KEY or https://…"
