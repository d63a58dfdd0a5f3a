"""`make bench`: the site at several sizes, and the engine alone; a table in Markdown, also in var/bench/."""

import argparse
import compileall
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import report
from samspil.doors.cli import cluster, databases, site
from samspil.doors.cli.cluster import Cluster
from samspil.doors.cli.roles import APP, DOOR, OWNER, SUPERUSER

SIZES = "1000 10000"
PARTS = ("bench", "config", "samspil")


def main() -> None:
    """Measure every size on one server of our own, then say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=SIZES, help="numbers of courses, e.g. “1000 10000 100000”")
    parser.add_argument("--seconds", type=float, default=2.0, help="seconds a run")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="a folder with a short path where the databases stay")
    parser.add_argument("--no-engine", action="store_true", help="leave the engine alone out")
    options = parser.parse_args()
    sizes = [int(word) for word in options.sizes.split()]
    folder = options.keep or Path(tempfile.mkdtemp(prefix="samspil-bench-", dir=cluster.SOCKET_ROOT))
    folder.mkdir(parents=True, exist_ok=True)
    own = Cluster(folder / "server", folder / "socket")
    folder.chmod(0o755)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Told to stop."))  # and take the server down
    _compile()
    path = _file()
    found: dict[int, dict[str, Any]] = {}
    try:
        cluster.start(own)
        databases.make_roles(own)
        for size in sizes:
            found[size] = _measured(own, size, options.runs, options.seconds)
            if not options.keep:
                databases.drop_database(own, _name(size))
            _keep(path, report.written(found, "", runs=options.runs, seconds=options.seconds))
    finally:
        if options.keep:
            cluster.stop(own)
        else:
            cluster.remove(own)
            shutil.rmtree(folder, ignore_errors=True)
    engine = "" if options.no_engine else _engine()
    text = report.written(found, engine, runs=options.runs, seconds=options.seconds)
    _keep(path, text)
    print(text)


def _measured(own: Cluster, size: int, runs: int, seconds: float) -> dict[str, Any]:
    print(f"{size:,} courses …", file=sys.stderr, flush=True)
    name = _name(size)
    databases.make_database(own, name)
    command = [sys.executable, "-m", "bench.one_size", f"--courses={size}"]
    command += [f"--runs={runs}", f"--seconds={seconds}"]
    done = subprocess.run(
        command, cwd=site.ROOT, env=_environment(own, name), stdout=subprocess.PIPE, check=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _name(size: int) -> str:
    return f"samspil_{size}"


def _environment(own: Cluster, name: str) -> Mapping[str, str]:
    postmaster = (own.data / "postmaster.pid").read_text().splitlines()[0]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": own.url(APP, name),
        "DATABASE_DOOR_URL": own.url(DOOR, name),
        "DATABASE_OWNER_URL": own.url(OWNER, name),
        "BENCH_SUPERUSER": own.url(SUPERUSER, name),
        "BENCH_POSTMASTER": postmaster,
    }


def _compile() -> None:
    """Bytecode as an installation and the first start leave it, also where the environment forbids it."""
    for folder in (sysconfig.get_path("purelib"), *(str(site.ROOT / part) for part in PARTS)):
        compileall.compile_dir(folder, quiet=2)


def _engine() -> str:
    print("The engine alone …", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "bench.engine"]
    return subprocess.run(command, cwd=site.ROOT, stdout=subprocess.PIPE, check=True, text=True).stdout


def _file() -> Path:
    folder = site.var() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{datetime.now(UTC):%Y-%m-%d-%H%M}.md"


def _keep(path: Path, text: str) -> None:
    """What is measured so far, after each size: a stop loses no more than the size it comes in."""
    path.write_text(text)
    print(f"Kept in {path}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
