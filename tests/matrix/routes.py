"""Every route of every host, read from the url configurations: nothing is listed, so nothing is forgotten."""

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

URLCONFS = {"localhost": "config.urls", "familie.localhost": "config.urls_portal"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
BODIES = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Route:
    """One address pattern: its full name, the host it answers on and the ids it takes."""

    host: str
    name: str
    parameters: tuple[str, ...]
    template: str

    def path(self, **values: object) -> str:
        """The address with the ids filled in. A missing id is an error, not an empty place."""
        return "/" + self.template % {key: str(values[key]) for key in self.parameters}


def every_route() -> list[Route]:
    """All routes of all hosts that exist, in a stable order. A route without a name is an error."""
    found: list[Route] = []
    for host, module in URLCONFS.items():
        if importlib.util.find_spec(module):
            found += _walk(host, get_resolver(module).url_patterns, "", "", ())
    return sorted(found, key=lambda route: (route.host, route.name))


def _walk(
    host: str, patterns: list[URLPattern | URLResolver], space: str, before: str, taken: tuple[str, ...]
) -> Iterator[Route]:
    for pattern in patterns:
        here, parameters = _template(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(host, pattern.url_patterns, inner, before + here, taken + parameters)
        elif pattern.name is None:
            raise ValueError(f"A route without a name cannot be declared: {before}{here}")
        else:
            yield Route(host, space + pattern.name, taken + parameters, before + here)


def _template(pattern: URLPattern | URLResolver) -> tuple[str, tuple[str, ...]]:
    """`person/<uuid:id>/` as `person/%(id)s/`, by Django's own reading of the pattern."""
    template, parameters = normalize(pattern.pattern.regex.pattern)[0]
    return template, tuple(parameters)
