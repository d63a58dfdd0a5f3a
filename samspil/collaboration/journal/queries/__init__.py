"""Questions about what is written in a course. Each takes the actor first and shows what that actor sees."""

from samspil.collaboration.journal.queries.papers import (
    Paper,
    child_views,
    documents_of,
    history_of,
    newest_document,
    notes_of,
    own_draft,
    own_drafts,
    paper,
    people_of,
    sent_notes,
    shares_of,
    visible_child_views,
    visible_documents,
    visible_notes,
    visible_sent_notes,
)
from samspil.collaboration.journal.queries.readers import Readers, readers_of, sectors, units_that_see

__all__ = [
    "Paper",
    "Readers",
    "child_views",
    "documents_of",
    "history_of",
    "newest_document",
    "notes_of",
    "own_draft",
    "own_drafts",
    "paper",
    "people_of",
    "readers_of",
    "sectors",
    "sent_notes",
    "shares_of",
    "units_that_see",
    "visible_child_views",
    "visible_documents",
    "visible_notes",
    "visible_sent_notes",
]
