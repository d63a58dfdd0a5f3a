"""The shape of a ceiling: for which unit, how much, from when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.forms import Choices
from samspil.collaboration.courses.rules.caseload import MOST_ALLOWED
from samspil.foundation.web.forms import DanishDate, Form


class SetCeiling(Form):
    """How much a coordinator may carry. Left empty: no ceiling from that day on."""

    unit = forms.ChoiceField(label=_("For which unit?"), widget=forms.RadioSelect)
    ceiling = forms.DecimalField(
        label=_("How much may one coordinator carry?"),
        help_text=_("For example 15. An ordinary course weighs 1. Leave it empty to take the ceiling away."),
        max_digits=4,
        decimal_places=1,
        min_value=0,
        max_value=MOST_ALLOWED,
        required=False,
        localize=True,
    )
    starts = DanishDate(label=_("From which day?"))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
