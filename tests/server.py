"""A real server process in front of a real database: gunicorn on a free port of this machine."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    host: str = "localhost"

    def url(self, path: str = "/") -> str:
        """The address of a page."""
        return f"http://{self.host}:{self.port}{path}"


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve the site until the block ends. The port is bound before, so nobody can take it meanwhile."""
    with socket.create_server(("127.0.0.1", 0)) as door, tempfile.TemporaryFile("w+") as log:
        server = Server(door.getsockname()[1])
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind=fd://{door.fileno()}"]
        command += ["--worker-class=gthread", "--threads=4", "--no-control-socket"]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", **environment},
            stdout=log,
            stderr=log,
            pass_fds=[door.fileno()],
        )
        try:
            _wait(server, process)
            yield server
        except BaseException as error:
            log.seek(0)
            error.add_note(f"The server said:\n{log.read()[-4000:]}")
            raise
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE_SECONDS)


def _wait(server: Server, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(server.url("/health"), timeout=5):  # noqa: S310  our own http address
                return
        except (URLError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError("The server did not answer /health.")
