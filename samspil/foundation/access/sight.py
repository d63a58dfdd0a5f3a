"""Who sees what: `visible` asks the wall and leaves a trace, `why` gives the reason."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from samspil.foundation.access import queries, rules
from samspil.foundation.access.collector import About, Notes, note_all
from samspil.foundation.access.models import Item, ItemBacked
from samspil.foundation.access.querysets import Unlogged, WalledQuerySet
from samspil.foundation.audit import log
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Decision
from samspil.foundation.kernel.sharing import Category

Row = TypeVar("Row", bound=Model)

__all__ = ["Unlogged", "array", "read", "report", "visible", "why", "write_log"]


def visible(queryset: QuerySet[Row], *, criterion: str = "") -> WalledQuerySet[Row]:
    """The rows that who stands before the wall may see. What it hands out is logged, person by person.

    Counting and listing single columns is refused, unless `criterion` says for the log what was asked.
    Lead with an indexed condition (space, subject, due date): each row is asked about before any LIMIT.
    """
    if not isinstance(queryset, WalledQuerySet):
        raise TypeError(f"{queryset.model.__name__} does not stand behind the wall")
    if issubclass(queryset.model, ItemBacked):
        queryset = queryset.select_related("item")
    return queryset.with_criterion(criterion) if criterion else queryset


def read(statement: str, values: Sequence[Any], *, has_items: bool = True) -> list[tuple[Any, ...]]:
    """What a statement written by hand finds behind the wall, for pages that are asked for all day long.

    It goes through the same rule as `visible`. Its first column is the item, which is noted for the log.
    Tables without an item (`has_items=False`) note what they show by themselves, or show nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    if has_items:
        note_all(row[0] for row in rows)
    return rows


def array(ids: Iterable[UUID]) -> str:
    """Ids as one value for `= ANY(%s::uuid[])`: one text, not one value each."""
    return f"{{{','.join([one.hex for one in ids])}}}"


def why(actor: Actor, thing: Item | ItemBacked) -> Decision:
    """May the actor of this transaction see it, and why or why not? Three queries."""
    item = thing.item if isinstance(thing, ItemBacked) else thing
    asker = queries.asker()
    if asker.account != actor.account_id or asker.membership != actor.membership_id:
        raise ValueError("the wall answers for who stands before it, and that is not this actor")
    held = queries.held_towards(item.space_id, tuple(item.subjects))
    audience = queries.audience() if asker.citizen else {}
    return rules.sees(asker, queries.thing(item), held, audience, now=clock.now())


_WRITE_LOG = "SELECT wall.write_log({values}, %s::uuid[])"


def write_log(collector: log.Collector, notes: Notes) -> None:
    """Write what a request did and whom it has shown: its last act. One query over the log's own connection.

    Whom an item is about is looked up there. Only where an item is new, and so not known there yet, this
    connection is asked first (`report`). Raises LogUnavailable.
    """
    unknown = [item for item, about in notes.items() if about is None]
    if unknown:
        _tell({item: about for item, about in notes.items() if about is not None})
        if log.flush_over_door(collector, _WRITE_LOG, array(unknown)):
            return
    report(notes)
    log.flush(collector)


def report(notes: Notes) -> None:
    """Tell the log whom this request has shown. One query, if items were loaded without details."""
    unknown = [item for item, about in notes.items() if about is None]
    _tell({**notes, **(_details(unknown) if unknown else {})})


def _tell(notes: Notes) -> None:
    for item, about in notes.items():
        if about is None:
            log.searched(f"item {item}")
        else:
            log.seen_all(about.subjects, about.owner_authority, Category(about.category))


def _details(items: list[UUID]) -> Notes:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, subjects, owner_authority_id, category FROM access_item WHERE id = ANY(%s)", [items]
        )
        rows = cursor.fetchall()
    return {item: About(tuple(subjects), owner, category) for item, subjects, owner, category in rows}
