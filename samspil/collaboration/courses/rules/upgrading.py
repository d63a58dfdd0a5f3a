"""A running course changes to another version of its model: what comes along, and what stays. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes.language import Programme
from samspil.foundation.kernel.decisions import YES, Decision, no

MISSED = "missed"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stage:
    """One version that a course ran under: since the day it came, until the day it was left (None: still)."""

    version: UUID
    since: date | None
    until: date | None


def stages(version: UUID, upgrades: Sequence[tuple[UUID, date]]) -> list[Stage]:
    """The versions of a course in order. `upgrades`: the version that was left, and when, oldest first."""
    days = [None, *(day for _left, day in upgrades)]
    versions = [*(left for left, _day in upgrades), version]
    return [
        Stage(one, since, until) for one, since, until in zip(versions, days, [*days[1:], None], strict=True)
    ]


def counts(row: Row, known: Collection[str], since: date) -> bool:
    """A step that came with a version is not held against the time before; done is done."""
    day = row["closes_on"] or row["due_on"]
    return row["step"] in known or bool(row["outcome"]) or day is None or date.fromisoformat(day) >= since


def left_behind(row: Row, number: int, stage: Stage, later: Mapping[tuple[Any, ...], Row]) -> Row | None:
    """What an earlier version leaves: a step that is gone, done or excused or missed; a miss that has moved.

    Its key and its detail say which version it belongs to (`key@0`): it stands beside the present steps. What
    was open and not yet missed goes with its version.
    """
    if stage.until is None:
        return None
    until = stage.until
    outcome = row["outcome"] or (MISSED if _is_missed(row, until) else "")
    now = later.get((row["step"], row["n"], row["person"]))
    is_lost = now is None or (outcome == MISSED and not now["outcome"] and not _is_missed(now, until))
    if not outcome or not is_lost:
        return None
    detail = row["detail"].replace('"closes":', f'"under": "{stage.version}", "closes":', 1)
    return {**row, "step": f"{row['step']}@{number}", "outcome": outcome, "detail": detail}


def place(row: Row) -> tuple[Any, ...]:
    """By which an occurrence is the same in two versions."""
    return row["step"], row["n"], row["person"]


def merged(versions: Iterable[tuple[Stage, Collection[str], Sequence[Row]]]) -> Iterator[Row]:
    """The due items of a course that changed version: those of the present one, and what the others leave.

    versions  oldest first: the stage, the steps of all versions before it, and its rows as of its last day
    """
    found = list(versions)
    for number, (stage, before, rows) in enumerate(found):
        own = [row for row in rows if stage.since is None or counts(row, before, stage.since)]
        if stage.until is None:
            yield from own
            continue
        later = {place(row): row for row in found[-1][2]}
        kept = (left_behind(row, number, stage, later) for row in own)
        yield from (row for row in kept if row is not None)


def _is_missed(row: Row, day: date) -> bool:
    closes = row["closes_on"]
    return closes is not None and date.fromisoformat(closes) < day


# --- may it be done, and undone ----------------------------------------------------------------------------


def ready_to_upgrade(
    before: Programme, after: Programme, roles: Collection[str], *, is_closed: bool, reason: str
) -> Decision:
    """Another version of the same model, in which everybody who takes part still has a role."""
    if is_closed:
        return no(_("The course has ended. It stays under the version that it ended with."))
    if after.key != before.key:
        return no(_("This is another model. A course changes to another version of its own model only."))
    if after.version == before.version:
        return no(_("The course runs under this version already."))
    missing = sorted(set(roles) - {role.key for role in after.roles})
    if missing:
        titles = ", ".join(role.title.da for role in before.roles if role.key in missing)
        return no(
            _("The new version has no such role: %(roles)s. End their part first, or give another role."),
            roles=titles,
        )
    if not reason.strip():
        return no(_("Write why the course changes version."))
    return YES


def ready_to_undo(upgraded_at: datetime | None, newest: datetime | None, *, reason: str) -> Decision:
    """A change of version is undone until something new is noted."""
    if upgraded_at is None:
        return no(_("The course has not changed version."))
    if newest is not None and newest > upgraded_at:
        return no(_("Something was noted since. The change of version can no longer be undone."))
    if not reason.strip():
        return no(_("Write why the change is undone."))
    return YES


# --- what it changes ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One occurrence that a change of version touches. `before` and `after` are due days; None: has none."""

    step: str
    n: int
    person: str | None
    kind: str
    """appears, moves, vanishes, stays behind."""
    before: date | None = None
    after: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """An occurrence as somebody sees it: where it stands, and when it is due."""

    step: str
    n: int
    person: str | None
    due: date | None
    is_settled: bool


def changes(before: Sequence[Standing], after: Sequence[Standing]) -> list[Change]:
    """What appears, moves and vanishes; and what is settled under the old version and stays on record."""
    old = {(one.step, one.n, one.person): one for one in before}
    new = {(one.step, one.n, one.person): one for one in after}
    found = [
        Change(one.step, one.n, one.person, "appears", after=one.due)
        for key, one in new.items()
        if key not in old
    ]
    for key, one in old.items():
        now = new.get(key)
        if now is None:
            kind = "stays behind" if one.is_settled else "vanishes"
            found.append(Change(one.step, one.n, one.person, kind, before=one.due))
        elif now.due != one.due:
            found.append(Change(one.step, one.n, one.person, "moves", one.due, now.due))
    return found
