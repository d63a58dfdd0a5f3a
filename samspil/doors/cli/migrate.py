"""`samspil migrate`: brings the tables up to date as their owner, then loads what every site needs."""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from samspil.doors.cli import site
from samspil.doors.cli.cluster import ClusterError
from samspil.doors.cli.roles import APP

AFTER_MIGRATE: Sequence[tuple[str, str]] = (
    ("Loading the organisations …", "samspil.foundation.organisations.actions:load_authorities"),
    ("Loading the collaboration models …", "samspil.collaboration.programmes.actions:load_programmes"),
    ("Loading the vocabulary of facts …", "samspil.collaboration.courses.actions:load_vocabulary"),
)
"""(what it loads, "module:function"), in order. Each function takes nothing and may be run again."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command takes no words."""


def run(options: argparse.Namespace) -> int:
    """Migrate the database at DATABASE_OWNER_URL, or this clone's own."""
    try:
        with site.database():
            site.load_django()
            bring_tables_up_to_date()
            load_base_data(say=print)
    except ClusterError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def bring_tables_up_to_date() -> None:
    """Migrate as the owner, and let the application read how far that went.

    Raises ClusterError where invented humans stand in a database of production: a command that is called
    from Python runs no checks of its own.
    """
    from django.core.management import call_command
    from django.db import connections

    from samspil.foundation.accounts.checks import no_demo_accounts_in_production

    for found in no_demo_accounts_in_production(["owner"]):
        raise ClusterError(found.msg)
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"GRANT SELECT ON django_migrations TO {APP}")
    connections["owner"].close()


def load_base_data(*, say: Callable[[str], None]) -> None:
    """Load what every site needs, step by step."""
    for line, path in AFTER_MIGRATE:
        say(line)
        module, _, name = path.partition(":")
        getattr(import_module(module), name)()
