"""The key of a form: minted when the page is made, bound to the session it was made in."""

import secrets

from samspil.foundation.desk import sealing


def new_key(session: str) -> str:
    """A key for one form on one page. `session` is the raw token of the wall session, or empty."""
    chance = secrets.token_urlsafe(18)
    return f"{chance}.{sealing.signed(chance, place_of(session))}"


def is_of_session(key: str, session: str) -> bool:
    """Whether this key was made on a page of this session."""
    chance, _, signature = key.partition(".")
    return bool(session) and sealing.is_signed(chance, place_of(session), signature)


def place_of(session: str) -> str:
    """What the key is signed for."""
    return f"form:{session}"
