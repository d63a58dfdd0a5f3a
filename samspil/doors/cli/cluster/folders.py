"""Folders and files of a server: made for its user, and refused where they are somebody else's."""

import os
import stat
from pathlib import Path

from samspil.doors.cli.cluster.place import Cluster, ClusterError, ServerUser


def give_to(folder: Path, user: ServerUser) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.uid, user.gid, follow_symlinks=False)


def make_folder(folder: Path, user: ServerUser) -> None:
    """A folder for the server's user alone. A folder of somebody else's making is refused."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        _refuse_foreign(folder, user)
    if user.is_other:
        os.chown(folder, user.uid, user.gid, follow_symlinks=False)
    folder.chmod(0o700)


def _refuse_foreign(folder: Path, user: ServerUser) -> None:
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid not in {user.uid, os.geteuid()}:
        raise ClusterError(
            f"{folder} belongs to somebody else (user {state.st_uid}); the database is not started. "
            "Somebody may have laid a trap there, or Samspil was started by another user before."
        )


def check_socket_path(cluster: Cluster) -> None:
    if len(os.fsencode(cluster.socket)) >= 107:
        raise ClusterError(f"The path of the database's socket is too long: {cluster.socket}")


def write(cluster: Cluster, name: str, text: str) -> None:
    path = cluster.data / name
    path.write_text(text)
    path.chmod(0o600)
    if cluster.user.is_other:
        os.chown(path, cluster.user.uid, cluster.user.gid)
