"""What stands at the top of every page of a course."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samspil.collaboration.courses.models import Course, CoursePerson, Participant
from samspil.collaboration.courses.queries.course import course_of, participants_of, people_of
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.access import queries as access
from samspil.foundation.access.queries import SpaceRelation
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.sharing import RelationKind


@dataclass(frozen=True, slots=True)
class CourseHead:
    """A course, its model, its people, who takes part; `baton` is the coordinator's membership."""

    course: Course
    programme: Programme
    people: tuple[CoursePerson, ...]
    participants: tuple[Participant, ...]
    baton: UUID | None
    offered: UUID | None
    relations: tuple[SpaceRelation, ...] = ()
    """Who stands in the space, and which bases are registered there."""
    local: programmes.LocalVersion | None = None
    """Whose variant of the model it runs under, where it is not the owner's own version."""

    @property
    def space(self) -> UUID:
        return self.course.space_id

    @property
    def names(self) -> dict[UUID, str]:
        """What the course calls each of its people."""
        return {person.subject_id: person.name for person in self.people}

    def waiting_part(self, actor: Actor) -> Participant | None:
        """The part that waits for the actor's own yes."""
        own = (one for one in self.participants if one.membership_id == actor.membership_id)
        return min((one for one in own if one.accepted_on is None), key=lambda one: one.pk, default=None)

    def coordinates(self, actor: Actor) -> bool:
        """Is the actor the coordinator?"""
        return self.baton is not None and self.baton == actor.membership_id


def course_head(actor: Actor, space: UUID, today: date) -> CourseHead | None:
    """The head of a course; None where the actor does not see it. Four queries."""
    [*known] = course_of(space)
    if not known:
        return None
    course = known[0]
    relations = tuple(access.relations(actor, space))
    team = [one for one in relations if one.relation.kind is RelationKind.TEAM]
    return CourseHead(
        course=course,
        programme=programmes.definition(course.version_id),
        people=tuple(people_of(actor, space)),
        participants=tuple(participants_of(actor, [space], today)),
        baton=next((one.relation.holder for one in team if one.baton == "held"), None),
        offered=next((one.relation.holder for one in team if one.baton == "offered"), None),
        relations=relations,
        local=programmes.local_version(course.version_id),
    )
