"""`samspil generate`: a whole country of invented families with their courses; never in production."""

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

from samspil.doors.cli import migrate, site

if TYPE_CHECKING:
    from samspil.doors.demo.generate.actions import Done

WIDTH = 30


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words after `samspil generate`."""
    parser.add_argument("--courses", type=int, required=True, metavar="N", help="how many courses")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed, the same rows")
    parser.add_argument(
        "--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day it is told on: today"
    )
    parser.add_argument(
        "--invented-names",
        action="store_true",
        help="municipalities that are on no map, for pictures that strangers see",
    )
    parser.add_argument("--processes", type=int, default=2, metavar="P", help="how many work things out")


def run(options: argparse.Namespace) -> int:
    """0: written. 1: refused, and nothing is changed."""
    with site.database():
        site.load_django()
        from samspil.doors.demo.generate.actions import generate
        from samspil.foundation.kernel import clock
        from samspil.foundation.kernel.decisions import Refused

        migrate.bring_tables_up_to_date()
        migrate.load_base_data(say=print)
        try:
            done = generate(
                courses=options.courses,
                seed=options.seed,
                today=options.today or clock.today(),
                has_invented_names=options.invented_names,
                processes=options.processes,
                progress=show_progress,
            )
        except Refused as refused:
            print(refused.reason, file=sys.stderr)
            return 1
        print("\n".join(said(done)))
    return 0


def show_progress(done: int, wanted: int) -> None:
    """A bar on stderr: drawn anew in a terminal, one line at the end elsewhere."""
    if not sys.stderr.isatty() and done < wanted:
        return
    filled = WIDTH * done // wanted
    end = "\n" if done == wanted else ""
    bar = "#" * filled + "." * (WIDTH - filled)
    print(f"\r[{bar}] {done:,} of {wanted:,} courses", end=end, file=sys.stderr, flush=True)


def said(done: "Done") -> list[str]:
    """What stands there now, and who one can be."""
    from samspil.doors.demo.colleagues import PASSWORD

    seconds = sum(done.seconds.values())
    parts = ", ".join(f"{name} {spent:.1f} s" for name, spent in done.seconds.items())
    return [
        f"{done.courses:,} courses, {done.rows:,} rows in {seconds:.1f} s ({parts}).",
        f"{done.courses / seconds:,.0f} courses a second.",
        "Alle mennesker er opdigtede. Opdigtede tal.",
        f"Adgangskode: {PASSWORD}",
        *(f"  {one.login:<14}  {one.name}, {one.title}, {one.place.name}" for one in done.colleagues),
    ]
