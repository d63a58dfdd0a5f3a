"""Tests talk to this machine and to nobody else."""

import socket
from typing import Any, NoReturn

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class NetworkClosedError(RuntimeError):
    """A test wanted to reach another machine."""


def guarded(connect: Any) -> Any:
    """The same `connect`, which refuses every address that is not this machine."""

    def only_here(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOOPBACK:
            refuse(address)
        return connect(self, address)

    return only_here


def refuse(address: object) -> NoReturn:
    """Say which address was wanted."""
    raise NetworkClosedError(f"Tests have no network; this one asked for {address}.")
