"""The shape of noting what happened: the general form is built from the vocabulary."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses import words
from samspil.collaboration.courses.forms import Choices
from samspil.collaboration.courses.queries import FactField
from samspil.collaboration.programmes.vocabulary import Type
from samspil.foundation.kernel.clock import COPENHAGEN
from samspil.foundation.web.forms import DanishDate, Form

PREFIX = "a_"
"""Fields of attributes are told from those of the form."""
YES_NO = [("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))]
MOST_MINUTES = 24 * 60
_WHEN = _("When did it happen?")


def reason_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """Words that are kept beside a fact."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=required,
    )


class Contact(Form):
    """A contact: what kind, on which day, with whom. What was said belongs in the journal."""

    kind = forms.ChoiceField(label=_("What kind of contact?"), widget=forms.RadioSelect)
    on = DanishDate(label=_WHEN)
    people = forms.MultipleChoiceField(
        label=_("Who of the family took part?"),
        help_text=_("Tick nobody where professionals spoke with each other."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    duration = forms.IntegerField(
        label=_("How many minutes?"), min_value=1, max_value=MOST_MINUTES, required=False
    )

    def __init__(self, *args: Any, kinds: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["people"].choices = people  # type: ignore[attr-defined]

    @property
    def attributes(self) -> dict[str, object]:
        data = self.cleaned_data
        found: dict[str, object] = {"kind": data["kind"]}
        if data["people"]:
            found["people"] = list(data["people"])
        if data["duration"]:
            found["duration"] = data["duration"]
        return found


class NoteFact(Form):
    """One fact of a kind: its day, and the questions of the vocabulary that a person can answer."""

    on = DanishDate(label=_WHEN)

    def __init__(
        self,
        *args: Any,
        asked: Sequence[FactField],
        is_instant: bool = False,
        says_why: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.is_instant = asked, is_instant
        if is_instant:
            self.fields["time"] = forms.TimeField(
                label=_("What was the time?"), help_text=_("For example 14.30")
            )
            self.fields["time"].input_formats = ["%H.%M", "%H:%M"]  # type: ignore[attr-defined]
        for one in asked:
            self.fields[PREFIX + one.name] = _field(one)
        if says_why:
            self.fields["reason"] = reason_field(
                _("Why?"), _("It is kept beside what is noted."), required=says_why == "required"
            )
        _say_what_is_missing(self.fields)

    @property
    def moment(self) -> date | datetime:
        """The day, or the instant where the kind has one."""
        on: date = self.cleaned_data["on"]
        if not self.is_instant:
            return on
        at: time = self.cleaned_data["time"]
        return datetime.combine(on, at, COPENHAGEN)

    @property
    def attributes(self) -> dict[str, object]:
        """What was answered, as the vocabulary takes it; what was left out is not known."""
        found: dict[str, object] = {}
        for one in self.asked:
            value = self.cleaned_data.get(PREFIX + one.name)
            if value in (None, "", []):
                continue
            if one.type is Type.FLAG:
                value = value == "yes"
            if one.type is Type.INTEGER:
                value = int(value)
            if isinstance(value, date):
                value = value.isoformat()
            if one.name == "track":
                phase, _sep, value = str(value).rpartition("/")
                found |= {"phase": phase} if phase else {}
            found[one.name] = value
        return found

    @property
    def left_out(self) -> set[str]:
        """The questions that were not answered."""
        return {one.name for one in self.asked} - set(self.attributes)


def _say_what_is_missing(fields: Mapping[str, forms.Field]) -> None:
    """Our own words where a field that was added later is left out."""
    for name, field in fields.items():
        if field.required:
            field.error_messages["required"] = _("Fill in: %(label)s") % {"label": field.label or name}


def _field(one: FactField) -> forms.Field:
    label = words.attribute(one.name)
    choices = [(key, text or words.code(key)) for key, text in one.options]
    match one.type:
        case Type.PEOPLE:
            return forms.MultipleChoiceField(
                label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False
            )
        case Type.DATE:
            return DanishDate(label=label, required=one.is_needed)
        case Type.FLAG:
            return forms.ChoiceField(label=label, choices=YES_NO, widget=forms.RadioSelect, required=False)
        case Type.INTEGER if not choices:
            return forms.IntegerField(label=label, min_value=0, max_value=10_000, required=one.is_needed)
        case Type.NUMBER:
            return forms.FloatField(label=label, required=one.is_needed)
        case _chosen:
            first = [] if one.is_needed else [("", _("Not known"))]
            return forms.ChoiceField(
                label=label, choices=[*first, *choices], widget=forms.RadioSelect, required=one.is_needed
            )


def initial_of(asked: Sequence[FactField], attributes: Mapping[str, object]) -> dict[str, object]:
    """What a fact says, as the form shows it."""
    found: dict[str, object] = {}
    for one in asked:
        value = attributes.get(one.name)
        if one.type is Type.FLAG and value is not None:
            value = "yes" if value else "no"
        if one.type is Type.DATE and isinstance(value, str):
            value = date.fromisoformat(value)
        if one.name == "track" and attributes.get("phase"):
            value = f"{attributes['phase']}/{value}"
        found[PREFIX + one.name] = value
    return found


class CorrectFact(NoteFact):
    """What should have been noted, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = reason_field(_("Why is it corrected?"))
        _say_what_is_missing(self.fields)


class Reason(Form):
    """The reason for taking something back, or for leaving a step out."""

    reason = reason_field(_("Why?"))


class Eligibility(Form):
    """The questions of a target group. Only the result is kept."""

    def __init__(self, *args: Any, questions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, ask in questions:
            self.fields[PREFIX + key] = forms.ChoiceField(
                label=ask,
                choices=[("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not known"))],
                widget=forms.RadioSelect,
                initial="unknown",
                error_messages={"required": _("Choose an answer. »Not known« is one, too.")},
            )

    @property
    def answers(self) -> dict[str, str]:
        return {
            name.removeprefix(PREFIX): value
            for name, value in self.cleaned_data.items()
            if name.startswith(PREFIX) and value
        }
