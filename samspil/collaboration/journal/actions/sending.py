"""A note that is sent: to the family, or to those of another sector who may read it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from samspil.collaboration.courses.actions import note_fact
from samspil.collaboration.journal import queries, rules
from samspil.collaboration.journal.actions.documents import whole_of
from samspil.collaboration.journal.actions.signing import post_of
from samspil.collaboration.journal.models import Sector, SentKind, SentNote
from samspil.collaboration.journal.queries import Paper
from samspil.foundation.access import actions as access
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


@transaction.atomic
def send_note(
    *,
    actor: Actor,
    space: UUID,
    kind: SentKind,
    to_sector: Sector,
    category: Category,
    subjects: Collection[UUID],
    text: str,
    today: date,
    whom_to_call: str = "",
    effort: UUID | None = None,
    document: Paper | None = None,
    seen_by_family: bool = False,
    seen_on: date | None = None,
) -> SentNote:
    """Send a note, perhaps with a document, and note it. It stays as it was sent.

    Raises NotAllowed where the actor does not take part or does not work with the matter, Refused where it
    says nothing, or nobody there may read all of it: a basis comes first.
    """
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.NOTE_WRITE, space)
    rules.written(text).or_refuse()
    rules.about_people(subjects, [one.subject for one in queries.people_of(actor, space)]).or_refuse()
    rules.ready_to_send(
        kind,
        to_sector,
        whom_to_call,
        category=category,
        seen_by_family=seen_by_family,
        seen_on=seen_on,
        today=today,
    ).or_refuse()
    units: list[UUID] = []
    if to_sector != Sector.FAMILY:
        parts = [(category, frozenset(subjects)), *(whole_of(document)[:1] if document else [])]
        units = [unit.pk for unit in queries.units_that_see(actor, space, parts, to_sector, today)]
        rules.may_receive(units, to_sector).or_refuse()
    item = access.new_item(actor=actor, kind="sent-note", category=category, subjects=subjects, space=space)
    note = SentNote.objects.create(
        item_id=item,
        space_id=space,
        by_id=post_of(actor),
        kind=kind,
        to_sector=to_sector,
        units=units,
        effort=effort,
        document=document.document if document else None,
        text=text.strip(),
        whom_to_call=whom_to_call.strip(),
        seen_by_family=seen_by_family,
        seen_on=seen_on if seen_by_family else None,
        on=today,
        sent_at=clock.now(),
    )
    attributes: dict[str, object] = {"kind": str(kind)}
    if to_sector != Sector.FAMILY:
        attributes["sector"] = str(to_sector)
    if effort is not None:
        attributes["effort"] = str(effort)
    if document is not None:
        attributes["document"] = str(document.document.pk)
    note_fact(actor=actor, space=space, kind="note.sent", on=today, today=today, attributes=attributes)
    return note
