"""Questions that every page asks: put into SQL once a process, then asked with new values.

Behind the wall building a query costs as much as asking it. What is kept is the text of the statement and the
shape of its rows, never a value and never an answer: the wall judges each row at each use, and each row notes
itself for the log as it is loaded.
"""

from collections.abc import Callable, Collection
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

from samspil.foundation.audit import log

Row = TypeVar("Row", bound=Model)
Build = Callable[..., "QuerySet[Row]"]
GROUPS = (list, tuple, set, frozenset)
LONG_AGO = date(1, 1, 1)
_PROBES: dict[type, Callable[[int], object]] = {
    UUID: lambda _place: uuid4(),
    list: lambda _place: [uuid4()],
    date: lambda place: LONG_AGO + timedelta(days=place),
    datetime: lambda place: datetime(1, 1, 1, microsecond=place, tzinfo=UTC),
}
"""Values that stand for those to come, each unlike all others, so that one sees where they end up."""


class NotKept(TypeError):  # noqa: N818  says what it would be
    """This question cannot be kept: its statement depends on more than the values that it is asked with."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """What Django's own row maker wants of a queryset, with the statement made already."""

    compiler: Any
    model: type[Model]
    db: str
    _known_related_objects: dict[object, object]

    @property
    def query(self) -> "_Ready":
        return self

    def get_compiler(self, **_how: object) -> Any:
        return self.compiler


@dataclass(frozen=True, slots=True)
class _Statement(Generic[Row]):
    """The SQL of a question; `places` says for each value of the SQL which value of the question it is."""

    compiler: Any
    model: type[Row]
    db: str
    sql: str
    values: tuple[object, ...]
    places: tuple[int | None, ...]
    criterion: str
    converters: dict[int, object]

    def bound(self, asked: "tuple[object, ...]") -> tuple[object, ...]:
        return tuple(
            value if place is None else asked[place]
            for value, place in zip(self.values, self.places, strict=True)
        )

    def rows(self, asked: tuple[object, ...]) -> list[Row]:
        if self.criterion:
            log.searched(self.criterion)
        bound, compiler = self.bound(asked), copy(self.compiler)
        compiler.connection = connections[self.db]
        compiler.as_sql = lambda: (self.sql, bound)
        compiler.get_converters = lambda _columns: self.converters
        return list(ModelIterable(_Ready(compiler, self.model, self.db, {})))  # type: ignore[arg-type]


def kept(build: "Build[Row]") -> Callable[..., list[Row]]:
    """The rows of a queryset that is built from ids, groups of ids, days and moments.

    Each of these goes into the statement as it is; any other value (None, some words) makes a statement of
    its own, so there are few of them.
    What `build` reads elsewhere, the clock above all, would be kept too: hand it in. Development and tests
    build the question anew each time and raise where it differs.
    """
    statements: dict[tuple[object, ...], _Statement[Row]] = {}

    @wraps(build)
    def asked(*values: object) -> list[Row]:
        shapes = tuple(_shape(value) for value in values)
        plain = tuple(list(value) if _is_ids(value) else value for value in values)  # type: ignore[call-overload]
        statement = statements.get(shapes)
        if statement is None:
            statement = statements[shapes] = _made(build, plain)
        if settings.SAMSPIL_GUARD_READS:
            _compare(build, plain, statement)
        return statement.rows(plain)

    return asked


def _shape(value: object) -> object:
    if _is_ids(value):
        return list
    return type(value) if type(value) in _PROBES else value


def _is_ids(value: object) -> bool:
    return isinstance(value, GROUPS) and all(type(one) is UUID for one in value)


def _made(build: "Build[Row]", asked: tuple[object, ...]) -> _Statement[Row]:
    probes = tuple(
        _PROBES[type(value)](place) if type(value) in _PROBES else value for place, value in enumerate(asked)
    )
    found = _compiled(build, probes)
    held = {place: probe for place, probe in enumerate(probes) if type(probe) in _PROBES}
    places = tuple(_place_of(value, held) for value in found.values)
    if missing := held.keys() - set(places):
        raise NotKept(f"{build.__name__}: value {min(missing)} does not stand in the statement as it is")
    return replace(found, places=places)


def _place_of(value: object, held: dict[int, object]) -> int | None:
    return next(
        (place for place, probe in held.items() if type(probe) is type(value) and probe == value), None
    )


def _compiled(build: "Build[Row]", asked: Collection[object]) -> _Statement[Row]:
    with log.collecting(log.Collector(route="", act="")) as heard:
        queryset = build(*asked)
    if queryset._iterable_class is not ModelIterable or queryset._prefetch_related_lookups:  # type: ignore[attr-defined]
        raise NotKept(f"{build.__name__}: whole rows can be kept, and nothing that is fetched after them")
    compiler = queryset.query.get_compiler(queryset.db)
    sql, values = compiler.as_sql()
    columns = [expression for expression, *_rest in compiler.select[: compiler.col_count]]
    return _Statement(
        compiler=compiler,
        model=queryset.model,
        db=queryset.db,
        sql=sql,
        values=tuple(values),
        places=(None,) * len(values),
        criterion=heard.criterion,
        converters=compiler.get_converters(columns),
    )


def _compare(build: "Build[Row]", asked: tuple[object, ...], statement: _Statement[Row]) -> None:
    if any(value == [] for value in asked):
        return  # Django asks nothing then; the statement finds nothing
    fresh = _compiled(build, asked)
    if (fresh.sql, fresh.values, fresh.criterion) != (
        statement.sql,
        statement.bound(asked),
        statement.criterion,
    ):
        raise NotKept(f"{build.__name__}: the same question makes another statement now")
