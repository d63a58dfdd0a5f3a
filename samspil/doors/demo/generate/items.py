"""Rows of the wall for one course: items with their subjects, and relations of the ledger."""

from collections.abc import Sequence
from datetime import date

from samspil.doors.demo.generate.country import Colleague
from samspil.doors.demo.generate.rows import ALWAYS, Keys, Rows, at_noon, listed
from samspil.foundation.kernel.sharing import HolderKind, RelationKind

EVERYTHING = "511"


def item(
    rows: Rows,
    keys: Keys,
    kind: str,
    category: int,
    author: Colleague,
    subjects: Sequence[str],
    written: str,
    space: str | None = None,
    *,
    made: str = "",
    is_released: bool = True,
) -> str:
    """An item that its author has released, and its pairs. Answers its key: a new one, or `made`."""
    made, place = made or keys.new(), author.place
    about = subjects if len(subjects) == 1 else sorted(subjects)
    rows.add(
        "access_item", made, kind, place.authority, place.id, space, str(category),
        author.account, listed(about), written if is_released else None,
    )  # fmt: skip
    for subject in about:
        rows.add("access_item_subject", made, subject)
    return made


def relation(
    rows: Rows,
    keys: Keys,
    kind: RelationKind,
    holder: str,
    categories: str,
    giver: Colleague,
    starts: date,
    *,
    holder_kind: HolderKind = HolderKind.UNIT,
    space: str | None = None,
    subject: str | None = None,
    ends: str = ALWAYS,
    purpose: str = "",
    baton: str = "",
    source: str | None = None,
) -> str:
    """A row of the ledger. Answers its key."""
    made, place = keys.new(), giver.place
    rows.add(
        "access_ledger", made, kind.value, holder_kind.value, holder, space, subject, categories, purpose,
        place.id, place.authority, starts.isoformat(), ends, baton, giver.account,
        at_noon(starts), "", source,
    )  # fmt: skip
    return made
