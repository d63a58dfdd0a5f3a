"""People and families for tests, made through the actions; the actor is the one whose unit keeps them."""

from datetime import date
from itertools import count
from typing import Any

from samspil.collaboration.families import actions
from samspil.collaboration.families.models import (
    PersonRecord,
    PlaceKind,
    Tie,
    TieKind,
    TieSource,
    Whereabouts,
)
from samspil.collaboration.families.rules.people import Particulars
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from tests.factories.access import acting

_numbers = count(1)
_LETTERS = "bdfgklmnprst"


def a_person(by: Actor, name: str = "", *, civil_number: str = "", **fields: Any) -> PersonRecord:
    """A person whom the actor's unit has written down; born in 2017 where nothing else is said."""
    number = next(_numbers)
    invented = "".join(_LETTERS[int(digit)] + "o" for digit in f"{number:05d}").capitalize()
    if not fields.get("is_unborn"):
        fields.setdefault("born", date(2017, 5, 12))
    with acting(by):
        return actions.register_person(
            actor=by,
            particulars=Particulars(name or invented, **fields),
            civil_number=civil_number,
            made_up_allowed=True,
            despite_likeness=True,
            today=clock.today(),
        )


def a_tie(
    by: Actor, person: PersonRecord, kind: TieKind, to: PersonRecord, starts: date | None = None
) -> Tie:
    """What one person is to another, as the family says."""
    with acting(by):
        return actions.tie_persons(
            actor=by,
            person=person,
            kind=kind,
            to=to,
            starts=starts,
            source=TieSource.FAMILY,
            today=clock.today(),
        )


def a_place(by: Actor, record: PersonRecord, text: str, kind: PlaceKind = PlaceKind.ADDRESS) -> Whereabouts:
    """Where a person is."""
    with acting(by):
        return actions.note_whereabouts(
            actor=by, record=record, kind=kind, text=text, starts=None, today=clock.today()
        )
