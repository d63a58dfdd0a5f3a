"""What a stamped template may hold, kind by kind: places, `if`, `for`, words in a language, addresses."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.template import Context, TemplateSyntaxError
from django.template.base import Node, TextNode, Variable, VariableNode
from django.template.defaulttags import CommentNode, CsrfTokenNode, ForNode, IfNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import (
    BlockTranslateNode,
    GetAvailableLanguagesNode,
    GetCurrentLanguageNode,
    TranslateNode,
)
from django.templatetags.l10n import LocalizeNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from samspil.foundation.web.navigation import addresses
from samspil.foundation.web.stamping import values
from samspil.foundation.web.stamping.values import Look, Scope, Stamp, Write

Made = Stamp | str | None
"""Text that is always the same stands as it is; None puts nothing down."""
KNOWN: dict[type[Node], Callable[[Any], Made]] = {}


def all_of(nodes: Iterable[Node], *, text: Callable[[Any], str] = values.text) -> Stamp:
    """Everything in order; what is always the same is one piece."""
    made: list[Stamp] = []
    still: list[str] = []
    for node in nodes:
        part = _part(node, text)
        if isinstance(part, str):
            still.append(part)
        elif part is not None:
            if still:
                made.append(_still("".join(still)))
                still = []
            made.append(part)
    if still:
        made.append(_still("".join(still)))
    return made[0] if len(made) == 1 else _in_order(made)


def _part(node: Node, text: Callable[[Any], str]) -> Made:
    match node:
        case TextNode():
            return node.s
        case VariableNode():
            return _value(values.look(node.filter_expression), text)
        case IfNode():
            return _choice(node, text)
        case ForNode():
            return _loop(node, text)
        case LocalizeNode():
            return all_of(node.nodelist, text=values.text if node.use_l10n else values.plain_text)
        case LoadNode() | CommentNode():
            return None
    made = KNOWN.get(type(node))
    if made is None:
        raise TemplateSyntaxError(f"{type(node).__name__} cannot be stamped: see web/stamping")
    return made(node)


def _still(text: str) -> Stamp:
    return lambda _scope, write: write(text)


def _in_order(made: list[Stamp]) -> Stamp:
    def stamp(scope: Scope, write: Write) -> None:
        for part in made:
            part(scope, write)

    return stamp


def _value(look: Look, text: Callable[[Any], str]) -> Stamp:
    return lambda scope, write: write(text(look(scope)))


def _choice(node: IfNode, text: Callable[[Any], str]) -> Stamp:
    ways = [(values.condition(asked), all_of(nodes, text=text)) for asked, nodes in node.conditions_nodelists]

    def stamp(scope: Scope, write: Write) -> None:
        for holds, inner in ways:
            if holds(scope):
                inner(scope, write)
                return

    return stamp


def _loop(node: ForNode, text: Callable[[Any], str]) -> Stamp:
    if node.is_reversed:
        raise TemplateSyntaxError("only a plain loop can be stamped")
    names, listed = [str(name) for name in node.loopvars], values.look(node.sequence)
    inner, empty = (
        all_of(_nodes(node.nodelist_loop), text=text),
        all_of(_nodes(node.nodelist_empty), text=text),
    )
    [first, *further] = names

    def stamp(scope: Scope, write: Write) -> None:
        found = listed(scope)
        if not found:
            empty(scope, write)
            return
        here = dict(scope)
        for one in found:
            if further:
                here.update(zip(names, one, strict=True))
            else:
                here[first] = one
            inner(here, write)

    return stamp


def _nodes(listed: Any) -> Iterable[Node]:
    """The stubs do not know what a loop holds."""
    return list(listed)


# --- what is the same on every page of a language and a host ------------------------------------------------


def _named(name: str, value: Any) -> Stamp:
    def stamp(scope: Scope, _write: Write) -> None:
        scope[name] = value

    return stamp


def _constant(node: TranslateNode) -> Made:
    if node.filter_expression.var.lookups or node.noop:
        raise TemplateSyntaxError("only words that stand there themselves can be translated here")
    context = Context()
    said = node.render(context)
    return _named(node.asvar, context[node.asvar]) if node.asvar else str(said)


def _address(node: URLNode) -> Made:
    if node.kwargs or (node.args and node.asvar):
        raise TemplateSyntaxError("an address with keys in their order can be stamped, where it stands")
    if node.args:
        return _address_of(node)
    context = Context()
    try:
        url = node.render(context)
    except NoReverseMatch:
        return _address_of(node)  # a page that this host does not have: an error only where it is drawn
    return _named(node.asvar, context[node.asvar]) if node.asvar else str(url)


def _address_of(node: URLNode) -> Stamp:
    """An address with one key is looked up once; with more, each time."""
    name, keys = str(node.view_name.resolve(Context())), [values.look(one) for one in node.args]

    def stamp(scope: Scope, write: Write) -> None:
        found = [key(scope) for key in keys]
        is_plain = len(found) == 1 and isinstance(found[0], UUID)
        write(values.text(addresses(name)(found[0]) if is_plain else reverse(name, args=found)))

    return stamp


def _file(node: StaticNode) -> Made:
    context = Context()
    url = node.render(context)
    return _named(node.varname, context[node.varname]) if node.varname else str(url)


def _languages(node: GetCurrentLanguageNode | GetAvailableLanguagesNode) -> Made:
    context = Context()
    node.render(context)
    return _named(node.variable, context[node.variable])


def _included(node: IncludeNode) -> Made:
    if node.extra_context or node.isolated_context or isinstance(node.template.var, Variable):
        raise TemplateSyntaxError("a template that is named itself can be included, without words of its own")
    return all_of(get_template(node.template.var).template.nodelist)  # type: ignore[attr-defined]


def _secret(_node: CsrfTokenNode) -> Made:
    """`csrf_token` is among the words, and empty where there is no form to protect."""

    def stamp(scope: Scope, write: Write) -> None:
        if token := scope["csrf_token"]:
            write(format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token))

    return stamp


def _within(node: SimpleNode) -> Made:
    """`{% stamped %}` within a stamped template: again only the words that are handed to it."""
    if node.func.__name__ != "stamped":
        raise TemplateSyntaxError(f"{node.func.__name__} cannot be stamped")
    inner = all_of(get_template(node.args[0].var).template.nodelist)  # type: ignore[attr-defined]
    given = {name: values.look(one) for name, one in node.kwargs.items()}

    def stamp(scope: Scope, write: Write) -> None:
        words = {name: one(scope) for name, one in given.items()}
        if node.target_var is None:
            inner(words, write)
            return
        written: list[str] = []
        inner(words, written.append)
        scope[node.target_var] = mark_safe("".join(written))  # noqa: S308  went through `values.text`

    return stamp


# --- texts with places in them -----------------------------------------------------------------------------


def _block(node: BlockTranslateNode) -> Made:
    one, places = node.render_token_list(node.singular)
    many, more = node.render_token_list(node.plural) if node.plural else ("", [])
    context = str(node.message_context.var) if node.message_context else ""
    words = {name: values.look(given) for name, given in node.extra_context.items()}
    named = {place: values.variable(Variable(place)) for place in (*places, *more)}
    counter = values.look(node.counter) if node.countervar else None
    said = _singular(one, context) if not many else ""

    def stamp(scope: Scope, write: Write) -> None:
        here = {**scope, **{name: given(scope) for name, given in words.items()}}
        template = said
        if counter is not None:
            here[str(node.countervar)] = number = counter(scope)
            template = _plural(one, many, number, context)
        filled = template % {place: values.text(way(here)) for place, way in named.items()}
        if node.asvar:
            scope[node.asvar] = mark_safe(filled)  # noqa: S308  each place went through `values.text`
        else:
            write(filled)

    return stamp


def _singular(text: str, context: str) -> str:
    return pgettext(context, text) if context else gettext(text)


def _plural(one: str, many: str, number: int, context: str) -> str:
    return npgettext(context, one, many, number) if context else ngettext(one, many, number)


KNOWN.update(
    {
        TranslateNode: _constant,
        BlockTranslateNode: _block,
        URLNode: _address,
        StaticNode: _file,
        IncludeNode: _included,
        CsrfTokenNode: _secret,
        SimpleNode: _within,
        GetCurrentLanguageNode: _languages,
        GetAvailableLanguagesNode: _languages,
    }
)
