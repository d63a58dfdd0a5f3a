"""The measured site: gunicorn with two workers as `samspil run` starts it, asked over real connections."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from socket import create_server

from samspil.doors.cli import site
from samspil.doors.cli.run import web_command

PATIENCE = 60
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """One page: its path and the cookies of who asks."""

    path: str
    cookies: str = ""


@dataclass(frozen=True, slots=True)
class Crowd:
    """What many clients at once have met."""

    a_second: float
    p95: float
    errors: int


class Failed(RuntimeError):  # noqa: N818 - named after what it says
    """A page did not answer as it should."""


class Site:
    """A running site. `ask` keeps one connection to each worker open."""

    def __init__(self, port: int, pid: int, seconds_to_first: float) -> None:
        self.port, self.pid, self.seconds_to_first = port, pid, seconds_to_first
        self._open: list[HTTPConnection] = []

    def ask(self, asked: Asked) -> bytes:
        """Ask for a page. Raises Failed where it is not there."""
        if len(self._open) < WORKERS:
            self._open.append(HTTPConnection("localhost", self.port, timeout=PATIENCE))
        connection = self._open.pop(0)
        self._open.append(connection)
        return fetched(connection, asked)

    def crowd(self, pages: Sequence[Asked], *, clients: int, seconds: float) -> Crowd:
        """Many clients at once, each asking for one page after the other."""
        clocks: list[float] = []
        errors: list[str] = []
        end = time.perf_counter() + seconds

        def client(number: int) -> None:
            connection = HTTPConnection("localhost", self.port, timeout=PATIENCE)
            while time.perf_counter() < end:
                began = time.perf_counter()
                try:
                    fetched(connection, pages[number % len(pages)])
                except (Failed, OSError, HTTPException) as error:
                    errors.append(str(error))
                clocks.append(time.perf_counter() - began)
                number += clients

        threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        clocks.sort()
        return Crowd(len(clocks) / seconds, clocks[int(len(clocks) * 0.95)] * 1000, len(errors))


def fetched(connection: HTTPConnection, asked: Asked) -> bytes:
    """One request on an open connection; opened anew where the server has closed it."""
    for attempt in (1, 2):
        try:
            connection.request("GET", asked.path, headers={"Cookie": asked.cookies, "Accept-Language": "da"})
            answer = connection.getresponse()
            body = answer.read()
            break
        except (HTTPException, OSError):
            connection.close()
            if attempt == 2:
                raise
    if answer.status != 200:
        raise Failed(f"{asked.path}: {answer.status} {body[:200]!r}")
    return body


@contextmanager
def serving() -> Iterator[Site]:
    """The site of this environment until the block ends."""
    with create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        command = [*web_command(door), "--keep-alive=30"]
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=site.ROOT, env=os.environ, pass_fds=[door.fileno()])
        try:
            wait_for(port, process)
            yield Site(port, process.pid, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Return when the log-in page has come."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            fetched(HTTPConnection("localhost", port, timeout=PATIENCE), Asked("/login/"))
            return
        except (OSError, HTTPException):
            time.sleep(0.02)
    raise Failed("The site did not answer.")


Operation = Callable[[int], object]
