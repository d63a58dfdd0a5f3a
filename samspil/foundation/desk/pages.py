"""Pages that say what became of a text. Rendered without a request: no query, no name."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from samspil.foundation.web import errors


def reused_page(page: str, *, kept: bool) -> HttpResponse:
    """409: the form was sent before with another text."""
    return _page("desk/reused.html", 409, {"page": page, "kept": kept})


def not_kept_page(reason: str) -> HttpResponse:
    """413: the text could not be kept as a draft."""
    return errors.page(413, reason, _("Go back: your text still stands there. Copy it, and shorten it."))


def ended_page(request: HttpRequest, page: str, *, reason: str = "") -> HttpResponse:
    """401: the session has ended; whether the text is held, and how to go on."""
    to_log_in = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}"
    context = {"log_in": to_log_in, "reason": reason}
    if request.headers.get("HX-Request"):
        return _page("desk/_ended.html", 200, context)
    return _page("desk/ended.html", 401, context)


def _page(template: str, status: int, context: Mapping[str, object]) -> HttpResponse:
    return HttpResponse(render_to_string(template, context), status=status)
