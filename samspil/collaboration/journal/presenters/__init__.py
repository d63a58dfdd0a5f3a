"""How the journal is shown: shaping between what the queries answer and what the templates take."""

from samspil.collaboration.journal.presenters.listing import Entry, Shelf, entries, shelf
from samspil.collaboration.journal.presenters.matters import Matter, matters, offered, sentence
from samspil.collaboration.journal.presenters.network import NetworkDrawing, network_of
from samspil.collaboration.journal.presenters.reading import (
    AnswerShown,
    Call,
    PaperShown,
    ViewShown,
    paper_shown,
    view_shown,
)
from samspil.collaboration.journal.presenters.words import (
    first_name,
    listed,
    listed_names,
    meaning,
    writer,
)

__all__ = [
    "AnswerShown",
    "Call",
    "Entry",
    "Matter",
    "NetworkDrawing",
    "PaperShown",
    "Shelf",
    "ViewShown",
    "entries",
    "first_name",
    "listed",
    "listed_names",
    "matters",
    "meaning",
    "network_of",
    "offered",
    "paper_shown",
    "sentence",
    "shelf",
    "view_shown",
    "writer",
]
