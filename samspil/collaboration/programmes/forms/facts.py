"""The shape of noting a fact: one form, built from the vocabulary and what a model understands."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes import words
from samspil.collaboration.programmes.asking import FactField
from samspil.collaboration.programmes.choosing import Choosing
from samspil.collaboration.programmes.vocabulary import Type
from samspil.foundation.kernel.clock import COPENHAGEN
from samspil.foundation.web.forms import DanishDate, Form

PREFIX = "a_"
"""Fields of attributes are told from those of the form."""
CHOOSING = "q_"
"""Fields of the questions by which a model is suggested."""
YES_NO = [("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))]
WHEN = _("When did it happen?")


class FactForm(Form):
    """One fact of a kind: its day, and the questions of the vocabulary that a person can answer."""

    on = DanishDate(label=WHEN)

    def __init__(
        self, *args: Any, asked: Sequence[FactField], is_instant: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.is_instant = asked, is_instant
        if is_instant:
            self.fields["time"] = forms.TimeField(
                label=_("What was the time?"), help_text=_("For example 14.30")
            )
            self.fields["time"].input_formats = ["%H.%M", "%H:%M"]  # type: ignore[attr-defined]
        for one in asked:
            self.fields[PREFIX + one.name] = fact_field(one)

    def say_what_is_missing(self) -> None:
        """Our own words where a field that was added later is left out."""
        for name, field in self.fields.items():
            if field.required:
                field.error_messages["required"] = _("Fill in: %(label)s") % {"label": field.label or name}

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


def fact_field(one: FactField) -> forms.Field:
    """The field of one question."""
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


class Choose(Form):
    """The questions by which a model is suggested. Every one may stay open."""

    def __init__(self, *args: Any, rule: Choosing, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_choosing(self, rule, language)

    @property
    def answers(self) -> dict[str, str]:
        return chosen_answers(self.cleaned_data)


def add_choosing(form: Form, rule: Choosing, language: str) -> None:
    """Put the questions of the suggestion into a form."""
    for one in rule.questions:
        answers = [(key, text.said(language)) for key, text in one.answers.items()]
        form.fields[CHOOSING + one.key] = forms.ChoiceField(
            label=one.ask.said(language), choices=[("", _("Not known")), *answers], required=False
        )


def chosen_answers(said: Mapping[str, object]) -> dict[str, str]:
    """The answers to the questions of the suggestion, without those left open."""
    found = {name.removeprefix(CHOOSING): value for name, value in said.items() if name.startswith(CHOOSING)}
    return {key: str(value) for key, value in found.items() if value}


class TryDay(Form):
    """The day a family is looked at."""

    on = DanishDate(label=_("See the family on this day"))


class TryFact(FactForm):
    """A fact added to an invented family. There is no free text: nobody can write of a real one."""

    prefix = "new"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()


class TryPerson(Form):
    """Somebody put into the empty family: a role and a birthday, no name."""

    role = forms.ChoiceField(label=_("Which role?"))
    born = DanishDate(label=_("Born"), required=False, help_text=_("Invented. For example 12.5.2014"))

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class TryAnswers(Form):
    """The questions of the target group, answered for an invented family."""

    def __init__(self, *args: Any, questions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, ask in questions:
            self.fields[PREFIX + key] = forms.ChoiceField(
                label=ask,
                choices=[("unknown", _("Not known")), ("yes", _("Yes")), ("no", _("No"))],
                required=False,
            )

    @property
    def answers(self) -> dict[str, str]:
        return {
            name.removeprefix(PREFIX): value or "unknown"
            for name, value in self.cleaned_data.items()
            if name.startswith(PREFIX)
        }
