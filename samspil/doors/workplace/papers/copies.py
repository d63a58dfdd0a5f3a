"""The copy of a course that one person gets: what is about them, never what is another's alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samspil.collaboration.courses import retention
from samspil.collaboration.courses.rules import Reader
from samspil.collaboration.plans.models import EffortStep
from samspil.collaboration.plans.queries import EffortRow, GoalRow
from samspil.collaboration.programmes import vocabulary
from samspil.collaboration.programmes.language import Text
from samspil.collaboration.sharing import presenters as sharing
from samspil.doors.workplace.papers.gathering import Gathered
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
from samspil.foundation.kernel.sharing import Category

TOLD = frozenset(
    {
        "meeting.held",
        "child_view.recorded",
        "plan.agreed",
        "plan.revised",
        "tool.completed",
        "handover.accepted",
        "course.opened",
        "course.closed",
    }
)
"""The kinds of facts that a copy tells of; goals, efforts and consents stand in it by themselves."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""

    on: date
    label: str


@dataclass(frozen=True, slots=True)
class Help:
    """What a sector did, and why."""

    what: str
    why: str
    state: str
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class Yes:
    """What one receiver may know of somebody, or might: the topics in one line."""

    about: str
    topic: str
    receiver: str
    word: str
    note: str


@dataclass(frozen=True, slots=True)
class Rest:
    """Something that was still open, and what happens with it."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Copy:
    """All that stands in one person's copy."""

    reader: Reader
    called: str
    children: tuple[str, ...]
    """Whose things stand in it beside one's own."""
    model: str
    opened_on: date
    closed_on: date | None
    made_on: date
    now: str
    """What happens now, as the coordinator has written it to the family."""
    rest: tuple[Rest, ...]
    contacts: tuple[Contact, ...]
    wishes: tuple[Wish, ...]
    deeds: tuple[Deed, ...]
    helps: tuple[Help, ...]
    events: tuple[Event, ...]
    answers: tuple[Yes, ...]
    kept: str
    """How long what was written is kept; empty until the course is closed."""

    @property
    def coordinator(self) -> Contact | None:
        """Whom to ask."""
        return next((one for one in self.contacts if one.is_coordinator), None)


def copy_for(reader: Reader, found: Gathered, *, made_on: date, language: str) -> Copy:
    """What of a course stands in one person's copy. No query."""
    names, closing, whole = found.head.names, found.ending.closing, found.ending.whole
    rows = [row for row in (*found.plan.goals, *found.plan.ended) if _may(reader, row.goal)]
    shown = {agreement.pk for row in rows for agreement in row.agreements}
    return Copy(
        reader=reader,
        called=first_name(reader.name),
        children=tuple(
            first_name(names[one]) for one in reader.sees if one != reader.subject and names.get(one)
        ),
        model=found.head.programme.title.said(language),
        opened_on=found.head.course.opened_on,
        closed_on=closing.closed_on if closing else None,
        made_on=made_on,
        now=whole.words if whole else "",
        rest=tuple(Rest(one.title, one.words) for one in found.ending.left.values() if _may(reader, one)),
        contacts=tuple(contacts(found.head, found.units, language)),
        wishes=tuple(_wish(reader, row, found) for row in rows),
        deeds=tuple(
            deed(row, names)
            for row in found.plan.agreements
            if row.pk not in shown and _may(reader, row.agreement)
        ),
        helps=tuple(_help(row, reader) for row in found.efforts if _may(reader, row.effort)),
        events=tuple(_events(reader, found, language)),
        answers=tuple(_answers(reader, found, made_on)),
        kept=retention.classes()[closing.retention].family.said(language) if closing else "",
    )


def _may(reader: Reader, row: ItemBacked) -> bool:
    return reader.may_have(*about(row))


def _wish(reader: Reader, row: GoalRow, found: Gathered) -> Wish:
    levels = [one.level for one in row.ratings if _may(reader, one)]
    deeds = [deed(one, found.head.names) for one in row.agreements if _may(reader, one.agreement)]
    return wish(row, levels, deeds, found.head.names)


def _help(row: EffortRow, reader: Reader) -> Help:
    return Help(
        what=row.effort.what,
        why=row.effort.purpose,
        state=str(EffortStep.Kind(row.state).label) if row.state else "",
        starts=row.starts,
        ends=row.ends,
    )


def _events(reader: Reader, found: Gathered, language: str) -> Iterable[Event]:
    for fact in found.facts:
        if fact.kind in TOLD and _may(reader, fact):
            kind = vocabulary.KINDS[fact.kind]
            yield Event(fact.on_day, Text(da=kind.da, en=kind.en).said(language))


def _answers(reader: Reader, found: Gathered, today: date) -> Iterable[Yes]:
    """What the same receiver may know in the same way is one line, whoever gives it."""
    names: dict[UUID, str] = found.head.names
    topics: dict[tuple[str, str, str, str], dict[str, None]] = {}
    for basis in found.bases:
        if reader.may_have([basis.subject_id], Category(basis.category)):
            line = sharing.line(basis, today, unit=None)
            called = first_name(names.get(basis.subject_id, ""))
            alike = called, line.receiver, str(line.word), line.note
            topics.setdefault(alike, {})[str(line.topic)] = None
    for (whom, receiver, word, note), listed in topics.items():
        first, *others = listed
        topic = ", ".join([first, *(one[:1].lower() + one[1:] for one in others)])
        yield Yes(whom, topic, receiver, word, note)
