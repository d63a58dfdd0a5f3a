"""The one place that reads the environment."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("SAMSPIL_VAR", ROOT / "var"))
ENV = os.environ.get("SAMSPIL_ENV", "development")
IS_PRODUCTION = ENV == "production"
PREPARED_AFTER = 3
"""So often a connection sends a statement before it asks the server to keep its plan."""


def text(name: str, default: str = "") -> str:
    """A setting from the environment, as text."""
    return os.environ.get(name, default)


def database(url: str) -> dict[str, object]:
    """Django's settings for `postgresql://user@/name?host=/socket/folder&port=5432`."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": query.pop("port", str(parts.port or "")),
        # Values travel beside the statement: never in it, and what is asked again is planned once.
        "OPTIONS": {**query, "server_side_binding": True, "prepare_threshold": PREPARED_AFTER},
        "CONN_MAX_AGE": None,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
