"""Organisations for tests. Call inside `as_owner()`: the application only reads these tables."""

from datetime import date
from itertools import count
from typing import Any

from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Authority, Membership, Staff, Unit
from tests.factories.accounts import an_account

LONG_AGO = date(2020, 1, 1)
_numbers = count(1)


def an_authority(kind: str = Authority.Kind.MUNICIPALITY, **fields: Any) -> Authority:
    """An invented organisation; a municipality where nothing else is said."""
    fields.setdefault("name", f"Organisation {next(_numbers)}")
    return Authority.objects.create(kind=kind, **fields)


def a_unit(authority: Authority | None = None, **fields: Any) -> Unit:
    """A unit of an authority; a sharing unit where nothing else is said."""
    fields = {"name": f"Enhed {next(_numbers)}", "is_sharing_unit": True, **fields}
    return Unit.objects.create(authority=authority or an_authority(), **fields)


def a_professional(authority: Authority, account: Account | None = None, **fields: Any) -> Staff:
    """A member of staff with a log-in."""
    fields.setdefault("name", f"Medarbejder {next(_numbers)}")
    return Staff.objects.create(authority=authority, account=account or an_account(), **fields)


def a_post(
    role: RoleKey = RoleKey.CASEWORKER,
    *,
    unit: Unit | None = None,
    staff: Staff | None = None,
    starts: date = LONG_AGO,
    **fields: Any,
) -> Membership:
    """A post in force: somebody works for a unit in a role."""
    unit = unit or a_unit()
    staff = staff or a_professional(unit.authority)
    return Membership.objects.create(
        authority=unit.authority, staff=staff, unit=unit, role=role, starts=starts, **fields
    )


def actor_of(post: Membership) -> Actor:
    """The actor that a human is while acting in a post."""
    return Actor(
        account_id=post.staff.account_id,  # type: ignore[arg-type]
        membership_id=post.pk,
        unit_id=post.unit_id,
        authority_id=post.authority_id,
        role_key=RoleKey(post.role),
    )
