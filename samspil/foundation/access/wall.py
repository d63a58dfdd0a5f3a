"""The wall from Python's side: who stands before it, and the guard that raises when nobody does."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils.module_loading import import_string

from samspil.foundation.access.collector import collecting
from samspil.foundation.access.models import Item, ItemSubject, Ledger, Space, Subject, Walled
from samspil.foundation.access.sight import report
from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey

DOOR_ALIAS = "door"
JOB_LASTS = timedelta(hours=1)
_WHO = ("account", "membership", "unit", "authority", "role", "name", "acting_for", "posts")
_NOBODY = "(VALUES (0)) one LEFT JOIN wall.enter(%s) ON true"
"""To nobody, `wall.enter` answers without a row; what rides along is to be read all the same."""
_RIDES: dict[str, str] = {}


class NoContext(RuntimeError):  # noqa: N818 - says what is missing
    """A table behind the wall was asked for, and nobody stands before the wall."""


class WroteWhileReading(RuntimeError):  # noqa: N818 - says what was done
    """A request that only reads has written."""


class NoSession(RuntimeError):  # noqa: N818 - says what is missing
    """The secret opens nothing: unknown, expired, revoked, or the post has ended."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Who stands before the wall in this transaction, and what a header says of them; nobody: no `actor`."""

    secret: str
    actor: Actor | None
    name: str = ""
    acting_for: str = ""
    posts: int = 0
    rides: Mapping[str, object] = field(default_factory=dict)


_entered: ContextVar[Entered | None] = ContextVar("entered", default=None)
_unguarded: ContextVar[bool] = ContextVar("unguarded", default=False)
_reading: ContextVar[bool] = ContextVar("reading", default=False)


def current() -> Actor | None:
    """The actor of this transaction, None where it is anonymous or there is no context."""
    return entered().actor


def entered() -> Entered:
    """The same with name, unit and number of posts: read by `wall.enter` itself, so it costs no query."""
    return _entered.get() or Entered("", None)


def ride_along(name: str, sql: str) -> None:
    """Read one value with the statement that every transaction begins with anyway, so that it costs no query.

    For a number that tells every process at once that something it remembers has changed. `sql` is one scalar
    question about a small open table; apps above ask for it when the house starts.
    """
    _RIDES[name] = f"({sql})"


def ridden(name: str) -> object | None:
    """What a ride said when this transaction began; None where there is no context."""
    return entered().rides.get(name)


# --- entering ----------------------------------------------------------------------------------------


@contextmanager
def entering(secret: str, *, to_the_end: bool = False) -> Iterator[Actor | None]:
    """Stand before the wall as the session of `secret`; '' stands there as nobody. Inside a transaction.

    `to_the_end`: the transaction ends with the block, and the server forgets by itself who stood there.
    Raises NoSession where the secret opens nothing; the transaction then has nobody before the wall.
    """
    former = _entered.get()
    token = _entered.set(_enter(secret))
    try:
        yield current()
    finally:
        _entered.reset(token)
        if not to_the_end:
            _leave(former.secret if former else "")


def _enter(secret: str) -> Entered:
    if not secret:
        return Entered("", None, rides=_rides(_ask(_entry(_NOBODY), "")))
    try:
        with transaction.atomic():
            row = _ask(_entry("wall.enter(%s)", *_WHO), secret)
    except Error as error:
        if not isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            raise
        raise NoSession from None
    account, membership, unit, authority, role, name, acting_for, posts, *rides = row
    actor = Actor(account, membership, unit, authority, RoleKey(role) if role else None)
    return Entered(secret, actor, name, acting_for, posts, _rides(rides))


def _entry(place: str, *columns: str) -> str:
    return f"SELECT {', '.join((*columns, *_RIDES.values()))} FROM {place}"  # noqa: S608  our own words


def _rides(values: Iterable[object]) -> Mapping[str, object]:
    return dict(zip(_RIDES, values, strict=True))


def _leave(secret: str) -> None:
    """Where the transaction goes on (a block within a block, a test), the former one stands there again."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.in_atomic_block and not connection.needs_rollback and not _is_broken(connection):
        _ask("SELECT FROM wall.enter(%s)", secret)


def _is_broken(connection: BaseDatabaseWrapper) -> bool:
    raw = connection.connection
    return raw is None or raw.closed or raw.info.transaction_status == psycopg.pq.TransactionStatus.INERROR


def _ask(sql: str, *values: object, alias: str = DEFAULT_DB_ALIAS) -> tuple[Any, ...]:
    """One row, with values bound by the server.

    Django's own binding would write the secret into the statement, where `pg_stat_activity` shows it.
    """
    connection = connections[alias]
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(sql, values, prepare=False)
        return cursor.fetchone() or () if cursor.description else ()


# --- the door: sessions are opened and revoked beside the log-in ---------------------------------------


@contextmanager
def second_connection() -> Iterator[str]:
    """The connection of the door's role: the alias to ask."""
    yield DOOR_ALIAS


def door() -> AbstractContextManager[str]:
    """How to reach the door: a second connection, or in unit tests the test's own one in the door's role."""
    way: Callable[[], AbstractContextManager[str]] = import_string(
        getattr(settings, "SAMSPIL_DOOR", f"{__name__}.second_connection")
    )
    return way()


def open_session(account: UUID, membership: UUID | None, *, reason: str = "") -> str:
    """Open a session for an account and one of its memberships (None: a citizen). Answers its secret."""
    return _opened("SELECT wall.open(%s, %s, '10 hours', %s)", account, membership, reason)


def _opened(sql: str, *values: object) -> str:
    try:
        with door() as alias:
            secret: str = _ask(sql, *values, alias=alias)[0]
            return secret
    except Error as error:
        if not isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            raise
        raise NoSession(str(error).splitlines()[0]) from None


def revoke(secret: str) -> None:
    """End one session at once."""
    if secret:
        with door() as alias:
            _ask("SELECT wall.revoke(%s)", secret, alias=alias)


@contextmanager
def acting_as(actor: Actor, reason: str, *, act: str = "job") -> Iterator[Actor]:
    """Do a job or a command as `actor`, in one transaction, with a session of its own that ends with it."""
    if not reason.strip():
        raise ValueError("acting as somebody needs a reason")
    secret = _opened(
        "SELECT wall.open(%s, %s, %s, %s)", actor.account_id, actor.membership_id, JOB_LASTS, reason
    )
    collector = log.Collector(route="", act=act, reason=reason, kind=log.Kind.CHANGE)
    try:
        with (
            collecting() as notes,
            log.collecting(collector),
            transaction.atomic(),
            entering(secret) as entered,
        ):
            assert entered is not None  # noqa: S101  for the type: a secret just made lets somebody in
            collector.actor = entered
            yield entered
            report(notes)
            log.flush(collector)
    finally:
        revoke(secret)


# --- the guard on the connection -----------------------------------------------------------------------

WRITES = re.compile(
    r"\s*(?:INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY|CREATE|ALTER|DROP|GRANT)\b"
    r"|\s*SELECT wall\.(?!find_cpr|relations|reckons|steers|course_|me\b)",
    re.IGNORECASE,
)


def stand_guard() -> None:
    """Watch every connection of the application from its first statement on."""
    connection_created.connect(_post_guard, dispatch_uid="samspil.wall")


def _post_guard(connection: BaseDatabaseWrapper, **_rest: object) -> None:
    if connection.alias == DEFAULT_DB_ALIAS and guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)


def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001
    """Raise, loudly and before the database is asked, where the wall would only answer with nothing."""
    if not _unguarded.get():
        if current() is None and _walled_names().search(sql):
            raise NoContext("a table behind the wall was asked for without a context: see access/README.md")
        if _reading.get() and WRITES.match(sql):
            raise WroteWhileReading("a GET request has written: changes go by POST")
    return execute(sql, params, many, context)


@cache
def _walled_names() -> re.Pattern[str]:
    models = [Subject, Space, Item, ItemSubject, Ledger]
    models += [model for model in apps.get_models() if isinstance(model._default_manager, Walled)]
    names = "|".join(re.escape(model._meta.db_table) for model in models)
    return re.compile(rf"\b(?:{names})\b")


@contextmanager
def unguarded() -> Iterator[None]:
    """For work in another role on the same connection: factories of tests, as owner."""
    token = _unguarded.set(True)
    try:
        yield
    finally:
        _unguarded.reset(token)


@contextmanager
def reading_only(*, when: bool = True) -> Iterator[None]:
    """Within, a statement that writes raises."""
    token = _reading.set(when)
    try:
        yield
    finally:
        _reading.reset(token)
