"""All that is written in a course, by date; and the tools of its model, with how far each is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.collaboration.journal import rules
from samspil.collaboration.journal.models import ChildView, Document, Note, SentNote, ShowAnswer
from samspil.collaboration.journal.presenters.words import first_name, listed_names, writer
from samspil.collaboration.journal.queries import Paper
from samspil.collaboration.journal.rules import Somebody
from samspil.collaboration.journal.toolbox import Edition, Tool, library
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.access.models import Item
from samspil.foundation.kernel.sharing import Category

MOST_SHOWN = 180

Names = Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is written: when, what, about whom, which matters, by whom, and who else sees it."""

    key: UUID
    on: date
    kind: str
    title: str
    excerpt: str
    is_quote: bool
    about: str
    matters: str
    by: str
    url: str
    only_you: bool


def entries(
    space: UUID,
    names: Names,
    language: str,
    *,
    notes: Iterable[Note],
    views: Iterable[ChildView],
    papers: Iterable[Paper],
    drafts: Iterable[Document],
    sent: Iterable[SentNote],
) -> list[Entry]:
    """Everything in one list, newest first."""
    found = [
        *(_note(space, one, names) for one in notes),
        *(_view(space, one, names) for one in views),
        *(_paper(space, one, names, language) for one in papers),
        *(_draft(space, one, names, language) for one in drafts),
        *(_sent(space, one, names) for one in sent),
    ]
    return sorted(found, key=lambda one: (one.on, one.key), reverse=True)


def _note(space: UUID, note: Note, names: Names) -> Entry:
    return Entry(
        key=note.pk,
        on=note.on,
        kind=str(note.get_kind_display()),
        title="",
        excerpt=shortened(note.text),
        is_quote=False,
        about=listed_names(names, note.item.subjects),
        matters=_matters([note.item]),
        by=writer(note.by),
        url=reverse("journal:note", args=[space, note.pk]),
        only_you=False,
    )


def _view(space: UUID, view: ChildView, names: Names) -> Entry:
    return Entry(
        key=view.pk,
        on=view.on,
        kind=_("%(name)s was heard") % {"name": first_name(names, view.person_id)},
        title="",
        excerpt=shortened(view.words),
        is_quote=view.own_words,
        about=listed_names(names, view.item.subjects),
        matters=_matters([view.item]),
        by=writer(view.by),
        url=reverse("journal:child_view", args=[space, view.pk]),
        only_you=view.answer != ShowAnswer.YES,
    )


def _paper(space: UUID, paper: Paper, names: Names, language: str) -> Entry:
    document = paper.document
    shared = [one.on for one in paper.shares]
    said = _("Given on %(date)s") % {"date": _day(max(shared))} if shared else ""
    return Entry(
        key=document.pk,
        on=document.on,
        kind=_title(document, language),
        title=_whose(document, names),
        excerpt=said,
        is_quote=False,
        about=listed_names(names, document.item.subjects),
        matters=_matters([document.item, *(part.item for part in paper.parts)]),
        by=writer(document.by),
        url=reverse("journal:document", args=[space, document.pk]),
        only_you=False,
    )


def _draft(space: UUID, draft: Document, names: Names, language: str) -> Entry:
    return Entry(
        key=draft.pk,
        on=draft.on,
        kind=_("Draft: %(title)s") % {"title": _title(draft, language)},
        title=_whose(draft, names),
        excerpt="",
        is_quote=False,
        about=listed_names(names, draft.item.subjects),
        matters="",
        by="",
        url=reverse("journal:fill", args=[space, draft.tool, draft.audience, draft.person_id]),
        only_you=True,
    )


def _sent(space: UUID, note: SentNote, names: Names) -> Entry:
    return Entry(
        key=note.pk,
        on=note.on,
        kind=_("Sent to %(receiver)s") % {"receiver": str(note.get_to_sector_display()).lower()},
        title=str(note.get_kind_display()),
        excerpt=shortened(note.text),
        is_quote=False,
        about=listed_names(names, note.item.subjects),
        matters=_matters([note.item]),
        by=writer(note.by),
        url=reverse("journal:sent", args=[space, note.pk]),
        only_you=False,
    )


def shortened(text: str) -> str:
    """The first words of a text."""
    flat = " ".join(text.split())
    return flat if len(flat) <= MOST_SHOWN else flat[:MOST_SHOWN].rsplit(" ", 1)[0] + " …"


def _matters(items: Sequence[Item]) -> str:
    return ", ".join(dict.fromkeys(str(Category(item.category).label) for item in items))


def _edition(document: Document) -> Edition | None:
    tool = library().version(document.tool, document.version)
    return tool.edition(document.audience) if tool else None


def _whose(document: Document, names: Names) -> str:
    """The person it is made for; nobody alone, where it is the whole family's."""
    edition = _edition(document)
    return first_name(names, document.person_id) if edition is None or edition.made_for else ""


def _title(document: Document, language: str) -> str:
    edition = _edition(document)
    return edition.title.said(language) if edition else document.tool


def _day(day: date) -> str:
    return date_format(day, "j. N Y")


# --- the tools of the model ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Copy:
    """A tool for one person: made or not yet, and where it is filled in or read."""

    title: str
    name: str
    state: str
    word: str
    url: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """One tool of the model with its copies; without any it is not here yet, or has nobody to be made for."""

    title: str
    purpose: str
    copies: tuple[Copy, ...]
    is_planned: bool
    url: str = ""
    """Of a tool that is a page of its own."""


def shelf(
    space: UUID,
    programme: Programme,
    people: Sequence[Somebody],
    names: Names,
    papers: Sequence[Paper],
    drafts: Sequence[Document],
    language: str,
) -> list[Shelf]:
    """The tools of a model: filled in here, a page of their own, or on their way."""
    found = []
    for named in programme.tools:
        tool = library().newest(named.key)
        if tool is not None and tool.page is not None:
            if url := _page_in(space, tool.page):
                title, purpose = named.title.said(language), tool.purpose.said(language)
                found.append(Shelf(title, purpose, (), is_planned=False, url=url))
            continue
        copies = tuple(_copies(space, tool, people, names, papers, drafts, language)) if tool else ()
        purpose = tool.purpose.said(language) if tool else ""
        found.append(Shelf(named.title.said(language), purpose, copies, is_planned=tool is None))
    return sorted(found, key=lambda one: one.is_planned)


def _page_in(space: UUID, name: str) -> str:
    """The page of a course; nothing for a page about one person, which the pages of sharing lead to."""
    try:
        return reverse(name, args=[space])
    except NoReverseMatch:
        return ""


def _copies(
    space: UUID,
    tool: Tool,
    people: Sequence[Somebody],
    names: Names,
    papers: Sequence[Paper],
    drafts: Sequence[Document],
    language: str,
) -> Iterable[Copy]:
    for edition in tool.editions:
        for one in rules.candidates(edition, people):
            key = (tool.key, str(edition.audience), one.subject)
            done = next((p.document for p in papers if _key(p.document) == key), None)
            begun = any(_key(draft) == key for draft in drafts)
            fill = reverse("journal:fill", args=[space, *key])
            read = reverse("journal:document", args=[space, done.pk]) if done else fill
            state, word = ("done", _("Made %(date)s") % {"date": _day(done.on)}) if done else ("not-yet", "")
            if begun:
                state, word = "open", _("Your draft")
            yield Copy(
                edition.title.said(language),
                first_name(names, one.subject) if edition.made_for else "",
                state,
                word or _("Not made yet"),
                fill if begun else read,
            )


def _key(document: Document) -> tuple[str, str, UUID]:
    return document.tool, document.audience, document.person_id
