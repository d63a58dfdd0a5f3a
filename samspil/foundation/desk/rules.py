"""What is true of text on its way: keys, digests, limits, retries. Pure: no actor, no query, no clock."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from samspil.foundation.desk.models import MOST_FILE_BYTES
from samspil.foundation.kernel.decisions import YES, Decision, no

Fields = Mapping[str, Sequence[str]]
"""A form as it was posted: each name with every value."""

KEY, FORM, THING, VERSION, PAGE = "_key", "_form", "_thing", "_version", "_page"
KEEP, DISCARD = "_keep", "_discard"
OWN_FIELDS = frozenset({KEY, FORM, THING, VERSION, PAGE, KEEP, DISCARD, "csrfmiddlewaretoken"})
"""The fields that the desk adds to a form. They are no part of its text."""

KIB = 1024
MOST_DRAFT_BYTES = 256 * KIB
MOST_HELD_BYTES = 64 * KIB

SUBMISSION_LIVES = timedelta(hours=24)
HELD_LIVES = timedelta(hours=24)
DRAFT_LIVES = timedelta(days=30)

RETRIES = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 480, 1440, 1440))
"""How long the outbox waits after each failure. After the last one it gives up and says so."""

_KEY_SHAPE = re.compile(r"[A-Za-z0-9._-]{20,100}")
_NAME_SHAPE = re.compile(r"[a-z0-9][a-z0-9._:-]{0,79}")
_SECRET = re.compile(r"password|kodeord|otp|\bcode\b", re.IGNORECASE)
_SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


def is_key(text: str) -> bool:
    """Whether this can be the key of a form."""
    return _KEY_SHAPE.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Whether this can be the name of a form, or the id of a thing."""
    return _NAME_SHAPE.fullmatch(text) is not None


def digest_of(method: str, path: str, fields: Fields, files: Iterable[tuple[str, str, str]] = ()) -> str:
    """SHA-256 of a form: equal for the same act, whatever the order of its fields and its security tokens."""
    said = sorted((name, list(values)) for name, values in fields.items() if name not in _UNSAID)
    text = json.dumps([method, path, said, sorted(files)], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


_UNSAID = frozenset({"csrfmiddlewaretoken", KEY, PAGE})


def text_of(fields: Fields) -> dict[str, list[str]]:
    """What a person wrote: without the desk's own fields, without secrets, without NUL characters."""
    return {
        name: [value.replace("\x00", "") for value in values]
        for name, values in fields.items()
        if name not in OWN_FIELDS and not _SECRET.search(name) and "\x00" not in name
    }


def is_written(text: Fields) -> bool:
    """Whether somebody has written anything at all."""
    return any(value.strip() for values in text.values() for value in values)


def fits(sealed: bytes, most: int) -> Decision:
    """A text is kept up to a size; beyond it nothing is cut off, it is refused whole."""
    if len(sealed) <= most:
        return YES
    return no(
        _("The text is too long to be kept as a draft: %(size)d kB, at most %(most)d kB."),
        size=-(-len(sealed) // KIB),
        most=most // KIB,
    )


def media_type_of(content: bytes) -> str | None:
    """What a file is by its first bytes, of the few kinds we take; its name is not asked."""
    for signature, media_type in _SIGNATURES.items():
        if content.startswith(signature):
            return media_type
    return None


def may_be_stored(content: bytes, media_type: str) -> Decision:
    """A file is not empty, not too big, and is what it says it is."""
    if not content:
        return no(_("The file is empty."))
    if len(content) > MOST_FILE_BYTES:
        return no(_("The file is too big: at most %(most)d MB."), most=MOST_FILE_BYTES // KIB // KIB)
    if media_type_of(content) != media_type:
        return no(_("The file is not of a kind that can be kept here: PDF, PNG or JPEG."))
    return YES


def next_try(failures: int, now: datetime) -> datetime | None:
    """When to try again after this many failures; None when it is time to give up."""
    return now + RETRIES[failures - 1] if failures <= len(RETRIES) else None


def file_name(name: str) -> str:
    """A file's name without its path, without control characters, at most 200 characters."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip(". ")[-200:] or "file"
