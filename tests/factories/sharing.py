"""A family in a space, and what was answered about sharing, for tests."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samspil.collaboration.families.models import PersonRecord, TieKind
from samspil.collaboration.sharing import actions, rules
from samspil.collaboration.sharing.models import Basis, Way
from samspil.foundation.access.models import Item
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose
from samspil.foundation.organisations.models import Unit
from tests.factories.access import a_space, a_team_member, acting, an_actor, an_item
from tests.factories.families import a_person, a_tie
from tests.factories.organisations import a_unit
from tests.factories.owner import as_owner

ADULT_BORN = date(1985, 3, 1)


@dataclass
class Family:
    """Mette and Jens have custody of Alma, 9. The coordinator's unit keeps all records."""

    coordinator: Actor
    space: UUID
    mette: PersonRecord
    jens: PersonRecord
    alma: PersonRecord

    def item(self, *subjects: PersonRecord, category: Category = Category.EVERYDAY, **fields: Any) -> UUID:
        """An item of the coordinator's unit in the space."""
        ids = [person.subject_id for person in subjects]
        return an_item(self.coordinator, *ids, space=self.space, category=category, **fields)

    def receiver(self, role: RoleKey = RoleKey.CLINICIAN, unit: Unit | None = None, **fields: Any) -> Actor:
        """Somebody of another unit who stands in the space's team."""
        if unit is None:
            with as_owner():
                unit = a_unit()
        return a_team_member(self.space, role, unit=unit, **fields)

    def colleague(self, role: RoleKey, kind: str) -> Actor:
        """Somebody of another unit of the coordinator's own authority, in the space's team."""
        with as_owner():
            own = Unit.objects.select_related("authority").get(pk=self.coordinator.unit_id)
            unit = a_unit(own.authority, kind=kind)
        return a_team_member(self.space, role, unit=unit)


def a_family(alma_born: date | None = date(2017, 5, 12)) -> Family:
    """The family, with one item about each so that all are part of the space."""
    coordinator = an_actor()
    space = a_space(coordinator)
    mette = a_person(coordinator, born=ADULT_BORN)
    jens = a_person(coordinator, born=ADULT_BORN)
    alma = a_person(coordinator, born=alma_born)
    for parent in (mette, jens):
        a_tie(coordinator, parent, TieKind.CUSTODY, alma)
    family = Family(coordinator, space, mette, jens, alma)
    for person in (mette, jens, alma):
        family.item(person, category=Category.IDENTITY, kind="part")
    return family


def to_unit(actor: Actor) -> rules.Receiver:
    """The unit that somebody acts for, as a receiver."""
    assert actor.unit_id is not None
    with as_owner():
        unit = Unit.objects.get(pk=actor.unit_id)
    return rules.Receiver(HolderKind.UNIT, unit.pk, unit.authority_id, unit.kind)


def a_consent(
    subject: PersonRecord,
    receiver: rules.Receiver,
    *said_by: PersonRecord,
    categories: Category = Category.EVERYDAY,
    **fields: Any,
) -> rules.Consent:
    """What somebody answered in the meeting today; the person itself where nobody else is named."""
    scope = rules.Scope(subject.subject_id, receiver, categories, fields.pop("purpose", Purpose.COORDINATION))
    people = frozenset(person.subject_id for person in said_by or (subject,))
    return rules.Consent(scope, Way.MEETING, people, fields.pop("said_on", clock.today()), **fields)


def consented(family: Family, consent: rules.Consent) -> list[Basis]:
    """The coordinator has written it down."""
    with acting(family.coordinator):
        return actions.register_consent(
            actor=family.coordinator, space=family.space, consent=consent, today=clock.today()
        )


def seen_by(actor: Actor, *items: UUID) -> set[UUID]:
    """Which of these the actor sees on the next request."""
    with acting(actor):
        return {item.pk for item in Item.objects.filter(pk__in=items)}
