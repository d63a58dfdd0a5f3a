"""Samspil's own PostgreSQL server on a machine that gives it none: found, made, started and stopped.

The server listens on a unix socket only, in a folder that nobody but its user (and root) can enter. It
never runs as root: root lends it the user `postgres`, or the nameless 65534, and never makes a user.
"""

from samspil.doors.cli.cluster.binaries import LEAST_VERSION
from samspil.doors.cli.cluster.clone import OUTSIDE, SOCKET_ROOT, of_clone, temporary
from samspil.doors.cli.cluster.lifetime import is_in_use, is_running, remove, running, start, stop
from samspil.doors.cli.cluster.place import Cluster, ClusterError

__all__ = [
    "LEAST_VERSION",
    "OUTSIDE",
    "SOCKET_ROOT",
    "Cluster",
    "ClusterError",
    "is_in_use",
    "is_running",
    "of_clone",
    "remove",
    "running",
    "start",
    "stop",
    "temporary",
]
