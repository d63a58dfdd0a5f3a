"""The heads of the seals, kept outside the database: one file an authority, only ever appended.

A line is `number count hash`; in production the folder belongs to another user, or is append-only.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from uuid import UUID

_LINE = re.compile(rb"(\d+) (\d+) ([0-9a-f]{64})")


class AnchorBroken(Exception):  # noqa: N818 - a finding, told to a person
    """The chain in the database is not the one that was anchored before; nothing is added to the anchor."""


@dataclass(frozen=True, slots=True)
class Head:
    """One sealed block, as much of it as the anchor keeps."""

    authority: UUID
    number: int
    count: int
    hash: bytes
    previous: bytes = b""


@dataclass(frozen=True, slots=True)
class Anchored:
    """What one authority's file says: the heads by number, and the lines nobody can read."""

    heads: Mapping[int, Head]
    unreadable: int = 0

    @property
    def last(self) -> Head | None:
        return self.heads[max(self.heads)] if self.heads else None


def read(folder: Path) -> dict[UUID, Anchored]:
    """Everything that is anchored."""
    if not folder.is_dir():
        return {}
    return {UUID(path.stem): _read_file(path, UUID(path.stem)) for path in sorted(folder.glob("*.anchor"))}


def append(folder: Path, heads: Iterable[Head]) -> None:
    """Add heads, in order, and wait until they are on the disk. Heads that stand there already are skipped.

    Raises AnchorBroken, after the other authorities' heads were added, where a head does not follow the
    last anchored one.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    broken = []
    ordered = sorted(heads, key=lambda head: (head.authority, head.number))
    for authority, group in groupby(ordered, key=lambda head: head.authority):
        path = folder / f"{authority}.anchor"
        last = _last_head(path, authority)
        following = [head for head in group if last is None or head.number > last.number]
        if _follow(last, following):
            _write(path, following)
        else:
            broken.append(str(authority))
    if broken:
        raise AnchorBroken(f"the log does not follow its anchor: {', '.join(broken)}")


def _follow(last: Head | None, heads: list[Head]) -> bool:
    for head in heads:
        if head.number != (last.number + 1 if last else 1) or (last and head.previous != last.hash):
            return False
        last = head
    return True


def _write(path: Path, heads: list[Head]) -> None:
    if not heads:
        return
    is_new = not path.exists()
    text = "".join(f"{head.number} {head.count} {head.hash.hex()}\n" for head in heads).encode()
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        if _ends_torn(path):
            text = b"\n" + text
        os.write(file, text)
        os.fsync(file)
    finally:
        os.close(file)
    if is_new:
        _sync_folder(path.parent)


def _ends_torn(path: Path) -> bool:
    """A power cut in the middle of a line leaves one without an end; the next begins on a line of its own."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _last_head(path: Path, authority: UUID) -> Head | None:
    """The last whole line, from the end of the file."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 1024))
        lines = [head for line in file.read().split(b"\n") if (head := _parsed(authority, line))]
    return lines[-1] if lines else None


def _read_file(path: Path, authority: UUID) -> Anchored:
    heads: dict[int, Head] = {}
    unreadable = 0
    for line, is_torn in _lines(path):
        head = _parsed(authority, line)
        if head is None:
            unreadable += not is_torn
        elif heads.setdefault(head.number, head) != head:
            unreadable += 1  # the same number twice, with different words
    return Anchored(heads, unreadable)


def _lines(path: Path) -> Iterator[tuple[bytes, bool]]:
    """Each line, and whether it is the torn beginning of the line after it, or of one still to come."""
    lines = [line for line in path.read_bytes().split(b"\n") if line]
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else None
        yield line, following is None or following.startswith(line)


def _parsed(authority: UUID, line: bytes) -> Head | None:
    match = _LINE.fullmatch(line)
    return Head(authority, int(match[1]), int(match[2]), bytes.fromhex(match[3].decode())) if match else None
