"""`samspil catalogue`: the texts of the idea catalogue. Needs no database, server or settings."""

import argparse
import json
import sys
from pathlib import Path

from samspil.collaboration.catalogue import loading, rules
from samspil.collaboration.catalogue.loading import Read
from samspil.doors.cli.bindings import checked_catalogue
from samspil.foundation.kernel.definitions import DefinitionError


def arguments(parser: argparse.ArgumentParser) -> None:
    """--json prints the list."""
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--root", type=Path, default=loading.ROOT, help="folder with the definitions")


def run(options: argparse.Namespace) -> int:
    """0: all entries load and name what there is. 2: one does not; the first error stands on stderr."""
    try:
        found = checked_catalogue(options.root)
    except DefinitionError as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps([_row(one) for one in found], ensure_ascii=False, indent=2))
        return 0
    for one in found:
        print(f"{one.entry.key}: {one.entry.title.da} ({one.words} ord, LIX {rules.lix(one.text):.0f})")
    return 0


def _row(one: Read) -> dict[str, object]:
    entry = one.entry
    return {
        "key": entry.key,
        "kind": entry.kind.value,
        "professions": [profession.value for profession in entry.professions],
        "models": list(entry.models),
        "steps": list(entry.steps),
        "title": entry.title.da,
        "checked_on": entry.checked_on.isoformat(),
        "words": one.words,
    }
