"""The data of a server: made once, with settings of their own."""

import os
import pwd
import shutil
from collections.abc import Mapping
from pathlib import Path

from samspil.doors.cli.cluster.folders import write
from samspil.doors.cli.cluster.place import PORT, Binaries, Cluster, ClusterError
from samspil.doors.cli.cluster.process import run_as
from samspil.doors.cli.roles import EVERY_LOGIN, SUPERUSER


def initialise(cluster: Cluster, binaries: Binaries) -> None:
    """Make the data folder beside its place and move it there whole: a stop half-way leaves nothing."""
    half = cluster.home / "data.new"
    for attempt in ("C.UTF-8", "C"):
        shutil.rmtree(half, ignore_errors=True)
        done = run_as(cluster.user, _initdb(cluster, binaries, half, attempt), cwd=cluster.home)
        if done.returncode == 0:
            half.rename(cluster.data)
            return
    raise ClusterError(f"PostgreSQL could not make its data folder:\n{done.stdout}")


def _initdb(cluster: Cluster, binaries: Binaries, folder: Path, locale: str) -> list[str]:
    command = [str(binaries.folder / "initdb"), "-D", str(folder), f"--username={SUPERUSER}"]
    command += ["--encoding=UTF8", f"--locale={locale}", "--auth-local=peer", "--auth-host=reject"]
    return command + (["--data-checksums"] if cluster.durable else ["--no-sync"])


def configure(cluster: Cluster) -> None:
    """Write the three files that say how the server runs and who may come in."""
    write(cluster, "postgresql.conf", "".join(f"{k} = {v}\n" for k, v in _settings(cluster).items()))
    write(cluster, "pg_hba.conf", "local all all peer map=samspil\n")
    name = pwd.getpwuid(os.geteuid()).pw_name
    roles = (SUPERUSER, *EVERY_LOGIN)
    write(cluster, "pg_ident.conf", "".join(f'samspil "{name}" {role}\n' for role in roles))


def _settings(cluster: Cluster) -> Mapping[str, str]:
    """The server's settings: no network, and nothing of what people write in its own log."""
    fast = "on" if cluster.durable else "off"
    return {
        "listen_addresses": "''",
        "unix_socket_directories": f"'{cluster.sockets}'",
        "unix_socket_permissions": "0700",
        "port": str(PORT),
        "max_connections": "80",
        "shared_buffers": "128MB",
        "fsync": fast,
        "synchronous_commit": fast,
        "full_page_writes": fast,
        "timezone": "'UTC'",
        "client_encoding": "'UTF8'",
        "log_statement": "'none'",
        "log_min_duration_statement": "-1",
        "log_min_error_statement": "panic",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_error_verbosity": "terse",
    }
