"""What is written in a course: notes, children's views, tools filled in, and what was sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.journal.models import (
    ChildView,
    Document,
    DocumentPart,
    DocumentShared,
    Note,
    SentNote,
)
from samspil.collaboration.journal.rules import Somebody
from samspil.collaboration.journal.toolbox import Edition, Tool, library
from samspil.foundation.access import sight
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.organisations.models import Unit

WRITER = ("by__staff", "by__unit__authority")


# --- notes ---------------------------------------------------------------------------------------------


def visible_notes(actor: Actor) -> "QuerySet[Note]":
    """Every note that the actor sees, also those that were corrected."""
    return sight.visible(Note.objects.all()).select_related("item", *WRITER)


def notes_of(actor: Actor, space: UUID) -> list[Note]:
    """The notes of a course as they stand now, newest first. One query, however many."""
    rows = visible_notes(actor).filter(space=space, superseded_by=None)
    return list(rows.order_by("-on", "-pk"))


def newest_note(actor: Actor, note: Note) -> Note:
    """The note as it stands now. One query, and one for each time it was corrected since."""
    return _newest(visible_notes(actor), note)


def history_of(actor: Actor, note: Note) -> list[Note]:
    """What stood there before, newest first. One query for each time it was corrected."""
    return _earlier(visible_notes(actor), note)


Corrected = TypeVar("Corrected", Note, ChildView)


def _newest(rows: "QuerySet[Corrected]", found: Corrected) -> Corrected:
    while later := rows.filter(supersedes=found).first():
        found = later
    return found


def _earlier(rows: "QuerySet[Corrected]", newer: Corrected) -> list[Corrected]:
    found: list[Corrected] = []
    before = newer.supersedes_id
    while before is not None and (earlier := rows.filter(pk=before).first()):
        found.append(earlier)
        before = earlier.supersedes_id
    return found


# --- children's views ----------------------------------------------------------------------------------


def visible_child_views(actor: Actor) -> "QuerySet[ChildView]":
    """What children have said, as far as the actor sees it: the own ones, and those they let others see."""
    return sight.visible(ChildView.objects.all()).select_related("item", *WRITER)


def child_views(actor: Actor, space: UUID, person: UUID | None = None) -> list[ChildView]:
    """What the children of a course (or one of them) have said, newest first. One query."""
    about = Q(person=person) if person else Q()
    rows = visible_child_views(actor).filter(about, space=space, superseded_by=None)
    return list(rows.order_by("-on", "-pk"))


def newest_child_view(actor: Actor, view: ChildView) -> ChildView:
    """What a child has said, as it stands now. One query, and one for each time it was corrected since."""
    return _newest(visible_child_views(actor), view)


def earlier_child_views(actor: Actor, view: ChildView) -> list[ChildView]:
    """What stood there before, newest first: its author's alone. One query for each correction."""
    return _earlier(visible_child_views(actor), view)


# --- documents -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with the parts and shares that the actor sees, and the form it was filled in by."""

    document: Document
    parts: tuple[DocumentPart, ...]
    shares: tuple[DocumentShared, ...]
    tool: Tool | None
    edition: Edition | None

    @property
    def data(self) -> dict[str, Any]:
        """The answers that the actor may read."""
        said = dict(self.document.data)
        for part in self.parts:
            said |= part.data
        return said

    @property
    def categories(self) -> tuple[int, ...]:
        """What the parts that the actor sees are about."""
        return tuple(dict.fromkeys([self.document.item.category, *(p.item.category for p in self.parts)]))

    @property
    def is_by_this_form(self) -> bool:
        """Is the form still word for word the one it was filled in by?"""
        return self.tool is not None and self.tool.content_hash == self.document.schema_hash


def visible_documents(actor: Actor) -> "QuerySet[Document]":
    """Every document that is done and that the actor sees, also those a newer one has replaced."""
    return sight.visible(Document.objects.filter(state=Document.State.DONE)).select_related("item", *WRITER)


def documents_of(actor: Actor, space: UUID, *, tool: str = "", audience: str = "") -> list[Paper]:
    """The newest of each document of a course, newest first, with parts and shares. Three queries."""
    which = Q(**({"tool": tool} if tool else {}), **({"audience": audience} if audience else {}))
    rows = visible_documents(actor).filter(which, space=space, successors=None)
    return _with_parts(actor, rows.order_by("-on", "-pk"))


def newest_document(
    actor: Actor, space: UUID, tool: str, audience: str, person: UUID | None = None
) -> Paper | None:
    """The newest document of a tool for an audience, about one person or anybody. Three queries."""
    about = Q(person=person) if person else Q()
    rows = visible_documents(actor).filter(about, space=space, tool=tool, audience=audience, successors=None)
    return next(iter(_with_parts(actor, rows.order_by("-on", "-pk")[:1])), None)


def paper(actor: Actor, space: UUID, document: UUID) -> Paper | None:
    """One document that is done; None where the actor does not see it. Three queries."""
    rows = visible_documents(actor).filter(space=space, pk=document)
    return next(iter(_with_parts(actor, rows)), None)


def newer_than(actor: Actor, document: Document) -> Document | None:
    """The document that has taken the place of this one, as far as the actor sees it. One query."""
    return visible_documents(actor).filter(supersedes=document).order_by("-pk").first()


def own_draft(actor: Actor, space: UUID, tool: str, audience: str, person: UUID) -> Document | None:
    """The actor's own draft of a document. One query."""
    rows = _drafts(actor, space).filter(tool=tool, audience=audience, person=person)
    return rows.order_by("-pk").first()


def own_drafts(actor: Actor, space: UUID) -> list[Document]:
    """The actor's own drafts in a course. One query."""
    return list(_drafts(actor, space).order_by("-pk"))


def _drafts(actor: Actor, space: UUID) -> "QuerySet[Document]":
    drafts = Document.objects.filter(space=space, state=Document.State.DRAFT)
    return sight.visible(drafts).filter(item__author=actor.account_id, item__owner_unit=actor.unit_id)


def shares_of(actor: Actor, space: UUID, document: UUID) -> list[DocumentShared]:
    """To whom a document was given, as far as the actor sees it. One query."""
    rows = sight.visible(DocumentShared.objects.filter(document=document, item__space=space))
    return list(rows.select_related("item", *WRITER).order_by("on", "pk"))


def _with_parts(actor: Actor, rows: "QuerySet[Document]") -> list[Paper]:
    documents = list(rows)
    keys = [one.pk for one in documents]
    if not keys:
        return []
    parts = list(sight.visible(DocumentPart.objects.filter(document__in=keys)).order_by("pk"))
    shares = list(sight.visible(DocumentShared.objects.filter(document__in=keys)).order_by("on", "pk"))
    return [_paper(one, parts, shares) for one in documents]


def _paper(document: Document, parts: Iterable[DocumentPart], shares: Iterable[DocumentShared]) -> Paper:
    tool = library().version(document.tool, document.version)
    return Paper(
        document,
        tuple(part for part in parts if part.document_id == document.pk),
        tuple(share for share in shares if share.document_id == document.pk),
        tool,
        tool.edition(document.audience) if tool else None,
    )


# --- what was sent -------------------------------------------------------------------------------------


def visible_sent_notes(actor: Actor) -> "QuerySet[SentNote]":
    """Every note that was sent and that the actor sees."""
    return sight.visible(SentNote.objects.all()).select_related("item", *WRITER)


def sent_notes(actor: Actor, space: UUID) -> list[SentNote]:
    """The notes that were sent in a course, newest first. One query."""
    return list(visible_sent_notes(actor).filter(space=space).order_by("-on", "-pk"))


# --- people --------------------------------------------------------------------------------------------


def people_of(actor: Actor, space: UUID) -> list[Somebody]:
    """The people of a course as a tool needs to know them. One query."""
    return somebodies(courses.people_of(actor, space))


def somebodies(people: Iterable[CoursePerson]) -> list[Somebody]:
    """People of a course as the rules of tools take them. No query."""
    return [Somebody(one.subject_id, frozenset(one.roles), one.is_in_focus) for one in people]


def units(keys: Iterable[UUID]) -> list[Unit]:
    """Units by their keys, by name. One query."""
    return list(Unit.objects.filter(pk__in=list(keys)).order_by("name"))
