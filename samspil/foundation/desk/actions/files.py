"""Files are stored with the rows that point to them, in one transaction."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from samspil.foundation.desk import rules
from samspil.foundation.desk.models import StoredFile
from samspil.foundation.kernel.actor import Actor


@transaction.atomic
def store_file(
    *, actor: Actor, item: UUID, name: str, media_type: str, content: bytes, now: datetime
) -> StoredFile:
    """Store a file on an item of kind "file" that the caller has just made; who may read it stands there.

    Raises Refused where the file is empty, too big, or not what it says it is. `actor` is the item's
    author: the wall refuses the row of anybody else.
    """
    rules.may_be_stored(content, media_type).or_refuse()
    return StoredFile.objects.create(
        item_id=item,
        name=rules.file_name(name),
        media_type=media_type,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        content=content,
        stored_at=now,
    )
