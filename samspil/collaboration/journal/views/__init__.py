"""The pages of the journal, under the tab »Documents« of a course."""

from samspil.collaboration.journal.views.child_views import (
    child_view,
    correct_child_view,
    show_child_view,
    write_child_view,
)
from samspil.collaboration.journal.views.listing import papers
from samspil.collaboration.journal.views.notes import correct_note, note, write_note
from samspil.collaboration.journal.views.sending import send, sent
from samspil.collaboration.journal.views.tools import begin, document, fill, share

__all__ = [
    "begin",
    "child_view",
    "correct_child_view",
    "correct_note",
    "document",
    "fill",
    "note",
    "papers",
    "send",
    "sent",
    "share",
    "show_child_view",
    "write_child_view",
    "write_note",
]
