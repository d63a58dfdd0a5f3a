"""The hidden fields of a form: its key, its name, what it is about, and the version its writer saw."""

from typing import Any

from django import template
from django.template.context import Context

from samspil.foundation.desk import rules
from samspil.foundation.desk.forms import Sheet
from samspil.foundation.desk.keys import new_key
from samspil.foundation.desk.sessions import token_of

register = template.Library()


@register.inclusion_tag("desk/_hidden.html", takes_context=True)
def desk_fields(context: Context, sheet: Sheet | str | None = None) -> dict[str, Any]:
    """The hidden fields of a form that is sent with POST. A form that only acts has no sheet."""
    key = new_key(token_of(context["request"]))
    hidden = {rules.KEY: key}
    if isinstance(sheet, Sheet):
        hidden |= {
            rules.FORM: sheet.name,
            rules.THING: sheet.thing,
            rules.VERSION: sheet.version,
            rules.PAGE: sheet.page,
        }
    return {"hidden": hidden.items()}
