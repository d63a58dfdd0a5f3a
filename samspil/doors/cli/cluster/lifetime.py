"""The server started and stopped, and kept as long as somebody needs it."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from samspil.doors.cli.cluster.binaries import chosen, reachable
from samspil.doors.cli.cluster.folders import check_socket_path, make_folder
from samspil.doors.cli.cluster.making import configure, initialise
from samspil.doors.cli.cluster.place import Cluster
from samspil.doors.cli.cluster.process import forget_stale_pid, is_ours, pg_ctl, process_id


@contextmanager
def running(cluster: Cluster) -> Iterator[Cluster]:
    """The server runs inside the block. The last one to leave stops it; a left-over server is reused."""
    make_folder(cluster.home, cluster.user)
    with (cluster.home / "users.lock").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            start(cluster)
            yield cluster
        finally:
            if _is_last(users.fileno()):
                stop(cluster)


def start(cluster: Cluster) -> None:
    """Start the server, made first if need be; nothing happens when it runs already."""
    make_folder(cluster.home, cluster.user)
    with (cluster.home / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_folder(cluster.sockets, cluster.user)
        check_socket_path(cluster)
        if is_running(cluster):
            return
        binaries = reachable(cluster, chosen(cluster))
        if not (cluster.data / "PG_VERSION").exists():
            initialise(cluster, binaries)
        forget_stale_pid(cluster)
        if process_id(cluster):
            pg_ctl(cluster, binaries, "stop", "-m", "fast")
        configure(cluster)
        pg_ctl(cluster, binaries, "start", "-l", str(cluster.log))


def stop(cluster: Cluster) -> None:
    """Stop the server; nothing happens when it does not run."""
    if cluster.data.is_dir() and is_ours(cluster):
        pg_ctl(cluster, reachable(cluster, chosen(cluster)), "stop", "-m", "fast")


def remove(cluster: Cluster) -> None:
    """Stop the server and remove its data, its socket folder and what stands outside the clone."""
    stop(cluster)
    for folder in (cluster.home, cluster.sockets):
        shutil.rmtree(folder, ignore_errors=True)


def is_running(cluster: Cluster) -> bool:
    """Whether the server of exactly these data runs behind exactly this socket."""
    return is_ours(cluster) and cluster.socket.exists()


def is_in_use(cluster: Cluster) -> bool:
    """Whether somebody is inside `running` now."""
    try:
        with (cluster.home / "users.lock").open() as users:
            return not _is_last(users.fileno())
    except FileNotFoundError:
        return False


def _is_last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
