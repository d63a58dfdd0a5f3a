"""`samspil rebuild-due`: what is due in every course, reckoned anew or, with --check, compared."""

import argparse
import sys
import time

from samspil.doors.cli import site


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words after `samspil rebuild-due`."""
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 on a difference")
    parser.add_argument("--processes", type=int, default=2, metavar="P", help="how many reckon at once")


def run(options: argparse.Namespace) -> int:
    """0: done, or nothing differs. 1: something differs. 2: the courses cannot be read."""
    with site.database():
        site.load_django()
        from django.db import Error

        try:
            count = options.processes
            return check(processes=count) if options.check else rebuild(processes=count)
        except Error as fault:
            print(f"The courses cannot be read: {fault}", file=sys.stderr)
            return 2


def check(*, using: str = "owner", processes: int = 1) -> int:
    """Compare every course with all its facts; each that differs is named with its steps."""
    from samspil.collaboration.courses import due

    found = 0
    for one in due.differences(using=using, processes=processes):
        found += 1
        print(f"{one.space}: {', '.join(one.steps) or 'never reckoned'}")
    print(f"{found} courses differ." if found else "Nothing differs.")
    return 1 if found else 0


def rebuild(*, using: str = "owner", processes: int = 1) -> int:
    """Reckon every course from all its facts, up to the end of this month and a year of rhythms beyond."""
    from samspil.collaboration.courses import due
    from samspil.foundation.kernel import clock

    began = time.monotonic()
    count = due.rebuild_all(today=clock.today(), using=using, processes=processes)
    print(f"{count} courses in {time.monotonic() - began:.1f} s.")
    return 0
