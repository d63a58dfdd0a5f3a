"""The shape of what is typed at log-in, beside allauth's own forms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.foundation.web.forms import Form


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

    def clean(self) -> dict[str, str]:
        values = super().clean() or {}
        if "again" in values and values.get("password") != values["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return values
