"""The session a page is made in, and how to come back into it after its transaction is gone."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.http import HttpRequest

from samspil.foundation.access import cookies
from samspil.foundation.access.wall import NoSession, entering


def token_of(request: HttpRequest) -> str:
    """The raw token of the wall session, as the browser sent it; empty where it sent none."""
    return request.COOKIES.get(cookies.name(), "")


@contextmanager
def entered_again(request: HttpRequest) -> Iterator[None]:
    """A transaction of its own in the same session. Raises NoSession where it has ended meanwhile."""
    with transaction.atomic(), entering(token_of(request)) as actor:
        if actor is None:
            raise NoSession
        yield
