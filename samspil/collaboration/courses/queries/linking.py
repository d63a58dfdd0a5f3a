"""What a step that leads to another model can lead to: versions, courses that run, who can come along."""

from collections.abc import Sequence
from uuid import UUID

from samspil.collaboration.courses.queries.course import facts_of
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.queries import Version
from samspil.foundation.access import queries as access
from samspil.foundation.kernel.actor import Actor


def newest_version(key: str) -> Version | None:
    """The newest stored version of a model. One query."""
    found = [one for one in programmes.versions() if one.programme.key == key]
    return found[-1] if found else None


def own_subjects(actor: Actor, subjects: Sequence[UUID]) -> dict[UUID, UUID]:
    """For each person of a course, the subject of the record that the own unit keeps. Two queries."""
    if actor.unit_id is None:
        return {}
    groups = access.united_groups(subjects)
    kept = access.kept_of(actor.unit_id, [one for group in groups.values() for one in group])
    return {
        subject: min(group & kept, key=lambda one: one != subject)
        for subject, group in groups.items()
        if group & kept
    }


def tied_to(actor: Actor, space: UUID, person: UUID | None = None) -> set[UUID]:
    """The courses that a course is tied to, for one person where one is named. One query."""
    rows = facts_of(actor, space).filter(kind="course.linked", corrected_by=None).select_related(None)
    return {
        UUID(str(row.attributes["course"]))
        for row in rows
        if "course" in row.attributes
        and row.attributes.get("person") in (None, str(person) if person else None)
    }
