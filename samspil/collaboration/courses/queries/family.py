"""The other courses that a family has, as far as the actor stands in them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.courses.queries.course import closed_spaces, visible_courses
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.access import queries as access
from samspil.foundation.access import sight
from samspil.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class FamilyCourse:
    """A course about somebody of a family: its model, since when, about whom, and whether it has ended."""

    space: UUID
    programme: Programme
    opened_on: date
    people: tuple[CoursePerson, ...]
    """Those of the family who are in it, as far as the actor sees them."""
    is_closed: bool = False


_ANY_BESIDE = (
    "SELECT p.item_id FROM courses_courseperson p WHERE p.subject_id IN ("
    "WITH RECURSIVE linked(id) AS (SELECT unnest(%s::uuid[]) UNION "
    "SELECT CASE WHEN s.id = linked.id THEN s.united_into_id ELSE s.id END "
    "FROM linked JOIN access_subject s ON s.id = linked.id OR s.united_into_id = linked.id "
    "WHERE s.united_into_id IS NOT NULL) SELECT id FROM linked) AND p.space_id <> %s LIMIT 1"
)
"""Most families have one course: first it is asked whether there is another."""


def courses_about(
    actor: Actor, subjects: Collection[UUID], *, beside: UUID | None = None
) -> list[FamilyCourse]:
    """The courses in which one of these people, or whom they are linked with, takes part; the oldest first.

    Only those in whose space the actor stands: that there are others is not said, nor how many. One query
    where there is none, else four.
    """
    if beside is not None and not sight.read(_ANY_BESIDE, [sight.array(subjects), beside]):
        return []
    rows = sight.visible(CoursePerson.objects.filter(subject__in=access.any_united_with(subjects)))
    if beside is not None:
        rows = rows.exclude(space=beside)
    found: dict[UUID, list[CoursePerson]] = {}
    for row in rows.select_related(None).order_by("-is_in_focus", "pk"):
        found.setdefault(row.space_id, []).append(row)
    if not found:
        return []
    ended = closed_spaces(found)
    return [
        FamilyCourse(
            space=one.space_id,
            programme=programmes.definition(one.version_id),
            opened_on=one.opened_on,
            people=tuple(found[one.space_id]),
            is_closed=one.space_id in ended,
        )
        for one in visible_courses(actor).filter(space__in=found).order_by("opened_on", "pk")
    ]
