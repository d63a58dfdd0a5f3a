"""What a component asks about a mark: its word, its colour, its shape."""

from django import template
from django_stubs_ext import StrPromise

from samspil.foundation.web.marks import MARKS, SHAPES

register = template.Library()


@register.filter
def mark_word(key: str) -> StrPromise:
    """The word of a mark; a misspelt key is an error, not an empty place."""
    return MARKS[key].word


@register.filter
def mark_tone(key: str) -> str:
    return MARKS[key].tone


@register.filter
def mark_shape(key: str) -> str:
    return SHAPES.get(key, MARKS[key].key)
