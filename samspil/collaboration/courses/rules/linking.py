"""A step that begins a course of another model or ties this one to it: who comes along, and when. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.families.rules.ages import ADULT, age_on
from samspil.collaboration.programmes.language import Programme, Role
from samspil.collaboration.programmes.language.programme import LeadsTo, Step
from samspil.foundation.kernel.decisions import YES, Decision, no


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the course that leads on."""

    subject: UUID
    born: date | None
    roles: tuple[str, ...]


def leading_step(programme: Programme, step: str) -> Step | None:
    """The step of this key, where it leads to another model."""
    return next((one for one in programme.steps if one.key == step and one.leads_to), None)


def family_role(other: Programme, person: Someone, *, is_the_one: bool, today: date) -> str:
    """The role that somebody most likely has in the other model; empty where none fits.

    The one it is about has the role whose age the target group asks for; an adult keeps a role of the same
    key, else the only other role of the family; other children do not come along by themselves.
    """
    roles = [role for role in other.roles if role.sector == "family"]
    ages = other.target_group.age
    focus = ages.of if ages else _needed(roles)
    if is_the_one:
        return focus
    same = next((role.key for role in roles if role.key in person.roles and role.key != focus), "")
    if same:
        return same
    rest = [role.key for role in roles if role.key != focus]
    is_adult = person.born is None or age_on(person.born, today) >= ADULT
    return rest[0] if is_adult and len(rest) == 1 else ""


def _needed(roles: Iterable[Role]) -> str:
    return next((role.key for role in roles if role.min), "")


def ready_to_tie(
    leads_to: LeadsTo | None, other: Programme, *, course: UUID, tied: Collection[UUID], is_closed: bool
) -> Decision:
    """The step leads to the other course's model, it runs, and the two are not tied yet."""
    if leads_to is None:
        return no(_("This step leads to no other model."))
    if other.key != leads_to.programme:
        return no(_("This step leads to another model."))
    if is_closed:
        return no(_("That course has been closed."))
    if course in tied:
        return no(_("The two courses are tied already."))
    return YES


def ready_to_start(leads_to: LeadsTo | None, other: Programme, *, running: int) -> Decision:
    """The step leads to the model, and the person has no course under it already that one knows of."""
    if leads_to is None or other.key != leads_to.programme:
        return no(_("This step leads to another model."))
    if running:
        return no(_("There is such a course already: tie this one to it."))
    return YES
