"""Places of a stamped template: how what stands there is reached, tested and put down as text."""

import operator
from collections.abc import Callable
from html import escape
from typing import Any
from uuid import UUID

from django.template import Context, TemplateSyntaxError
from django.template.base import FilterExpression, Variable, render_value_in_context
from django.template.defaulttags import TemplateLiteral
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]

Scope = dict[str, Any]
Write = Callable[[str], None]
Stamp = Callable[[Scope, Write], None]
"""Puts down a part of the page: what it may name, and where the text goes."""
Look = Callable[[Scope], Any]
_AS_THEY_ARE = (SafeString, UUID)
_BUILT_IN = {"None": None, "True": True, "False": False}
_PLAIN = Context(use_l10n=False)


def text(value: Any) -> str:
    """A value as Django writes it."""
    kind = type(value)
    if kind is str:
        return escape(value) if _is_marked_up(value) else value
    if kind in _AS_THEY_ARE:
        return str(value)
    return str(render_value_in_context(value, Context()))


def _is_marked_up(text: str) -> bool:
    """Is there anything in it that `escape` would change? Mostly not, and asking is cheaper."""
    return "&" in text or "<" in text or ">" in text or '"' in text or "'" in text


def plain_text(value: Any) -> str:
    """The same within `{% localize off %}`: numbers with a point."""
    return str(render_value_in_context(value, _PLAIN))


def look(expression: Any) -> Look:
    """How a place is reached: a name, attributes or numbers from there, and filters over it."""
    if not isinstance(expression, FilterExpression):
        raise TemplateSyntaxError(f"{expression!r} cannot be stamped: names, attributes and filters can")
    found = variable(expression.var) if isinstance(expression.var, Variable) else _always(expression.var)
    for function, arguments in expression.filters:
        found = _filtered(found, function, arguments)
    return found


def variable(found: Variable) -> Look:
    """A name with attributes or numbers after it; a number or a word that stands there itself."""
    if found.lookups is None:
        return _always(found.literal)
    if found.translate:
        raise TemplateSyntaxError("a translation is stamped as a tag")
    first, *rest = found.lookups
    if first in _BUILT_IN:
        return _always(_BUILT_IN[first])
    ways = [operator.itemgetter(int(one)) if one.isdecimal() else operator.attrgetter(one) for one in rest]
    if not ways:
        return operator.itemgetter(first)
    if all(isinstance(way, operator.attrgetter) for way in ways):
        reach = operator.attrgetter(".".join(rest))
        return lambda scope: reach(scope[first])

    def through(scope: Scope) -> Any:
        value = scope[first]
        for way in ways:
            value = way(value)
        return value

    return through


def _always(value: Any) -> Look:
    return lambda _scope: value


def _filtered(found: Look, function: Any, arguments: list[tuple[bool, Any]]) -> Look:
    if getattr(function, "needs_autoescape", False):
        raise TemplateSyntaxError(f"the filter {function.__name__} cannot be stamped")
    given = [variable(one) if is_variable else _always(one) for is_variable, one in arguments]
    is_safe, is_local = getattr(function, "is_safe", False), getattr(function, "expects_localtime", False)

    def value(scope: Scope) -> Any:
        before = template_localtime(found(scope), None) if is_local else found(scope)
        after = function(before, *(one(scope) for one in given))
        return mark_safe(after) if is_safe and isinstance(before, SafeData) else after  # noqa: S308  as Django

    return value


_COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    "is": operator.is_,
    "is not": operator.is_not,
}


def condition(asked: Any) -> Look:
    """What an `if` asks: a place, `and`, `or`, `not`, and comparing two places."""
    if asked is None:
        return _always(True)  # noqa: FBT003  what stands after `else`
    if isinstance(asked, TemplateLiteral):
        return look(asked.value)
    first = condition(asked.first)
    if asked.id == "not":
        return lambda scope: not first(scope)
    second = condition(asked.second)
    if asked.id == "and":
        return lambda scope: first(scope) and second(scope)
    if asked.id == "or":
        return lambda scope: first(scope) or second(scope)
    if asked.id == "in":
        return lambda scope: first(scope) in second(scope)
    if (compared := _COMPARED.get(asked.id)) is None:
        raise TemplateSyntaxError(f"{asked.id} cannot be stamped in a condition")
    return lambda scope: compared(first(scope), second(scope))
