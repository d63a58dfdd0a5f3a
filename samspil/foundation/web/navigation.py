"""What stands in the header and the footer. Apps above add their links when they start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import SimpleLazyObject
from django_stubs_ext import StrPromise


class Place(StrEnum):
    """Where a link stands."""

    MENU = "menu"
    ACCOUNT = "account"
    FOOTER = "footer"
    SEARCH = "search"
    ABOUT = "about"
    """On the page about somebody: more about the same one. The addresses take what that page's own takes."""
    MODELS = "models"
    """Above the list of collaboration models: where it stands."""
    PAGES = "pages"
    """The tabs of a thing with several pages, here a course. The addresses take what its own page takes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One link to a page; in `Place.ABOUT` and `PAGES` with arguments. `shown` says who has use for it."""

    text: StrPromise
    url_name: str
    order: int = 100
    shown: Callable[[HttpRequest], bool] = lambda _request: True


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the layout shows it."""

    text: str
    url: str
    is_current: bool


ENTRIES: dict[Place, list[Entry]] = {place: [] for place in Place}


def add(place: Place, entry: Entry) -> None:
    """Called from an app's `ready`. The same page twice is the same link."""
    if all(known.url_name != entry.url_name for known in ENTRIES[place]):
        ENTRIES[place].append(entry)
        ENTRIES[place].sort(key=lambda known: known.order)


def links(place: Place, request: HttpRequest, **words: object) -> list[Link]:
    """The links of one place that this request has use for; the page one stands on is marked.

    `words` are what the addresses of `Place.ABOUT` and `Place.PAGES` take.
    """
    shown = [(entry, _address(entry, words)) for entry in ENTRIES[place] if entry.shown(request)]
    found = [(entry, url) for entry, url in shown if url]
    here = getattr(request, _STANDS_UNDER, request.path) if place is Place.MENU else request.path
    under = [url for _, url in found if url != "/" and here.startswith(url)] or [here]
    current = max(under, key=len)
    return [Link(str(entry.text), url, is_current=url == current) for entry, url in found]


def stand_under(request: HttpRequest, url_name: str) -> None:
    """The page belongs to this entry of the menu, though its address begins as another's does."""
    setattr(request, _STANDS_UNDER, reverse(url_name))


_STANDS_UNDER = "stands_under"


def _address(entry: Entry, words: Mapping[str, object]) -> str:
    """Where an entry leads; nowhere on a host without the page: staff and families have their own."""
    if not words:
        return _plain(entry.url_name, *_host())
    return _reversed(entry.url_name, words)


@cache
def _plain(url_name: str, _urls: str, _prefix: str) -> str:
    return _reversed(url_name, {})


def _host() -> tuple[str, str]:
    """Which addresses hold for this request: those of the staff's host or of the families'."""
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()


def _reversed(url_name: str, words: Mapping[str, object]) -> str:
    try:
        return reverse(url_name, kwargs=dict(words))
    except NoReverseMatch:
        return ""


def addresses(url_name: str) -> Callable[[UUID], str]:
    """The addresses of many things: the pattern is looked up once a process, not row by row."""
    before, after = _around(url_name, *_host())
    return lambda key: f"{before}{key}{after}"


@cache
def _around(url_name: str, _urls: str, _prefix: str) -> tuple[str, str]:
    """What stands before and after the key; the hosts of staff and families have addresses of their own."""
    before, _key, after = reverse(url_name, args=[_ANY]).partition(str(_ANY))
    return before, after


_ANY = UUID("ffffffff-ffff-7fff-bfff-ffffffffffff")


def layout(request: HttpRequest) -> dict[str, object]:
    """Context processor: `layout.menu`, `.account`, `.footer` and `.search`, worked out when asked for."""
    return {"layout": SimpleLazyObject(partial(_layout, request))}


def _layout(request: HttpRequest) -> dict[str, object]:
    everywhere = [place for place in Place if place not in {Place.ABOUT, Place.MODELS, Place.PAGES}]
    shown: dict[str, object] = {place.value: links(place, request) for place in everywhere}
    shown["search"] = next(iter(links(Place.SEARCH, request)), None)
    return shown
