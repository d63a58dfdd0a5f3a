"""A note is written once. Who finds a fault writes a new one in its place, and says why."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.journal import queries, rules
from samspil.collaboration.journal.actions.putting_away import put_away
from samspil.collaboration.journal.actions.signing import post_of, sign
from samspil.collaboration.journal.models import Note, NoteKind
from samspil.foundation.access import actions as access
from samspil.foundation.desk.versions import Conflict, version_of
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.gate import NotAllowed, require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


@transaction.atomic
def write_note(
    *,
    actor: Actor,
    space: UUID,
    category: Category,
    subjects: Collection[UUID],
    kind: NoteKind,
    on: date,
    text: str,
    today: date,
) -> Note:
    """Write down something about people of the course, in the matter it is about.

    Raises NotAllowed where the actor does not take part or does not work with the matter, Refused where it is
    about nobody of the course, says nothing or cannot have been so.
    """
    require(actor, Permission.NOTE_WRITE, space)
    rules.written(text).or_refuse()
    rules.on_a_day(on, today=today).or_refuse()
    people = [one.subject for one in queries.people_of(actor, space)]
    rules.about_people(subjects, people).or_refuse()
    item = access.new_item(actor=actor, kind="note", category=category, subjects=subjects, space=space)
    note = Note.objects.create(
        item_id=item, space_id=space, by_id=post_of(actor), kind=kind, on=on, text=text.strip()
    )
    sign(actor, "note.written", space, subjects, category)
    return note


@transaction.atomic
def correct_note(
    *,
    actor: Actor,
    note: Note,
    text: str,
    reason: str,
    seen: str = "",
    category: Category | None = None,
) -> Note:
    """Put a corrected text in the place of a note; the first one stays, with the reason.

    It stays about the same people. With another `category` the note moves there, and what stood in the wrong
    place is its author's alone again. `seen` is the version that the writer had read. Raises NotAllowed where
    another unit wrote it or the actor does not work with the matter, Refused without reason or difference,
    Conflict where somebody has corrected it in the meantime.
    """
    require(actor, Permission.NOTE_WRITE, note.space_id)
    access.lock_space(actor=actor, space=note.space_id)
    if note.item.owner_unit_id != actor.unit_id:
        raise NotAllowed(_("Another unit has written this. Ask it to correct it."))
    newest = queries.newest_note(actor, note)
    if newest.pk != note.pk or (seen and seen != version_of(newest)):
        raise Conflict({"text": newest.text}, version_of(newest))
    rules.written(text).or_refuse()
    before, subjects = Category(note.item.category), note.item.subjects
    now = before if category is None else category
    rules.ready_to_correct(note.text, text, reason, is_moved=now != before).or_refuse()
    item = access.new_item(actor=actor, kind="note", category=now, subjects=subjects, space=note.space_id)
    corrected = Note.objects.create(
        item_id=item,
        space_id=note.space_id,
        by_id=post_of(actor),
        kind=note.kind,
        on=note.on,
        text=text.strip(),
        supersedes=note,
        reason=reason.strip(),
    )
    if now != before:
        put_away(note.pk)
    sign(actor, "note.corrected", note.space_id, subjects, before | now, reason)
    return corrected
