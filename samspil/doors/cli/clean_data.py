"""`samspil clean-data`: stops this clone's database and removes everything made at run time."""

import argparse
import shutil
import sys

from samspil.doors.cli import site
from samspil.doors.cli.cluster import is_in_use, remove


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command takes no words."""


def run(options: argparse.Namespace) -> int:
    """Remove the data inside the clone and, where root's server keeps them outside, there too."""
    own = site.own_cluster()
    if is_in_use(own):
        print("The site runs on these data. Stop it first.", file=sys.stderr)
        return 1
    remove(own)
    (site.var() / "postgres").unlink(missing_ok=True)
    shutil.rmtree(site.var(), ignore_errors=True)
    return 0
