"""What every page has declared, also those of packages we use. A test walks the whole url tree."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver

from samspil.foundation.kernel.routes import Route, declared


def of(request: HttpRequest) -> Route | None:
    """What the page of this request has declared; None where it has not, or where there is no such page."""
    match = request.resolver_match
    return declared(match.func) if match else None


def every_route(urlconf: str | None = None) -> Iterator[tuple[str, str, Route | None]]:
    """All pages of a url configuration: name, path, and what they declare."""
    yield from _walked(get_resolver(urlconf).url_patterns, "", "")


def _walked(
    patterns: list[URLPattern | URLResolver], namespace: str, prefix: str
) -> Iterator[tuple[str, str, Route | None]]:
    for pattern in patterns:
        path = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walked(pattern.url_patterns, inner, path)
        else:
            yield f"{namespace}{pattern.name or ''}", path, declared(pattern.callback)
