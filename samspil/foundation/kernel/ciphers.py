"""Two ways to keep a number secret: a keyed hash to compare by, and a sealed text to open again.

Both keys are derived from `SAMSPIL_DATA_KEY`, one for each purpose. The data outlive sessions: whoever
changes that key must seal everything again.
"""

import base64
import hashlib
import hmac

from django.conf import settings


class Unreadable(ValueError):  # noqa: N818 - a state of the text
    """A sealed text was changed, or sealed with another key or for another purpose."""


def keyed_hash(text: str, purpose: str) -> bytes:
    """32 bytes that are the same for the same text and tell nothing without the key."""
    return hmac.new(_key(purpose), text.encode(), hashlib.sha256).digest()


def seal(text: str, purpose: str) -> str:
    """Encrypt and sign a text; the same text gives another result each time."""
    from cryptography.fernet import Fernet

    return Fernet(base64.urlsafe_b64encode(_key(purpose))).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """The text again. Raises Unreadable."""
    from cryptography.fernet import Fernet, InvalidToken

    try:
        return Fernet(base64.urlsafe_b64encode(_key(purpose))).decrypt(sealed.encode()).decode()
    except InvalidToken as fault:
        raise Unreadable("a sealed text cannot be opened") from fault


def _key(purpose: str) -> bytes:
    return hmac.new(
        settings.SAMSPIL_DATA_KEY.encode(), f"samspil:{purpose}".encode(), hashlib.sha256
    ).digest()
