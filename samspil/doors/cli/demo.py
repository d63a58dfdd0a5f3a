"""`samspil demo`: invented units, colleagues and families to try the system with; never in production."""

import argparse
import sys
from collections.abc import Callable

from samspil.doors.cli import migrate, site


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command takes no words."""


def run(options: argparse.Namespace) -> int:
    """Bring the tables up to date, write what is missing, and say who one can be."""
    with site.database():
        site.load_django()
        from samspil.foundation.kernel.decisions import Refused

        migrate.bring_tables_up_to_date()
        migrate.load_base_data(say=print)
        try:
            make(say=print)
        except Refused as refused:
            print(refused.reason, file=sys.stderr)
            return 1
        print("\n".join(guide()))
    return 0


def make(*, say: Callable[[str], None]) -> None:
    """Write what is missing. Raises Refused in production."""
    from samspil.doors.demo import actions, courses, scripts
    from samspil.foundation.kernel import clock

    say("Looking after the invented families …")
    actions.make(today=clock.today(), say=say)
    courses.make(today=clock.today(), say=say)
    scripts.make(today=clock.today(), say=say)


def is_wanted() -> bool:
    """Does the site that starts here allow invented humans?"""
    from django.conf import settings

    return bool(settings.SAMSPIL_ALLOWS_DEMO_ACCOUNTS)


def guide() -> list[str]:
    """Who one can be, and what to try."""
    from samspil.doors.demo.guide import lines

    return lines()
