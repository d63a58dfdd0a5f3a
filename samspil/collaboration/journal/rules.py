"""What must be true of notes, children's views and tools filled in. Pure: no actor, no query, no clock."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.journal.models import Sector, SentKind, ShowAnswer
from samspil.collaboration.journal.toolbox import Column, Edition, Field, Type
from samspil.collaboration.journal.toolbox.language import FOCUS, PERSON
from samspil.foundation.kernel.decisions import YES, Decision, no
from samspil.foundation.kernel.sharing import Category

EARLIEST = date(1900, 1, 1)
MOST_TEXT, MOST_WORDS, MOST_LINE = 20_000, 4_000, 200
PHONE = re.compile(r"[+0-9][0-9 ]{2,19}")

Data = Mapping[str, Any]
"""A tool filled in: by the key of a field, a text, or a list of rows."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """One of the people of a course, as far as a tool needs to know."""

    subject: UUID
    roles: frozenset[str]
    in_focus: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What of a document is about the same people in the same matter: an item of its own."""

    category: Category
    subjects: frozenset[UUID]
    data: dict[str, Any]


# --- notes and children's views ------------------------------------------------------------------------


def on_a_day(on: date, *, today: date) -> Decision:
    """What happened has happened already, and not before anybody lived."""
    if on > today:
        return no(_("What has not happened yet cannot be written down."))
    return YES if on >= EARLIEST else no(_("This date cannot be right."))


def written(text: str, *, most: int = MOST_TEXT) -> Decision:
    """There is a text, and it can be stored and read."""
    if not text.strip():
        return no(_("Write what there is to tell."))
    if "\x00" in text:
        return no(_("The text holds a sign that cannot be shown. Remove it, and try again."))
    if len(text) > most:
        return no(_("The text is too long: at most %(most)d characters."), most=most)
    return YES


def about_people(subjects: Collection[UUID], people: Collection[UUID]) -> Decision:
    """It is about people of the course, at least one."""
    if not subjects:
        return no(_("Tick whom it is about."))
    return YES if set(subjects) <= set(people) else no(_("This person is not part of the course."))


def ready_to_correct(old: str, new: str, reason: str, *, is_moved: bool = False) -> Decision:
    """A correction says something else, or stands in another matter; and why."""
    if not reason.strip():
        return no(_("Write why it is corrected."))
    if is_moved or old.strip() != new.strip():
        return YES
    return no(_("Nothing is different from what stood there."))


def may_be_shown(
    answer: ShowAnswer, heard_on: date, asked_on: date | None, *, is_shown: bool, today: date
) -> Decision:
    """A child is asked after the talk, on a day that has been; what was shown stays shown."""
    if is_shown:
        return no(_("The others can see it already. It cannot be taken back."))
    if answer == ShowAnswer.NOT_ASKED:
        return no(_("Choose what the child answered."))
    if asked_on is None or asked_on > today:
        return no(_("Write on which day the child was asked."))
    return YES if asked_on >= heard_on else no(_("The child cannot have been asked before the talk."))


# --- tools ---------------------------------------------------------------------------------------------


def may_be_made_for(edition: Edition, person: Somebody, people: Sequence[Somebody]) -> Decision:
    """A tool is made for somebody in one of its roles; where it names none, for somebody in focus."""
    if person in candidates(edition, people):
        return YES
    return no(_("»%(title)s« is not made for this person."), title=edition.title.da)


def candidates(edition: Edition, people: Sequence[Somebody]) -> list[Somebody]:
    """Whom a tool may be made for. A tool for the family as a whole is made for the first in focus."""
    if not edition.made_for:
        return [one for one in people if one.in_focus][:1]
    return [one for one in people if one.roles & set(edition.made_for)]


def subjects_of(about: Iterable[str], person: UUID, people: Sequence[Somebody]) -> frozenset[UUID]:
    """The people of a course that a part of a tool is about."""
    found: set[UUID] = set()
    for word in about:
        if word == PERSON:
            found.add(person)
        elif word == FOCUS:
            found |= {one.subject for one in people if one.in_focus}
        else:
            found |= {one.subject for one in people if word in one.roles}
    return frozenset(found or {person})


def parts_of(edition: Edition, data: Data, person: UUID, people: Sequence[Somebody]) -> list[Part]:
    """A tool filled in, as items: its own first, then each that is about something else and says something.

    Somebody of the course who is named in a part is one that this part is about.
    """
    found: dict[tuple[Category, frozenset[UUID]], dict[str, Any]] = {}
    for (category, about), fields in edition.parts().items():
        said = {field.key: data[field.key] for field in fields if data.get(field.key)}
        subjects = subjects_of(about, person, people) | named_in(fields, said)
        if not found:
            subjects |= {person}
        if said or not found:
            found.setdefault((category, subjects), {}).update(said)
    return [Part(category, subjects, said) for (category, subjects), said in found.items()]


def named_in(fields: Iterable[Field], data: Data) -> frozenset[UUID]:
    """The people of the course that the answers name."""
    found: set[UUID] = set()
    for field in fields:
        columns: Sequence[Column] = field.columns or (field,)
        rows = data.get(field.key) or []
        for row in rows if field.columns else [data]:
            found |= {UUID(row[one.key]) for one in columns if one.type is Type.PERSON and row.get(one.key)}
    return frozenset(found)


def shaped(edition: Edition, data: Data, people: Collection[UUID], *, is_draft: bool = False) -> Decision:
    """The answers are those the tool asks for, each in its form. Nothing is asked about what is left out.

    In a draft an answer is what was typed, whatever its form.
    """
    fields = {field.key: field for field in edition.fields}
    if unknown := sorted(set(data) - set(fields)):
        return no(_("The tool has no field »%(field)s«."), field=unknown[0])
    for key, value in data.items():
        field = fields[key]
        answer = _typed if is_draft else _answer
        decision = _rows(field, value, people, answer) if field.columns else answer(field, value, people)
        if not decision:
            return decision
    return YES


def complete(edition: Edition, data: Data) -> Decision:
    """Nothing that the tool must know is left out."""
    for field in edition.fields:
        if field.required and not data.get(field.key):
            return no(_("Fill in: %(label)s"), label=field.label.da)
        for row in (data.get(field.key) or []) if field.columns else []:
            for column in field.columns:
                if column.required and not row.get(column.key):
                    return no(_("Fill in: %(label)s"), label=column.label.da)
    return YES


Judge = Callable[[Column, object, Collection[UUID]], Decision]


def _rows(field: Field, value: object, people: Collection[UUID], answer_to: Judge) -> Decision:
    if not isinstance(value, list) or len(value) > field.most:
        return no(_("»%(label)s« is a list of at most %(most)d."), label=field.label.da, most=field.most)
    columns = {column.key: column for column in field.columns}
    for row in value:
        if not isinstance(row, dict) or set(row) - set(columns):
            return no(_("The tool has no field »%(field)s«."), field=field.key)
        for key, answer in row.items():
            decision = answer_to(columns[key], answer, people)
            if not decision:
                return decision
    return YES


def _answer(column: Column, value: object, people: Collection[UUID]) -> Decision:
    wrong = no(_("»%(label)s« cannot be read."), label=column.label.da)
    if not isinstance(value, str) or "\x00" in value:
        return wrong
    if not value:
        return YES
    match column.type:
        case Type.CHOICE:
            fits = column.option(value) is not None
        case Type.PERSON:
            fits = value in {str(one) for one in people}
        case Type.DATE:
            fits = _is_date(value)
        case Type.PHONE:
            fits = PHONE.fullmatch(value) is not None
        case _:
            fits = len(value) <= (MOST_WORDS if column.type is Type.LONG_TEXT else MOST_LINE)
    return YES if fits else wrong


def _typed(column: Column, value: object, _people: Collection[UUID]) -> Decision:
    if isinstance(value, str) and "\x00" not in value and len(value) <= MOST_WORDS:
        return YES
    return no(_("»%(label)s« cannot be read."), label=column.label.da)


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


# --- sharing and sending -------------------------------------------------------------------------------


def may_be_shared(edition: Edition, audience: str, *, is_done: bool) -> Decision:
    """A finished document goes to those its edition is made for: never an adult's plan to a child."""
    if not is_done:
        return no(_("Finish it first."))
    if audience not in edition.shared_with:
        return no(_("»%(title)s« is not given to them."), title=edition.title.da)
    return YES


def may_receive(units: Collection[UUID], sector: str) -> Decision:
    """Somebody who takes part there may read it: the yes, or the law, stands first."""
    if units:
        return YES
    words = {
        Sector.MUNICIPALITY: _(
            "Nobody in the municipality may read this. Write down first what it rests on: a yes, or the law."
        ),
        Sector.REGION: _(
            "Nobody in the region may read this. Write down first what it rests on: a yes, or the law."
        ),
    }
    return no(words.get(Sector(sector), _("There is nobody to send it to.")))


def ready_to_send(
    kind: SentKind,
    sector: Sector,
    whom_to_call: str,
    *,
    category: Category,
    seen_by_family: bool,
    seen_on: date | None,
    today: date,
) -> Decision:
    """Advice goes to the family and says whom to call; the other kinds go to a sector.

    An admission or a treatment is about health whatever the words are: it needs that basis.
    """
    if (kind == SentKind.ADVICE) != (sector == Sector.FAMILY):
        return no(_("Advice goes to the family; the other notes go to a sector."))
    if kind == SentKind.EVENT and category not in (Category.HEALTH, Category.SUBSTANCE):
        return no(_("An admission, a discharge or a treatment is about health. Choose »Health«."))
    if kind == SentKind.ADVICE and not whom_to_call.strip():
        return no(_("Write whom the family can call."))
    if seen_by_family and (seen_on is None or seen_on > today):
        return no(_("Write on which day the family has seen it."))
    return YES
