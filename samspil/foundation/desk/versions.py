"""Edit tokens: nobody overwrites what they have not seen."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from samspil.foundation.kernel.decisions import Refused


class Conflict(Refused):
    """Somebody has changed the thing meanwhile. `theirs` is how it stands now, by field."""

    def __init__(self, theirs: Mapping[str, object], version: str) -> None:
        super().__init__(_("Somebody else has changed this while you were writing. Here are both texts."))
        self.theirs = theirs
        self.version = version


def version_of(*rows: Model) -> str:
    """The token of what stands in these rows now: changes when any of their columns does."""
    said = [
        [row._meta.label, [_said(row, field.attname) for field in row._meta.concrete_fields]] for row in rows
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def check_version(*rows: Model, seen: str, theirs: Mapping[str, object] | None = None) -> None:
    """For actions, on rows that are locked: raises Conflict where they are not as the writer saw them.

    `theirs` maps the form's fields to what stands there now; by default the first row's own columns.
    """
    current = version_of(*rows)
    if not hmac.compare_digest(current.encode(), seen.encode()):
        standing = {field.name: field.value_from_object(rows[0]) for field in rows[0]._meta.concrete_fields}
        raise Conflict(standing if theirs is None else theirs, current)


def _said(row: Model, attname: str) -> str:
    field = next(f for f in row._meta.concrete_fields if f.attname == attname)
    value: Any = field.value_to_string(row)
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)
