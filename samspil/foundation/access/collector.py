"""What a request or job has handed out, kept until the log is written. A view cannot forget it.

Contract with the log: whoever opens a context (`middleware.Wall`, `wall.acting_as`) begins a `Collector`,
and at the end hands it to the writer of the log. `seen` are ids of items, `criteria` what was asked for
where no single person was shown (a count, a search), `acts` what was done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(slots=True)
class Collector:
    """The notes of one request or job."""

    seen: dict[UUID, None] = field(default_factory=dict)
    criteria: list[str] = field(default_factory=list)


_current: ContextVar[Collector | None] = ContextVar("collector", default=None)


def note(item: UUID) -> None:
    """An item left the database: somebody may read it."""
    if (collector := _current.get()) is not None:
        collector.seen[item] = None


def note_criterion(criterion: str) -> None:
    """Something was counted or listed without being handed out as items."""
    if (collector := _current.get()) is not None:
        collector.criteria.append(criterion)


def current() -> Collector | None:
    """The collector of this request or job, None outside both."""
    return _current.get()


@contextmanager
def collecting() -> Iterator[Collector]:
    """Begin a new collector; the former one comes back afterwards."""
    collector = Collector()
    token = _current.set(collector)
    try:
        yield collector
    finally:
        _current.reset(token)
