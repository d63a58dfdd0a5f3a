"""The pages shown when something cannot be shown. They are rendered without a request: no query, no name."""

import sys
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

View = Callable[[HttpRequest], HttpResponse]


def page(status: int, title: str, *lines: str) -> HttpResponse:
    """One calm page with a heading and what one can do now."""
    return HttpResponse(
        render_to_string("web/error.html", {"title": title, "lines": lines, "status": status}), status=status
    )


def bad_request(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        400, _("We could not read what you sent."), _("Go back, check what you wrote, and try again.")
    )


def forbidden(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the reason that the gate gave."""
    reason = str(exception) if exception else ""
    return page(403, _("You may not do this here."), reason or _("Your role does not include it."))


def not_found(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404. The same words whether it does not exist or is not yours: a stranger learns nothing."""
    return page(
        404,
        _("The page does not exist, or you do not have access."),
        _("Check that the link is written correctly."),
    )


def method_not_allowed() -> HttpResponse:
    return page(
        405, _("The page cannot be used in this way."), _("Go back and try again from the page itself.")
    )


def broken(_request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database does not answer: Django calls this while it handles the exception."""
    if isinstance(sys.exception(), OperationalError):
        return unavailable()
    return page(
        500,
        _("Something went wrong on our side."),
        _("What you sent may not have been saved. Go back, look, and try again."),
    )


def unavailable() -> HttpResponse:
    response = page(
        503,
        _("Samspil is closed for a moment."),
        _("Try again in a few minutes. Nothing that was saved is lost."),
    )
    response["Retry-After"] = "120"
    return response


def csrf_failure(_request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose secret does not fit: most often the page has stood open since a log-out."""
    return page(
        403,
        _("The page had grown too old to be sent."),
        _("Go back, load the page again, and send it once more. Your browser must accept cookies."),
    )


class ErrorPages:
    """Middleware: a page for a wrong method."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            allowed = response["Allow"]
            response = method_not_allowed()
            response["Allow"] = allowed
        return response
