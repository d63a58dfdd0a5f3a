"""What each person of a course has answered about sharing, receiver by receiver."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.sharing import presenters as sharing
from samspil.collaboration.sharing.models import Basis
from samspil.foundation.kernel.sharing import Category


@dataclass(frozen=True, slots=True)
class Person:
    """One person with the grid of what stands."""

    name: str
    note: str
    rows: list[sharing.GridRow]
    url: str
    new_url: str


def shares(
    found: CourseHead,
    bases: Sequence[Basis],
    topics: Sequence[Category],
    today: date,
    *,
    unit: UUID | None,
    language: str,
) -> list[Person]:
    """Each person of the course, in its order."""
    titles = {role.key: role.title.said(language) for role in found.programme.roles}
    by_subject: dict[UUID, list[Basis]] = {}
    for basis in bases:
        by_subject.setdefault(basis.subject_id, []).append(basis)
    return [
        Person(
            name=person.name or _("Name not known"),
            note=", ".join(titles.get(role, role) for role in person.roles),
            rows=sharing.grid(by_subject.get(person.subject_id, []), topics, today, unit=unit),
            url=reverse("sharing:bases", args=[found.space, person.subject_id]),
            new_url=reverse("sharing:register", args=[found.space, person.subject_id]),
        )
        for person in found.people
    ]
