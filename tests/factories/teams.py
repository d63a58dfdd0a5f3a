"""A team around a course, for tests: named through the actions, across two authorities."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.models import Handover, Participant
from samspil.foundation.access.models import Ledger
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import Category, HolderKind, RelationKind
from samspil.foundation.organisations.models import Unit
from tests.factories.access import a_relation, acting, an_actor
from tests.factories.courses import TODAY, ACourse, a_course
from tests.factories.organisations import a_unit
from tests.factories.owner import as_owner

PLAIN = Category.IDENTITY | Category.EVERYDAY


@dataclass(frozen=True)
class ATeam:
    """Anna of the region has opened a course; a municipality has a unit that a consent lets in."""

    course: ACourse
    municipality: Unit

    @property
    def space(self) -> UUID:
        return self.course.space

    @property
    def anna(self) -> Actor:
        return self.course.anna

    def colleague(self, role: RoleKey = RoleKey.CASEWORKER, **fields: Any) -> Actor:
        """Somebody of Anna's own unit, not in the team."""
        with as_owner():
            unit = Unit.objects.select_related("authority").get(pk=self.anna.unit_id)
        return an_actor(role, unit=unit, **fields)

    def neighbour(self, role: RoleKey = RoleKey.CASEWORKER, **fields: Any) -> Actor:
        """Somebody of the municipality's unit, not in the team."""
        return an_actor(role, unit=self.municipality, **fields)

    def name(self, who: Actor, role: str, *, by: Actor | None = None, **more: Any) -> Participant:
        """Anna (or `by`) lets somebody into the team."""
        actor = by or self.anna
        assert who.membership_id is not None
        with acting(actor):
            return actions.name_participant(
                actor=actor, space=self.space, role=role, membership=who.membership_id, today=TODAY, **more
            )

    def accept(self, who: Actor) -> object:
        """Somebody says yes to the own role."""
        with acting(who):
            part = queries.own_waiting_part(who, self.space, TODAY)
            assert part is not None
            return actions.accept_role(actor=who, participant=part, today=TODAY)

    def ask(self, to: Actor, *, by: Actor | None = None, **more: Any) -> Handover:
        """Anna (or `by`) asks somebody to take over."""
        actor = by or self.anna
        assert to.membership_id is not None
        more = {"kind": Handover.Kind.SECTOR, "why": "Familien flytter.", **more}
        with acting(actor):
            return actions.request_handover(
                actor=actor, space=self.space, to=to.membership_id, today=TODAY, **more
            )

    def batons(self) -> list[UUID]:
        """Who holds the baton today, as the ledger has it."""
        with as_owner():
            rows = Ledger.objects.filter(
                space_id=self.space, kind=RelationKind.TEAM, baton=Ledger.Baton.HELD, ends__gt=TODAY
            )
            return [row.holder for row in rows]


def a_team(anna: Actor | None = None, categories: Category = PLAIN) -> ATeam:
    """A course of a region's unit, and a unit of a municipality with a consent about each person."""
    course = a_course(anna)
    with as_owner():
        unit = a_unit()
    for person in (course.alma, course.father, course.mother):
        a_relation(
            unit.pk,
            RelationKind.CONSENT,
            holder_kind=HolderKind.UNIT,
            space=course.space,
            subject=person,
            categories=categories,
            giver=course.anna.unit_id,
            authority=course.anna.authority_id,
        )
    return ATeam(course, unit)


def categories_of(role: RoleKey) -> Category:
    """All that a role may be let in to."""
    return ROLES[role].categories
