"""Forms as the design system shows them: base class, renderer, Danish date, and the house's refusals."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from samspil.foundation.kernel.decisions import Refused

DATE = re.compile(r"(?P<day>\d{1,2})[.\-/ ]+(?P<month>\d{1,2})[.\-/ ]+(?P<year>\d{4})")
ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
SHORT_DATE = re.compile(r"\d{1,2}[.\-/ ]+\d{1,2}([.\-/ ]+\d{2})?\.?")
CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)
FIRST_YEAR, LAST_YEAR = 1850, 2150
"""Years that anybody can mean; 2926 is a slip of the finger."""


class StyledField(forms.BoundField):
    """A field in a form, with the classes of the design system and an address for the error summary."""

    def build_widget_attrs(
        self, attrs: Mapping[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = dict(super().build_widget_attrs(dict(attrs), widget))
        classes = f"{widget.attrs.get('class', '')} {style_of(widget)}".strip()
        return {**built, "class": classes} if classes else built

    @property
    def focus_id(self) -> str:
        """Where a link from the error summary lands: the control, or the first of several."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def is_group(self) -> bool:
        return isinstance(self.field.widget, CHOICES)

    @property
    def is_single_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)


def style_of(widget: forms.Widget) -> str:
    """The design system's class for a control."""
    if isinstance(
        widget, forms.CheckboxInput | forms.CheckboxSelectMultiple
    ):  # the latter is a RadioSelect, too
        return "form-checkbox"
    if isinstance(widget, forms.RadioSelect):
        return "form-radio"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "" if widget.is_hidden else "form-input"


class FieldRenderer(TemplatesSetting):
    """Forms and fields from our own templates, also those of packages we use."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    bound_field_class = StyledField


class Form(forms.Form):
    """The base of every form: the shape of input, and clear words where the shape is wrong."""

    template_name_label = "django/forms/label.html"
    use_required_attribute = False
    unmarked: frozenset[str] = frozenset()
    """Fields that may be empty just now, and yet are not shown as ones that may be left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label = field.label or name.replace("_", " ")
            _speak_plainly(field, str(label))


def _speak_plainly(field: forms.Field, label: str) -> None:
    """Our own words for the faults every field can have, unless the field brought some.

    The attribute `maxlength` goes: with it, a browser cuts pasted text without a word.
    """
    field.widget.attrs.pop("maxlength", None)
    ours: dict[str, Any] = {
        "null_characters_not_allowed": _(
            "The text holds a sign that cannot be shown. Remove it, and try again."
        ),
        "max_length": _("Write at most %(limit_value)d characters. Now there are %(show_value)d."),
        "min_value": _("Write a number that is %(limit_value)s or more."),
        "max_value": _("Write a number that is %(limit_value)s or less."),
    }
    if isinstance(field, forms.ChoiceField):
        field.error_messages["invalid_choice"] = _(
            "Something was chosen that does not stand in the list. Load the page again and choose once more."
        )
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = _asked_for(field) % {"label": label}
    for code, message in ours.items():
        field.error_messages.setdefault(code, message)


def _asked_for(field: forms.Field) -> StrPromise:
    """What one is asked to do with a field that was left out."""
    if isinstance(field, forms.BooleanField):
        return _("Tick: %(label)s")
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("Choose: %(label)s")
    return _("Fill in: %(label)s")


@contextmanager
def refusals_on(form: forms.BaseForm) -> Iterator[None]:
    """Show the house's »no« on the form. NotAllowed is another matter and passes through, to become a 403."""
    try:
        yield
    except Refused as refused:
        form.add_error(None, refused.reason)


class DanishDateInput(forms.DateInput):
    """One field for a whole date, written as Danes write it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"autocomplete": "off", "inputmode": "text", "class": "form-input--date", **(attrs or {})}
        )

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, date):
            return f"{value.day}.{value.month}.{value.year}"
        return str(value) if value else None


class DanishDate(forms.DateField):
    """A date such as 1.2.2026, 01-02-2026 or 2026-02-01; the day always comes before the month."""

    widget = DanishDateInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 26.11.2026"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        return danish_date(str(value))


def danish_date(text: str) -> date:
    """The date a person wrote; a ValidationError says what is wrong with it."""
    text = text.strip()
    found = DATE.fullmatch(text) or ISO_DATE.fullmatch(text)
    if not found:
        if SHORT_DATE.fullmatch(text):
            raise ValidationError(_("Write the year with four digits, for example 26.11.2026."), code="year")
        raise ValidationError(
            _("Write the date as day, month and year, for example 26.11.2026."), code="invalid"
        )
    day, month, year = (int(found[part]) for part in ("day", "month", "year"))
    try:
        found_day = date(year, month, day)
    except ValueError:
        raise ValidationError(
            _("There is no date %(day)d.%(month)d.%(year)d. Check day and month."),
            code="impossible",
            params={"day": day, "month": month, "year": year},
        ) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(
            _("The year %(year)d cannot be right. Check the date."), code="year", params={"year": year}
        )
    return found_day
