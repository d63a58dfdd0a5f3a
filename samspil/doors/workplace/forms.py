"""The shape of what the staff pages are asked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.models import ClosingReason
from samspil.collaboration.courses.queries import OpenThing
from samspil.collaboration.courses.rules import Left
from samspil.collaboration.sharing.presenters import Line
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.web.forms import DanishDate, Form


class FindByNumber(Form):
    """Whom a citizen's request is about. Sent by POST, so that the number stands in no address."""

    civil_number = forms.CharField(
        label=_("CPR number"),
        max_length=20,
        help_text=_("The number of the person who asks. It stands in the log that you looked it up."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


class Remains(Form):
    """What happens now, in words for the family, and what becomes of each thing that is still open."""

    now = forms.CharField(
        label=_("What happens now, and whom can the family turn to?"),
        help_text=_(
            "Write to the family. Everybody who gets a copy reads it: nothing about one person’s health."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, things: Sequence[OpenThing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.things = things
        for thing in things:
            self.fields[f"left_{thing.item}"] = forms.CharField(
                label=thing.title,
                help_text=_("Who takes over, or why is it no longer needed?"),
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def left(self) -> list[Left]:
        words = self.cleaned_data
        each = [Left(words[f"left_{one.item}"], one.item, one.title) for one in self.things]
        return [Left(words["now"]), *each]

    @property
    def fields_left(self) -> list[forms.BoundField]:
        return [self[f"left_{one.item}"] for one in self.things]


KEEP, STOP = "keep", "stop"


class Consents(Form):
    """Each basis looked at: kept until its end, or stopped today."""

    why = forms.CharField(
        label=_("If you stop something: why?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, lines: Mapping[UUID, tuple[str, Line]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for key, (name, line) in lines.items():
            words = {"name": name, "topic": line.topic, "receiver": line.receiver}
            choices: list[tuple[str, Text]] = [(KEEP, gettext("It holds %(note)s") % {"note": line.note})]
            if line.may_end:
                choices.append((STOP, _("Stop it today")))
            self.fields[f"basis_{key}"] = forms.ChoiceField(
                label=gettext("%(name)s: »%(topic)s« to %(receiver)s") % words,
                help_text="" if line.may_end else _("Another unit wrote it down, and only it can stop it."),
                choices=choices,
                initial=None if line.may_end else KEEP,
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        stops = [name for name in values if name.startswith("basis_") and values[name] == STOP]
        if stops and not values.get("why", "").strip():
            self.add_error("why", _("Write why it stops."))
        return values

    @property
    def answers(self) -> dict[UUID, str]:
        """Each basis, with why it is stopped where it is."""
        data = self.cleaned_data
        return {key: data["why"] if data[f"basis_{key}"] == STOP else "" for key in self.lines}

    @property
    def fields_of_bases(self) -> list[forms.BoundField]:
        return [self[f"basis_{key}"] for key in self.lines]


class CopyGiven(Form):
    """Whether somebody has got their copy, and when; or why not."""

    given = forms.ChoiceField(
        label=_("Have they got their copy?"),
        choices=[("yes", _("Yes")), ("no", _("No, not now"))],
        widget=forms.RadioSelect,
    )
    on = DanishDate(label=_("On which day?"), help_text=_("Leave it out for today."), required=False)
    why_not = forms.CharField(label=_("If not: why?"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("given") == "no" and not values.get("why_not", "").strip():
            self.add_error("why_not", _("Write why they do not get it now."))
        return values


class CloseCourse(Form):
    """When and why a course ends, and how long what was written is kept."""

    closed_on = DanishDate(
        label=_("On which day does it end?"), help_text=_("Leave it out for today."), required=False
    )
    reason = forms.ChoiceField(
        label=_("Why does it end?"), choices=ClosingReason.choices, widget=forms.RadioSelect
    )
    retention = forms.ChoiceField(label=_("How long is what was written kept?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, classes: Sequence[tuple[str, Text]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["retention"].choices = classes  # type: ignore[attr-defined]

    @property
    def choices(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "closed_on": data["closed_on"] or self.today,
            "reason": ClosingReason(data["reason"]),
            "retention_class": data["retention"],
        }
