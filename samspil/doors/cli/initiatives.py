"""`samspil initiatives`: where the models come from. Needs no database, server or settings."""

import argparse
import json
import sys
from pathlib import Path

from samspil.collaboration.programmes import loading as programmes
from samspil.foundation.kernel.definitions import DefinitionError
from samspil.insight.rollout import loading


def arguments(parser: argparse.ArgumentParser) -> None:
    """--json prints the cards."""
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--root", type=Path, default=programmes.ROOT, help="folder with the definitions")


def run(options: argparse.Namespace) -> int:
    """0: all initiatives load. 2: one does not; the first error stands on stderr."""
    try:
        found = loading.initiatives(options.root)
    except DefinitionError as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        cards = [one.model_dump(mode="json") for one in found]
        print(json.dumps(cards, ensure_ascii=False, indent=2))
        return 0
    for one in found:
        print(f"{one.key}: {one.title.da} ({one.period.starts}–{one.period.ends or ''})")
    return 0
