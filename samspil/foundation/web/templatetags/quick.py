"""What stands on every page or in every row, drawn without doing the same work again."""

from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from samspil.foundation.web.stamping import stamped as stamped_with

register = template.Library()


@register.simple_tag
def stamped(template_name: str, **words: Any) -> SafeString:
    """`{% include %}` for lists of many rows: see `web/stamping.py` for what such a template may hold."""
    return stamped_with(template_name, words)


@register.simple_tag
def same_for_all(template_name: str) -> SafeString:
    """A part that is the same on every page, drawn once a language. It is told nothing of the request."""
    return _drawn(template_name) if settings.DEBUG else _kept(template_name, get_language())


def _drawn(template_name: str) -> SafeString:
    return render_to_string(template_name)


@cache
def _kept(template_name: str, _language: str | None) -> SafeString:
    return _drawn(template_name)
