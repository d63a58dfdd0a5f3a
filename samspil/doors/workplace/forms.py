"""The shape of what the staff pages are asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.foundation.web.forms import Form


class FindByNumber(Form):
    """Whom a citizen's request is about. Sent by POST, so that the number stands in no address."""

    civil_number = forms.CharField(
        label=_("CPR number"),
        max_length=20,
        help_text=_("The number of the person who asks. It stands in the log that you looked it up."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
