"""A form is sent once: its key is claimed before the act, in the same transaction."""

import time
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from samspil.foundation.desk.models import Submission
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused

PATIENCE = 4.0
"""Seconds that the second of two equal forms waits for the first. Below the time a page may take."""
PAUSE = 0.05


class KeyReused(Refused):
    """The form has been sent before with another text."""


class Busy(Refused):
    """The same form is being worked on right now, and it takes long."""


def claim_submission(*, actor: Actor, key: str, digest: str, now: datetime) -> tuple[Submission, bool]:
    """The submission of this key, and whether it is ours to act on (False: it was done before).

    Two at once: the second waits until the first has committed or rolled back. Raises KeyReused where the
    key was used for something else, Busy where the first does not come to an end.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A key is claimed inside the transaction of its act, or it protects nothing.")
    lock_key(actor=actor, key=key)
    earlier = Submission.objects.filter(account_id=actor.account_id, key=key).first()
    if earlier is None:
        made = Submission.objects.create(account_id=actor.account_id, key=key, digest=digest, made_at=now)
        return made, True
    if earlier.digest != digest:
        raise KeyReused(_("This form has been sent already, with another text."))
    return earlier, False


def settle_submission(*, actor: Actor, submission: Submission, location: str) -> None:
    """The act is done; the same form sent again is answered with the same place."""
    Submission.objects.filter(account_id=actor.account_id, pk=submission.pk).update(location=location)


def release_submission(*, actor: Actor, submission: Submission) -> None:
    """Nothing was done (the form came back with errors): the corrected form may use the key again."""
    Submission.objects.filter(account_id=actor.account_id, pk=submission.pk).delete()


def lock_key(*, actor: Actor, key: str) -> None:
    """Be alone with this key until the transaction ends. Raises Busy."""
    deadline = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"{actor.account_id}:{key}"]
            )
            if cursor.fetchone()[0]:
                return
            if time.monotonic() > deadline:
                raise Busy(_("Your form has arrived and is still being worked on. Wait a moment."))
            time.sleep(PAUSE)
