"""`samspil worker` and `samspil verify-log` as processes, in front of a real database."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from samspil.doors.cli.roles import OWNER
from samspil.foundation.audit import log
from samspil.foundation.audit.log import Collector
from tests.audit.writing import some_actor
from tests.database import Database


@pytest.fixture
def place(real_roles: Database, tmp_path: Path) -> dict[str, Any]:
    """How to start a command in front of the database, with an anchor of its own."""
    environment = real_roles.environment() | {
        "SAMSPIL_ANCHOR": str(tmp_path / "anchor"),
        "SAMSPIL_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    return {"env": os.environ | environment, "text": True}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "samspil.doors.cli.main", *words]


def test_the_worker_seals_and_stops_when_told(
    real_roles: Database, place: dict[str, Any], tmp_path: Path
) -> None:
    authority = uuid4()
    log.flush(Collector("r", "a", actor=some_actor(random.Random(4), authority)))
    file = tmp_path / "anchor" / f"{authority}.anchor"
    with subprocess.Popen(command("worker"), **place) as worker:
        end = time.monotonic() + 30
        while not file.exists() and time.monotonic() < end:
            time.sleep(0.1)
        told = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0
    assert time.monotonic() - told < 2
    assert file.read_text().startswith("1 1 ")

    clean = subprocess.run(command("verify-log"), capture_output=True, check=False, **place)
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, "1 rows under 1 seals: nothing found\n", "")

    with psycopg.connect(real_roles.url(OWNER)) as owner:
        owner.execute("DROP TRIGGER stays ON log_event")
        owner.execute("UPDATE log_event SET reason = 'Aftalt'")
    told_by = subprocess.run(command("verify-log", "--json"), capture_output=True, check=False, **place)
    assert told_by.returncode == 1
    assert json.loads(told_by.stdout)["findings"] == [
        {"problem": "rows changed", "authority": str(authority), "block": 1, "position": None}
    ]


def test_a_log_that_cannot_be_read_is_not_called_good(place: dict[str, Any]) -> None:
    place["env"]["DATABASE_OWNER_URL"] = place["env"]["DATABASE_URL"]  # the application may not verify
    done = subprocess.run(command("verify-log"), capture_output=True, check=False, **place)
    assert done.returncode == 2
    assert "cannot be read" in done.stderr


def test_a_round_that_fails_is_told(place: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "anchor").write_text("")
    log.flush(Collector("r", "a", actor=some_actor(random.Random(6), uuid4())))
    done = subprocess.run(command("worker", "--once"), capture_output=True, check=False, **place)
    assert done.returncode == 1
    assert "was not sealed" in done.stderr
