"""`samspil definitions`: the programmes that load, in figures. Needs no database, server or settings."""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from samspil.collaboration.journal import toolbox
from samspil.collaboration.programmes import choosing, loading
from samspil.collaboration.programmes.language import Mark, Programme
from samspil.collaboration.programmes.trying.families import families, problems
from samspil.doors.cli.bindings import checked_catalogue
from samspil.foundation.kernel.definitions import DefinitionError

_COUNTED = (Mark.SEED, Mark.FOUND, Mark.LAW, Mark.PROPOSAL)


def arguments(parser: argparse.ArgumentParser) -> None:
    """--json prints the list; --write-schema renews the published JSON Schemas."""
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--write-schema", action="store_true", help="renew the schemas in definitions/schema")
    parser.add_argument("--root", type=Path, default=loading.ROOT, help="folder with the definitions")


def run(options: argparse.Namespace) -> int:
    """0: all definitions load. 2: one does not; the first error stands on stderr."""
    if options.write_schema:
        folder = options.root / "schema"
        (folder / "programme.schema.json").write_text(loading.json_schema(), encoding="utf-8")
        (folder / "tool.schema.json").write_text(toolbox.json_schema(), encoding="utf-8")
    try:
        programmes = loading.library(options.root).programmes
        toolbox.checked(options.root)
        checked_catalogue(options.root)
        choosing.checked(options.root, programmes)
        for problem in (one for each in programmes for one in _families(each, options.root)):
            raise DefinitionError(problem)
    except DefinitionError as error:
        print(error, file=sys.stderr)
        return 2
    rows = [_row(programme) for programme in programmes]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        print(f"{row['key']} {row['version']}: {row['title']} ({row['steps']} trin)")
    return 0


def _families(programme: Programme, root: Path) -> list[str]:
    """What is wrong with the invented families of a version."""
    return problems(programme, families(programme.key, programme.version, root))


def _row(programme: Programme) -> dict[str, object]:
    marks = Counter(programme.marks)
    automatic = sum(criterion.source == "auto" for criterion in programme.fidelity)
    return {
        "key": programme.key,
        "version": programme.version,
        "title": programme.title.da,
        "phases": len(programme.phases),
        "steps": len(programme.steps),
        "core_elements": len(programme.core_elements),
        "adaptable": len(programme.adaptable),
        "fidelity_criteria": len(programme.fidelity),
        "fidelity_auto_share": round(automatic / len(programme.fidelity), 4) if programme.fidelity else 0.0,
        "provenance": {mark.value: marks[mark] for mark in _COUNTED},
    }
