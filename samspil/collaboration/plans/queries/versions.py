"""Many rows of one thing: the newest of each, in groups, and what differs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from samspil.collaboration.plans.models import Effort, Goal
from samspil.collaboration.plans.queries.rows import Change
from samspil.foundation.access.models import ItemBacked

Versioned = TypeVar("Versioned", Goal, Effort)


def newest(versions: Iterable[Versioned]) -> list[Versioned]:
    """The newest version of each, in the order in which they were first written."""
    found: dict[UUID, Versioned] = {}
    for one in sorted(versions, key=lambda one: (one.number, one.pk)):
        found[one.thread] = one
    return sorted(found.values(), key=lambda one: (getattr(one, "position", 0), one.thread))


def differences(before: Sequence[Goal], after: Sequence[Goal]) -> list[Change]:
    """What differs between two sets of versions of goals: new, changed, gone, in this order of the plan."""
    old = {one.thread: one for one in before}
    new = {one.thread: one for one in after}
    changed = [Change(old.get(one.thread), one) for one in after if old.get(one.thread, one).pk != one.pk]
    added = [Change(None, one) for one in after if one.thread not in old]
    gone = [Change(one, None) for one in before if one.thread not in new]
    return [*added, *changed, *gone]


Row = TypeVar("Row", bound=ItemBacked)


def grouped(attribute: str, rows: Iterable[Row]) -> dict[object, list[Row]]:
    """Rows in groups, in the order in which they came."""
    groups: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, attribute)].append(row)
    return dict(groups)
