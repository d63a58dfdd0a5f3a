"""The shape of a step that leads on: begin the other course with whom, or tie this one to which."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.forms import Choices
from samspil.foundation.web.forms import Form


class StartOther(Form):
    """Who comes along into the course that begins."""

    person = forms.ChoiceField(label=_("Who is it about?"), widget=forms.RadioSelect)
    others = forms.MultipleChoiceField(
        label=_("Who takes part from the start?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, people: Choices, adults: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("person", people), ("others", adults)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not adults:
            del self.fields["others"]


class TieCourse(Form):
    """Which course this one is tied to."""

    course = forms.ChoiceField(label=_("Which course?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, courses: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = courses  # type: ignore[attr-defined]
