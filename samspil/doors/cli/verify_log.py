"""`samspil verify-log`: has anybody edited, removed, swapped, added, cut off or rewritten the log?"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from samspil.doors.cli import site

if TYPE_CHECKING:
    from samspil.foundation.audit.verify import Verification


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words after `samspil verify-log`."""
    parser.add_argument("--anchor", type=Path, help="the folder of the heads; else SAMSPIL_ANCHOR")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Exit code 1 where something is found, 2 where the log cannot be read."""
    with site.database():
        site.load_django()
        from django.conf import settings
        from django.db import Error

        try:
            result = checked(options.anchor or Path(settings.SAMSPIL_ANCHOR))
        except Error as fault:
            print(f"The log cannot be read: {fault}", file=sys.stderr)
            return 2
    print(as_json(result) if options.json else as_text(result))
    return 1 if result.findings else 0


def checked(anchor: Path) -> "Verification":
    """Verify as the owner of the tables, all of one moment."""
    from django.db import connections, transaction

    from samspil.foundation.audit.verify import verify

    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        with connections["owner"].wrap_database_errors:
            return verify(connections["owner"].connection, anchor)


def as_json(result: "Verification") -> str:
    """The result for a machine."""
    return json.dumps(asdict(result), default=str)


def as_text(result: "Verification") -> str:
    """The result for a person."""
    lines = [f"- {finding}" for finding in result.findings]
    head = f"{result.rows} rows under {result.blocks} seals: "
    return "\n".join([head + (f"{len(lines)} findings" if lines else "nothing found"), *lines])
