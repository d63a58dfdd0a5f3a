"""Tools as data: a safety plan, a network map, a transition note. No code knows one of them by name."""

from samspil.collaboration.journal.toolbox.language import (
    Audience,
    Column,
    Edition,
    Field,
    Section,
    Tool,
    Type,
)
from samspil.collaboration.journal.toolbox.loading import checked, json_schema, library

__all__ = [
    "Audience",
    "Column",
    "Edition",
    "Field",
    "Section",
    "Tool",
    "Type",
    "checked",
    "json_schema",
    "library",
]
