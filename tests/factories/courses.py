"""Courses for tests, opened through the actions."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from samspil.collaboration.courses import actions, rules
from samspil.collaboration.courses.actions import facts
from samspil.collaboration.courses.models import Course, Fact
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.foundation.access import actions as access
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey
from tests.factories.access import a_subject, a_team_member, acting, an_actor
from tests.factories.owner import as_owner

TODAY = clock.today()
OPENED = TODAY - timedelta(days=40)


@dataclass(frozen=True)
class ACourse:
    """A course under VIA Family: Anna coordinates, Alma is in focus, her father is ill."""

    course: Course
    anna: Actor
    alma: UUID
    father: UUID
    mother: UUID

    @property
    def space(self) -> UUID:
        return self.course.space_id

    def note(self, kind: str, on: Any = TODAY, /, *, by: Actor | None = None, **attributes: Any) -> Fact:
        """Somebody (Anna, where nobody is named) notes a fact."""
        actor = by or self.anna
        with acting(actor):
            return actions.note_fact(
                actor=actor, space=self.space, kind=kind, on=on, today=TODAY, attributes=attributes
            )

    def close(self, on: date = TODAY) -> Fact:
        """The fact that it was closed, without all that `close_course` asks for first."""
        with acting(self.anna) as anna:
            access.lock_space(actor=anna, space=self.space)
            frame = facts.frame_of(self.space)
            return facts.write_fact_and_due(anna, frame, rules.CLOSED, on, {}, today=TODAY)

    def teacher(self) -> Actor:
        """A school contact of the same unit, in the team with what that role may see."""
        return a_team_member(of=self.space, role=RoleKey.SCHOOL_CONTACT)


def a_version(key: str = "via-family", version: str = "") -> UUID:
    """The stored version of a model; the one that stands first in the library where none is named."""
    rows = ProgrammeVersion.objects.filter(base=None, key=key).order_by("id")
    with as_owner():
        return next(row.pk for row in rows.only("version") if version in ("", row.version))


def a_course(anna: Actor | None = None, *, opened_on: date = OPENED, **more: Any) -> ACourse:
    """A course that Anna has opened, about Alma, her ill father and her mother."""
    anna = anna or an_actor(RoleKey.CASEWORKER)
    version = a_version()
    alma, father, mother = a_subject(anna), a_subject(anna), a_subject(anna)
    people = [
        Newcomer(alma, date(TODAY.year - 9, 5, 1), ("child",), in_focus=True),
        Newcomer(father, date(1985, 3, 1), ("parent_ill",)),
        Newcomer(mother, date(1987, 3, 1), ("co_parent",)),
    ]
    more.setdefault("roles", {anna.membership_id: "region_case_manager"})
    with acting(anna):
        course = actions.open_course(
            actor=anna, version=version, people=people, opened_on=opened_on, today=TODAY, **more
        )
    return ACourse(course, anna, alma, father, mother)
