"""What a record of a person must hold before it can stand."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.families.rules.names import words
from samspil.foundation.kernel.decisions import YES, Decision, no

OLDEST = 125
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a record says of a person. The birth date may be unknown."""

    name: str
    born: date | None = None
    is_unborn: bool = False
    is_protected: bool = False


def ready_to_stand(who: Particulars, *, today: date) -> Decision:
    """Is this enough, and possible, for a record?"""
    if not words(who.name):
        return no(
            _("Write a name with letters. If the child has none yet, write »Unborn« and a parent's name.")
        )
    if len(who.name) > LONGEST_NAME:
        return no(_("A name has at most %(most)d characters."), most=LONGEST_NAME)
    if who.is_unborn and who.born is not None:
        return no(_("A child that is not born yet has no birth date. Remove one of the two."))
    if who.born is not None and who.born > today:
        return no(_("The birth date lies in the future. If the child is not born yet, say so instead."))
    if who.born is not None and who.born.year < today.year - OLDEST:
        return no(_("The birth date lies more than %(years)d years back. Check the year."), years=OLDEST)
    return YES


def ready_to_correct(*, is_current: bool, reason: str) -> Decision:
    """May a record be superseded? The reason stays beside it."""
    if not is_current:
        return no(_("Somebody has corrected this in the meantime. Look at the new record first."))
    if not reason.strip():
        return no(_("Write why. The reason stays with the old record."))
    return YES


def same_as_read(current: UUID, read: UUID | None) -> Decision:
    """Is the record still the one that the writer had in front of them?"""
    if read is None or read == current:
        return YES
    return no(_("Somebody has corrected this in the meantime. Look at the new record first."))


def ready_to_note_place(*, text: str, starts: date | None, today: date) -> Decision:
    """May a place be written down?"""
    if not text.strip():
        return no(_("Write the address, the number or the name of the place."))
    if starts is not None and starts > today:
        return no(_("The start cannot lie in the future."))
    return YES


def ready_to_end_place(*, starts: date | None, has_ended: bool, ends: date, today: date) -> Decision:
    """May a place be ended on a day?"""
    if has_ended:
        return no(_("This has ended already."))
    if ends > today:
        return no(_("The end cannot lie in the future."))
    if starts is not None and ends <= starts:
        return no(_("It must end after it began."))
    return YES
