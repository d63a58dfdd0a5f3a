"""The shape of what is written about people and families."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.families.models import PersonRecord, PlaceKind, TieKind, TieSource
from samspil.collaboration.families.rules.people import Particulars
from samspil.foundation.web.forms import DanishDate, Form


class Search(Form):
    """Part of a name; Danish letters and spelling are forgiven."""

    q = forms.CharField(label=_("Name"), max_length=100, help_text=_("One or more names, or how they begin."))


class Person(Form):
    """Who a person is."""

    name = forms.CharField(label=_("Full name"), max_length=120)
    born = DanishDate(label=_("Birth date"), required=False)
    is_unborn = forms.BooleanField(label=_("The child is not born yet"), required=False)

    @property
    def particulars(self) -> Particulars:
        """What was written, as the rules reckon with it."""
        written = self.cleaned_data
        return Particulars(
            written["name"], written["born"], written["is_unborn"], written.get("is_protected", False)
        )


class RegisterPerson(Person):
    """A person who is new to the unit."""

    civil_number = forms.CharField(
        label=_("CPR number"),
        required=False,
        max_length=20,
        help_text=_("May be left out. It is stored encrypted."),
    )
    is_protected = forms.BooleanField(
        label=_("Name and address are protected"),
        required=False,
        help_text=_("Then no page shows where the person is unless you ask for it."),
    )
    despite_likeness = forms.BooleanField(
        label=_("I have looked: this is somebody else"), required=False, widget=forms.HiddenInput
    )
    field_order = ("name", "born", "is_unborn", "civil_number", "is_protected", "despite_likeness")

    @property
    def is_refused(self) -> bool:
        """Well written, and yet the house said no."""
        return self.is_bound and set(self.errors) == {NON_FIELD_ERRORS}

    def ask_about_likeness(self, *, when: bool) -> None:
        """Show the tick that says it is another person."""
        if when:
            self.fields["despite_likeness"].widget = forms.CheckboxInput()


class CorrectPerson(Person):
    """What was wrong, or is different now."""

    reason = forms.CharField(label=_("Why"), max_length=500, help_text=_("It stays with the old record."))
    based_on = forms.UUIDField(widget=forms.HiddenInput)

    @staticmethod
    def of(record: PersonRecord) -> dict[str, object]:
        """The form as it first stands: what the record says now, and which record it is."""
        return {
            "name": record.name,
            "born": record.born,
            "is_unborn": record.is_unborn,
            "based_on": record.pk,
        }


class ProtectAddress(Form):
    """Protection on or off."""

    reason = forms.CharField(label=_("Why"), max_length=500)


class CivilNumber(Form):
    """A CPR number to add or replace."""

    civil_number = forms.CharField(label=_("CPR number"), max_length=20)


class NotePlace(Form):
    """Where a person is or can be reached."""

    kind = forms.ChoiceField(label=_("What"), choices=PlaceKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("Address, number or name"), max_length=300)
    starts = DanishDate(label=_("From"), required=False)


class EndOn(Form):
    """The last day plus one: the day from which it is no longer so."""

    ends = DanishDate(label=_("Ended on"))


class TiePersons(Form):
    """What one person is to another."""

    kind = forms.ChoiceField(label=_("Tie"), choices=(), widget=forms.RadioSelect)
    other = forms.TypedChoiceField(label=_("Whom"), coerce=UUID, choices=(), widget=forms.RadioSelect)
    starts = DanishDate(label=_("From"), required=False)
    source = forms.ChoiceField(label=_("Who says so"), choices=TieSource.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(subject), label) for subject, label in people]
        self.fields["other"].choices = choices  # type: ignore[attr-defined]
        self.fields["kind"].choices = directed_kinds(name)  # type: ignore[attr-defined]

    def ends(self, record: PersonRecord, other: PersonRecord) -> dict[str, Any]:
        """The tie in its direction: who is what to whom."""
        kind, is_first = read_kind(self.cleaned_data["kind"])
        one, two = (record, other) if is_first else (other, record)
        return {"person": one, "kind": kind, "to": two}


class DoubtCustody(Form):
    """Custody in doubt, or settled."""

    reason = forms.CharField(label=_("Why"), max_length=500)


FORWARD, BACKWARD = "is", "has"
IS_TO = {
    TieKind.PARENT: _("%(name)s is the parent"),
    TieKind.CUSTODY: _("%(name)s has custody"),
    TieKind.STEP_PARENT: _("%(name)s is the step-parent"),
    TieKind.FOSTER_PARENT: _("%(name)s is the foster parent"),
    TieKind.GRANDPARENT: _("%(name)s is the grandparent"),
}
HAS = {
    TieKind.PARENT: _("%(name)s is the child"),
    TieKind.CUSTODY: _("%(name)s is the child that the other has custody of"),
    TieKind.STEP_PARENT: _("%(name)s is the stepchild"),
    TieKind.FOSTER_PARENT: _("%(name)s is the foster child"),
    TieKind.GRANDPARENT: _("%(name)s is the grandchild"),
}
TOGETHER = {
    TieKind.SIBLING: _("They are siblings"),
    TieKind.PARTNER: _("They are partners"),
    TieKind.EX_PARTNER: _("They were partners"),
    TieKind.LIVES_WITH: _("They live together"),
    TieKind.NETWORK: _("They are in each other's network"),
}


def directed_kinds(name: str) -> list[tuple[str, str]]:
    """Every tie as a sentence about the person one came from; the value says which of the two is meant."""
    ways = [(f"{FORWARD}:{kind}", text % {"name": name}) for kind, text in IS_TO.items()]
    ways += [(f"{BACKWARD}:{kind}", text % {"name": name}) for kind, text in HAS.items()]
    return [*ways, *((f"{FORWARD}:{kind}", str(text)) for kind, text in TOGETHER.items())]


def read_kind(value: str) -> tuple[TieKind, bool]:
    """The kind, and whether the person one came from stands first."""
    way, _colon, kind = value.partition(":")
    return TieKind(kind), way == FORWARD
