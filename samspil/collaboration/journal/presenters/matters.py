"""The matters something can be about, each with what belongs there and who would read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.collaboration.journal.presenters.words import listed
from samspil.collaboration.journal.queries import Readers
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.organisations.models import Unit

BELONGS: Mapping[Category, Text] = {
    Category.EVERYDAY: gettext_lazy("Home, leisure, routines, what is agreed."),
    Category.SCHOOL: gettext_lazy("School, day-care, learning, absence."),
    Category.SOCIAL: gettext_lazy("Support, housing, network, what is hard in the family."),
    Category.HEALTH: gettext_lazy("Illness, treatment, medicine, signs that things get worse."),
    Category.SUBSTANCE: gettext_lazy("Use, treatment, and what follows from it."),
    Category.EMPLOYMENT: gettext_lazy("Work, education, income."),
    Category.CONFIDENTIAL_YOUTH: gettext_lazy("What a young person has told in confidence."),
}
"""Names and addresses have pages of their own."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One choice: the control, what belongs there, and who reads it."""

    tag: str
    input_id: str
    label: str
    belongs: str
    readers: str


def offered(held: Category) -> list[Category]:
    """The matters that somebody may write about."""
    return [one for one in BELONGS if one & held]


def matters(
    field: forms.BoundField, categories: Sequence[Category], readers: Sequence[Readers], own: UUID | None
) -> list[Matter]:
    """The choices of a field, each with its readers."""
    return [
        Matter(
            option.tag(),
            str(option.id_for_label),
            str(option.choice_label),
            str(BELONGS[category]),
            sentence(found, own),
        )
        for option, category, found in zip(field, categories, readers, strict=True)
    ]


def sentence(readers: Readers, own: UUID | None) -> str:
    """Who reads it, and who does not, as a sentence. The own unit always does."""
    others = [unit for unit in readers.reads if unit.pk != own]
    shut = [unit for unit in readers.does_not if unit.pk != own]
    said = _("Read by your own unit only.")
    if others:
        said = _("Read by your own unit and %(units)s.") % {"units": _units(others)}
    if shut:
        said += " " + _("Not by %(units)s.") % {"units": _units(shut)}
    return said


def _units(units: Sequence[Unit]) -> str:
    return listed(f"{unit.name} ({unit.authority.name})" for unit in units)
