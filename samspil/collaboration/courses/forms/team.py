"""The shape of letting somebody in, of ending a part, and of saying yes to one."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.forms import Choices
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.web.forms import DanishDate, Form

PLAIN = [str(int(Category.IDENTITY)), str(int(Category.EVERYDAY))]
ANYBODY: tuple[str, Any] = ("", _("All"))


class FindColleague(Form):
    """First the organisation, then the unit, then a name."""

    authority = forms.ChoiceField(label=_("Organisation"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    colleague = forms.CharField(label=_("Name, or part of it"), max_length=80, required=False)
    unmarked = frozenset({"authority", "unit", "colleague"})
    """In a search nobody expects that all must be filled."""

    def __init__(self, *args: Any, authorities: Choices, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].choices = [ANYBODY, *authorities]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [ANYBODY, *units]  # type: ignore[attr-defined]


class NamePart(Form):
    """A colleague, a role of the model, and what it opens."""

    membership = forms.ChoiceField(label=_("Who?"), widget=forms.RadioSelect)
    role = forms.ChoiceField(label=_("As what?"))
    succeeds = forms.BooleanField(
        label=_("Takes over a role that somebody else has now"),
        help_text=_("The colleague comes in beside the one who has the role. Then make a handover."),
        required=False,
    )
    categories = forms.MultipleChoiceField(
        label=_("What may the colleague read?"),
        help_text=_("Only what this family's course needs. What no consent or law opens stays closed."),
        widget=forms.CheckboxSelectMultiple,
        choices=[(str(int(one)), one.label) for one in Category],
        initial=PLAIN,
    )

    def __init__(self, *args: Any, colleagues: Choices, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].choices = colleagues  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", _("Choose")), *roles]  # type: ignore[attr-defined]

    @property
    def topics(self) -> Category:
        found = Category(0)
        for one in self.cleaned_data["categories"]:
            found |= Category(int(one))
        return found

    @property
    def post(self) -> UUID:
        return UUID(self.cleaned_data["membership"])


class EndPart(Form):
    """The last day of a part."""

    last_day = DanishDate(label=_("Last day"), help_text=_("Leave it out to end it at once."), required=False)

    @property
    def on(self) -> date | None:
        """The first day on which the part is over."""
        last_day: date | None = self.cleaned_data["last_day"]
        return last_day + date.resolution if last_day else None


class SayYes(Form):
    """A yes has no fields of its own."""
