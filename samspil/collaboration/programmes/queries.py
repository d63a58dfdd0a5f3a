"""Questions about the versions of collaboration models. They hold nothing about anybody."""

import json
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.models import ProgrammeVersion


@dataclass(frozen=True, slots=True)
class Version:
    """One stored version: its key in the database and what it says."""

    pk: UUID
    programme: Programme


@lru_cache(maxsize=256)
def definition(version: UUID, *, using: str = "default") -> Programme:
    """What a version says. One query the first time in a process, then none: a version never changes.

    Raises ProgrammeVersion.DoesNotExist.
    """
    return read(ProgrammeVersion.objects.using(using).get(pk=version).definition)


def versions() -> list[Version]:
    """Every version that a course may be opened under, by key and version. One query."""
    rows = ProgrammeVersion.objects.order_by("key", "version").values_list("pk", flat=True)
    return [Version(pk, definition(pk)) for pk in rows]


def read(stored: object) -> Programme:
    """A definition as it stands in the database, as the frozen model."""
    return Programme.model_validate_json(json.dumps(stored))


def written(programme: Programme) -> dict[str, object]:
    """A definition as it is stored; `read` makes the same programme of it."""
    found: dict[str, object] = programme.model_dump(mode="json", by_alias=True)
    return found
