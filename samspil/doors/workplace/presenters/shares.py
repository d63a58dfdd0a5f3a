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
from samspil.doors.workplace.presenters.model import first_name
from samspil.foundation.kernel.sharing import Category


@dataclass(frozen=True, slots=True)
class Person:
    """One person with what stands, receiver by receiver."""

    name: str
    first_name: str
    note: str
    receivers: list[sharing.ReceiverBlock]
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
            first_name=first_name(person.name) or _("the person"),
            note=", ".join(titles.get(role, role) for role in person.roles),
            receivers=sharing.receivers(
                by_subject.get(person.subject_id, []), topics, found.names, today, unit=unit
            ),
            url=reverse("sharing:bases", args=[found.space, person.subject_id]),
            new_url=reverse("sharing:register", args=[found.space, person.subject_id]),
        )
        for person in found.people
    ]
