"""A stored file as an answer: always checked against its digest, always an attachment."""

from hashlib import sha256

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from samspil.foundation.desk.models import StoredFile


class Damaged(Exception):  # noqa: N818 - says what the file is
    """The bytes are not those that were stored."""


def content_of(file: StoredFile) -> bytes:
    """The bytes as they were stored. Raises Damaged."""
    content = bytes(file.content)
    if sha256(content).hexdigest() != file.sha256:
        raise Damaged(str(file.pk))
    return content


def attachment(file: StoredFile) -> HttpResponse:
    """The file to be saved by a browser, never shown by it. The caller has loaded it through the wall."""
    response = HttpResponse(content_of(file), content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"  # noqa: FBT003
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
