"""Loading the collaboration models into the database. Only the owner of the tables may."""

from pathlib import Path

from django.db import DatabaseError, connections, transaction

from samspil.collaboration.programmes import loading, queries
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.definitions import DefinitionError


def load_programmes(*, root: Path = loading.ROOT, using: str = "owner") -> list[ProgrammeVersion]:
    """Store every version under `definitions/` that is not stored yet. A system action, run at every start.

    A version that changed after it was loaded is refused with DefinitionError: a change is a new version. One
    exception: a draft, which its owner has not approved and under which no course runs, is replaced.
    """
    with transaction.atomic(using=using):
        return [_stored(programme, using) for programme in loading.library(root).programmes]


def _stored(programme: Programme, using: str) -> ProgrammeVersion:
    rows = ProgrammeVersion.objects.using(using)
    known = rows.filter(key=programme.key, version=programme.version).first()
    if known is not None:
        if known.content_hash == programme.content_hash:
            return known
        _make_room(programme, known, using)
    return rows.create(
        key=programme.key,
        version=programme.version,
        content_hash=programme.content_hash,
        definition=queries.written(programme),
        loaded_at=clock.now(),
    )


def _make_room(programme: Programme, known: ProgrammeVersion, using: str) -> None:
    """Take an unused draft away. Whether it is used, the database knows: courses stand floors above."""
    why = "is approved"
    if programme.owner.approved is None and queries.read(known.definition).owner.approved is None:
        try:
            with transaction.atomic(using=using), connections[using].cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("DELETE FROM programmes_programmeversion WHERE id = %s", [known.pk])
                return
        except DatabaseError:
            why = "is in use by courses"
    raise DefinitionError(
        f"{programme.key} {programme.version} {why} and has changed since it was loaded. "
        "A version never changes: give the change a version of its own."
    )
