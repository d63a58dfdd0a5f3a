"""The shape of beginning a course in one's own unit: who, target group, track, who coordinates."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.actions import Beginning, Chosen
from samspil.collaboration.courses.forms import Choices
from samspil.collaboration.courses.forms.facts import Eligibility, reason_field
from samspil.collaboration.courses.models import ReferralPerson
from samspil.collaboration.programmes.forms import PREFIX


class BeginCourse(Eligibility):
    """Everything that is said at once when a course begins here."""

    coordinator = forms.TypedChoiceField(label=_("Who becomes the family's contact with you?"), coerce=UUID)
    role = forms.ChoiceField(label=_("In which role of the model do you begin it?"), widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        people: Sequence[ReferralPerson],
        family_roles: Choices,
        roles: Choices,
        colleagues: Choices,
        tracks: Choices,
        asks_why: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for person in people:
            self._ask_about(person, family_roles)
        self.fields["despite"] = reason_field(
            _("Begin all the same: why?"),
            _("Only where the family is not in the target group, or an answer is missing."),
            required=False,
        )
        if tracks:
            self._ask_for_track(tracks, asks_why=asks_why)
        self.unmarked = frozenset(f"role_{one.subject_id}" for one in people)
        self.fields["coordinator"].choices = colleagues  # type: ignore[attr-defined]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        if len(roles) == 1:
            self.fields["role"].widget = forms.HiddenInput()
        self.fields["role"].initial = roles[0][0]

    def _ask_about(self, person: ReferralPerson, roles: Choices) -> None:
        key = person.subject_id
        self.fields[f"included_{key}"] = forms.BooleanField(
            label=_("Is part of the course"), required=False, initial=person.is_included
        )
        self.fields[f"focus_{key}"] = forms.BooleanField(
            label=_("It is about this person"), required=False, initial=person.is_in_focus
        )
        self.fields[f"role_{key}"] = forms.ChoiceField(
            label=_("In the family"), choices=[("", _("Choose")), *roles], required=False
        )
        if person.is_in_focus:
            self.fields[f"role_{key}"].initial = person.role

    def _ask_for_track(self, tracks: Choices, *, asks_why: bool) -> None:
        self.fields["track"] = forms.ChoiceField(
            label=_("Which track have you and the family chosen?"),
            choices=[("", _("We choose it later, together")), *tracks],
            widget=forms.RadioSelect,
            required=False,
            initial="",
        )
        if asks_why:
            self.fields["why_track"] = reason_field(
                _("Why this one?"), _("Only where you have chosen."), required=False
            )

    def clean(self) -> dict[str, Any]:
        """Nobody is said to be ill, or a parent, by a guess of ours: what an adult is, is chosen."""
        values = super().clean() or {}
        for one in self.people:
            key = f"role_{one.subject_id}"
            if values.get(f"included_{one.subject_id}") and not values.get(key):
                self.add_error(key, _("Choose what %(name)s is in the family.") % {"name": one.name})
        return values

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each person with the fields about it."""
        names = ("included", "focus", "role")
        return [
            {"person": person, **{name: self[f"{name}_{person.subject_id}"] for name in names}}
            for person in self.people
        ]

    @property
    def questions(self) -> list[forms.BoundField]:
        """What must be asked about the target group."""
        return [field for field in self if field.name.startswith(PREFIX)]

    @property
    def track_fields(self) -> list[forms.BoundField]:
        """The choice of track, where the model has one."""
        return [self[name] for name in ("track", "why_track") if name in self.fields]

    @property
    def chosen(self) -> list[Chosen]:
        data = self.cleaned_data
        return [
            Chosen(
                one.subject_id,
                data[f"role_{one.subject_id}"],
                is_in_focus=data[f"focus_{one.subject_id}"] and data[f"included_{one.subject_id}"],
                is_included=data[f"included_{one.subject_id}"],
            )
            for one in self.people
        ]

    @property
    def beginning(self) -> Beginning:
        data = self.cleaned_data
        return Beginning(
            people=self.chosen,
            role=data["role"],
            coordinator=data["coordinator"],
            answers=self.answers,
            despite=data["despite"],
            track=data.get("track", ""),
            why_track=data.get("why_track", ""),
        )
