"""A family is referred to another sector: written alone, sent as agreed, amended, withdrawn."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses.models import (
    EligibilityAnswer,
    Referral,
    ReferralNumber,
    ReferralPart,
    ReferralPerson,
)
from samspil.collaboration.courses.queries import referral as queries
from samspil.collaboration.courses.queries.referral import Sheet
from samspil.collaboration.courses.rules import referral as rules
from samspil.collaboration.courses.rules.referral import Included, Stage
from samspil.collaboration.families import queries as families
from samspil.collaboration.families.models import PersonRecord, TieKind
from samspil.collaboration.families.rules.ages import ADULT, age_on
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.access import actions as access
from samspil.foundation.access import queries as relations
from samspil.foundation.audit import log
from samspil.foundation.kernel import ciphers, clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed, require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category, HolderKind, Relation, RelationKind
from samspil.foundation.organisations.models import Unit

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


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a referral: what kind, about whom, and of which topic."""

    kind: ReferralPart.Kind
    text: str
    subjects: frozenset[UUID]
    category: Category = Category.EVERYDAY
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer to one criterion, with the days of a treatment where it asks for them."""

    criterion: str
    answer: EligibilityAnswer.Answer
    is_ongoing: bool = False
    ended_from: date | None = None
    ended_to: date | None = None


@transaction.atomic
def begin_referral(*, actor: Actor, subject: UUID, version: UUID, to_unit: UUID, today: date) -> Referral:
    """Begin a referral of a family, in a space of its own. Until it is sent, the actor alone sees it.

    It begins with the people around `subject` whose records the own unit keeps. Raises NotAllowed where the
    role sends no referrals, Refused where the own unit keeps no record, or for a receiver that is not there.
    """
    require(actor, Permission.SPACE_OPEN, actor.unit_id)
    if not actor.holds(Permission.REFERRAL_SEND) or not actor.membership_id or not actor.unit_id:
        raise NotAllowed(_("Your role does not include this."))
    if queries.own_record(actor, subject) is None:
        raise Refused(_("Your unit keeps no record of this person. Write the person down first."))
    receiver = Unit.objects.filter(
        pk=to_unit, is_sharing_unit=True, starts__lte=today, ends__gt=today
    ).first()
    if receiver is None or receiver.pk == actor.unit_id:
        raise Refused(_("Choose a unit that is there today, and another than your own."))
    known = next((one for one in programmes.versions() if one.pk == version), None)
    if known is None:
        raise Refused(_("There is no such model."))
    space = access.new_space(actor=actor)
    access.lock_space(actor=actor, space=space)
    item = _new(actor, "referral", Category.IDENTITY, [subject], space)
    referral = Referral.objects.create(
        item_id=item,
        space_id=space,
        subject_id=subject,
        version_id=version,
        sender_id=actor.membership_id,
        from_unit_id=actor.unit_id,
        to_unit=receiver,
        begun_on=today,
        touched_at=clock.now(),
    )
    for person in _suggested(actor, subject, known.programme, today):
        _write_person(actor, space, person)
    _sign(actor, "referral.begun", space, [subject], Category.IDENTITY)
    return referral


@transaction.atomic
def choose_people(*, actor: Actor, space: UUID, people: Sequence[Chosen], today: date) -> None:
    """Say who of the family is part of it, and who each is. Raises NotAllowed and Refused."""
    sheet = _draft(actor, space)
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
    _touch(sheet.referral)
    _sign(actor, "referral.people_chosen", space, [one.subject for one in people], Category.IDENTITY)


@transaction.atomic
def add_person(*, actor: Actor, space: UUID, subject: UUID, today: date) -> None:
    """Add somebody whose record the own unit keeps. Raises NotAllowed and Refused."""
    sheet = _draft(actor, space)
    record = queries.own_record(actor, subject)
    if record is None:
        raise Refused(_("Your unit keeps no record of this person. Write the person down first."))
    if subject in {person.subject_id for person in sheet.people}:
        raise Refused(_("The same person stands there twice."))
    _write_person(actor, space, _suggestion(record, sheet.programme, today, is_first=False))
    _touch(sheet.referral)
    _sign(actor, "referral.people_chosen", space, [subject], Category.IDENTITY)


@transaction.atomic
def write_words(*, actor: Actor, space: UUID, words: Words, instead_of: UUID | None = None) -> None:
    """Write, change or (with an empty text) take out words of a draft. Raises NotAllowed and Refused."""
    sheet = _draft(actor, space)
    before = next((part for part in sheet.parts if part.pk == instead_of), None) if instead_of else None
    if instead_of and before is None:
        raise Refused(_("Somebody has changed this in the meantime. Load the page again."))
    if before is None and not words.text.strip():
        return
    if before is not None and _is_same(before, words):
        return
    _write_words(actor, sheet, words, before)
    _touch(sheet.referral)


@transaction.atomic
def check_target(*, actor: Actor, space: UUID, answers: Sequence[Checked], reason: str, today: date) -> None:
    """Answer the criteria of the target group; the `reason` is why one refers although it is not clear.

    Of a treatment, only whether it goes on and until when is kept. Raises NotAllowed and Refused.
    """
    sheet = _draft(actor, space)
    nodes = {str(node.key): node for node in sheet.programme.target_group.criteria.criteria()}
    people = sheet.family()
    for one in answers:
        node = nodes.get(one.criterion)
        if node is None:
            raise Refused(_("The model has no such criterion."))
        rules.ready_answer(
            one.answer, ongoing=one.is_ongoing, first=one.ended_from, last=one.ended_to, today=today
        ).or_refuse()
        _write_check(actor, sheet, one, rules.category_of(node), rules.about(node, people))
    before = next((part for part in sheet.standing if part.kind == ReferralPart.Kind.DESPITE), None)
    if reason.strip() or before is not None:
        whom = frozenset(person.subject for person in people if person.is_in_focus)
        words = Words(ReferralPart.Kind.DESPITE, reason, whom, Category.SOCIAL)
        if before is None or not _is_same(before, words):
            _write_words(actor, sheet, words, before)
    _touch(sheet.referral)


@transaction.atomic
def say_whom_to_call(*, actor: Actor, space: UUID, name: str, phone: str, when: str) -> None:
    """Whom the receiver may call about it. Raises NotAllowed and Refused."""
    sheet = _draft(actor, space)
    sheet.referral.call_name, sheet.referral.call_phone = name.strip(), phone.strip()
    sheet.referral.call_when = when.strip()
    sheet.referral.save(update_fields=["call_name", "call_phone", "call_when"])
    _touch(sheet.referral)


@transaction.atomic
def send_referral(*, actor: Actor, space: UUID, today: date) -> Referral:
    """Let the receiver see what was agreed; where the model says so, offer the coordination too.

    Raises NotAllowed, and Refused with the first thing that is missing.
    """
    sheet = _draft(actor, space)
    sheet.ready(today).or_refuse()
    referral, receiver = sheet.referral, sheet.referral.to_unit
    assert receiver is not None  # noqa: S101  the rule has asked for it
    referral.sent_at = clock.now()
    referral.result = sheet.target(today).result.value
    referral.offers_baton = rules.passes_to(sheet.programme, rules.sector_of(receiver.authority.kind))
    referral.save(update_fields=["sent_at", "result", "offers_baton"])
    for item in _to_release(sheet):
        access.release(actor=actor, item=item)
    inbox = Relation(
        HolderKind.UNIT,
        receiver.pk,
        RelationKind.INBOX,
        relations.held_in_team(actor, space),
        space=space,
        starts=today,
    )
    access.grant(actor=actor, relation=inbox, source=referral.pk)
    if referral.offers_baton:
        access.offer_baton(actor=actor, space=space, to=receiver.pk)
    people = [person.subject_id for person in sheet.included]
    _sign(actor, "referral.sent", space, people, Category.IDENTITY | Category.EVERYDAY)
    return referral


@transaction.atomic
def amend_referral(*, actor: Actor, space: UUID, words: Words) -> None:
    """Add words to a referral that was sent: both sides see them. Raises NotAllowed and Refused."""
    sheet = _own(actor, space)
    rules.ready_to_amend(sheet.stage).or_refuse()
    if not words.text.strip():
        raise Refused(_("Write what is to be added."))
    item = _write_words(actor, sheet, words, None)
    access.release(actor=actor, item=item)
    _sign(actor, "referral.amended", space, words.subjects, words.category)


@transaction.atomic
def withdraw_referral(*, actor: Actor, space: UUID, today: date) -> None:
    """Take a referral back before it is answered: the receiver sees nothing any more. Raises as others."""
    sheet = _own(actor, space)
    rules.ready_to_withdraw(sheet.stage).or_refuse()
    for row in relations.relations(actor, space):
        if row.relation.kind is RelationKind.INBOX and row.relation.ends > today:
            access.end(actor=actor, relation=row.id, on=today)
    sheet.referral.withdrawn_at = clock.now()
    sheet.referral.save(update_fields=["withdrawn_at"])
    _sign(actor, "referral.withdrawn", space, [sheet.referral.subject_id], Category.IDENTITY)


# --- inside ----------------------------------------------------------------------------------------------


def _own(actor: Actor, space: UUID) -> Sheet:
    """The referral of the own unit, alone at it. To who does not see it, there is none."""
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.REFERRAL_SEND, space)
    sheet = queries.referral_sheet(actor, space)
    if sheet is None or not sheet.is_mine:
        raise NotAllowed(_("Only a member of the team refers the family."))
    return sheet


def _draft(actor: Actor, space: UUID) -> Sheet:
    sheet = _own(actor, space)
    if sheet.stage is not Stage.DRAFT:
        raise Refused(_("It has been sent or withdrawn. Add to it instead."))
    return sheet


def _new(actor: Actor, kind: str, category: Category, subjects: Collection[UUID], space: UUID) -> UUID:
    """An item that the writer alone sees until the referral is sent."""
    return access.new_item(
        actor=actor, kind=kind, category=category, subjects=subjects, space=space, released=False
    )


def _suggested(actor: Actor, subject: UUID, programme: Programme, today: date) -> list[ReferralPerson]:
    """Children and those who bring them up come along; others stand there for the sender to choose."""
    family = families.family_of(actor, subject)
    parents = {tie.person_id for tie in family.ties_on(today) if tie.kind in PARENTS}
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
    is_child = record.is_unborn or (record.born is not None and age_on(record.born, today) < ADULT)
    role = _child(programme) if is_child else _other(programme, set())
    return ReferralPerson(
        subject_id=record.subject_id,
        name=record.name,
        born=record.born,
        role=role,
        is_in_focus=is_child or is_first,
    )


def _child(programme: Programme) -> str:
    return programme.target_group.age.of if programme.target_group.age else ""


def _other(programme: Programme, taken: Collection[str]) -> str:
    """The first role of an adult in the family that nobody has yet."""
    adults = [role.key for role in rules.family_roles(programme) if role.key != _child(programme)]
    return next((key for key in adults if key not in taken), adults[-1] if adults else "")


def _write_person(actor: Actor, space: UUID, person: ReferralPerson) -> None:
    item = _new(actor, "referral-person", Category.IDENTITY, [person.subject_id], space)
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
        item = _new(actor, "referral-number", Category.IDENTITY, [one.subject], sheet.space)
        ReferralNumber.objects.create(
            item_id=item, space_id=sheet.space, subject_id=one.subject, sealed=sealed
        )


def _is_same(before: ReferralPart, words: Words) -> bool:
    return (
        before.text == words.text.strip()
        and before.said_by == words.said_by.strip()
        and (not words.text.strip() or set(before.item.subjects) == words.subjects)
        and (not words.text.strip() or before.item.category == int(words.category))
    )


def _write_words(actor: Actor, sheet: Sheet, words: Words, before: ReferralPart | None) -> UUID:
    included = [person.subject_id for person in sheet.included]
    text = words.text.strip()
    rules.ready_part(text, words.subjects, included, count=len(sheet.standing) + 1).or_refuse()
    if text:
        category, subjects = words.category, list(words.subjects)
    else:
        assert before is not None  # noqa: S101  nothing is taken out of nothing
        category, subjects = Category(before.item.category), list(before.item.subjects)
    item = _new(actor, "referral-part", category, subjects, sheet.space)
    ReferralPart.objects.create(
        item_id=item,
        space_id=sheet.space,
        kind=words.kind,
        text=text,
        said_by=words.said_by.strip(),
        written_at=clock.now(),
        supersedes=before,
    )
    return item


def _write_check(
    actor: Actor, sheet: Sheet, one: Checked, category: Category, subjects: Collection[UUID]
) -> None:
    before = sheet.checks.get(one.criterion)
    new = (one.answer, one.is_ongoing, one.ended_from, one.ended_to, set(subjects))
    if before is None and one.answer == EligibilityAnswer.Answer.UNKNOWN and not one.ended_from:
        return
    if before is not None:
        old = (
            before.answer,
            before.is_ongoing,
            before.ended_from,
            before.ended_to,
            set(before.item.subjects),
        )
        if old == new:
            return
    if not subjects:
        raise Refused(_("Say first who is part of the family."))
    item = _new(actor, "eligibility-answer", category, subjects, sheet.space)
    EligibilityAnswer.objects.create(
        item_id=item,
        space_id=sheet.space,
        criterion=one.criterion,
        answer=one.answer,
        is_ongoing=one.is_ongoing,
        ended_from=one.ended_from,
        ended_to=one.ended_to,
        supersedes=before,
    )


def _to_release(sheet: Sheet) -> list[UUID]:
    """What stands in the referral on the day it is sent; what was replaced stays the writer's."""
    coming = {person.subject_id for person in sheet.included}
    return [
        sheet.referral.pk,
        *(person.pk for person in sheet.included),
        *(number.pk for number in sheet.numbers if number.subject_id in coming),
        *(part.pk for part in sheet.standing),
        *(check.pk for check in sheet.checks.values()),
    ]


def _touch(referral: Referral) -> None:
    referral.touched_at = clock.now()
    referral.save(update_fields=["touched_at"])


def _sign(actor: Actor, act: str, space: UUID, subjects: Collection[UUID], categories: Category) -> None:
    assert actor.authority_id is not None  # noqa: S101  the gate has let only staff through
    shown = [log.Shown(subject, actor.authority_id, categories) for subject in subjects]
    log.record(actor=actor, act=act, shown=shown, space=space)
