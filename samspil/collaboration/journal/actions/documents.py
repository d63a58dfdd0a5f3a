"""A tool is filled in as a draft, finished as a document, and given to those it was made for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses.actions import note_fact
from samspil.collaboration.journal import queries, rules
from samspil.collaboration.journal.actions.signing import post_of, sign
from samspil.collaboration.journal.models import Document, DocumentPart, DocumentShared
from samspil.collaboration.journal.queries import Paper
from samspil.collaboration.journal.rules import Data, Part, Somebody
from samspil.collaboration.journal.toolbox import Edition, Tool, library
from samspil.collaboration.programmes import vocabulary
from samspil.foundation.access import actions as access
from samspil.foundation.desk.versions import Conflict, version_of
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category

UNITS = {"municipality", "region"}
"""Audiences that are the units of a sector; the others are people of the family."""


@dataclass(frozen=True, slots=True)
class Form:
    """A tool in one version, for one audience."""

    tool: Tool
    edition: Edition


@transaction.atomic
def save_document(
    *,
    actor: Actor,
    space: UUID,
    tool: str,
    audience: str,
    person: UUID,
    data: Data,
    on: date,
    seen: str | None = None,
) -> Document:
    """Keep what is filled in so far as a draft that only the author sees. Nothing is asked about it yet.

    `seen` is the version of the draft that the writer had before. Raises NotAllowed where the actor does not
    take part, Refused where the tool is not made for this person or has no such fields, Conflict where the
    same draft was changed in another window.
    """
    access.lock_space(actor=actor, space=space)
    form, people = _ready(actor, space, tool, audience, person, data, is_draft=True)
    draft = queries.own_draft(actor, space, tool, audience, person)
    _same_as_seen(draft, seen)
    if draft is not None:
        draft.data, draft.on = dict(data), on
        draft.version, draft.schema_hash = form.tool.version, form.tool.content_hash
        draft.save(update_fields=["data", "on", "version", "schema_hash"])
        return draft
    category, about = form.edition.own
    subjects = rules.subjects_of(about, person, people) | {person}
    item = access.new_item(
        actor=actor, kind="document", category=category, subjects=subjects, space=space, released=False
    )
    draft = _write(actor, item, space, form, person, data, on, Document.State.DRAFT)
    sign(actor, "document.begun", space, subjects, category)
    return draft


@transaction.atomic
def complete_document(
    *,
    actor: Actor,
    space: UUID,
    tool: str,
    audience: str,
    person: UUID,
    data: Data,
    on: date,
    today: date,
    supersedes: UUID | None = None,
    seen: str | None = None,
) -> Document:
    """Finish a tool: each part becomes an item of its own, and the facts of the tool are noted.

    `supersedes` is the document that the writer had before; the draft, if there was one, is emptied. Raises
    NotAllowed where the actor does not take part or does not work with the matter, Refused where something is
    missing or somebody has made a newer one.
    """
    access.lock_space(actor=actor, space=space)
    form, people = _ready(actor, space, tool, audience, person, data)
    rules.on_a_day(on, today=today).or_refuse()
    rules.complete(form.edition, data).or_refuse()
    _same_as_seen(queries.own_draft(actor, space, tool, audience, person), seen)
    before = _before(actor, space, form, person, supersedes)
    own, *others = rules.parts_of(form.edition, data, person, people)
    document = _write(
        actor,
        _item(actor, space, "document", own),
        space,
        form,
        person,
        own.data,
        on,
        Document.State.DONE,
        supersedes=before,
    )
    for part in others:
        DocumentPart.objects.create(
            item_id=_item(actor, space, "document-part", part), document=document, data=part.data
        )
    _empty_draft(actor, space, tool, audience, person)
    for kind in form.edition.facts:
        attributes = _said(kind, tool, document, own)
        note_fact(actor=actor, space=space, kind=kind, on=on, today=today, attributes=attributes)
    sign(actor, "document.completed", space, own.subjects, own.category)
    return document


@transaction.atomic
def discard_document_draft(*, actor: Actor, space: UUID, tool: str, audience: str, person: UUID) -> None:
    """Throw one's own draft away: it is emptied. Raises NotAllowed where the actor does not take part."""
    require(actor, Permission.TOOL_WRITE, space)
    _empty_draft(actor, space, tool, audience, person)


@transaction.atomic
def share_document(
    *,
    actor: Actor,
    paper: Paper,
    audience: str,
    on: date,
    today: date,
    person: UUID | None = None,
) -> DocumentShared:
    """Note that a finished document was given to somebody: to a person of the family, or to a sector.

    A sector receives what at least one of its units in the course may read, all of it; what it rests on
    stands in the ledger already. Raises NotAllowed where the actor does not take part, Refused where the
    document is not made for them, or nobody there may read it.
    """
    document = paper.document
    space = document.space_id
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.TOOL_WRITE, space)
    if paper.edition is None:
        raise Refused(_("The form of this document is not known here."))
    is_done = document.state == Document.State.DONE
    rules.may_be_shared(paper.edition, audience, is_done=is_done).or_refuse()
    rules.on_a_day(on, today=today).or_refuse()
    units = _receivers(actor, paper, audience, today) if audience in UNITS else ()
    receiver = None if audience in UNITS else person or document.person_id
    if receiver is not None:
        rules.about_people([receiver], [one.subject for one in queries.people_of(actor, space)]).or_refuse()
    category, subjects = Category(document.item.category), document.item.subjects
    item = access.new_item(
        actor=actor, kind="document-shared", category=category, subjects=subjects, space=space
    )
    shared = DocumentShared.objects.create(
        item_id=item,
        document=document,
        by_id=post_of(actor),
        audience=audience,
        person_id=receiver,
        units=list(units),
        on=on,
    )
    note_fact(
        actor=actor,
        space=space,
        kind="tool.shared",
        on=on,
        today=today,
        attributes={
            "tool": document.tool,
            "audience": audience,
            "person": str(receiver or document.person_id),
            "document": str(document.pk),
        },
    )
    return shared


def whole_of(paper: Paper) -> list[tuple[Category, frozenset[UUID]]]:
    """Each matter of a document with its people."""
    items = [paper.document.item, *(part.item for part in paper.parts)]
    return [(Category(item.category), frozenset(item.subjects)) for item in items]


def _receivers(actor: Actor, paper: Paper, sector: str, today: date) -> Collection[UUID]:
    """The units of a sector that may read the document itself; parts of other matters stay with who may."""
    own = whole_of(paper)[:1]
    units = queries.units_that_see(actor, paper.document.space_id, own, sector, today)
    keys = [unit.pk for unit in units]
    rules.may_receive(keys, sector).or_refuse()
    return keys


def _ready(
    actor: Actor,
    space: UUID,
    tool: str,
    audience: str,
    person: UUID,
    data: Data,
    *,
    is_draft: bool = False,
) -> tuple[Form, list[Somebody]]:
    require(actor, Permission.TOOL_WRITE, space)
    found = library().newest(tool)
    edition = found.edition(audience) if found else None
    if found is None or edition is None:
        raise Refused(_("There is no such tool."))
    people = queries.people_of(actor, space)
    whom = next((one for one in people if one.subject == person), None)
    if whom is None:
        raise Refused(_("This person is not part of the course."))
    rules.may_be_made_for(edition, whom, people).or_refuse()
    rules.shaped(edition, data, [one.subject for one in people], is_draft=is_draft).or_refuse()
    return Form(found, edition), people


def _before(actor: Actor, space: UUID, form: Form, person: UUID, supersedes: UUID | None) -> Document | None:
    """The document that this one takes the place of: the one the writer had, and still the newest."""
    newest = queries.newest_document(actor, space, form.tool.key, form.edition.audience, person)
    found = newest.document if newest else None
    if (found.pk if found else None) != supersedes:
        raise Refused(_("Somebody has made a newer one in the meantime. Open it, and begin from there."))
    return found


def _same_as_seen(draft: Document | None, seen: str | None) -> None:
    if draft is not None and seen is not None and seen != version_of(draft):
        theirs = {key: value for key, value in draft.data.items() if isinstance(value, str)}
        raise Conflict(theirs, version_of(draft))


def _write(
    actor: Actor,
    item: UUID,
    space: UUID,
    form: Form,
    person: UUID,
    data: Data,
    on: date,
    state: Document.State,
    *,
    supersedes: Document | None = None,
) -> Document:
    return Document.objects.create(
        item_id=item,
        space_id=space,
        person_id=person,
        by_id=post_of(actor),
        on=on,
        tool=form.tool.key,
        version=form.tool.version,
        schema_hash=form.tool.content_hash,
        audience=form.edition.audience,
        state=state,
        data=dict(data),
        supersedes=supersedes,
    )


def _item(actor: Actor, space: UUID, kind: str, part: Part) -> UUID:
    return access.new_item(
        actor=actor, kind=kind, category=part.category, subjects=part.subjects, space=space
    )


def _empty_draft(actor: Actor, space: UUID, tool: str, audience: str, person: UUID) -> None:
    draft = queries.own_draft(actor, space, tool, audience, person)
    if draft is not None:
        draft.state, draft.data = Document.State.USED, {}
        draft.save(update_fields=["state", "data"])


def _said(kind: str, tool: str, document: Document, own: Part) -> Mapping[str, Any]:
    """What a fact says of a document, as far as its kind has words for it."""
    known = vocabulary.kind(kind).attributes
    said: dict[str, Any] = {
        "tool": tool,
        "document": str(document.pk),
        "people": sorted(str(one) for one in own.subjects),
    }
    return {name: value for name, value in said.items() if name in known}
