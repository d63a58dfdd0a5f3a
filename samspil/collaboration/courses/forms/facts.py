"""The shape of noting what happened: the general form is built from the vocabulary."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.forms import Choices
from samspil.collaboration.courses.queries import FactField
from samspil.collaboration.programmes.forms import PREFIX, WHEN, FactForm
from samspil.collaboration.programmes.vocabulary import Type
from samspil.foundation.web.forms import DanishDate, Form

MOST_MINUTES = 24 * 60


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
    on = DanishDate(label=WHEN)
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


class NoteFact(FactForm):
    """One fact of a kind in a course; some kinds ask why, and which of several others it is about."""

    def __init__(self, *args: Any, says_why: str = "", things: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(things) > 1:
            self.fields["thing"] = forms.ChoiceField(
                label=_("Which one is it about?"), choices=things, widget=forms.RadioSelect
            )
        if says_why:
            self.fields["reason"] = reason_field(
                _("Why?"), _("It is kept beside what is noted."), required=says_why == "required"
            )
        self.say_what_is_missing()


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
        self.say_what_is_missing()


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
