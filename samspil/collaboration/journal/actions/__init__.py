"""Everything that writes in the journal of a course. Nothing written is ever changed or taken away."""

from samspil.collaboration.journal.actions.child_views import (
    correct_child_view,
    record_child_view,
    show_child_view,
)
from samspil.collaboration.journal.actions.documents import (
    complete_document,
    discard_document_draft,
    save_document,
    share_document,
    whole_of,
)
from samspil.collaboration.journal.actions.notes import correct_note, write_note
from samspil.collaboration.journal.actions.sending import send_note

__all__ = [
    "complete_document",
    "correct_child_view",
    "correct_note",
    "discard_document_draft",
    "record_child_view",
    "save_document",
    "send_note",
    "share_document",
    "show_child_view",
    "whole_of",
    "write_note",
]
