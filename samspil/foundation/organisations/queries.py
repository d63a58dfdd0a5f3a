"""Questions about organisations. Nothing about families stands here; each states its number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.organisations import rules
from samspil.foundation.organisations.models import Authority, Belonging, Membership, Staff, Unit


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the list of its authority, with how deep it stands in the tree."""

    unit: Unit
    depth: int


def posts_of(account_id: UUID, today: date) -> QuerySet[Membership]:
    """The posts that one human may act in today: what "Hvem arbejder du for?" offers. One query."""
    return (
        Membership.objects.filter(staff__account_id=account_id, starts__lte=today, ends__gt=today)
        .select_related("staff", "unit", "authority")
        .order_by("authority__name", "unit__name", "role", "pk")
    )


def own_units(actor: Actor) -> QuerySet[Unit]:
    """All units of the actor's own authority. One query."""
    return Unit.objects.filter(authority_id=_own(actor)).order_by("name", "pk")


def own_unit_rows(actor: Actor) -> list[UnitRow]:
    """The units of the actor's authority as a tree, each below its parent. One query."""
    below: dict[UUID | None, list[Unit]] = {}
    for unit in own_units(actor):
        below.setdefault(unit.parent_id, []).append(unit)

    def rows(parent: UUID | None, depth: int) -> list[UnitRow]:
        return [
            row for unit in below.get(parent, []) for row in (UnitRow(unit, depth), *rows(unit.pk, depth + 1))
        ]

    return rows(None, 0)


def units_by_id(ids: Iterable[UUID]) -> dict[UUID, Unit]:
    """Units with their authorities, for pages that know only ids. One query."""
    return {unit.pk: unit for unit in Unit.objects.filter(pk__in=set(ids)).select_related("authority")}


def own_staff(actor: Actor) -> QuerySet[Staff]:
    """Everyone who works, worked or will work for the actor's authority, with their posts. Two queries."""
    posts = Membership.objects.select_related("unit").order_by("starts", "pk")
    return (
        Staff.objects.filter(authority_id=_own(actor))
        .select_related("account")
        .prefetch_related(Prefetch("membership_set", queryset=posts, to_attr="posts"))
        .order_by("name", "pk")
    )


def own_posts(actor: Actor) -> QuerySet[Membership]:
    """All posts of the actor's own authority. One query."""
    return Membership.objects.filter(authority_id=_own(actor)).select_related("staff", "unit")


def own_authority(actor: Actor) -> Authority:
    """The authority that the actor acts for. One query."""
    return Authority.objects.get(pk=_own(actor))


def region_of(municipality: Authority, day: date) -> Authority | None:
    """Which region a municipality is in on a day: never a fixed name, since regions merge. One query."""
    belongings: Sequence[Belonging] = list(municipality.belongings.select_related("region"))
    found = rules.the_one_on(belongings, day)
    return found.region if found else None


def is_last_administrator(post: Membership, on: date) -> bool:
    """Would nobody be left who can appoint people, if this post ended then? One query at most."""
    if post.role != RoleKey.ADMINISTRATOR:
        return False
    others = Membership.objects.filter(
        authority_id=post.authority_id, role=RoleKey.ADMINISTRATOR, starts__lte=on, ends__gt=on
    )
    return not others.exclude(pk=post.pk).exists()


def roles_of(kind: str) -> list[tuple[str, str]]:
    """The roles that an organisation of a kind can have, as choices of a form. No query."""
    return [
        (key.value, str(ROLES[key].title)) for key in RoleKey if key in rules.ROLES_OF_KIND[rules.Kind(kind)]
    ]


def _own(actor: Actor) -> UUID:
    """The authority that a member of staff acts for. A citizen acts for none, and no page asks."""
    if actor.authority_id is None:
        raise ValueError("only staff act for an authority")
    return actor.authority_id
