"""The shape of a session: who was there, how long, when in the day, and what the family said of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.forms import Choices
from samspil.foundation.web.forms import DanishDate, Form

MOST_MINUTES = 24 * 60
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class Session(Form):
    """One session with the family, or one gathering of several families. What was said belongs in a note."""

    kind = forms.ChoiceField(label=_("What kind of session?"), widget=forms.RadioSelect)
    on = DanishDate(label=_("When was it?"))
    people = forms.MultipleChoiceField(
        label=_("Who of the family was there?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    professional = forms.ChoiceField(label=_("Who of the professionals had it?"), widget=forms.RadioSelect)
    duration = forms.IntegerField(label=_("How many minutes?"), min_value=1, max_value=MOST_MINUTES)
    outside_hours = forms.ChoiceField(
        label=_("Was it outside 8 to 16, or at a weekend?"), choices=YES_NO, widget=forms.RadioSelect
    )
    feedback = forms.ChoiceField(
        label=_("Did the family say how it was to take part?"), choices=YES_NO, widget=forms.RadioSelect
    )
    flat = forms.BooleanField(
        label=_("The family says that nothing moves"),
        help_text=_("Tick it only where they have said so."),
        required=False,
    )

    def __init__(
        self, *args: Any, kinds: Choices, people: Choices, professionals: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("kind", kinds), ("people", people), ("professional", professionals)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def attributes(self) -> dict[str, object]:
        """The session as its fact says it: ids, codes and numbers."""
        data = self.cleaned_data
        found: dict[str, object] = {
            "kind": data["kind"],
            "professional": data["professional"],
            "duration": data["duration"],
            "outside_hours": data["outside_hours"] == "yes",
            "feedback": data["feedback"] == "yes",
        }
        if data["people"]:
            found["people"] = list(data["people"])
        if data["flat"]:
            found["flat"] = True
        return found
