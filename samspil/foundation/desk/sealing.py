"""Text under the application's key: what lies in the database cannot be read, moved or changed there."""

import functools
import hmac
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12
_FORMAT = b"\x01"


class Unreadable(Exception):  # noqa: N818 - an answer: this text was not sealed for this place by this key
    """The text was sealed with another key, for another place, or has been changed."""


def seal(text: bytes, place: str) -> bytes:
    """Encrypt `text` (AES-256-GCM) so that it opens only for the same `place`."""
    nonce = os.urandom(_NONCE)
    return _FORMAT + nonce + AESGCM(_key(settings.SECRET_KEY, "seal")).encrypt(nonce, text, place.encode())


def opened(sealed: bytes, place: str) -> bytes:
    """The text again, also where the application's key has been changed since and the old one is kept.

    Raises Unreadable.
    """
    if sealed[:1] != _FORMAT:
        raise Unreadable
    nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(_key(secret, "seal")).decrypt(nonce, body, place.encode())
        except InvalidTag:
            continue
    raise Unreadable


def signed(text: str, place: str) -> str:
    """A short signature of `text` for one place."""
    return _signature(settings.SECRET_KEY, text, place)


def is_signed(text: str, place: str, signature: str) -> bool:
    """Whether we have signed this text for this place."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(_signature(s, text, place), signature) for s in secrets)


def _signature(secret: str | bytes, text: str, place: str) -> str:
    return hmac.new(_key(secret, "sign"), f"{place}\x00{text}".encode(), sha256).hexdigest()[:32]


@functools.lru_cache(maxsize=16)
def _key(secret: str | bytes, use: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"samspil.desk.{use}".encode())
    return derived.derive(secret.encode() if isinstance(secret, str) else secret)
