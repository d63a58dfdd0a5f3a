"""The `samspil` command. Each sub-command is a module, imported when asked for."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

COMMANDS: dict[str, tuple[str, str]] = {
    "verify-log": ("samspil.doors.cli.verify_log", "has anybody tampered with the log?"),
    "worker": ("samspil.doors.cli.worker", "seal the log every five seconds, until stopped"),
    "front-end": ("samspil.doors.cli.front_end", "collect the front-end parts the pages need"),
    "messages": ("samspil.doors.cli.messages", "bring each app's list of texts to translate up to date"),
    "compile-messages": ("samspil.doors.cli.compile_messages", "make translations ready for use"),
    "run": ("samspil.doors.cli.run", "serve the whole site on this machine until Ctrl-C"),
    "demo": ("samspil.doors.cli.demo", "write down invented people to try the site with"),
    "generate": ("samspil.doors.cli.generate", "write a whole invented country, to try and to measure with"),
    "simulate": ("samspil.doors.cli.simulate", "live through plausible courses of a model, all invented"),
    "migrate": ("samspil.doors.cli.migrate", "bring the tables up to date and load the base data"),
    "clean-data": ("samspil.doors.cli.clean_data", "remove this clone's database and everything in var/"),
    "reference": ("samspil.doors.cli.reference", "write docs/reference from the code, or check it"),
    "database-roles": ("samspil.doors.cli.roles", "print the SQL of roles and rights, for a DBA"),
    "rebuild-due": ("samspil.doors.cli.rebuild_due", "reckon what is due in every course, or check it"),
    "definitions": ("samspil.doors.cli.definitions", "list the collaboration models that load"),
    "initiatives": ("samspil.doors.cli.initiatives", "list the initiatives that the models come from"),
    "catalogue": ("samspil.doors.cli.catalogue", "list the texts of the idea catalogue"),
    "trace": ("samspil.doors.cli.trace", "run the engine on a file of facts"),
}
"""name → (module with `arguments(parser)` and `run(options) -> int`, one line of help)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one sub-command; its exit code is the answer (2: bad input)."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(
        prog="samspil", description="Cross-sector collaboration models in operation."
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (module, line) in COMMANDS.items():
        sub = commands.add_parser(name, help=line, description=line)
        if words[:1] == [name]:
            importlib.import_module(module).arguments(sub)
    options = parser.parse_args(words)
    if not options.command:
        parser.print_help()
        return 0
    try:
        answer = int(importlib.import_module(COMMANDS[options.command][0]).run(options))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads the answer, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return answer


if __name__ == "__main__":
    sys.exit(main())
