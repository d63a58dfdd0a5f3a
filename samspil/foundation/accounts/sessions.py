"""Log-in sessions that the database cannot be read for: it holds a hash of the key, never the key itself."""

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

LENGTH = 40
"""What the column holds: 160 bits of the hash."""


def stored(session_key: str) -> str:
    """What stands in the table for a key that only the browser has."""
    return hashlib.sha256(f"samspil session {session_key}".encode()).hexdigest()[:LENGTH]


_FIND = (
    "SELECT session_key, session_data, expire_date FROM django_session "
    "WHERE session_key = %s AND expire_date > %s"
)


def _row_of(key: str) -> tuple[str, str, datetime] | None:
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [key, timezone.now()])
        row: tuple[str, str, datetime] | None = cursor.fetchone()
    return row


class SessionStore(db.SessionStore):
    """Django's, less the key in clear. What is kept is signed for its key: elsewhere it is void."""

    @property
    def key_salt(self) -> str:
        return f"samspil.session.{stored(self.session_key or '')}"

    def _get_session_from_db(self) -> Any:
        """As Django asks, written by hand: every page begins with it."""
        key = self.session_key
        row = _row_of(stored(key)) if key else None
        self._session_key = key if row else None
        if row is None:
            return None
        kept, data, expires = row
        return self.model(session_key=kept, session_data=data, expire_date=expires)

    def exists(self, session_key: str) -> bool:
        return super().exists(stored(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        made = super().create_model_instance(data)
        made.session_key = stored(made.session_key)
        return made

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            super().delete(stored(key))
