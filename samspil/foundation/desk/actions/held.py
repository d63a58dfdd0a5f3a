"""A form that arrived after its session had ended waits for its author, and never acts."""

import json
import secrets
from datetime import datetime
from hashlib import sha256

import psycopg
from django.db import connection, connections, transaction

from samspil.foundation.access.wall import door
from samspil.foundation.desk import rules, sealing
from samspil.foundation.desk.actions.drafts import keep_draft
from samspil.foundation.kernel.actor import Actor


def hold_text(*, session: str, form: str, thing: str, text: rules.Fields, version: str, page: str) -> str:
    """Hold what was written on a page of an ended session, for a day and for the same account.

    Answers with the claim that the browser keeps meanwhile, or "" where no such session has ended. There is
    no actor: the session names the account, and only the database knows it. Raises Refused where the text
    is too long. Another text of the same session takes the place of the first.
    """
    written = {"form": form, "thing": thing, "text": text, "version": version, "page": page}
    sealed = sealing.seal(json.dumps(written).encode(), _place_of(sha256(session.encode()).digest()))
    rules.fits(sealed, rules.MOST_HELD_BYTES).or_refuse()
    claim = secrets.token_urlsafe(24)
    with door() as alias:
        connections[alias].ensure_connection()
        # Bound by the server: Django's own binding would write the secret into the statement.
        with psycopg.Cursor(connections[alias].connection) as cursor:
            cursor.execute(
                "SELECT wall.hold(%s, %s, %s)",
                [session, sha256(claim.encode()).digest(), sealed],
                prepare=False,
            )
            found = cursor.fetchone()
    return claim if found and found[0] else ""


@transaction.atomic
def claim_held_text(*, actor: Actor, claim: str, now: datetime) -> bool:
    """After log-in: what was held becomes a draft of the same account; of another it is deleted unseen.

    A draft that was saved of the same form and thing since then stays: it is newer.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT session, sealed FROM wall.claim_held(%s)", [sha256(claim.encode()).digest()])
        row = cursor.fetchone()
    if row is None:
        return False
    try:
        written = json.loads(sealing.opened(bytes(row[1]), _place_of(bytes(row[0]))))
    except sealing.Unreadable:
        return False
    return keep_draft(actor=actor, now=now, **written)


def _place_of(session: bytes) -> str:
    return f"held:{session.hex()}"
