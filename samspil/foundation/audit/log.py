"""Writing the log: what a request did and whom it showed, gathered on the way, sent before the answer."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

from samspil.foundation.audit.models import Kind, Outcome
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.kernel.sharing import Category

LONGEST = 2000
"""Characters kept of a reason or a criterion: the log takes whatever people type and never fails on it."""

__all__ = [
    "Collector",
    "Kind",
    "LogUnavailable",
    "NotCollecting",
    "Outcome",
    "Shown",
    "collecting",
    "current",
    "flush",
    "flush_over_door",
    "flush_undone",
    "record",
    "searched",
    "seen",
    "seen_all",
]

_WHAT = "%s, %s, %s, %s, %s, %s, %s::uuid, %s, %s::uuid, %s::uuid[], %s::uuid[], %s::int[]"
_RECORD = f"SELECT audit.record({_WHAT})"
_VALUES = (
    "%s, %s::uuid, %s::uuid, %s::uuid, %s::uuid, %s, "
    "%s, %s, %s, %s, %s, %s::uuid, %s, %s::uuid, %s::uuid[], %s::uuid[], %s::int[]"
)
_WRITE = f"SELECT audit.write({_VALUES})"


class LogUnavailable(Exception):  # noqa: N818 - a state of the house; answered with 503, not the page
    """The log could not be written. The request must be undone and its page must not be sent."""


class NotCollecting(RuntimeError):  # noqa: N818
    """Somebody reads persons' information where nobody writes down what is read: a defect of the caller."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One person, whose information it was, and which categories of it."""

    subject: UUID
    owner: UUID
    categories: Category


@dataclass(slots=True)
class Collector:
    """The log row of one request or job, while it grows."""

    route: str
    act: str
    kind: Kind = Kind.READ
    actor: Actor | None = None
    reason: str = ""
    criterion: str = ""
    space: UUID | None = None
    outcome: Outcome = Outcome.DONE
    about: UUID | None = None
    event: UUID = field(default_factory=new_id)
    _shown: dict[tuple[UUID, UUID], int] = field(default_factory=dict)

    def seen(self, subject: UUID, owner: UUID, categories: Category) -> None:
        """A person's information goes out in this answer. Merged per person and owner authority."""
        key, mask = (subject, owner), int(categories)
        before = self._shown.setdefault(key, mask)
        if mask & ~before:
            self._shown[key] = before | mask

    def seen_all(self, subjects: Iterable[UUID], owner: UUID, categories: Category) -> None:
        """As `seen`, for an item about several persons."""
        for subject in subjects:
            self.seen(subject, owner, categories)

    def searched(self, criterion: str) -> None:
        """Somebody searched or counted by this; several are kept, one a line, and the same one once."""
        if criterion not in self.criterion.split("\n"):
            self.criterion = f"{self.criterion}\n{criterion}" if self.criterion else criterion
        if self.kind == Kind.READ:
            self.kind = Kind.SEARCH

    def answered(self, status: int, *, failed: bool = False) -> None:
        """Note how the request ends: refused (401, 403, 404), attempted (any other error), else done."""
        if status in {401, 403, 404}:
            self.outcome = Outcome.REFUSED
        elif failed or status >= 400:
            self.outcome = Outcome.ATTEMPTED

    @property
    def shown(self) -> list[Shown]:
        return [Shown(subject, owner, Category(mask)) for (subject, owner), mask in self._shown.items()]


_CURRENT: ContextVar[Collector | None] = ContextVar("samspil_log_collector", default=None)


@contextmanager
def collecting(collector: Collector) -> Iterator[Collector]:
    """Inside the block `seen` and `searched` add to this collector. Writes nothing: see `flush`."""
    token = _CURRENT.set(collector)
    try:
        yield collector
    finally:
        _CURRENT.reset(token)


def current() -> Collector:
    """The collector of this request or job; raises NotCollecting where there is none."""
    collector = _CURRENT.get()
    if collector is None:
        raise NotCollecting("information about persons is read outside a request or job that logs it")
    return collector


def seen(subject: UUID, owner_authority: UUID, categories: Category) -> None:
    """A person's information goes out in the current answer."""
    current().seen(subject, owner_authority, categories)


def seen_all(subjects: Iterable[UUID], owner_authority: UUID, categories: Category) -> None:
    """An item about several persons goes out in the current answer."""
    current().seen_all(subjects, owner_authority, categories)


def searched(criterion: str) -> None:
    """The current request asks by this criterion."""
    current().searched(criterion)


def flush(collector: Collector) -> None:
    """Send the row and its persons, in one statement: the last act inside the request's transaction.

    Goes over `SAMSPIL_LOG_ALIAS`; over the application's own connection (unit tests) the wall says who it
    was. Raises LogUnavailable: the caller undoes the request and answers 503.
    """
    alias = settings.SAMSPIL_LOG_ALIAS
    if alias == DEFAULT_DB_ALIAS:
        _send(alias, _RECORD, _what(collector, collector.shown))
    else:
        what = _what(collector, collector.shown)
        _send(alias, _WRITE, [what[0], *_who(collector.actor), *what[1:]])


def flush_over_door(collector: Collector, statement: str, *more: object) -> bool:
    """The same by a function of the server's that adds persons by itself: `statement` ends with its values.

    False where it wrote nothing: without a connection of the log's own, or where it answered so.
    """
    alias = settings.SAMSPIL_LOG_ALIAS
    if alias == DEFAULT_DB_ALIAS:
        return False
    what = _what(collector, collector.shown)
    values = [what[0], *_who(collector.actor), *what[1:], *more]
    return bool(_send(alias, statement.format(values=_VALUES), values))


def flush_undone(collector: Collector) -> None:
    """The transaction failed *after* its row was written: add a row that says so, about the first."""
    correction = Collector(
        route=collector.route,
        act=collector.act,
        kind=collector.kind,
        actor=collector.actor,
        space=collector.space,
        outcome=Outcome.ATTEMPTED,
        about=collector.event,
    )
    flush(correction)


def record(
    *,
    actor: Actor | None,
    act: str,
    shown: Sequence[Shown] = (),
    kind: Kind = Kind.CHANGE,
    reason: str = "",
    space: UUID | None = None,
    route: str = "",
) -> UUID:
    """An act's own row, in the transaction of the act: it stands exactly if the change does.

    For actions that note no fact. Who it was is taken from the wall session, not from `actor`.
    Raises LogUnavailable.
    """
    if not connections[DEFAULT_DB_ALIAS].in_atomic_block:
        raise RuntimeError("an act is recorded inside its own transaction")
    row = Collector(route=route, act=act, kind=kind, actor=actor, reason=reason, space=space)
    for person in shown:
        row.seen(person.subject, person.owner, person.categories)
    _send(DEFAULT_DB_ALIAS, _RECORD, _what(row, row.shown))
    return row.event


def _what(collector: Collector, shown: Sequence[Shown]) -> list[object]:
    return [
        collector.event,
        _fit(collector.route),
        _fit(collector.act),
        str(collector.kind),
        _fit(collector.reason),
        _fit(collector.criterion),
        collector.space,
        str(collector.outcome),
        collector.about,
        _array(person.subject.hex for person in shown),
        _array(person.owner.hex for person in shown),
        _array(int(person.categories) for person in shown),
    ]


def _array(values: Iterable[str | int]) -> str:
    """As one text: a list would be sent value by value."""
    return f"{{{','.join(map(str, values))}}}"


def _who(actor: Actor | None) -> list[object]:
    if actor is None:
        return [None, None, None, None, ""]
    role = str(actor.role_key) if actor.role_key else ""
    return [actor.authority_id, actor.unit_id, actor.account_id, actor.membership_id, role]


def _fit(text: str) -> str:
    """Text as the database can hold it: no NUL, no half characters, not endless."""
    clean = text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    return clean if len(clean) <= LONGEST else f"{clean[: LONGEST - 1]}…"


def _send(alias: str, statement: str, values: Sequence[Any]) -> object:
    connection = connections[alias]
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            [answer] = cursor.fetchone() or [None]
            return answer
    except Error as fault:
        if alias != DEFAULT_DB_ALIAS:
            connection.close_if_unusable_or_obsolete()
        raise LogUnavailable("the log could not be written") from fault
