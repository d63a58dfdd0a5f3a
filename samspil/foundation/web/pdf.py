"""Makes accessible PDFs (PDF/UA-1) of our own pages: tagged, with our own fonts, and without the network."""

import ctypes.util
import logging
import mimetypes
import re
import threading
from functools import cache
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext as _

from samspil.foundation.kernel.decisions import Refused

MEDIA_TYPE = "application/pdf"
LIBRARIES = {
    "pango": "pango-1.0",
    "pangoft2": "pangoft2-1.0",
    "fontconfig": "fontconfig",
    "harfbuzz": "harfbuzz",
    "harfbuzz-subset": "harfbuzz-subset",
}
"""What the machine needs for it: name for people → name for the loader."""

_HERE = "https://samspil.invalid"
"""Stands before our own addresses while a PDF is made; nobody can have this host."""

_IN_A_LANGUAGE = re.compile(r"<html[^>]*\slang=[\"']?[a-zA-Z]")
_WITH_A_TITLE = re.compile(r"<title>\s*\S")


class UnfitPage(ValueError):  # noqa: N818 - says what the page is
    """A page that cannot become an accessible PDF: a mistake of whoever wrote its template."""


def pdf(html: str) -> bytes:
    """A whole page of ours as PDF/UA-1: tags, bookmarks, language and title as the page has them.

    The page names its language and its title. Style sheets, fonts and pictures are our own static files;
    any other address is refused, and nothing is fetched. Raises Refused where the machine lacks a
    library, UnfitPage where the page lacks a language, a title or the words for a picture, or asks for more.
    """
    if not _IN_A_LANGUAGE.search(html) or not _WITH_A_TITLE.search(html):
        raise UnfitPage("the page needs a language and a title")
    if lacking := missing_libraries():
        raise Refused(
            _("No PDF can be made here: the machine lacks %(names)s. Whoever runs Samspil can install it.")
            % {"names": ", ".join(lacking)}
        )
    return _made(html)


@cache
def missing_libraries() -> list[str]:
    """The libraries that the machine lacks."""
    return [name for name, library in LIBRARIES.items() if ctypes.util.find_library(library) is None]


def _made(html: str) -> bytes:
    """The library is heavy: the first PDF loads it."""
    import weasyprint
    from weasyprint.urls import FatalURLFetchingError

    with _Faults() as faults:
        document = weasyprint.HTML(string=html, base_url=f"{_HERE}/", url_fetcher=_fetcher())
        try:
            made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
        except FatalURLFetchingError as error:
            raise UnfitPage(str(error)) from None
    if faults.found:
        raise UnfitPage("; ".join(faults.found))
    return made


class _Faults(logging.Handler):
    """What the library would only write into its log about this PDF: here it is an error."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []
        self.thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.found.append(record.getMessage())

    def __enter__(self) -> "_Faults":
        logging.getLogger("weasyprint").addHandler(self)
        return self

    def __exit__(self, *_error: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)


def _fetcher() -> Any:
    """Reads our own static files from the disk and refuses everything else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]  # the library has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = static_file(url)
            if path is None:
                refuse(url)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    def refuse(url: str) -> NoReturn:
        raise FatalURLFetchingError(f"not a static file of ours: {url}")

    return OwnFiles(allowed_protocols={"https"})


def static_file(url: str) -> Path | None:
    """The file on the disk behind the address of one of our static files; None for every other address."""
    parts = urlsplit(url)
    prefix = urlsplit(settings.STATIC_URL).path
    path = unquote(parts.path)
    if f"{parts.scheme}://{parts.netloc}" != _HERE or not path.startswith(prefix):
        return None
    name = path.removeprefix(prefix)
    if ".." in Path(name).parts:
        return None
    if found := finders.find(name):
        return Path(found)
    collected = Path(staticfiles_storage.path(name))
    return collected if collected.is_file() else None
