"""The shape of what an administrator types."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations import queries
from samspil.foundation.organisations.models import Staff, Unit
from samspil.foundation.web.forms import DanishDate, Form


class NewUnit(Form):
    """A unit of one's own authority."""

    name = forms.CharField(label=_("Name of the unit"), max_length=120)
    kind = forms.ChoiceField(label=_("What kind of unit"), choices=Unit.Kind.choices)
    parent = forms.ModelChoiceField(
        label=_("Part of"), queryset=Unit.objects.none(), required=False, empty_label=_("The top")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = queries.own_units(actor)  # type: ignore[attr-defined]


class NewStaff(Form):
    """A colleague who shall be able to log in."""

    name = forms.CharField(label=_("Full name"), max_length=120)
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    phone = forms.CharField(label=_("Work phone"), max_length=20, required=False)
    login = forms.CharField(
        label=_("Log-in name"),
        help_text=_("Small letters. The work e-mail address or initials, never a CPR number."),
        max_length=254,
    )


class NewPost(Form):
    """Who works where, in which role and how long."""

    staff = forms.ModelChoiceField(
        label=_("Colleague"), queryset=Staff.objects.none(), empty_label=_("Choose")
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=_("Choose"))
    role = forms.ChoiceField(label=_("Role"))
    starts = DanishDate(label=_("First day"))
    last_day = DanishDate(
        label=_("Last day"), help_text=_("Leave it out where no end is known."), required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = queries.own_staff(actor)  # type: ignore[attr-defined]
        self.fields["unit"].queryset = queries.own_units(actor)  # type: ignore[attr-defined]
        roles = queries.roles_of(queries.own_authority(actor).kind)
        self.fields["role"].choices = [("", _("Choose")), *roles]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        last_day: date | None = values.pop("last_day", None)
        values["ends"] = last_day + timedelta(days=1) if last_day else NEVER
        if values.get("role"):
            values["role"] = RoleKey(values["role"])
        return values


class EndPost(Form):
    """When a post ends."""

    on = DanishDate(
        label=_("First day without the post"), help_text=_("With today's date the access ends at once.")
    )


class FirstPassword(Form):
    """One password, typed twice."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. A sentence is easy to remember and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
        strip=False,
    )
    again = forms.CharField(
        label=_("New password once more"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "again" in values and values.get("password") != values["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return values
