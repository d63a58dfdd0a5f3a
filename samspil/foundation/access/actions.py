"""Everything that changes what the wall knows. The database itself reads from the context who asks."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from django.db import ProgrammingError, connection, transaction
from django.utils.translation import gettext as _

from samspil.foundation.access import wall
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.sharing import Category, Relation


def new_subject(*, actor: Actor) -> UUID:
    """A person unknown until now; the own unit keeps the record."""
    return _called(actor, "wall.new_subject()")  # type: ignore[no-any-return]


def new_space(*, actor: Actor) -> UUID:
    """A space that the actor's own unit leads; the actor is its first coordinator."""
    return _called(actor, "wall.new_space(%s)", actor.unit_id)  # type: ignore[no-any-return]


def new_item(
    *,
    actor: Actor,
    kind: str,
    category: Category,
    subjects: Iterable[UUID],
    space: UUID | None = None,
    released: bool = True,
) -> UUID:
    """An item of the actor's unit, written by the actor. Its row of content is created with this id as key.

    `released=False`: nobody but the author sees it until `release`.
    """
    values = (kind, int(category), list(subjects), space, released)
    return _called(actor, "wall.new_item(%s, %s, %s::uuid[], %s, %s)", *values)  # type: ignore[no-any-return]


def release(*, actor: Actor, item: UUID) -> None:
    """The author lets the others see an item."""
    _called(actor, "wall.release_item(%s)", item)


def grant(
    *,
    actor: Actor,
    relation: Relation,
    reason: str = "",
    approved_by: UUID | None = None,
    source: UUID | None = None,
) -> UUID:
    """Write one relation into the ledger. Who may give which kind stands in the README.

    `giver` and `authority` of the relation are the actor's, whatever it says. `approved_by` is the leader's
    membership for a second emergency access; `source` what it follows from: the tie (custody), the item of
    the basis, or the relation that a unit answers when it shares back.
    Raises NotAllowed with the reason.
    """
    r = relation
    values = (
        r.kind.value,
        r.holder_kind.value,
        r.holder,
        int(r.categories),
        r.space,
        r.subject,
        r.purpose.value if r.purpose else "",
        r.starts,
        r.ends,
        r.until,
        reason,
        approved_by,
        source,
    )
    return _called(  # type: ignore[no-any-return]
        actor,
        "wall.grant_relation(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::timestamptz, %s, %s, %s)",
        *values,
    )


def end(*, actor: Actor, relation: UUID, on: date) -> None:
    """End a relation: from `on` it is no longer in force, on `on` itself neither."""
    _called(actor, "wall.end_relation(%s, %s)", relation, on)


def offer_baton(*, actor: Actor, space: UUID, to: UUID) -> None:
    """The coordinator (or the leader of the leading unit) offers the coordination to a member of the team.

    With a referral: to the unit in whose inbox it lies.
    """
    _called(actor, "wall.offer_baton(%s, %s)", space, to)


def take_baton(*, actor: Actor, space: UUID) -> None:
    """The one it was offered to becomes the coordinator, and the former one no longer is."""
    _called(actor, "wall.take_baton(%s)", space)


def join_team(
    *, actor: Actor, space: UUID, membership: UUID, categories: Category, coordinates: bool = False
) -> UUID:
    """While the own unit has a referral in its inbox: a colleague of the unit, or the actor, joins the team.

    `coordinates`: the coordination that the sender offered the unit is now offered to this colleague.
    """
    values = (space, membership, int(categories), coordinates)
    return _called(actor, "wall.join_team(%s, %s, %s, %s)", *values)  # type: ignore[no-any-return]


def find_cpr(*, actor: Actor, hashed: bytes) -> UUID | None:
    """The own authority's subject with this key. The caller logs the search."""
    return _called(actor, "wall.find_cpr(%s)", hashed)  # type: ignore[no-any-return]


def put_cpr(*, actor: Actor, subject: UUID, hashed: bytes) -> None:
    """Keep the keyed hash (32 bytes) of a person's number. IntegrityError: the authority knows it already."""
    _called(actor, "wall.put_cpr(%s, %s)", subject, hashed)


def unite(*, actor: Actor, own: UUID, other: UUID) -> None:
    """Link the own record with one that was received. Opens nothing."""
    _called(actor, "wall.unite(%s, %s)", own, other)


def part(*, actor: Actor, own: UUID) -> None:
    """Undo `unite`."""
    _called(actor, "wall.part(%s)", own)


def lock_space(*, actor: Actor, space: UUID) -> None:
    """One writer of a space's facts at a time, until the end of the transaction."""
    _called(actor, "wall.lock_space(%s)", space)


def _called(actor: Actor, call: str, *values: Any) -> Any:
    """Ask one function of the wall. Its refusal comes back as NotAllowed; the transaction stays usable."""
    if wall.current() != actor:
        raise ValueError("the actor of an action is who stands before the wall")
    with transaction.atomic(), _refusals(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}", values)
        return cursor.fetchone()[0]


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except ProgrammingError as error:
        cause = error.__cause__
        if not isinstance(cause, psycopg.errors.InsufficientPrivilege):
            raise
        reason = cause.diag.message_primary
        raise NotAllowed(_(reason) if reason else "") from None
