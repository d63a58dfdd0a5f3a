"""The cookie that holds the secret of the wall's session: beside the log-in's own, gone with the browser."""

from django.conf import settings
from django.http.response import HttpResponseBase


def name() -> str:
    """Bound to exactly this host where the site is served over HTTPS."""
    return "__Host-wall" if settings.SESSION_COOKIE_SECURE else "wall"


def remember(response: HttpResponseBase, secret: str) -> None:
    """Hand the secret to the browser, for pages of this site only and out of reach of scripts."""
    response.set_cookie(
        name(), secret, httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE), path="/"
    )


def forget(response: HttpResponseBase) -> None:
    """Take it back."""
    response.delete_cookie(name(), path="/", samesite="Lax")
