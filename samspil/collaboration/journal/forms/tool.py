"""The one form engine: builds the form of any tool from its description. Rows come and go without script."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.journal.rules import MOST_LINE, MOST_WORDS, PHONE, Data
from samspil.collaboration.journal.toolbox import Column, Edition, Field, Section, Type
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.web.forms import DanishDate, Form

ADD, REMOVE, LATER = "_add", "_remove", "_later"
"""The buttons that change the rows, and the one that keeps a draft."""

Choices = Sequence[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of a list: its number, its fields, and what the button sends that removes it."""

    number: int
    fields: list[forms.BoundField]
    remove: str


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field as the page shows it: one control, or rows of them."""

    key: str
    label: str
    help: str
    is_required: bool
    control: forms.BoundField | None
    rows: list[RowShown]
    count: forms.BoundField | None
    may_grow: bool


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A section of the form."""

    section: Section
    title: str
    intro: str
    fields: list[FieldShown]


class ToolForm(Form):
    """A tool to be filled in. What is left for later is not judged; what is finished is."""

    based_on = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    on = DanishDate(label=_("Made on"))

    def __init__(
        self,
        data: QueryDict | None = None,
        files: Any = None,
        *,
        edition: Edition,
        people: Choices,
        known: Data,
        language: str,
        today: date,
        based_on: str = "",
        **kwargs: Any,
    ) -> None:
        data = _rearranged(data, edition) if data is not None else None
        super().__init__(data, files, initial={"on": today, "based_on": based_on}, **kwargs)
        self.edition, self.people, self.language = edition, people, language
        self.counts: dict[str, int] = {}
        for field in edition.fields:
            self._add_field(field, known.get(field.key))

    # --- what was pressed -----------------------------------------------------------------------------

    @property
    def is_rearranged(self) -> bool:
        """Only rows were added or removed."""
        return self.is_bound and bool({ADD, REMOVE} & set(self.data))

    @property
    def is_for_later(self) -> bool:
        """It is kept as a draft."""
        return self.is_bound and LATER in self.data

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict() if self.is_rearranged else super().errors

    def is_valid(self) -> bool:
        return not self.is_rearranged and super().is_valid()

    # --- building -------------------------------------------------------------------------------------

    def _add_field(self, field: Field, known: Any) -> None:
        if not field.columns:
            self._add_control(field.key, field, known, required=field.required)
            return
        rows = known if isinstance(known, list) else []
        count = max(len(rows), field.begins_with)
        if self.is_bound:
            count = _number(self.data.get(count_of(field)), field.most)
        self.counts[field.key] = min(count, field.most)
        self.fields[count_of(field)] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=str(self.counts[field.key])
        )
        for n in range(self.counts[field.key]):
            row = rows[n] if n < len(rows) else {}
            for column in field.columns:
                self._add_control(cell_of(field, n, column), column, row.get(column.key), required=False)

    def _add_control(self, name: str, column: Column, known: Any, *, required: bool) -> None:
        control = self._typed(column) if self.is_for_later else self._made(column)
        control.label = column.label.said(self.language)
        control.required = required and not self.is_for_later
        control.initial = _danish(known) if column.type is Type.DATE else known
        if isinstance(column, Field) and column.help:
            control.help_text = column.help.said(self.language)
        control.error_messages["required"] = _("Fill in: %(label)s") % {"label": control.label}
        control.error_messages.setdefault(
            "null_characters_not_allowed",
            _("The text holds a sign that cannot be shown. Remove it, and try again."),
        )
        control.widget.attrs.pop("maxlength", None)
        self.fields[name] = control

    def _made(self, column: Column) -> forms.Field:
        """The control for a type."""
        match column.type:
            case Type.LONG_TEXT:
                return forms.CharField(max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 4}))
            case Type.CHOICE:
                options = [(one.key, one.text.said(self.language)) for one in column.options]
                return forms.ChoiceField(choices=[("", _("Choose")), *options])
            case Type.PERSON:
                return forms.ChoiceField(choices=[("", _("Choose")), *self.people])
            case Type.PHONE:
                widget = forms.TextInput(attrs={"inputmode": "tel"})
                return forms.CharField(max_length=20, validators=[_is_phone], widget=widget)
            case Type.DATE:
                return DanishDate()
            case _:
                return forms.CharField(max_length=MOST_LINE)

    def _typed(self, column: Column) -> forms.Field:
        """The control for a draft: whatever was typed."""
        widget = self._made(column).widget
        return forms.CharField(max_length=MOST_WORDS, widget=widget)

    # --- judging --------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.is_for_later:
            for field in self.edition.fields:
                if field.columns:
                    self._judge_rows(field, values)
        return values

    def _judge_rows(self, field: Field, values: Mapping[str, Any]) -> None:
        said = 0
        for n in range(self.counts[field.key]):
            names = {column: cell_of(field, n, column) for column in field.columns}
            if not any(values.get(name) or name in self.errors for name in names.values()):
                continue
            said += 1
            for column, name in names.items():
                if column.required and not values.get(name) and name not in self.errors:
                    self.add_error(name, _fill_in(column.label.said(self.language)))
        if field.required and not said:
            first = cell_of(field, 0, field.columns[0])
            self.add_error(first if first in self.fields else None, _fill_in(field.label.said(self.language)))

    @property
    def supersedes(self) -> UUID | None:
        """The document that the writer had before."""
        try:
            return UUID(self.cleaned_data["based_on"]) if self.cleaned_data["based_on"] else None
        except ValueError:
            return None

    # --- answers --------------------------------------------------------------------------------------

    @property
    def answers(self) -> dict[str, Any]:
        """What was filled in, by the key of the field. What is empty is left out."""
        found = {field.key: self._answer(field) for field in self.edition.fields}
        return {key: value for key, value in found.items() if value}

    def _answer(self, field: Field) -> Any:
        values = self.cleaned_data
        if not field.columns:
            return _stored(values.get(field.key))
        rows = [
            {column.key: _stored(values.get(cell_of(field, n, column))) for column in field.columns}
            for n in range(self.counts[field.key])
        ]
        return [{key: said for key, said in row.items() if said} for row in rows if any(row.values())]

    # --- showing --------------------------------------------------------------------------------------

    @property
    def sections(self) -> list[SectionShown]:
        """The form as the page shows it."""
        return [
            SectionShown(
                section,
                section.title.said(self.language),
                section.intro.said(self.language) if section.intro else "",
                [self._shown(field) for field in section.fields],
            )
            for section in self.edition.sections
        ]

    def _shown(self, field: Field) -> FieldShown:
        count = self.counts.get(field.key, 0)
        return FieldShown(
            key=field.key,
            label=field.label.said(self.language),
            help=field.help.said(self.language) if field.help else "",
            is_required=field.required,
            control=None if field.columns else self[field.key],
            rows=list(self._rows(field, count)),
            count=self[count_of(field)] if field.columns else None,
            may_grow=bool(field.columns) and count < field.most,
        )

    def _rows(self, field: Field, count: int) -> Iterator[RowShown]:
        for n in range(count):
            cells = [self[cell_of(field, n, column)] for column in field.columns]
            for cell, column in zip(cells, field.columns, strict=True):
                cell.field.required = column.required  # judged by row above; here it is only said
            yield RowShown(n + 1, cells, f"{field.key}:{n}")


def _is_phone(value: str) -> None:
    if not PHONE.fullmatch(value):
        raise ValidationError(_("Write the number with digits, for example 12 34 56 78."))


def count_of(field: Field) -> str:
    """The name of the hidden field that says how many rows there are."""
    return f"{field.key}__rows"


def cell_of(field: Field, n: int, column: Column) -> str:
    """The name of one control in a row."""
    return f"{field.key}__{n}__{column.key}"


def _rearranged(data: QueryDict, edition: Edition) -> QueryDict:
    """What was sent, with one row more or less where that button was pressed."""
    fields = {field.key: field for field in edition.fields if field.columns}
    added, (removed, _sep, place) = data.get(ADD, ""), data.get(REMOVE, "").partition(":")
    changed = data.copy()
    if added in fields:
        field = fields[added]
        changed[count_of(field)] = str(min(_number(data.get(count_of(field)), field.most) + 1, field.most))
    if removed in fields and place.isascii() and place.isdigit():
        _without(changed, fields[removed], int(place))
    return changed


def _without(data: QueryDict, field: Field, place: int) -> None:
    count = _number(data.get(count_of(field)), field.most)
    if place >= count:
        return
    for n in range(place, count):
        for column in field.columns:
            data[cell_of(field, n, column)] = data.get(cell_of(field, n + 1, column), "")
    data[count_of(field)] = str(max(count - 1, 1))


def _number(text: str | None, most: int) -> int:
    """How many rows; what is no number is one."""
    if text and text.isascii() and text.isdigit() and len(text) < 4:
        return min(max(int(text), 1), most)
    return 1


def _fill_in(label: str) -> str:
    return str(_("Fill in: %(label)s")) % {"label": label}


def _stored(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "").strip()


def _danish(value: Any) -> Any:
    """A stored date as it is shown; what somebody typed stays as it was typed."""
    try:
        return date.fromisoformat(value) if value else value
    except ValueError:
        return value
