"""Whom to ring about what others have. Samspil sends nobody a reminder: one person rings another."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.doors.workplace.presenters.model import first_name
from samspil.foundation.web.navigation import addresses


@dataclass(frozen=True, slots=True)
class Call:
    """A number that can be rung; where none is known, the page of who takes part."""

    text: str
    url: str
    phone: str = ""


def call(space: UUID, name: str, phone: str) -> Call:
    """The way to somebody who takes part; without a name, to everybody who does."""
    digits = "".join(sign for sign in phone if sign.isdecimal() or sign == "+")
    if name and digits:
        return Call(_("Ring %(name)s") % {"name": first_name(name)}, f"tel:{digits}", phone)
    return Call(_("See who takes part"), addresses("courses:team")(space))
