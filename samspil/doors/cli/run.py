"""`samspil run`: the whole site on this machine, from a bare clone to an address, until Ctrl-C."""

import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import NoReturn
from urllib.error import URLError

from samspil.doors.cli import demo, migrate, site
from samspil.doors.cli.cluster import ClusterError
from samspil.doors.cli.main import COMMANDS

HOST = "127.0.0.1"
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE_SECONDS = 120
Process = subprocess.Popen[bytes]


class PortTaken(Exception):  # noqa: N818  a state of the machine, told to a person
    """Somebody listens there already."""


class Stopped(Exception):  # noqa: N818  nothing went wrong
    """A person or the machine asked the site to stop."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words after `samspil run`."""
    parser.add_argument(
        "--port", type=port_number, default=os.environ.get("PORT") or "8000", help="PORT, or 8000"
    )


def port_number(text: str) -> int:
    """A port of this machine."""
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"PORT is a number from 1 to 65535, not {text!r}.")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Serve until stopped; the data are there again at the next start."""
    try:
        with told_to_stop(), listening(options.port) as door:
            serve(door)
    except Stopped:
        print("Stopped. The data are kept.")
        return 0
    except PortTaken:
        print(
            f"Port {options.port} is taken. Choose another: make run PORT={options.port + 1}", file=sys.stderr
        )
    except ClusterError as error:
        print(error, file=sys.stderr)
    return 1


def serve(door: socket.socket) -> NoReturn:
    """Database, tables, files, then the processes; whatever ends it, everything is stopped in order."""
    with ExitStack() as stack:
        print("Starting the database …", flush=True)
        stack.enter_context(site.database())
        stack.enter_context(undisturbed_end())
        prepare()
        processes = [stack.enter_context(child(web_command(door), door))]
        if "worker" in COMMANDS:
            processes.append(stack.enter_context(child(samspil_command("worker"))))
        port = door.getsockname()[1]
        wait_for_answer(port, processes)
        greet(port)
        watch(processes)


def prepare() -> None:
    """Bring tables, base data and static files up to date."""
    site.load_django()
    from django.core.management import call_command
    from django.db import connections

    print("Bringing the tables up to date …", flush=True)
    migrate.bring_tables_up_to_date()
    migrate.load_base_data(say=print)
    if demo.is_wanted():
        demo.make(say=print)
    connections.close_all()
    call_command("collectstatic", interactive=False, verbosity=0)


def greet(port: int) -> None:
    """Say who one can be here, if invented people are about, and then the address."""
    lines = ["", *demo.guide(), ""] if demo.is_wanted() else [""]
    print("\n".join([*lines, f"Samspil is ready: http://localhost:{port}", "Stop with Ctrl-C."]), flush=True)


# --- processes ---------------------------------------------------------------------------------------


def web_command(door: socket.socket) -> list[str]:
    """Gunicorn on the port we hold already."""
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind=fd://{door.fileno()}"]
    return [
        *command,
        "--workers=2",
        "--preload",
        "--worker-class=gthread",
        "--threads=4",
        "--no-control-socket",
        "--log-level=warning",
    ]


def samspil_command(*words: str) -> list[str]:
    """Another `samspil` command as a process of its own."""
    return [sys.executable, "-m", "samspil.doors.cli.main", *words]


@contextmanager
def child(command: Sequence[str], *doors: socket.socket) -> Iterator[Process]:
    """A process in a session of its own: Ctrl-C reaches us, and we stop it."""
    process = subprocess.Popen(
        command, cwd=site.ROOT, start_new_session=True, pass_fds=[door.fileno() for door in doors]
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for_answer(port: int, processes: Sequence[Process]) -> None:
    """Return when the site answers."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        stop_if_one_ended(processes)
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/health", timeout=5):
                return
        except (URLError, TimeoutError):
            time.sleep(0.1)
    raise ClusterError(f"The site did not answer within {PATIENCE_SECONDS} seconds.")


def watch(processes: Sequence[Process]) -> NoReturn:
    """Stay until a process ends, or until told to stop."""
    while True:
        stop_if_one_ended(processes)
        time.sleep(0.5)


def stop_if_one_ended(processes: Sequence[Process]) -> None:
    """The site is whole or not there."""
    for process in processes:
        if process.poll() is not None:
            raise ClusterError(f"A process of the site ended by itself: {process.args!r}")


# --- beginnings and ends -----------------------------------------------------------------------------


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """Hold the port before anything is started, so that a taken one costs nothing."""
    try:
        door = socket.create_server((HOST, port))
    except OSError as error:
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            raise PortTaken from error
        raise
    with door:
        yield door


@contextmanager
def told_to_stop() -> Iterator[None]:
    """Inside the block Ctrl-C and SIGTERM raise `Stopped` once, wherever we are."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        ignore_signals()
        raise Stopped

    before = {number: signal.signal(number, stop) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def undisturbed_end() -> Iterator[None]:
    """A second Ctrl-C does not cut the stopping short."""
    try:
        yield
    finally:
        ignore_signals()


def ignore_signals() -> None:
    """From here on the end runs to its end."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
