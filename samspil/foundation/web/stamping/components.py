"""Components in a stamped template: put in once with the words that stand in their attributes and slots."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.template import Library, TemplateSyntaxError
from django.template.base import Node, Variable
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django_cotton.templatetags import compile_inline_template, strip_quotes_with_status
from django_cotton.templatetags._component import CottonComponentNode
from django_cotton.templatetags._slot import CottonSlotNode
from django_cotton.templatetags._vars import CottonVarsNode

from samspil.foundation.web.stamping import values
from samspil.foundation.web.stamping.parts import Made, all_of
from samspil.foundation.web.stamping.values import Look, Scope, Stamp, Write


def _component(node: CottonComponentNode) -> Made:
    """A component sees what stands round it, its defaults, slots and attributes, the last the strongest."""
    if node.only:
        raise TemplateSyntaxError(f"{node.component_name}: a component that sees nothing is not stamped")
    template = _template(node)
    [variables, *_more] = [one for one in template if isinstance(one, CottonVarsNode)] or [None]
    given = dict(_attribute(name, raw, node.active_library) for name, raw in node.attrs.items())
    slots = {
        one.slot_name: _text_of(one.nodelist) for one in node.nodelist if isinstance(one, CottonSlotNode)
    }
    inside = _text_of([one for one in node.nodelist if not isinstance(one, CottonSlotNode)])
    defaults = _defaults(variables, {*given, *slots}, node.component_name)
    body, looks = all_of(template), {**slots, **given, "slot": inside}

    def stamp(scope: Scope, write: Write) -> None:
        body({**scope, **defaults, **{name: way(scope) for name, way in looks.items()}}, write)

    return stamp


def _template(node: CottonComponentNode) -> list[Node]:
    path = node._generate_component_template_path(node.component_name, None)
    return list(get_template(path).template.nodelist)  # type: ignore[attr-defined]


def _attribute(name: str, raw: Any, library: Library | None) -> tuple[str, Look]:
    """`:name="place"` is the place itself; in any other the tags are drawn, and the rest is text."""
    value, _is_quoted = strip_quotes_with_status(raw)
    key = name.removeprefix(":").replace("-", "_")
    if name.startswith(":"):
        return key, values.variable(Variable(value))
    if isinstance(value, str) and ("{{" in value or "{%" in value):
        return key, _text_of(compile_inline_template(value, library).nodelist)
    return key, lambda _scope: value


def _text_of(nodes: Iterable[Node]) -> Callable[[Scope], SafeString]:
    """A part that is handed on as one text."""
    stamp: Stamp = all_of(nodes)

    def drawn(scope: Scope) -> SafeString:
        written: list[str] = []
        stamp(scope, written.append)
        return mark_safe("".join(written))  # noqa: S308  every value went through `values.text`

    return drawn


def _defaults(variables: CottonVarsNode | None, given: set[str], name: str) -> Mapping[str, Any]:
    """What a component says of itself where nobody says otherwise. What it does not name is refused."""
    if variables is None:
        return {"attrs": ""}
    known = {one.accessible_key: one.value for one in variables._prepared_vars}
    asked = {one.removeprefix(":").replace("-", "_") for one in variables.empty_vars}
    if further := given - known.keys() - asked:
        raise TemplateSyntaxError(
            f"{name}: {', '.join(sorted(further))} would go to the element: not stamped"
        )
    if any(one.compiled is not None for one in variables._prepared_vars):
        raise TemplateSyntaxError(f"{name}: only plain defaults can be stamped")
    return {**{key: value for key, value in known.items() if key not in given}, "attrs": ""}


def _nothing(_node: CottonVarsNode) -> Made:
    return None


KNOWN: dict[type[Node], Callable[[Any], Made]] = {CottonComponentNode: _component, CottonVarsNode: _nothing}
