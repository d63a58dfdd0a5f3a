"""Everything that changes what is known of people and families. All come through here."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samspil.collaboration.families import queries
from samspil.collaboration.families.models import (
    CivilNumber,
    PersonRecord,
    PlaceKind,
    SearchKey,
    Tie,
    TieKind,
    TieSource,
    Whereabouts,
)
from samspil.collaboration.families.rules import civil_number as numbers
from samspil.collaboration.families.rules import names, people, ties
from samspil.collaboration.families.rules.people import Particulars
from samspil.foundation.access import actions as access
from samspil.foundation.audit import log
from samspil.foundation.kernel import ciphers
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


@transaction.atomic
def register_person(
    *,
    actor: Actor,
    particulars: Particulars,
    today: date,
    civil_number: str = "",
    made_up_allowed: bool = False,
    despite_likeness: bool = False,
) -> PersonRecord:
    """Write down a person the own unit does not know yet.

    Raises NotAllowed where the actor may not, Refused where the words cannot be true, where the CPR number is
    known already, and, unless `despite_likeness`, where a near name has no other birth date.
    """
    require(actor, Permission.PERSON_CREATE, actor.unit_id)
    particulars = _ready(particulars, civil_number, made_up_allowed=made_up_allowed, today=today)
    _not_there_already(actor, particulars, civil_number, despite_likeness=despite_likeness)
    subject = access.new_subject(actor=actor)
    record = _write_record(actor, subject, particulars)
    if civil_number:
        _write_number(actor, subject, civil_number)
    _sign(actor, "person.registered", [subject], Category.IDENTITY)
    return record


@transaction.atomic
def correct_person(
    *,
    actor: Actor,
    record: PersonRecord,
    particulars: Particulars,
    reason: str,
    today: date,
    based_on: UUID | None = None,
) -> PersonRecord:
    """Put a new record in the place of one that was wrong or is outdated; the old one stays, with the reason.

    Whether the person is protected is not touched. `based_on` is the record that the writer had read. Raises
    NotAllowed where another unit keeps it, Refused where it cannot be true or was corrected in the meantime.
    """
    require(actor, Permission.PERSON_CORRECT, record)
    people.same_as_read(record.pk, based_on).or_refuse()
    particulars = replace(particulars, is_protected=record.is_protected)
    people.ready_to_stand(particulars, today=today).or_refuse()
    corrected = _supersede(actor, record, particulars, reason)
    _sign(actor, "person.corrected", [record.subject_id], Category.IDENTITY, reason)
    return corrected


@transaction.atomic
def protect_address(*, actor: Actor, record: PersonRecord, is_protected: bool, reason: str) -> PersonRecord:
    """Hide, or show again, where a person is, in everything old and new. Raises as `correct_person`."""
    require(actor, Permission.PERSON_CORRECT, record)
    if record.is_protected == is_protected:
        raise Refused(_("It is so already."))
    particulars = Particulars(record.name, record.born, record.is_unborn, is_protected)
    changed = _supersede(actor, record, particulars, reason)
    _sign(
        actor,
        "person.protected" if is_protected else "person.unprotected",
        [record.subject_id],
        Category.IDENTITY,
        reason,
    )
    return changed


@transaction.atomic
def note_civil_number(
    *, actor: Actor, record: PersonRecord, civil_number: str, today: date, made_up_allowed: bool = False
) -> None:
    """Add or replace a CPR number. Raises NotAllowed, or Refused where it cannot be this person's."""
    require(actor, Permission.PERSON_CORRECT, record)
    numbers.usable(
        civil_number,
        born=record.born,
        is_unborn=record.is_unborn,
        made_up_allowed=made_up_allowed,
        today=today,
    ).or_refuse()
    found = queries.subject_with(actor, civil_number)
    if found not in (None, record.subject_id):
        raise Refused(_("Another record of your organisation has this CPR number."))
    _write_number(actor, record.subject_id, civil_number)
    _sign(actor, "person.number_noted", [record.subject_id], Category.IDENTITY)


@transaction.atomic
def note_whereabouts(
    *, actor: Actor, record: PersonRecord, kind: PlaceKind, text: str, starts: date | None, today: date
) -> Whereabouts:
    """Write down an address, phone, school or institution. Raises NotAllowed and Refused."""
    require(actor, Permission.PERSON_CORRECT, record)
    people.ready_to_note_place(text=text, starts=starts, today=today).or_refuse()
    item = access.new_item(
        actor=actor, kind="whereabouts", category=Category.WHEREABOUTS, subjects=[record.subject_id]
    )
    place = Whereabouts.objects.create(
        item_id=item,
        authority_id=_authority(actor),
        subject_id=record.subject_id,
        kind=kind,
        text=text.strip(),
        starts=starts,
    )
    _sign(actor, "whereabouts.noted", [record.subject_id], Category.WHEREABOUTS)
    return place


@transaction.atomic
def end_whereabouts(*, actor: Actor, place: Whereabouts, ends: date, today: date) -> Whereabouts:
    """Note that a person is no longer at a place. Raises NotAllowed, and Refused for an impossible day."""
    require(actor, Permission.PERSON_CORRECT, place)
    people.ready_to_end_place(
        starts=place.starts, has_ended=queries.has_ended(place), ends=ends, today=today
    ).or_refuse()
    place.ends = ends
    place.save(update_fields=["ends"])
    _sign(actor, "whereabouts.ended", [place.subject_id], Category.WHEREABOUTS)
    return place


@transaction.atomic
def tie_persons(
    *,
    actor: Actor,
    person: PersonRecord,
    kind: TieKind,
    to: PersonRecord,
    starts: date | None,
    source: TieSource,
    today: date,
) -> Tie:
    """Note what one person is to another. Raises NotAllowed, and Refused where the tie is impossible."""
    require(actor, Permission.PERSON_CORRECT, person)
    require(actor, Permission.PERSON_CORRECT, to)
    both = [person.subject_id, to.subject_id]
    existing = [queries.bond_of(tie) for tie in queries.ties_between(actor, both)]
    known = {record.subject_id: queries.someone(record) for record in (person, to)}
    ties.possible(
        ties.Bond(person.subject_id, kind, to.subject_id, starts), existing, known, today=today
    ).or_refuse()
    item = access.new_item(actor=actor, kind="tie", category=category_of(kind), subjects=both)
    tie = Tie.objects.create(
        item_id=item,
        authority_id=_authority(actor),
        person_id=person.subject_id,
        kind=kind,
        to_id=to.subject_id,
        starts=starts,
        source=source,
    )
    _sign(actor, "tie.noted", both, category_of(kind))
    return tie


@transaction.atomic
def end_tie(*, actor: Actor, tie: Tie, ends: date, today: date) -> Tie:
    """Note the day a tie ended; it stays on record. Raises NotAllowed, Refused for an impossible day."""
    require(actor, Permission.PERSON_CORRECT, tie)
    ties.may_end(queries.bond_of(tie), ends, today=today).or_refuse()
    tie.ends = ends
    tie.save(update_fields=["ends"])
    _sign(actor, "tie.ended", [tie.person_id, tie.to_id], category_of(TieKind(tie.kind)))
    return tie


@transaction.atomic
def mark_custody_disputed(*, actor: Actor, tie: Tie, is_disputed: bool, reason: str) -> Tie:
    """Note that custody is in doubt, or no longer: nobody's consent for the child rests on it meanwhile.

    Raises NotAllowed, and Refused for a tie that is not custody in force, or without a reason.
    """
    require(actor, Permission.PERSON_CORRECT, tie)
    if tie.kind != TieKind.CUSTODY or tie.ends != NEVER:
        raise Refused(_("Only custody that is in force can be in doubt."))
    if not reason.strip():
        raise Refused(_("Write why custody is in doubt, or why it no longer is."))
    tie.is_disputed = is_disputed
    tie.save(update_fields=["is_disputed"])
    act = "custody.disputed" if is_disputed else "custody.settled"
    _sign(actor, act, [tie.person_id, tie.to_id], Category.IDENTITY, reason)
    return tie


def category_of(kind: TieKind) -> Category:
    """Whom one lives with tells where one is; every other tie tells who one is."""
    return Category.WHEREABOUTS if kind == TieKind.LIVES_WITH else Category.IDENTITY


def _ready(particulars: Particulars, civil_number: str, *, made_up_allowed: bool, today: date) -> Particulars:
    """The particulars, with the birth date of the CPR number where none was written. Raises Refused."""
    if civil_number:
        numbers.usable(
            civil_number,
            born=particulars.born,
            is_unborn=particulars.is_unborn,
            made_up_allowed=made_up_allowed,
            today=today,
        ).or_refuse()
        number = numbers.read(civil_number)
        born = particulars.born or (number.born if number else None)
        particulars = replace(particulars, born=born)
    people.ready_to_stand(particulars, today=today).or_refuse()
    return particulars


def _not_there_already(
    actor: Actor, particulars: Particulars, civil_number: str, *, despite_likeness: bool
) -> None:
    known = queries.look_alikes(actor, particulars, civil_number)
    if known.certain:
        raise Refused(_("This CPR number belongs to %(name)s.") % {"name": known.certain.name})
    if known.is_elsewhere:
        raise Refused(_("Another unit of your organisation keeps a record with this CPR number."))
    if known.perhaps and not despite_likeness:
        raise Refused(_("You may know this person already. Look at the names below first."))


def _supersede(actor: Actor, record: PersonRecord, particulars: Particulars, reason: str) -> PersonRecord:
    """Write a new record in the place of one; a second tab that is late is refused."""
    record = PersonRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    people.ready_to_correct(is_current=record.is_current, reason=reason).or_refuse()
    record.is_current = False
    record.save(update_fields=["is_current"])
    return _write_record(actor, record.subject_id, particulars, supersedes=record, reason=reason.strip())


def _write_record(
    actor: Actor,
    subject: UUID,
    particulars: Particulars,
    *,
    supersedes: PersonRecord | None = None,
    reason: str = "",
) -> PersonRecord:
    item = access.new_item(actor=actor, kind="person", category=Category.IDENTITY, subjects=[subject])
    name = " ".join(particulars.name.split())
    record = PersonRecord.objects.create(
        item_id=item,
        authority_id=_authority(actor),
        subject_id=subject,
        name=name,
        sort_name=names.sort_key(name),
        born=particulars.born,
        is_unborn=particulars.is_unborn,
        is_protected=particulars.is_protected,
        supersedes=supersedes,
        reason=reason,
    )
    if supersedes is None or supersedes.name != name:
        _write_keys(actor, item, subject, name)
    return record


def _write_keys(actor: Actor, item: UUID, subject: UUID, name: str) -> None:
    SearchKey.objects.bulk_create(
        SearchKey(
            item_id=item, authority_id=_authority(actor), unit_id=_unit(actor), subject_id=subject, key=key
        )
        for key in sorted(names.stored_keys(name))
    )


def _write_number(actor: Actor, subject: UUID, civil_number: str) -> None:
    digits = numbers.digits_of(civil_number)
    try:
        with transaction.atomic():
            access.put_cpr(actor=actor, subject=subject, hashed=queries.cpr_hash(digits))
    except IntegrityError as fault:
        raise Refused(_("Another record of your organisation has this CPR number.")) from fault
    item = access.new_item(actor=actor, kind="civil-number", category=Category.IDENTITY, subjects=[subject])
    CivilNumber.objects.create(
        item_id=item,
        authority_id=_authority(actor),
        subject_id=subject,
        sealed=ciphers.seal(digits, queries.CPR),
    )


def _sign(actor: Actor, act: str, subjects: list[UUID], categories: Category, reason: str = "") -> None:
    shown = [log.Shown(subject, _authority(actor), categories) for subject in subjects]
    log.record(actor=actor, act=act, shown=shown, reason=reason)


def _authority(actor: Actor) -> UUID:
    if actor.authority_id is None:
        raise ValueError("only somebody who acts for a unit writes people down")
    return actor.authority_id


def _unit(actor: Actor) -> UUID:
    if actor.unit_id is None:
        raise ValueError("only somebody who acts for a unit writes people down")
    return actor.unit_id
