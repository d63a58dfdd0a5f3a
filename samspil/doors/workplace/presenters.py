"""The log as pages say it: plain words for what was done, by which unit and role; never a colleague's name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.foundation.audit.queries import LogRow
from samspil.foundation.kernel.clock import COPENHAGEN
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.organisations.models import Unit

ONE_ACT = timedelta(seconds=5)
"""A request that changes something leaves two rows, its own and the act's: within this time they are one."""

READINGS: Mapping[str, Text] = {
    "overview.viewed": gettext_lazy("Saw the name on an overview"),
    "person.searched": gettext_lazy("Found the name by a search"),
    "person.viewed": gettext_lazy("Opened what we know"),
    "family.viewed": gettext_lazy("Saw the family drawn"),
    "whereabouts.viewed": gettext_lazy("Asked where the person is"),
    "log.viewed": gettext_lazy("Read who has seen what"),
    "logs.viewed": gettext_lazy("Looked the person up to see who has seen what"),
}
CHANGES: Mapping[str, Text] = {
    "person.registered": gettext_lazy("Wrote the person down"),
    "person.corrected": gettext_lazy("Corrected the name or the birth date"),
    "person.protected": gettext_lazy("Protected name and address"),
    "person.unprotected": gettext_lazy("Ended the protection of name and address"),
    "person.protection_changed": gettext_lazy("Changed the protection of name and address"),
    "person.number_noted": gettext_lazy("Wrote the CPR number down"),
    "whereabouts.noted": gettext_lazy("Wrote down an address, a phone or a school"),
    "whereabouts.ended": gettext_lazy("Noted that an address, a phone or a school no longer holds"),
    "tie.noted": gettext_lazy("Wrote down a tie to somebody else"),
    "tie.ended": gettext_lazy("Noted that a tie has ended"),
    "custody.doubted": gettext_lazy("Noted whether custody is in doubt"),
    "custody.disputed": gettext_lazy("Noted that custody is in doubt"),
    "custody.settled": gettext_lazy("Noted that custody is settled"),
    "demo.family": gettext_lazy("Made the invented family"),
}


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that somebody did, as a person reads it."""

    at: datetime
    what: str
    unit: str
    authority: str
    role: str
    categories: str
    reason: str
    ending: str


def log_lines(rows: Sequence[LogRow], units: Mapping[UUID, Unit]) -> list[LogLine]:
    """The log's rows as lines, newest first: an act that left several rows is one line."""
    return [_line(row, units) for row in _merged(rows)]


def _merged(rows: Iterable[LogRow]) -> list[LogRow]:
    merged: list[LogRow] = []
    for row in rows:
        if merged and _is_one_act(merged[-1], row):
            last = merged[-1]
            merged[-1] = replace(
                last, categories=last.categories | row.categories, reason=last.reason or row.reason
            )
        else:
            merged.append(row)
    return merged


def _is_one_act(one: LogRow, other: LogRow) -> bool:
    """The same event about two linked records, or the request and the act that it did."""
    if one.event == other.event:
        return True
    same = (one.act, one.kind, one.membership, one.outcome) == (
        other.act,
        other.kind,
        other.membership,
        other.outcome,
    )
    return same and bool(one.route) != bool(other.route) and abs(one.at - other.at) <= ONE_ACT


def _line(row: LogRow, units: Mapping[UUID, Unit]) -> LogLine:
    unit = units.get(row.unit) if row.unit else None
    return LogLine(
        at=row.at.astimezone(COPENHAGEN),
        what=what_was_done(row),
        unit=unit.name if unit else "",
        authority=unit.authority.name if unit else "",
        role=_role(row),
        categories=", ".join(str(bit.label) for bit in Category if bit & row.categories),
        reason=row.reason,
        ending="" if row.outcome.value == "done" else str(row.outcome.label),
    )


def what_was_done(row: LogRow) -> str:
    """In plain words; where we have none for an act, what kind of thing it was."""
    is_change = row.kind.value in {"change", "export"}
    if row.act in CHANGES:
        return str(CHANGES[row.act]) if is_change else _("Opened a page to write or correct")
    if row.act in READINGS:
        return str(READINGS[row.act])
    return str(row.kind.label)


def _role(row: LogRow) -> str:
    if row.role in set(RoleKey):
        return str(ROLES[RoleKey(row.role)].title)
    return _("The person or a parent") if row.account else _("Samspil itself")
