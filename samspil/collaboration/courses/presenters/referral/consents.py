"""For each person what may be shared with the receiver, on what basis, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.collaboration.courses.models import ReferralPerson
from samspil.collaboration.courses.presenters.referral.words import first_name, names, short_day
from samspil.collaboration.courses.queries.referral import Sheet
from samspil.collaboration.courses.rules import referral as rules
from samspil.collaboration.sharing.models import Basis, Way
from samspil.collaboration.sharing.presenters import listed
from samspil.collaboration.sharing.rules import each
from samspil.foundation.organisations.models import Unit


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """Somebody of the family: what may be shared with the receiver, and what is missing."""

    subject: UUID
    name: str
    note: str
    kind: str
    state: str
    topics: str
    grounds: tuple[str, ...] = ()
    """On what basis, and until when."""


def consent_rows(sheet: Sheet, today: date) -> list[ConsentRow]:
    """For each person what stands with this receiver."""
    return [_consent_row(sheet, person, today) for person in sheet.included]


def _consent_row(sheet: Sheet, person: ReferralPerson, today: date) -> ConsentRow:
    held = sheet.shared(person.subject_id, today)
    missing = rules.NEEDED & ~held
    topics = ", ".join(str(one.label) for one in each(held))
    kind, state = ("done", _("May be shared"))
    if missing and _said_no(sheet, person.subject_id):
        kind, state = ("refused", _("Said no"))
    elif missing:
        kind, state = ("not-asked", _("Missing"))
    lacking = ", ".join(str(one.label) for one in each(missing))
    note = _("Missing: %(topics)s") % {"topics": lacking} if missing else ""
    grounds = _grounds(sheet, person.subject_id, today)
    return ConsentRow(person.subject_id, person.name, note, kind, state, topics, grounds)


def _grounds(sheet: Sheet, subject: UUID, today: date) -> tuple[str, ...]:
    """Who said yes on which day, or which law, and until when; each once."""
    one, called = sheet.referral, names(sheet.people)
    return tuple(
        dict.fromkeys(
            _ground(basis, called)
            for basis in sheet.bases
            if basis.subject_id == subject
            and basis.unit_id == one.from_unit_id
            and basis.state == Basis.State.GIVEN
            and today < basis.ends
            and _reaches(basis, one.to_unit)
        )
    )


def _reaches(basis: Basis, unit: Unit | None) -> bool:
    return unit is not None and (
        basis.receiver_unit_id == unit.pk or basis.receiver_authority_id == unit.authority_id
    )


def _ground(basis: Basis, called: Mapping[UUID, str]) -> str:
    words = {"until": short_day(basis.ends - date.resolution), "section": basis.section}
    if basis.way == Way.STATUTE or basis.said_on is None:
        return _("By law, %(section)s, until %(until)s.") % words
    said_by = [first_name(called[one]) for one in basis.said_by if one in called]
    words |= {"names": listed(said_by) or _("somebody else"), "day": short_day(basis.said_on)}
    return _("Yes from %(names)s, %(day)s. It holds until %(until)s.") % words


def _said_no(sheet: Sheet, subject: UUID) -> bool:
    to = sheet.referral.to_unit_id
    mine = [b for b in sheet.bases if b.subject_id == subject and b.receiver_unit_id == to]
    return any(basis.answer == "no" for basis in mine)
