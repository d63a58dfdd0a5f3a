"""Where the server of a clone stands; outside it where the server's user cannot come in."""

import hashlib
import os
import shutil
from pathlib import Path

from samspil.doors.cli.cluster.folders import give_to
from samspil.doors.cli.cluster.place import Cluster, ClusterError, ServerUser, server_user
from samspil.doors.cli.cluster.process import is_ours, run_as

SOCKET_ROOT = Path("/tmp")  # noqa: S108  short by need: a socket's path has at most 107 bytes
OUTSIDE = Path("/var/lib/samspil")
"""Where data stand when root's server user cannot reach the clone."""


def of_clone(var: Path, *, binaries_wanted: str = "") -> Cluster:
    """The server that belongs to one clone, named by the place of its `var` folder."""
    mark = mark_of(var)
    return Cluster(home_of(var, mark), SOCKET_ROOT / f"samspil-{mark}", binaries_wanted=binaries_wanted)


def temporary(folder: Path, *, binaries_wanted: str = "") -> Cluster:
    """A server for tests in a folder of their own: fast, forgotten after a power cut."""
    return Cluster(folder, folder / "socket", durable=False, binaries_wanted=binaries_wanted)


def mark_of(var: Path) -> str:
    return hashlib.sha256(os.fsencode(var.resolve())).hexdigest()[:16]


def home_of(var: Path, mark: str) -> Path:
    """`var/postgres`; where root's server user cannot come there, a folder outside, linked from there."""
    inside, outside, user = var / "postgres", OUTSIDE / mark, server_user()
    var.mkdir(parents=True, exist_ok=True)
    if inside.is_symlink():
        if inside.readlink() != outside:
            raise ClusterError(
                f"{inside} leads to {inside.readlink()}, the data of another clone. Was this folder copied "
                f"or moved? Remove the link to begin with an empty database, or move the data to {outside}."
            )
        return outside
    if not user.is_other or _reaches(user, var):
        return inside
    OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
    if inside.exists():
        _move_out(inside, outside, user)
    inside.symlink_to(outside)
    return outside


def _move_out(inside: Path, outside: Path, user: ServerUser) -> None:
    """The clone was closed to the server's user since the data were made: they move out, whole."""
    if is_ours(Cluster(inside, inside)):
        raise ClusterError(f"A database server still runs on {inside}, which its user cannot reach any more.")
    half = outside.with_suffix(".new")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(inside, half, symlinks=True)
    give_to(half, user)
    half.rename(outside)
    shutil.rmtree(inside)


def _reaches(user: ServerUser, folder: Path) -> bool:
    return run_as(user, ["/bin/sh", "-c", 'cd "$0"', str(folder)]).returncode == 0
