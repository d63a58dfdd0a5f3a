"""Lists of many rows, drawn fast: a template of text, `{{ a.b }}`, `if` and `for` is worked out once.

Django asks anew for every place of every row what stands there and how it is reached. Here each place knows.
The template is Django's own and gives the same bytes with `{% include %}`: a test compares them.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html import escape
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.template import Context, TemplateSyntaxError, engines
from django.template.base import (
    FilterExpression,
    Node,
    TextNode,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import CommentNode, ForNode, IfNode, LoadNode, TemplateLiteral
from django.utils.safestring import SafeString, mark_safe

Scope = dict[str, Any]
Stamp = Callable[[Scope, Callable[[str], None]], None]
"""Puts down a part of the page: what it may name, and where the text goes."""
Look = Callable[[Scope], Any]


def stamped(template: str, words: Mapping[str, Any]) -> SafeString:
    """The template with these words and nothing else of the page. Values are escaped as Django does it."""
    written: list[str] = []
    (_kept if not settings.DEBUG else _ready)(template)(dict(words), written.append)
    return mark_safe("".join(written))  # noqa: S308  every value went through `_text`


def _ready(template: str) -> Stamp:
    return _all(engines["django"].get_template(template).template.nodelist)  # type: ignore[attr-defined]


_kept = cache(_ready)


def _all(nodes: Iterable[Node]) -> Stamp:
    parts = [part for node in nodes if (part := _part(node)) is not None]

    def stamp(scope: Scope, write: Callable[[str], None]) -> None:
        for part in parts:
            part(scope, write)

    return stamp


def _nodes(listed: Any) -> Iterable[Node]:
    """The stubs do not know what a loop holds."""
    return list(listed)


def _part(node: Node) -> Stamp | None:
    match node:
        case TextNode():
            return lambda _scope, write, text=node.s: write(text)  # type: ignore[misc]
        case VariableNode():
            return _value(_look(node.filter_expression))
        case IfNode():
            return _choice(node)
        case ForNode():
            return _loop(node)
        case LoadNode() | CommentNode():
            return None
    raise TemplateSyntaxError(f"{type(node).__name__} cannot be stamped: text, variables, if and for can")


def _value(look: Look) -> Stamp:
    return lambda scope, write: write(_text(look(scope)))


def _text(value: Any) -> str:
    if type(value) is str:
        return escape(value)
    return str(render_value_in_context(value, Context()))


def _look(expression: Any) -> Look:
    """How a place is reached: a name, and attributes from there."""
    is_plain = isinstance(expression, FilterExpression) and not expression.filters
    variable = expression.var if is_plain else None
    if not isinstance(variable, Variable) or not variable.lookups:
        raise TemplateSyntaxError("only names and attributes can be stamped")
    first, *rest = variable.lookups
    if not rest:
        return lambda scope: scope[first]
    reach = attrgetter(".".join(rest))
    return lambda scope: reach(scope[first])


def _choice(node: IfNode) -> Stamp:
    ways = [(_condition(condition), _all(nodes)) for condition, nodes in node.conditions_nodelists]

    def stamp(scope: Scope, write: Callable[[str], None]) -> None:
        for holds, inner in ways:
            if holds(scope):
                inner(scope, write)
                return

    return stamp


def _condition(condition: object) -> Look:
    if condition is None:
        return lambda _scope: True
    if not isinstance(condition, TemplateLiteral):
        raise TemplateSyntaxError("only a plain condition can be stamped")
    return _look(condition.value)


def _loop(node: ForNode) -> Stamp:
    if len(node.loopvars) != 1 or node.is_reversed or node.nodelist_empty:
        raise TemplateSyntaxError("only a plain loop can be stamped")
    name, listed, inner = str(node.loopvars[0]), _look(node.sequence), _all(_nodes(node.nodelist_loop))

    def stamp(scope: Scope, write: Callable[[str], None]) -> None:
        for one in listed(scope):
            inner({**scope, name: one}, write)

    return stamp
