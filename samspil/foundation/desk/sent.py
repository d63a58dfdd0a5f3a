"""A form as it was sent: what it says, which form it was, and whether its answer means that it was done."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.utils.http import url_has_allowed_host_and_scheme

from samspil.foundation.desk import rules

V = TypeVar("V", bound=Callable[..., Any])
R = TypeVar("R", bound=HttpResponse)

KEYLESS = (
    "allauth.",
    "django.",
    "samspil.foundation.accounts.",
    "samspil.foundation.access.",
    "samspil.foundation.web.",
)
"""Log-in, log-out, the choice of post and of language: done twice they are as done once."""


@dataclass(frozen=True)
class Sent:
    """What a request brought, read once."""

    request: HttpRequest
    fields: rules.Fields

    @property
    def key(self) -> str:
        """The form's key; empty where it brought none, or something that cannot be one."""
        key = self._one(rules.KEY) or self.request.headers.get("Idempotency-Key", "")
        return key if rules.is_key(key) else ""

    @property
    def form(self) -> str:
        """The form's name; empty where it keeps no drafts."""
        name = self._one(rules.FORM)
        return name if rules.is_name(name) else ""

    @property
    def thing(self) -> str:
        thing = self._one(rules.THING)
        return thing if rules.is_name(thing) else ""

    @property
    def version(self) -> str:
        return self._one(rules.VERSION)[:100]

    @property
    def page(self) -> str:
        """The page the form stood on; only ever a path of this site."""
        page = self._one(rules.PAGE)
        is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
        return page[:2000] if is_ours and page.isprintable() else self.request.path

    @property
    def wants_keeping(self) -> bool:
        return bool(self._one(rules.KEEP))

    @property
    def wants_discarding(self) -> bool:
        return bool(self._one(rules.DISCARD))

    @cached_property
    def text(self) -> dict[str, list[str]]:
        return rules.text_of(self.fields)

    @cached_property
    def digest(self) -> str:
        """Says whether a second form with the same key is the same form."""
        request = self.request
        if not _is_form(request):
            whole = hashlib.sha256(request.body).hexdigest()
            return rules.digest_of(str(request.method), request.get_full_path(), {}, [("", "", whole)])
        files = [
            (name, str(file.name), _digest_of_file(file))
            for name in request.FILES
            for file in request.FILES.getlist(name)
        ]
        return rules.digest_of(str(request.method), request.get_full_path(), self.fields, files)

    def _one(self, name: str) -> str:
        return next(iter(self.fields.get(name, [])), "")


def sent_in(request: HttpRequest) -> Sent | None:
    """What a request brought; None where it cannot be read."""
    try:
        return Sent(request, {name: request.POST.getlist(name) for name in request.POST})
    except UnreadablePostError:
        return None


def succeeded(response: HttpResponse) -> bool:
    """Whether this answer to a form means that it was done: it leads on, or says so itself.

    A form that comes back with errors is a 200 and means that nothing was done.
    """
    if hasattr(response, "is_done"):
        return bool(response.is_done)
    leads_on = 300 <= response.status_code < 400 or response.status_code == 204
    return leads_on or (response.status_code < 300 and any(header in response for header in _LEADING))


_LEADING = ("HX-Redirect", "HX-Location", "HX-Refresh")


def done(response: R) -> R:
    """For views: the act was done although the answer is a part of a page."""
    response.is_done = True  # type: ignore[attr-defined]
    return response


def not_done(response: R) -> R:
    """For views: nothing was done although the answer leads on (to prove who one is, say)."""
    response.is_done = False  # type: ignore[attr-defined]
    return response


def keyless(view: V) -> V:
    """For the few views where sending twice is the same as once, and that therefore ask for no key."""
    view.is_keyless = True  # type: ignore[attr-defined]
    return view


def is_keyless(view: Callable[..., Any]) -> bool:
    """Whether this view asks for no key."""
    return getattr(view, "is_keyless", False) or getattr(view, "__module__", "").startswith(KEYLESS)


def place_after(response: HttpResponse) -> str:
    """Where an answer leads; empty where it stays."""
    if 300 <= response.status_code < 400:
        return response.get("Location", "")
    return response.get("HX-Redirect", "")


def again(request: HttpRequest, location: str) -> HttpResponse:
    """The same answer to the same form, sent again."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": location})
    return HttpResponseRedirect(location)


def _is_form(request: HttpRequest) -> bool:
    return request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}


def _digest_of_file(file: "UploadedFile[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
