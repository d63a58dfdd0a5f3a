"""The shape of a change of version: to which, why; and for many courses at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.forms import Choices
from samspil.foundation.web.forms import Form

WHY = _("Why does the course change version?")


class ChangeVersion(Form):
    """One course: the version is chosen before, and stands in the address."""

    reason = forms.CharField(
        label=WHY, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who may read about everyday life in the course can read it."),
    )  # fmt: skip


class ChangeVersions(Form):
    """Several courses at once, with one reason."""

    courses = forms.MultipleChoiceField(label=_("Which courses?"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=WHY, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, courses: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["courses"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(courses)
