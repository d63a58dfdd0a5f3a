"""`samspil worker`: the one loop beside the site. Seals the log each five seconds, mails each minute."""

import argparse
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from samspil.doors.cli import site

EVERY_SECONDS = 5.0
ROUNDS_A_MINUTE = round(60 / EVERY_SECONDS)
ROUNDS_A_DAY = round(86_400 / EVERY_SECONDS)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words after `samspil worker`."""
    parser.add_argument("--once", action="store_true", help="one round, then stop; exit code 1 if it failed")


def run(options: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C; a round that fails is told and tried again."""
    stop = threading.Event()

    def told(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
    with site.database():
        site.load_django()
        from django.conf import settings

        rounds = Rounds(Path(settings.SAMSPIL_ANCHOR))
        if options.once:
            return 0 if rounds.work() and rounds.post() else 1
        while not stop.is_set():
            if rounds.work() and rounds.done % ROUNDS_A_MINUTE == 0:
                rounds.post()
            stop.wait(EVERY_SECONDS)
    return 0


class Rounds:
    """The work of each round, and what it must know of the rounds before."""

    def __init__(self, anchor: Path) -> None:
        self.anchor = anchor
        self.done = 0
        self.is_behind = True

    def work(self) -> bool:
        """One round; says whether it went well. The connection is closed after a fault, to begin anew."""
        from django.db import Error, connection

        from samspil.foundation.audit import sealing
        from samspil.foundation.audit.anchor import AnchorBroken

        try:
            if self.done % ROUNDS_A_DAY == 0:
                sealing.make_months()
            if self.is_behind:
                sealing.catch_up(self.anchor)
                self.is_behind = False
            sealing.seal(self.anchor)
        except (Error, OSError, AnchorBroken) as fault:
            self.is_behind = True
            connection.close()
            print(f"The log was not sealed: {fault}", file=sys.stderr, flush=True)
            return False
        self.done += 1
        return True

    def post(self) -> bool:
        """Send the mail that waits, forget what has outlived its time; a fault waits for the next minute."""
        from django.db import Error, connection

        from samspil.foundation.access.wall import NoSession
        from samspil.foundation.desk import actions
        from samspil.foundation.kernel import clock

        try:
            actions.send_outbox(now=clock.now())
            actions.forget_what_is_old()
        except (Error, OSError, NoSession) as fault:
            connection.close()
            print(f"The mail was not sent: {fault}", file=sys.stderr, flush=True)
            return False
        return True
