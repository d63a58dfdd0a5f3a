"""What every act here stands on: who is part of the course, a new item, its trace in the log."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.courses.models import CoursePerson, Participant
from samspil.foundation.access import actions as access
from samspil.foundation.access.models import Item
from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


@dataclass(frozen=True)
class Around:
    """Who is part of a course, as the actor sees it."""

    people: tuple[CoursePerson, ...]
    participants: tuple[Participant, ...]

    @property
    def family(self) -> frozenset[UUID]:
        return frozenset(one.subject_id for one in self.people)

    @property
    def posts(self) -> frozenset[UUID]:
        return frozenset(one.membership_id for one in self.participants)

    def role_of(self, post: UUID | None, person: UUID | None) -> str:
        """The role in which somebody does something, where there is exactly one."""
        if post:
            roles = {one.role for one in self.participants if one.membership_id == post}
        else:
            roles = {role for one in self.people if one.subject_id == person for role in one.roles}
        return roles.pop() if len(roles) == 1 else ""


def enter(actor: Actor, space: UUID, permission: Permission) -> None:
    """One writer of a course at a time, and only one who may."""
    access.lock_space(actor=actor, space=space)
    require(actor, permission, space)


def around(actor: Actor, space: UUID, today: date) -> Around:
    """Who is part of the course. Two queries."""
    return Around(
        tuple(courses.people_of(actor, space)), tuple(courses.participants_of(actor, [space], today))
    )


def new_item(
    actor: Actor, space: UUID, kind: str, category: int | Category, subjects: Iterable[UUID]
) -> UUID:
    """An item of one kind in the course."""
    return access.new_item(
        actor=actor, kind=kind, category=Category(category), subjects=subjects, space=space
    )


def like(actor: Actor, space: UUID, kind: str, item: Item, *more: UUID) -> UUID:
    """A new item about the same people (and `more`), of the same category."""
    return new_item(actor, space, kind, item.category, {*item.subjects, *more})


def part_of_the_family(subjects: Collection[UUID], around: Around) -> None:
    """Whom something is about must be part of the course."""
    if not subjects or not set(subjects) <= around.family:
        raise Refused(_("Say whom in the family it is about."))


def names(subjects: Iterable[UUID]) -> list[str]:
    """People as a fact names them."""
    return sorted(str(one) for one in subjects)


def sign(
    actor: Actor, act: str, space: UUID, subjects: Iterable[UUID], category: int | Category, reason: str = ""
) -> None:
    """An act's own row in the log, for acts without a fact."""
    if actor.authority_id is None:
        raise ValueError("only somebody who acts for a unit writes this down")
    shown = [log.Shown(one, actor.authority_id, Category(category)) for one in sorted(subjects)]
    log.record(actor=actor, act=act, space=space, shown=shown, reason=reason)
