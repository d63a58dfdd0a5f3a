"""Log-in sessions that the database cannot be read for: it holds a hash of the key, never the key itself."""

import hashlib
from typing import Any

from django.contrib.sessions.backends import db

LENGTH = 40
"""What the column holds: 160 bits of the hash."""


def stored(session_key: str) -> str:
    """What stands in the table for a key that only the browser has."""
    return hashlib.sha256(f"samspil session {session_key}".encode()).hexdigest()[:LENGTH]


class SessionStore(db.SessionStore):
    """Django's, less the key in clear. What is kept is signed for its key: elsewhere it is void."""

    @property
    def key_salt(self) -> str:
        return f"samspil.session.{stored(self.session_key or '')}"

    def _get_session_from_db(self) -> Any:
        key = self.session_key
        self._session_key = stored(key) if key else None
        found = super()._get_session_from_db()  # type: ignore[misc]
        self._session_key = key if found else None
        return found

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
