"""The shape of publishing a version."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.foundation.web.forms import Form


class Publish(Form):
    """What the owner says about the decision."""

    words = forms.CharField(
        label=_("What was decided, and by whom?"),
        help_text=_("It stands on the page of the version. Write of no family."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
