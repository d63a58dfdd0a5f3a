"""»Our plan on one page«: whom to call, the next date, what we want to reach, who does what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.courses.rules import Reader
from samspil.collaboration.meetings import queries as meetings
from samspil.collaboration.plans import queries as plans
from samspil.doors.workplace.papers.parts import (
    Contact,
    Deed,
    Wish,
    about,
    contacts,
    deed,
    first_name,
    wish,
)
from samspil.foundation.access.models import ItemBacked
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.organisations import queries as organisations

MOST_CONTACTS, MOST_DEEDS = 4, 10
FEW_WISHES, FEW_DEEDS = 2, 5


@dataclass(frozen=True, slots=True)
class OnePage:
    """All that stands on the page."""

    reader: Reader | None
    called: str
    readers: tuple[Reader, ...]
    """Whom else it can be made for."""
    coordinator: Contact | None
    others: tuple[Contact, ...]
    next_at: datetime | None
    """When they meet next; never where: the place may tell where somebody protected is."""
    wishes: tuple[Wish, ...]
    deeds: tuple[Deed, ...]
    made_on: date

    @property
    def size(self) -> str:
        """The class of the sheet: with much on it, the type is smaller, so that one page holds it."""
        is_full = len(self.wishes) > FEW_WISHES or len(self.deeds) > FEW_DEEDS
        return "one-page one-page--full" if is_full else "one-page"


def one_page(actor: Actor, head: CourseHead, today: date, *, wanted: str, language: str) -> OnePage:
    """The page for one person, or with `wanted` empty for all: then only what each of them may have.

    At most sixteen queries beside those of the head.
    """
    readers = courses.readers_of(actor, head.space, today)
    reader = next((one for one in readers if str(one.subject) == wanted), None)
    may = _shared([reader] if reader else readers)
    units = organisations.units_by_id(one.unit_id for one in head.participants)
    called = contacts(head, units, language)
    rows = [row for row in plans.goals_shown(actor, head.space, today) if may(row.goal)]
    planned = [row for row in meetings.meetings_of(actor, head.space) if row.is_ahead and row.day >= today]
    agreements = [row for row in plans.open_agreements(actor, head.space) if may(row.agreement)]
    return OnePage(
        reader=reader,
        called=first_name(reader.name) if reader else "",
        readers=tuple(readers),
        coordinator=next((one for one in called if one.is_coordinator), None),
        others=tuple(one for one in called if not one.is_coordinator)[:MOST_CONTACTS],
        next_at=next((row.starts_at for row in planned if may(row.meeting)), None),
        wishes=tuple(
            wish(row, [one.level for one in row.ratings if may(one)], (), head.names) for row in rows
        ),
        deeds=tuple(deed(row, head.names) for row in agreements[:MOST_DEEDS]),
        made_on=today,
    )


def _shared(readers: Sequence[Reader]) -> Callable[[ItemBacked], bool]:
    """May a row stand on a page that all these people read? Without readers nothing may."""

    def may(row: ItemBacked) -> bool:
        subjects, category = about(row)
        return bool(readers) and all(one.may_have(subjects, category) for one in readers)

    return may
