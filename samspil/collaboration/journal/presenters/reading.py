"""A document and a child's view as they are read: sections with answers, and who said what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.families.rules.ages import age_on
from samspil.collaboration.journal.models import ChildView, Heard, ShowAnswer
from samspil.collaboration.journal.presenters.network import NetworkDrawing, network_of
from samspil.collaboration.journal.presenters.words import first_name, listed_names, writer
from samspil.collaboration.journal.queries import Paper
from samspil.collaboration.journal.toolbox import Audience, Column, Field, Type
from samspil.foundation.kernel.sharing import Category

Names = Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to ring to."""

    name: str
    phone: str
    digits: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One answer: words, steps, people to call, or a table."""

    label: str
    shown_as: str
    words: str
    by: str
    steps: tuple[str, ...]
    calls: tuple[Call, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A section that says something."""

    title: str
    matter: str
    answers: tuple[AnswerShown, ...]


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A document as it is read and printed."""

    title: str
    name: str
    about: str
    when: str
    by: str
    is_for_child: bool
    first: tuple[str, ...]
    sections: tuple[SectionShown, ...]
    numbers: tuple[Call, ...]
    drawing: NetworkDrawing | None
    is_by_this_form: bool


def paper_shown(paper: Paper, names: Names, language: str) -> PaperShown | None:
    """A document in words; None where its form is not known here any more."""
    edition, document = paper.edition, paper.document
    if edition is None:
        return None
    data, said_on = paper.data, date_format(document.on, "j. F Y")
    sections = (
        SectionShown(
            section.title.said(language),
            _matter(section.category, edition.category),
            tuple(
                _answer(field, data[field.key], names, language, said_on)
                for field in section.fields
                if data.get(field.key)
            ),
        )
        for section in edition.sections
    )
    return PaperShown(
        title=edition.title.said(language),
        name=first_name(names, document.person_id) if edition.made_for else "",
        about=listed_names(names, document.item.subjects),
        when=said_on,
        by=writer(document.by),
        is_for_child=edition.audience is Audience.CHILD,
        first=tuple(one.said(language) for one in edition.first),
        sections=tuple(one for one in sections if one.answers),
        numbers=tuple(
            Call(
                one.name.said(language),
                one.phone,
                _digits(one.phone),
                one.text.said(language) if one.text else "",
            )
            for one in edition.numbers
        ),
        drawing=network_of(edition, data, language) if edition.drawing else None,
        is_by_this_form=paper.is_by_this_form,
    )


def _matter(section: str | None, edition: str) -> str:
    """What a section is about, where it is something else than the rest."""
    if section is None or section == edition:
        return ""
    return str(Category[section.upper().replace("-", "_")].label)


def _answer(field: Field, value: object, names: Names, language: str, said_on: str) -> AnswerShown:
    rows = value if isinstance(value, list) else []
    heading = (field.heading or field.label).said(language)
    table = [[_said(column, row, names, language) for column in field.columns] for row in rows]
    return AnswerShown(
        label=heading,
        shown_as=field.shown_as,
        words="" if field.columns else _said(field, {field.key: value}, names, language),
        by=_("The family, %(date)s") % {"date": said_on},
        steps=tuple(row[0] for row in table) if field.shown_as == "steps" else (),
        calls=tuple(_calls(rows)) if field.shown_as == "calls" else (),
        head=tuple(column.label.said(language) for column in field.columns),
        rows=tuple(tuple(row) for row in table),
    )


def _calls(rows: Iterable[Mapping[str, str]]) -> Iterable[Call]:
    for row in rows:
        yield Call(row.get("name", ""), row.get("phone", ""), _digits(row.get("phone", "")))


def _said(column: Column, row: Mapping[str, object], names: Names, language: str) -> str:
    value = row.get(column.key)
    if not isinstance(value, str) or not value:
        return ""
    match column.type:
        case Type.CHOICE:
            option = column.option(value)
            return option.text.said(language) if option else value
        case Type.PERSON:
            return first_name(names, UUID(value))
        case Type.DATE:
            return date_format(date.fromisoformat(value), "j. F Y")
    return value


def _digits(phone: str) -> str:
    return phone.replace(" ", "")


# --- what a child has said -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ViewShown:
    """What a child has said, with who heard it and what the child answered about showing it."""

    key: UUID
    name: str
    words: str
    own_words: bool
    by: str
    permission: str
    is_shown: bool
    answer: str


def view_shown(view: ChildView, people: Iterable[CoursePerson], today: date) -> ViewShown:
    """A child's view in words. The quotation marks stand only around the child's own words."""
    person = next((one for one in people if one.subject_id == view.person_id), None)
    name = first_name({view.person_id: person.name if person else ""}, view.person_id)
    is_shown = view.answer == ShowAnswer.YES
    return ViewShown(
        key=view.pk,
        name=name,
        words=view.words,
        own_words=view.own_words,
        by=_heard(view, name, person, today),
        permission=_("%(name)s has said yes to your seeing it.") % {"name": name} if is_shown else "",
        is_shown=is_shown,
        answer=view.answer,
    )


def _heard(view: ChildView, name: str, person: CoursePerson | None, today: date) -> str:
    known = {
        "who": name,
        "adult": view.by.staff.name,
        "date": date_format(view.on, "j. F"),
    }
    if person is not None and person.born is not None:
        known["who"] = _("%(name)s, %(age)d years.") % {"name": name, "age": age_on(person.born, today)}
    else:
        known["who"] = f"{name}."
    words = {
        Heard.TALK: _("%(who)s Told to %(adult)s on %(date)s."),
        Heard.DRAWING: _("%(who)s Drawn with %(adult)s on %(date)s."),
        Heard.LETTER: _("%(who)s Written to %(adult)s on %(date)s."),
        Heard.THROUGH_ADULT: _("%(who)s Passed on by an adult to %(adult)s on %(date)s."),
    }
    return words[Heard(view.how)] % known
