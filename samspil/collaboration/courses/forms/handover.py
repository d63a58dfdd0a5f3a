"""The shape of a handover: to whom, why, what matters most, and how long both take part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.forms import Choices
from samspil.collaboration.courses.models import Handover
from samspil.foundation.web.forms import DanishDate, Form


class AskHandover(Form):
    """What the next coordinator is asked."""

    to = forms.ChoiceField(label=_("Who takes over?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("What is the occasion?"), choices=Handover.Kind.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=_("Why does the coordination pass on?"),
        help_text=_("The next coordinator and those who may read about everyday life can read it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    matters = forms.CharField(
        label=_("What matters most right now?"),
        help_text=_("In the family's words where you can. Health and other guarded topics belong in a note."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    overlap_until = DanishDate(
        label=_("Until when do both take part?"),
        help_text=_("Leave it out where the present coordinator stays, for example as contact person."),
        required=False,
    )

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = colleagues  # type: ignore[attr-defined]


class Decline(Form):
    """Why somebody says no."""

    reason = forms.CharField(
        label=_("Why do you say no?"),
        help_text=_("The coordinator reads it where everyday life may be shared."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
