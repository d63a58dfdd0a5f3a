"""The queryset of everything behind the wall: what it hands out is noted, what cannot be noted is refused."""

from collections.abc import Callable
from typing import Any, NoReturn, Self, TypeVar

from django.db import models

from samspil.foundation.audit import log

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)

UNSEEN = (
    "values",
    "values_list",
    "dates",
    "datetimes",
    "count",
    "exists",
    "contains",
    "aggregate",
)
"""Ways to learn something without loading a row: allowed only where the criterion is logged."""


class Unlogged(TypeError):  # noqa: N818 - says what it would be
    """This would show something of people and leave no trace. Use `sight.visible(…, criterion=…)`."""


class WalledQuerySet(models.QuerySet[Row_co]):
    """Rows behind the wall. Loaded rows are noted one by one; the rest asks for a criterion."""

    criterion: str = ""

    def with_criterion(self, criterion: str) -> Self:
        """The same rows, where counting and listing is logged as `criterion`."""
        copy = self._chain()  # type: ignore[attr-defined]
        copy.criterion = criterion
        return copy  # type: ignore[no-any-return]

    def _clone(self) -> Self:
        copy = super()._clone()  # type: ignore[misc]
        copy.criterion = self.criterion
        return copy  # type: ignore[no-any-return]

    def iterator(self, chunk_size: int | None = None) -> NoReturn:
        """Refused: rows that stream out of the request are read by nobody's log."""
        raise Unlogged("iterator() behind the wall: rows would leave after the log was written")

    def aiterator(self, chunk_size: int = 0) -> NoReturn:
        """Refused, as `iterator`."""
        raise Unlogged("aiterator() behind the wall: rows would leave after the log was written")

    def explain(self, *, format: str | None = None, **options: Any) -> NoReturn:  # noqa: A002
        """Refused: a plan that is executed counts rows that the actor may not see."""
        raise Unlogged("explain() behind the wall: its figures count what the actor may not see")


def _asks_for_a_criterion(name: str) -> Callable[..., Any]:
    original = getattr(models.QuerySet, name)

    def guarded(self: WalledQuerySet[Any], *args: Any, **kwargs: Any) -> Any:
        if not self.criterion:
            raise Unlogged(f"{name}() behind the wall without a criterion for the log")
        log.searched(self.criterion)
        return original(self, *args, **kwargs)

    guarded.__name__, guarded.__doc__ = name, original.__doc__
    return guarded


for _name in UNSEEN:
    setattr(WalledQuerySet, _name, _asks_for_a_criterion(_name))
