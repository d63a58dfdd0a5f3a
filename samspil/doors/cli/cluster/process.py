"""The running server: whose it is, and how it is told to start and stop."""

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from samspil.doors.cli.cluster.place import Binaries, Cluster, ClusterError, ServerUser

PATIENCE = "60"


def _pid_file(cluster: Cluster) -> list[str]:
    try:
        return (cluster.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def process_id(cluster: Cluster) -> int:
    lines = _pid_file(cluster)
    return int(lines[0]) if lines and lines[0].isdigit() else 0


def is_ours(cluster: Cluster) -> bool:
    """The process in the pid file lives, is a PostgreSQL server, and serves these data."""
    lines = _pid_file(cluster)
    return len(lines) > 1 and Path(lines[1]) == cluster.data and _is_postgres(process_id(cluster))


def _is_postgres(pid: int) -> bool:
    if not pid:
        return False
    if Path("/proc/self/comm").exists():
        comm = Path(f"/proc/{pid}/comm")
        return comm.exists() and comm.read_text().strip().startswith("postgres")
    done = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return "postgres" in done.stdout


def forget_stale_pid(cluster: Cluster) -> None:
    """A pid file left by a power cut, or copied with the folder, must not stop the start."""
    if _pid_file(cluster) and not is_ours(cluster):
        (cluster.data / "postmaster.pid").unlink()


def pg_ctl(cluster: Cluster, binaries: Binaries, act: str, *words: str) -> None:
    command = [str(binaries.folder / "pg_ctl"), act, "-D", str(cluster.data), "-w", "-t", PATIENCE, *words]
    done = run_as(cluster.user, command, cwd=cluster.home)
    if done.returncode:
        log = cluster.log.read_text(errors="replace")[-2000:] if cluster.log.exists() else ""
        raise ClusterError(f"PostgreSQL did not {act}:\n{done.stdout}{log}")


def run_as(
    user: ServerUser, command: Sequence[str], cwd: Path = Path("/")
) -> subprocess.CompletedProcess[str]:
    """Run a command as the server's user, with a bare environment and without open files of ours.

    What it prints goes through a file: a server that stays behind would keep a pipe open for ever.
    """
    identity = {"user": user.uid, "group": user.gid, "extra_groups": []} if user.is_other else {}
    with tempfile.TemporaryFile() as out:
        done = subprocess.run(
            command,
            check=False,
            cwd=cwd,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            umask=0o077,
            **identity,  # type: ignore[call-overload]  # one dict for three optional arguments
        )
        out.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, out.read().decode(errors="replace"))
