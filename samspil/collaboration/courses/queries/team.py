"""Who takes part in a course, whom one may let in, and what that would open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from samspil.collaboration.courses.models import Participant
from samspil.collaboration.courses.queries.course import participants_of
from samspil.collaboration.courses.rules import Owner
from samspil.collaboration.sharing import queries as sharing
from samspil.foundation.access import queries as access
from samspil.foundation.access import rules as wall
from samspil.foundation.access import sight
from samspil.foundation.access.queries import SpaceRelation
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import BASIS_KINDS, Category, Relation, RelationKind
from samspil.foundation.organisations.models import Authority, Membership, Unit

MOST_COLLEAGUES = 30
NAMED = [key.value for key, role in ROLES.items() if role.categories]
"""The roles of staff that may take part in a course at all."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands in a space today: the parts, the relations, who has the baton and who is offered it."""

    parts: tuple[Participant, ...]
    relations: tuple[SpaceRelation, ...]

    @property
    def team(self) -> list[SpaceRelation]:
        return [one for one in self.relations if one.relation.kind is RelationKind.TEAM]

    @property
    def baton(self) -> UUID | None:
        """The membership that coordinates, also where the part has been ended by the leader."""
        return next((one.relation.holder for one in self.team if one.baton == "held"), None)

    @property
    def offered(self) -> UUID | None:
        return next((one.relation.holder for one in self.team if one.baton == "offered"), None)

    def relations_of(self, membership: UUID) -> list[SpaceRelation]:
        return [one for one in self.team if one.relation.holder == membership]

    def part_of(self, membership: UUID | None) -> Participant | None:
        """The part of one member, the newest."""
        found = [one for one in self.parts if one.membership_id == membership]
        return found[-1] if found else None

    def bases(self, today: date) -> list[Relation]:
        """The bases in force, as far as the actor may know of them."""
        rows = [one.relation for one in self.relations if one.relation.kind in BASIS_KINDS]
        return [one for one in rows if one.starts <= today < one.ends]


def standing(actor: Actor, space: UUID, today: date) -> Standing:
    """Who stands in a space today. Two queries."""
    return Standing(tuple(participants_of(actor, [space], today)), tuple(access.relations(actor, space)))


def own_waiting_part(actor: Actor, space: UUID, today: date) -> Participant | None:
    """The part that waits for the actor's own yes. One query."""
    rows = Participant.objects.filter(
        space=space,
        membership=actor.membership_id,
        accepted_on=None,
        starts__lte=today,
        ends__gt=today,
    )
    return sight.visible(rows).select_related("membership__staff").order_by("pk").first()


# --- whom one may let in -------------------------------------------------------------------------------


def authorities_near(actor: Actor, found: Standing, today: date) -> list[Authority]:
    """The own authority, those that take part, and those a basis of this space names. Two queries."""
    receivers = {one.holder for one in found.bases(today)}
    units = Unit.objects.filter(pk__in=receivers).values_list("authority_id", flat=True)
    ids = {*receivers, *units, *(one.unit.authority_id for one in found.parts)}
    near = Q(pk__in=ids) | Q(pk=actor.authority_id)
    return list(Authority.objects.filter(near, ends__gt=today).order_by("name"))


def units_near(authorities: Iterable[Authority], today: date) -> list[Unit]:
    """The units of these authorities where somebody works who may take part. One query."""
    posts = Q(membership__role__in=NAMED, membership__starts__lte=today, membership__ends__gt=today)
    rows = Unit.objects.filter(posts, authority__in=list(authorities), starts__lte=today, ends__gt=today)
    return list(rows.select_related("authority").distinct().order_by("authority__name", "name"))


def colleagues_near(
    authorities: Sequence[Authority], today: date, *, unit: UUID | None = None, name: str = ""
) -> list[Membership]:
    """Posts at these authorities, of one unit or with words in the name; none where nothing is asked."""
    words = name.split()[:5]
    if unit is None and not words:
        return []
    rows = Membership.objects.filter(
        authority__in=list(authorities), role__in=NAMED, starts__lte=today, ends__gt=today
    )
    for word in words:
        rows = rows.filter(staff__name__icontains=word)
    if unit is not None:
        rows = rows.filter(unit=unit)
    rows = rows.select_related("staff", "unit", "authority").order_by("staff__name", "unit__name")
    return list(rows[:MOST_COLLEAGUES])


# --- what a part opens ---------------------------------------------------------------------------------


def sharing_unit(unit: Unit) -> UUID:
    """The unit whose boundary a unit stands inside. One query for each step up."""
    found: Unit = unit
    while not found.is_sharing_unit and found.parent is not None:
        found = found.parent
    return found.pk if found.is_sharing_unit else unit.pk


def reader_of(post: Membership, categories: Category | None = None) -> sharing.Reader:
    """What the wall would know of a colleague."""
    role = ROLES[RoleKey(post.role)]
    return sharing.Reader(
        sharing_unit(post.unit),
        post.authority_id,
        post.pk,
        role.categories if categories is None else categories & role.categories,
        receives=False,
    )


def what_a_part_opens(
    actor: Actor, space: UUID, post: Membership, categories: Category, today: date
) -> list[sharing.Foreseen]:
    """Each item of the own unit, with whether a colleague would see it who came in with these categories."""
    reader = reader_of(post, categories)
    drafted = [] if post.pk == actor.membership_id else [sharing.joining(reader, space)]
    return sharing.what_receiver_sees(actor, space, reader, drafted, today=today)


def would_see(
    found: Standing, post: Membership, category: Category, subjects: Iterable[UUID], owner: Owner, today: date
) -> bool:
    """Would a member of the team see an item of this owner? Reckoned by the wall's twin. Few queries."""
    reader = reader_of(post)
    ids = {reader.unit, reader.authority, reader.membership}
    asker = wall.Asker(
        account=new_id(),
        membership=reader.membership,
        unit=reader.unit,
        authority=reader.authority,
        citizen=False,
        mask=reader.mask,
        receives=False,
        open_mask=access.open_inside(reader.authority),
        led_units=frozenset(),
        led_mask=Category(0),
        blocked=frozenset(),
        day=today,
    )
    space = next((one.relation.space for one in found.relations), None)
    thing = wall.Thing(
        kind="handover",
        owner_unit=owner.unit,
        owner_authority=owner.authority,
        space=space,
        lead_unit=None,
        category=category,
        author=new_id(),
        subjects=tuple(subjects),
        released=True,
    )
    held = [one.relation for one in found.relations if one.relation.holder in ids]
    return bool(wall.sees(asker, thing, held, {}, now=clock.now()))


def post_of(membership: UUID, today: date) -> Membership | None:
    """A post in force, with its colleague and unit. One query."""
    rows = Membership.objects.select_related("staff", "unit", "authority")
    return rows.filter(pk=membership, starts__lte=today, ends__gt=today).first()
