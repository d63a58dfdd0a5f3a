"""Who of the family is part of a referral, and who each is in the model."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses.actions.referral.draft import new_item, own_draft, sign, touch
from samspil.collaboration.courses.models import ReferralNumber, ReferralPerson
from samspil.collaboration.courses.queries import referral as queries
from samspil.collaboration.courses.queries.referral import Sheet
from samspil.collaboration.courses.rules import referral as rules
from samspil.collaboration.courses.rules.referral import Included
from samspil.collaboration.families import queries as families
from samspil.collaboration.families.models import PersonRecord, TieKind
from samspil.collaboration.families.rules.ages import ADULT, age_on
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.kernel import ciphers
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.sharing import Category

PARENTS = frozenset({TieKind.PARENT, TieKind.CUSTODY, TieKind.STEP_PARENT, TieKind.FOSTER_PARENT})


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody of the family: who they are in the model, and whether they come along."""

    subject: UUID
    role: str
    tie: str = ""
    is_in_focus: bool = False
    is_included: bool = True
    sends_number: bool = False


@transaction.atomic
def choose_people(*, actor: Actor, space: UUID, people: Sequence[Chosen], today: date) -> None:
    """Say who of the family is part of it, and who each is. Raises NotAllowed and Refused."""
    sheet = own_draft(actor, space)
    known = {person.subject_id: person for person in sheet.people}
    if set(known) != {one.subject for one in people} or len(people) > len(known):
        raise Refused(_("The list of people has changed in the meantime. Load the page again."))
    coming = [
        Included(one.subject, known[one.subject].name, one.role, one.is_in_focus)
        for one in people
        if one.is_included
    ]
    rules.ready_people(sheet.programme, coming, first=sheet.referral.subject_id).or_refuse()
    for one in people:
        row = known[one.subject]
        row.role, row.tie = one.role, one.tie.strip()
        row.is_in_focus = one.is_in_focus and one.is_included
        row.is_included = one.is_included
        row.save(update_fields=["role", "tie", "is_in_focus", "is_included"])
        _choose_number(actor, sheet, one)
    touch(sheet.referral)
    sign(actor, "referral.people_chosen", space, [one.subject for one in people], Category.IDENTITY)


@transaction.atomic
def add_person(*, actor: Actor, space: UUID, subject: UUID, today: date) -> None:
    """Add somebody whose record the own unit keeps. Raises NotAllowed and Refused."""
    sheet = own_draft(actor, space)
    record = queries.own_record(actor, subject)
    if record is None:
        raise Refused(_("Your unit keeps no record of this person. Write the person down first."))
    if subject in {person.subject_id for person in sheet.people}:
        raise Refused(_("The same person stands there twice."))
    write_person(actor, space, _suggestion(record, sheet.programme, today, is_first=False))
    touch(sheet.referral)
    sign(actor, "referral.people_chosen", space, [subject], Category.IDENTITY)


def suggested_people(actor: Actor, subject: UUID, programme: Programme, today: date) -> list[ReferralPerson]:
    """Children and those who bring them up come along; others stand there for the sender to choose."""
    family = families.family_of(actor, subject)
    young = {one.subject_id for one in family.people if _is_child(one, today)} | {subject}
    ties = family.ties_on(today)
    parents = {tie.person_id for tie in ties if tie.kind in PARENTS and tie.to_id in young}
    own = [one for one in family.people if one.item.owner_unit_id == actor.unit_id]
    found: list[ReferralPerson] = []
    for record in sorted(own, key=lambda one: one.subject_id not in parents):
        person = _suggestion(record, programme, today, is_first=record.subject_id == subject)
        is_adult = person.role != _child(programme)
        person.is_included = record.subject_id in parents or not is_adult or record.subject_id == subject
        if person.role in {one.role for one in found} and person.role != _child(programme):
            person.role = _other(programme, {one.role for one in found})
        found.append(person)
    return found


def _suggestion(record: PersonRecord, programme: Programme, today: date, *, is_first: bool) -> ReferralPerson:
    """A snapshot of a record, with the role it most likely has. The sender looks at it."""
    is_child = _is_child(record, today)
    role = _child(programme) if is_child else _other(programme, set())
    return ReferralPerson(
        subject_id=record.subject_id,
        name=record.name,
        born=record.born,
        role=role,
        is_in_focus=is_child or is_first,
    )


def _is_child(record: PersonRecord, today: date) -> bool:
    return record.is_unborn or (record.born is not None and age_on(record.born, today) < ADULT)


def _child(programme: Programme) -> str:
    return programme.target_group.age.of if programme.target_group.age else ""


def _other(programme: Programme, taken: Collection[str]) -> str:
    """The first role of an adult in the family that nobody has yet."""
    adults = [role.key for role in rules.family_roles(programme) if role.key != _child(programme)]
    return next((key for key in adults if key not in taken), adults[-1] if adults else "")


def write_person(actor: Actor, space: UUID, person: ReferralPerson) -> None:
    item = new_item(actor, "referral-person", Category.IDENTITY, [person.subject_id], space)
    ReferralPerson.objects.create(
        item_id=item,
        space_id=space,
        subject_id=person.subject_id,
        name=person.name,
        born=person.born,
        role=person.role,
        is_in_focus=person.is_in_focus,
        is_included=person.is_included,
    )


def _choose_number(actor: Actor, sheet: Sheet, one: Chosen) -> None:
    """Seal the CPR number into the referral, or take it out of it."""
    number = families.civil_number_of(actor, one.subject) if one.sends_number and one.is_included else ""
    sealed = ciphers.seal(number, queries.NUMBER) if number else ""
    row = ReferralNumber.objects.filter(space=sheet.space, subject=one.subject).first()
    if row is not None:
        row.sealed = sealed
        row.save(update_fields=["sealed"])
    elif sealed:
        item = new_item(actor, "referral-number", Category.IDENTITY, [one.subject], sheet.space)
        ReferralNumber.objects.create(
            item_id=item, space_id=sheet.space, subject_id=one.subject, sealed=sealed
        )
