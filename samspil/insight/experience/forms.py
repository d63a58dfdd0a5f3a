"""The question »Does this step work?«."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.foundation.web.forms import Form
from samspil.insight.experience.models import Answer


class Tell(Form):
    """One answer, and a line about it."""

    answer = forms.ChoiceField(
        label=_("Does this step work?"), choices=Answer.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What do you do, or what is in the way?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write about the step. Write nothing about a child, a family or a colleague."),
    )
