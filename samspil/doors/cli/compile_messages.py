"""`samspil compile-messages`: make each app's translations ready for use, without the gettext binaries."""

import argparse

from babel.messages.mofile import write_mo

from samspil.doors.cli.messages import apps, catalogue, po_file


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: all apps, in a second."""


def run(_options: argparse.Namespace) -> int:
    """Write a compiled file beside every list of translations."""
    with_lists = [app for app in apps() if po_file(app).is_file()]
    for app in with_lists:
        with po_file(app).with_suffix(".mo").open("wb") as out:
            write_mo(out, catalogue(app))
    print(f"Translations of {len(with_lists)} apps are ready.")
    return 0
