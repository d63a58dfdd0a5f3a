"""One server: where its data and sockets stand, and who it runs as."""

import os
import pwd
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

NOBODY = 65534
PORT = 5432


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


def server_user() -> ServerUser:
    """Root lends the server another user; everybody else runs it as themselves."""
    if os.geteuid() != 0:
        return ServerUser(os.geteuid(), os.getegid())
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        return ServerUser(NOBODY, NOBODY)
    return ServerUser(entry.pw_uid, entry.pw_gid)
