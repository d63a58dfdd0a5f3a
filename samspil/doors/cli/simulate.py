"""`samspil simulate`: plausible courses of one model, lived through its real actions; never in production."""

import argparse
import json
import sys
from datetime import date

from samspil.doors.cli import migrate, site
from samspil.doors.cli.generate import show_progress

ABOUT = """
Writes into the database of this site: two or three units called »Simuleret KEY VERSION SEED«, invented
colleagues in them, invented families, and their courses with people, facts, meetings, goals, notes and
the log of it all. Every person and every figure is invented. Nothing that stands there already is changed.
Refused in production, and where the same simulation stands already. The same seed and day give the same
courses. To remove them: make clean-data, which removes everything of this clone.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words after `samspil simulate`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = ABOUT
    parser.add_argument("key", metavar="KEY", help="the model, as `samspil definitions` lists it")
    parser.add_argument("version", metavar="VERSION", help="its version")
    parser.add_argument("--courses", type=int, default=10, metavar="N", help="how many: 10")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed, the same courses")
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day they stand on: today"
    )
    parser.add_argument(
        "--json", action="store_true", help="each course with people, facts, states, fidelity"
    )


def run(options: argparse.Namespace) -> int:
    """0: written. 1: refused, and nothing is changed."""
    with site.database():
        site.load_django()
        from samspil.doors.demo.simulate.actions import Wanted, simulate
        from samspil.foundation.kernel import clock
        from samspil.foundation.kernel.decisions import Refused

        migrate.bring_tables_up_to_date()
        migrate.load_base_data(say=lambda line: print(line, file=sys.stderr))
        wanted = Wanted(
            options.key, options.version, options.courses, options.seed, options.on or clock.today()
        )
        try:
            found = simulate(wanted, say=show_progress)
        except Refused as refused:
            print(refused.reason, file=sys.stderr)
            return 1
        json.dump(found if options.json else found["summary"], sys.stdout, ensure_ascii=False, indent=1)
        print()
    return 0
