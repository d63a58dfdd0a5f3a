"""The shape of what is written down about meetings."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.meetings import rules
from samspil.collaboration.meetings.actions import Call, Place
from samspil.collaboration.meetings.models import PlaceCode, Presence, ReplyAnswer
from samspil.collaboration.meetings.rules import Guest, PointText
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.web.forms import DanishDate, Form

Choices = Sequence[tuple[str, Text]]
TIME = re.compile(r"(?P<hour>[01]?\d|2[0-3])(?:[.:](?P<minute>[0-5]\d))?")
CHOOSE = ("", _("Choose"))
_SHORT, _LONG = 120, 500


class ClockTime(forms.CharField):
    """A time of day as Danes write it: 14.30, 14:30 or 14."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            help_text=_("For example 14.30"),
            max_length=5,
            widget=forms.TextInput(attrs={"autocomplete": "off", "class": "form-input--date"}),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = TIME.fullmatch(text)
        if not found:
            raise ValidationError(_("Write the time as hours and minutes, for example 14.30."))
        return time(int(found["hour"]), int(found["minute"] or 0))


class _When(Form):
    """A day, a time and a length."""

    on = DanishDate(label=_("Which day?"))
    at = ClockTime(label=_("At what time?"))
    length = forms.IntegerField(
        label=_("How many minutes?"),
        initial=60,
        min_value=rules.SHORTEST,
        max_value=rules.LONGEST,
        widget=forms.NumberInput(attrs={"class": "form-input--date"}),
    )

    @property
    def starts_at(self) -> datetime:
        """The instant, in the calendar of Denmark."""
        data = self.cleaned_data
        return datetime.combine(data["on"], data["at"], tzinfo=clock.COPENHAGEN)


class PlanMeeting(_When):
    """A meeting: why, when, where, about whom, and who is asked."""

    field_order = ("kind", "purpose", "on", "at", "length", "code", "place", "is_secret", "about")

    kind = forms.ChoiceField(label=_("What kind of meeting is it?"))
    purpose = forms.CharField(
        label=_("Why do you meet?"),
        help_text=_("In plain words, as you would say it to the family."),
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    code = forms.ChoiceField(label=_("Where?"), choices=PlaceCode.choices)
    place = forms.CharField(label=_("Place, so that everybody finds it"), max_length=_LONG, required=False)
    is_secret = forms.BooleanField(
        label=_("The place tells where somebody with a protected address is"),
        help_text=_("Then only those see it who may see addresses."),
        required=False,
    )
    about = forms.MultipleChoiceField(
        label=_("Whom is the meeting about?"),
        help_text=_("Only units that may know about all of them see the meeting."),
        widget=forms.CheckboxSelectMultiple,
    )
    family = forms.MultipleChoiceField(
        label=_("Whom in the family do you invite?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    staff = forms.MultipleChoiceField(
        label=_("Which professionals do you invite?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    network = forms.CharField(
        label=_("Others whom the family wants to have with them"),
        help_text=_("One name on each line, for example: Grandmother Inge"),
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, *args: Any, kinds: Choices, people: Choices, staff: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, kind=[CHOOSE, *kinds], about=people, family=people, staff=staff)

    @property
    def call(self) -> Call:
        data = self.cleaned_data
        place = Place(PlaceCode(data["code"]), data["place"], data["is_secret"])
        about = frozenset(UUID(one) for one in data["about"])
        return Call(data["kind"], data["purpose"], self.starts_at, data["length"], about, place)

    @property
    def guests(self) -> list[Guest]:
        return guests_of(self.cleaned_data)


class Invite(Form):
    """More people for a meeting."""

    family = forms.MultipleChoiceField(
        label=_("Whom in the family do you invite?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    staff = forms.MultipleChoiceField(
        label=_("Which professionals do you invite?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    network = forms.CharField(
        label=_("Others whom the family wants to have with them"),
        help_text=_("One name on each line, for example: Grandmother Inge"),
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, *args: Any, people: Choices, staff: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, family=people, staff=staff)
        for name, choices in (("family", people), ("staff", staff)):
            if not choices:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not guests_of(values):
            raise ValidationError(_("Say whom you invite."))
        return values

    @property
    def guests(self) -> list[Guest]:
        return guests_of(self.cleaned_data)


class ReplyForm(Form):
    """What somebody answered."""

    answer = forms.ChoiceField(
        label=_("What is the answer?"), choices=ReplyAnswer.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("For example another time or place that is better."),
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


class MoveMeeting(_When):
    """Another time, and why."""

    field_order = ("on", "at", "length", "reason")
    reason = forms.CharField(label=_("Why?"), max_length=_LONG, widget=forms.Textarea(attrs={"rows": 3}))


class CancelMeeting(Form):
    """Why a meeting does not take place."""

    reason = forms.CharField(label=_("Why?"), max_length=_LONG, widget=forms.Textarea(attrs={"rows": 3}))


class AddPoint(Form):
    """Something to talk about, whose wish it is, and words to read aloud."""

    title = forms.CharField(label=_("What do you want to talk about?"), max_length=_SHORT)
    wished = forms.ChoiceField(label=_("Whose wish is it?"), required=False)
    length = forms.IntegerField(
        label=_("How many minutes?"),
        min_value=1,
        max_value=rules.LONGEST,
        required=False,
        widget=forms.NumberInput(attrs={"class": "form-input--date"}),
    )
    view = forms.ChoiceField(
        label=_("Words of a child to read aloud"),
        help_text=_("Only words that the child has said yes to showing."),
        required=False,
    )
    words = forms.CharField(
        label=_("Or the words of an adult in the family"),
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    said_by = forms.ChoiceField(label=_("Who says it?"), required=False)

    def __init__(self, *args: Any, wishers: Choices, views: Choices, adults: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = ("", _("Nobody in particular"))
        _offer(self, wished=[nobody, *wishers], view=[("", _("None")), *views], said_by=[CHOOSE, *adults])

    @property
    def text(self) -> PointText:
        data = self.cleaned_data
        kind, _sep, key = data["wished"].partition(":")
        return PointText(
            title=data["title"],
            length=data["length"],
            wished_post=UUID(key) if kind == "post" else None,
            wished_person=UUID(key) if kind == "person" else None,
            view=UUID(data["view"]) if data["view"] else None,
            words=data["words"],
            said_by=UUID(data["said_by"]) if data["said_by"] else None,
        )


class WhoIsThere(Form):
    """Whether each of those invited takes part."""

    def __init__(self, *args: Any, guests: Iterable[tuple[UUID, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: list[UUID] = []
        for key, name, presence in guests:
            self.asked.append(key)
            self.fields[f"presence_{key}"] = forms.ChoiceField(
                label=name,
                choices=Presence.choices,
                widget=forms.RadioSelect,
                initial=presence,
                error_messages={"required": _("Say whether %(name)s takes part.") % {"name": name}},
            )

    @property
    def presence_fields(self) -> list[forms.BoundField]:
        return [self[f"presence_{key}"] for key in self.asked]

    @property
    def presence(self) -> dict[UUID, Presence]:
        return {key: Presence(self.cleaned_data[f"presence_{key}"]) for key in self.asked}


class CloseMeeting(WhoIsThere):
    """On which day it was held, and who took part."""

    held_on = DanishDate(
        label=_("On which day was it held?"),
        help_text=_("It is fine to write it down later: the day it was held counts."),
    )


class AddDecision(Form):
    """What those present agree on, or do not."""

    text = forms.CharField(
        label=_("A new decision"), max_length=_LONG, widget=forms.Textarea(attrs={"rows": 2})
    )
    voices = forms.CharField(
        label=_("Who says what?"),
        help_text=_("For example: Inge says yes. Jens and Mette agree."),
        max_length=_LONG,
        required=False,
    )


class GiveTask(Form):
    """What one of those present takes on, and by when."""

    guest = forms.ChoiceField(label=_("Who?"))
    what = forms.CharField(label=_("What?"), max_length=_LONG, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = DanishDate(label=_("By which day?"))
    wants_to = forms.BooleanField(
        label=_("It is a child or a young person, and it wants to"),
        help_text=_("Children and young people get no empty place. They take a task only if they want to."),
        required=False,
    )

    def __init__(self, *args: Any, guests: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, guest=[CHOOSE, *guests])


class ShareMinutes(Form):
    """The minutes in plain words. Decisions and tasks stand in them by themselves."""

    text = forms.CharField(
        label=_("What did you talk about?"),
        help_text=_("Short and in plain words. The family reads it, too."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class AmendMinutes(ShareMinutes):
    """A new version, and why."""

    based_on = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why is it changed?"), max_length=_LONG, widget=forms.Textarea(attrs={"rows": 3})
    )


def guests_of(values: dict[str, Any]) -> list[Guest]:
    """Those chosen in a form; each name on a line is one of the network."""
    names = [line.strip() for line in values.get("network", "").splitlines() if line.strip()]
    return [
        *(Guest(person=UUID(one)) for one in values.get("family", ())),
        *(Guest(post=UUID(one)) for one in values.get("staff", ())),
        *(Guest(name=one[:_SHORT]) for one in names),
    ]


def _offer(form: Form, **choices: Choices) -> None:
    for name, values in choices.items():
        form.fields[name].choices = values  # type: ignore[attr-defined]
