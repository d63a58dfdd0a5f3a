"""The shape of what the staff pages are asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

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


KEEP, STOP, SOME = "keep", "stop", "some"


@dataclass(frozen=True, slots=True)
class Permitted:
    """What one person has said of one receiver until one day: looked at as one."""

    name: str
    receiver: str
    note: str
    lines: Mapping[UUID, Line]

    @property
    def topics(self) -> str:
        return ", ".join(str(line.topic) for line in self.lines.values())

    @property
    def key(self) -> str:
        """Names exactly these: where one has come or gone since the page was opened, nothing was answered."""
        return uuid5(NAMESPACE_OID, " ".join(sorted(map(str, self.lines)))).hex


@dataclass(frozen=True, slots=True)
class OfPerson:
    """What a page asks about one person, and what is not the reader's to stop."""

    name: str
    asked: list[tuple[forms.BoundField, forms.BoundField | None]]
    others: list[Permitted]


class Consents(Form):
    """Each basis looked at, by person and receiver: kept until its end, or stopped in whole or in part."""

    why = forms.CharField(
        label=_("If you stop something: why?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, lines: Mapping[UUID, tuple[str, Line]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        permitted = _permitted(lines)
        self.asked = [one for one in permitted if any(line.may_end for line in one.lines.values())]
        self.others = [one for one in permitted if one not in self.asked]
        for one in self.asked:
            self._ask(one)

    def _ask(self, one: Permitted) -> None:
        words = {"topic": one.topics, "receiver": one.receiver}
        choices: list[tuple[str, Text]] = [(KEEP, gettext("It holds %(note)s") % {"note": one.note})]
        if len(one.lines) > 1:
            choices += [(STOP, _("Stop all of it today")), (SOME, _("Stop some of it today"))]
            self.fields[f"some_{one.key}"] = forms.MultipleChoiceField(
                label=_("What stops?"),
                choices=[(str(key), line.topic) for key, line in one.lines.items()],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.unmarked |= {f"some_{one.key}"}
        else:
            choices.append((STOP, _("Stop it today")))
        self.fields[f"basis_{one.key}"] = forms.ChoiceField(
            label=gettext("»%(topic)s« to %(receiver)s") % words,
            choices=choices,
            widget=forms.RadioSelect,
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for one in self.asked:
            if values.get(f"basis_{one.key}") == SOME and not values.get(f"some_{one.key}"):
                self.add_error(f"some_{one.key}", _("Choose what stops."))
        if self._stopped(values) and not values.get("why", "").strip():
            self.add_error("why", _("Write why it stops."))
        return values

    def _stopped(self, values: Mapping[str, Any]) -> set[UUID]:
        stopped: set[UUID] = set()
        for one in self.asked:
            match values.get(f"basis_{one.key}"):
                case "stop":
                    stopped |= set(one.lines)
                case "some":
                    stopped |= {UUID(key) for key in values.get(f"some_{one.key}", ())}
        return stopped

    @property
    def answers(self) -> dict[UUID, str]:
        """Each basis, with why it is stopped where it is."""
        stopped = self._stopped(self.cleaned_data)
        return {key: self.cleaned_data["why"] if key in stopped else "" for key in self.lines}

    @property
    def people(self) -> list[OfPerson]:
        """Person by person: the questions, and what others alone can stop."""
        names = dict.fromkeys(one.name for one in (*self.asked, *self.others))
        return [
            OfPerson(
                name,
                [(self[f"basis_{one.key}"], self._some(one)) for one in self.asked if one.name == name],
                [one for one in self.others if one.name == name],
            )
            for name in names
        ]

    def _some(self, one: Permitted) -> forms.BoundField | None:
        return self[f"some_{one.key}"] if len(one.lines) > 1 else None


def _permitted(lines: Mapping[UUID, tuple[str, Line]]) -> list[Permitted]:
    """Lines by person, receiver and last day, in the order they come."""
    found: dict[tuple[str, str, str, bool], dict[UUID, Line]] = {}
    for key, (name, line) in lines.items():
        found.setdefault((name, line.receiver, line.note, line.may_end), {})[key] = line
    return [Permitted(name, receiver, note, of) for (name, receiver, note, _may_end), of in found.items()]


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
