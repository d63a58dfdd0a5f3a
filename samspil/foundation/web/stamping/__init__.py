"""Parts of a page that are drawn all day, drawn fast: what does not change in a template is worked out once.

Django asks anew for every place of every row what stands there and how it is reached, and a component within
a component copies its surroundings. Here each place knows, and texts, addresses and components are put in
once a process, language and host. A template is Django's own and gives the same bytes with `{% include %}`:
a test compares them. What a part may name is handed to it; nothing of a request or of a person is kept.
What such a template may hold stands in `parts.py` and `components.py`. Anything else is refused.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.template import engines
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from samspil.foundation.web.stamping import components, parts
from samspil.foundation.web.stamping.values import Scope, Stamp

__all__ = ["Scope", "Stamp", "stamped"]

parts.KNOWN.update(components.KNOWN)


def stamped(template: str, words: Mapping[str, Any]) -> SafeString:
    """The template with these words and nothing else of the page. Values are escaped as Django does it."""
    written: list[str] = []
    stamp = _ready(template) if settings.DEBUG else _kept(template, get_language(), *_host())
    stamp(dict(words), written.append)
    return mark_safe("".join(written))  # noqa: S308  every value went through `values.text`


def _host() -> tuple[str | None, str]:
    """Which addresses hold: those of the staff's host or of the families'."""
    return get_urlconf(), get_script_prefix()


def _ready(template: str) -> Stamp:
    return parts.all_of(engines["django"].get_template(template).template.nodelist)  # type: ignore[attr-defined]


@cache
def _kept(template: str, _language: str | None, _urls: str | None, _prefix: str) -> Stamp:
    return _ready(template)
