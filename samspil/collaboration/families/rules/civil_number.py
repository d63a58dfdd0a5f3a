"""The Danish civil number (CPR): its shape, the date in it, and numbers that are plainly made up."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from stdnum.dk import cpr
from stdnum.exceptions import InvalidComponent

from samspil.foundation.kernel.decisions import YES, Decision, no

MADE_UP = 60
"""A made-up number has 60 added to its day, so that it can belong to nobody."""


@dataclass(frozen=True, slots=True)
class CivilNumber:
    """Ten digits, the date they say, and whether they are plainly made up."""

    digits: str
    born: date
    is_made_up: bool

    @property
    def shown(self) -> str:
        return f"{self.digits[:6]}-{self.digits[6:]}"


def digits_of(text: str) -> str:
    """What was typed, without spaces and hyphens."""
    return "".join(character for character in text if character not in " -\u00a0\u2011\u2013")


def read(text: str) -> CivilNumber | None:
    """The number, or None without ten digits and an existing date. The check digit may fail since 2007."""
    digits = digits_of(text)
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        return None
    is_made_up = digits[0] in "6789"
    dated = f"{int(digits[:2]) - MADE_UP:02d}{digits[2:]}" if is_made_up else digits
    try:
        return CivilNumber(digits, cpr.get_birth_date(dated), is_made_up)
    except InvalidComponent:
        return None


def usable(text: str, *, born: date | None, is_unborn: bool, made_up_allowed: bool, today: date) -> Decision:
    """May this stand as the civil number of a person with this birth date?"""
    digits = digits_of(text)
    if digits and not (digits.isascii() and digits.isdigit()):
        return no(_("A CPR number has only digits, like 0101011234."))
    if len(digits) != 10:
        return no(_("A CPR number has 10 digits. This one has %(count)d."), count=len(digits))
    number = read(digits)
    if number is None:
        return no(_("The date in the CPR number does not exist."))
    if number.is_made_up and not made_up_allowed:
        return no(_("This CPR number is made up (60 is added to the day). It cannot be used here."))
    if is_unborn:
        return no(_("A child that is not born yet has no CPR number."))
    if number.born > today:
        return no(_("The date in the CPR number lies in the future."))
    if born is not None and number.born != born:
        return no(_("The CPR number and the birth date do not agree. Correct one of them."))
    return YES


def made_up(born: date, serial: int) -> str:
    """A number for invented people: the date with 60 added to the day, and a serial of the right century."""
    first = _century_digits(born.year)[serial // 1000 % len(_century_digits(born.year))]
    return f"{born.day + MADE_UP:02d}{born:%m%y}{first}{serial % 1000:03d}"


def _century_digits(year: int) -> str:
    if 1937 <= year <= 1999:
        return "012349"
    if 1900 <= year < 1937:
        return "0123"
    if 2000 <= year <= 2036:
        return "456789"
    raise ValueError(f"No civil numbers are made up for people born in {year}")
