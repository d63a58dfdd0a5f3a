"""Forms that keep what was typed, are sent once, and show both texts where two people wrote."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from django import forms
from django.db.models import Model
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict
from django.utils.formats import localize

from samspil.foundation.desk import queries, rules
from samspil.foundation.desk.versions import Conflict, version_of
from samspil.foundation.web.forms import refusals_on

F = TypeVar("F", bound=forms.Form)


@dataclass(frozen=True, slots=True)
class TwoTexts:
    """One field that two people have written in."""

    label: str
    mine: str
    theirs: str


@dataclass(slots=True)
class Sheet:
    """What the desk knows of one form on one page. The component `c-desk.form` shows it."""

    name: str
    thing: str = ""
    version: str = ""
    """The version the writer has seen: hand it to the action."""
    page: str = ""
    draft_of: datetime | None = None
    """When the draft that was restored was saved."""
    is_outrun: bool = False
    """Somebody has changed the thing since the draft was written."""
    is_too_long: bool = False
    """What was sent is too long to be kept as a draft."""
    conflict: list[TwoTexts] = field(default_factory=list)


def open_form(
    request: HttpRequest,
    form_class: type[F],
    *,
    name: str,
    thing: object = "",
    rows: Model | tuple[Model, ...] = (),
    **options: Any,
) -> F:
    """The form of a page: as it was sent, else as its draft was left, else empty. One query on GET.

    `name` names the form ("journal.note"), `thing` is the id of what it is about, and `rows` are what it
    edits: their version goes with the form, and the action checks it. `options` go to the form. The form
    has a `sheet`; its `version` is the one the writer saw.
    """
    rows = rows if isinstance(rows, tuple) else (rows,)
    current = version_of(*rows) if rows else ""
    sheet = Sheet(name, str(thing), current, request.get_full_path())
    if request.method == "POST":
        sheet.version = request.POST.get(rules.VERSION, "")
        form = form_class(request.POST, request.FILES, **options)
        sheet.is_too_long = (
            len(urlencode(rules.text_of(_fields(request.POST)), doseq=True)) > rules.MOST_DRAFT_BYTES
        )
    elif draft := queries.own_draft(request.actor, name, sheet.thing):  # type: ignore[attr-defined]
        sheet.draft_of = draft.saved_at
        sheet.is_outrun = bool(current) and draft.version != current
        sheet.version = draft.version or current
        form = _restored(form_class)(_as_posted(draft.text), **options)
    else:
        form = form_class(**options)
    form.sheet = sheet  # type: ignore[attr-defined]
    return form


@contextmanager
def answers_on(form: forms.Form) -> Iterator[None]:
    """An action's "no" stands on the form; a conflict shows both texts, and the next try has seen them."""
    with refusals_on(form):
        try:
            yield
        except Conflict as conflict:
            sheet: Sheet = form.sheet  # type: ignore[attr-defined]
            sheet.version = conflict.version
            sheet.conflict = list(_two_texts(form, conflict))
            raise


def _two_texts(form: forms.Form, conflict: Conflict) -> Iterator[TwoTexts]:
    for name, formfield in form.fields.items():
        if name in conflict.theirs:
            mine = _shown(formfield, form.cleaned_data.get(name))
            theirs = _shown(formfield, conflict.theirs[name])
            if mine != theirs:
                yield TwoTexts(str(formfield.label or name), mine, theirs)


def _shown(formfield: forms.Field, value: Any) -> str:
    """A value as a person reads it: the words of a choice, a date in Danish."""
    if value is None:
        return ""
    if isinstance(formfield, forms.ChoiceField):
        labels = _labels(formfield.choices)
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(str(one), str(one)) for one in values)
    return str(localize(value))


def _labels(choices: Any) -> dict[str, str]:
    labels: dict[str, str] = {}
    for key, label in choices:
        labels |= _labels(label) if isinstance(label, list | tuple) else {str(key): str(label)}
    return labels


class _Restored:
    """A draft shown in a form: exactly what was typed, not yet judged and never valid by itself."""

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict()

    def is_valid(self) -> bool:
        return False


def _restored(form_class: type[F]) -> type[F]:
    return type(f"Restored{form_class.__name__}", (_Restored, form_class), {})


def _as_posted(text: rules.Fields) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in text.items():
        data.setlist(name, list(values))
    return data


def _fields(posted: QueryDict) -> dict[str, list[str]]:
    return {name: posted.getlist(name) for name in posted}
