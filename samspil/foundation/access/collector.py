"""Which items this request or job has loaded, kept until the log is written. A view cannot forget it.

Whoever opens a context (`middleware.Wall`, `wall.acting_as`) begins `collecting`; every row behind the
wall notes itself when it is loaded (`Item.from_db`, `ItemBacked.from_db`); at the end `sight.report` turns
the notes into persons and categories for the log.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class About:
    """Whom an item is about, whose it is, and its category: what the log wants to know of it."""

    subjects: tuple[UUID, ...]
    owner_authority: UUID
    category: int


Notes = dict[UUID, About | None]

_notes: ContextVar[Notes | None] = ContextVar("notes", default=None)


def note(item: UUID, about: About | None = None) -> None:
    """An item left the database: somebody may read it."""
    if (notes := _notes.get()) is not None:
        if about is None:
            notes.setdefault(item)
        else:
            notes[item] = about


def note_all(items: Iterable[UUID]) -> None:
    """The same of many, whom the log looks up itself."""
    if (notes := _notes.get()) is not None:
        for item in items:
            notes.setdefault(item)


@contextmanager
def collecting() -> Iterator[Notes]:
    """Begin with no notes; the former ones come back afterwards."""
    notes: Notes = {}
    token = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(token)
