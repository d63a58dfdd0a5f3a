"""`samspil run` as a person uses it: start, look, Ctrl-C, again."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from samspil.doors.cli import cluster, main, run, site
from samspil.doors.cli.roles import OWNER
from samspil.doors.cli.run import Stopped

COMMAND = [sys.executable, "-m", "samspil.doors.cli.main"]
PATIENCE = 180


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """The environment of a person whose clone's path holds a space, without a database of their own."""
    folder = Path(tempfile.mkdtemp(prefix="samspil test ", dir=cluster.SOCKET_ROOT))
    folder.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "DJANGO_"))}
    own = {**kept, "SAMSPIL_VAR": str(folder / "var"), "PYTHONUNBUFFERED": "1"}
    yield own
    subprocess.run([*COMMAND, "clean-data"], env=own, check=True)
    shutil.rmtree(folder)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@contextmanager
def started(environment: dict[str, str], port: int) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [*COMMAND, "run"],
        env={**environment, "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    with process:
        said = ""
        for line in process.stdout:
            said += line
            if "Stop with" in line:
                break
        assert f"http://localhost:{port}" in said, said
        yield process
        if process.poll() is None:
            process.kill()


def health(port: int) -> Any:
    with urllib.request.urlopen(f"http://localhost:{port}/health") as answer:
        return json.load(answer)


def own_cluster(environment: dict[str, str]) -> cluster.Cluster:
    return cluster.of_clone(Path(environment["SAMSPIL_VAR"]))


@pytest.mark.wheel
def test_serves_stops_cleanly_and_keeps_the_data(environment: dict[str, str]):
    keys = []
    for stop in (signal.SIGINT, signal.SIGTERM):
        port = free_port()
        with started(environment, port) as process:
            assert health(port)["migrations"] == "current"
            process.send_signal(stop)
            assert process.wait(PATIENCE) == 0
        assert not cluster.is_running(own_cluster(environment))
        keys.append((Path(environment["SAMSPIL_VAR"]) / "secret-key").read_text())
    assert keys[0] == keys[1]
    assert (Path(environment["SAMSPIL_VAR"]) / "secret-key").stat().st_mode & 0o077 == 0


def test_listens_to_this_machine_only(environment: dict[str, str]):
    port = free_port()
    with started(environment, port) as process:
        listening = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
        places = [
            line.split()[1] for line in listening.splitlines() if f":{port:04X} " in line and " 0A " in line
        ]
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    assert places == [f"0100007F:{port:04X}"]


def test_a_taken_port_is_named_and_nothing_is_left_running(environment: dict[str, str]):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        own = {**environment, "PORT": str(port)}
        done = subprocess.run([*COMMAND, "run"], check=False, env=own, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert f"PORT={port + 1}" in done.stderr
    assert not Path(environment["SAMSPIL_VAR"]).exists()


def test_production_stays_closed_where_invented_people_stand_and_opens_where_none_do(
    environment: dict[str, str],
):
    real = {**environment, "SAMSPIL_ENV": "production"}
    port = free_port()
    with started(real, port) as process:
        assert health(port)["status"] == "ok"
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    with (
        cluster.running(own_cluster(environment)) as server,
        psycopg.connect(server.url(OWNER, site.DATABASE)) as owner,
    ):
        owner.execute(
            "INSERT INTO accounts_account (id, login, email, password, is_citizen, is_demo, is_active) "
            "VALUES (gen_random_uuid(), 'demo', '', '!', false, true, true)"
        )

    for command in ("run", "migrate"):
        own = {**real, "PORT": str(port)}
        done = subprocess.run([*COMMAND, command], check=False, env=own, capture_output=True, text=True)
        assert done.returncode == 1
        assert "Demo accounts stand in a database of production" in done.stderr


@pytest.mark.parametrize("port", ["0", "70000", "-1", "abc", "8000.0"])
def test_a_port_that_is_none_is_refused(port: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as left:
        main.main(["run", f"--port={port}"])
    assert left.value.code == 2
    assert "PORT is a number" in capsys.readouterr().err


def test_the_end_of_one_process_is_the_end_of_all():
    with run.child([sys.executable, "-c", ""]) as process:
        process.wait(PATIENCE)
        with pytest.raises(cluster.ClusterError, match="ended by itself"):
            run.stop_if_one_ended([process])


def test_a_second_signal_does_not_cut_the_end_short():
    with run.told_to_stop():
        with pytest.raises(Stopped):
            os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGTERM)
