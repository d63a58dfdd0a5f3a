"""The shape of what is written in the journal."""

from samspil.collaboration.journal.forms.tool import ADD, LATER, REMOVE, FieldShown, SectionShown, ToolForm
from samspil.collaboration.journal.forms.writing import (
    LOOK,
    CorrectChildView,
    CorrectNote,
    SendNote,
    ShareDocument,
    ShowChildView,
    WriteChildView,
    WriteNote,
)

__all__ = [
    "ADD",
    "LATER",
    "LOOK",
    "REMOVE",
    "CorrectChildView",
    "CorrectNote",
    "FieldShown",
    "SectionShown",
    "SendNote",
    "ShareDocument",
    "ShowChildView",
    "ToolForm",
    "WriteChildView",
    "WriteNote",
]
