"""Opening a course: whom it is about, and on what basis another unit takes part from the start. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.rules.noting import EARLIEST
from samspil.collaboration.courses.rules.team import fills
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.sharing.models import Answer
from samspil.collaboration.sharing.rules import Consent, Statute
from samspil.foundation.kernel.decisions import YES, Decision, no


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person a course is opened about: birth date, roles of the programme, what the course calls them."""

    subject: UUID
    born: date | None
    roles: tuple[str, ...]
    in_focus: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A member of staff named for a role of the programme, and the unit it is for."""

    role: str
    membership: UUID
    unit: UUID
    sharing_unit: UUID
    authority: UUID


def ready_to_open(
    programme: Programme,
    people: Sequence[Newcomer],
    named: Sequence[Named],
    bases: Sequence[Consent | Statute],
    *,
    unit: UUID,
    opened_on: date,
    today: date,
    covered: Collection[tuple[UUID, UUID]] = (),
) -> Decision:
    """Everybody has a role of the model; another unit takes part on a basis, where the model asks.

    `covered` are receivers with the people about whom there is a basis already.
    """
    if not any(person.in_focus for person in people):
        return no(_("A course is about somebody: say who."))
    if len({person.subject for person in people}) < len(people):
        return no(_("The same person stands there twice."))
    if opened_on > today:
        return no(_("A course cannot be opened in the future."))
    if opened_on < EARLIEST:
        return no(_("This date cannot be right."))
    roles = {role.key: role for role in programme.roles}
    for person in people:
        if not person.roles or any(key not in roles or roles[key].sector != "family" for key in person.roles):
            return no(_("Each person has a role of the model in the family."))
    for role in roles.values():
        count = sum(role.key in person.roles for person in people)
        if role.sector == "family" and count < role.min:
            return no(_("The model asks for at least %(min)d: %(role)s."), min=role.min, role=role.title.da)
    for one in named:
        decision = fills(programme, one.role)
        if not decision:
            return decision
    return _with_basis(programme, people, named, bases, unit, covered)


def _with_basis(
    programme: Programme,
    people: Sequence[Newcomer],
    named: Sequence[Named],
    bases: Sequence[Consent | Statute],
    unit: UUID,
    before: Collection[tuple[UUID, UUID]],
) -> Decision:
    """Each unit beside the own one that takes part from the start is covered for each person in focus."""
    if not asks_for_basis(programme):
        return YES
    covered = set(before) | {
        (basis.scope.receiver.id, basis.scope.subject)
        for basis in bases
        if isinstance(basis, Statute) or basis.answer == Answer.YES
    }
    for one in named:
        if one.sharing_unit == unit:
            continue
        for person in people:
            receivers = {(one.sharing_unit, person.subject), (one.authority, person.subject)}
            if person.in_focus and not receivers & covered:
                return no(_("The model asks for a consent or a legal basis before another unit takes part."))
    return YES


def asks_for_basis(programme: Programme) -> bool:
    """Does the definition ask for consent before information is shared?"""
    return any(step.consent_required for step in programme.steps)


def has_basis(
    programme: Programme,
    in_focus: Collection[UUID],
    receivers: Collection[UUID],
    bases: Iterable[tuple[UUID, UUID]],
) -> Decision:
    """For somebody in focus there is a yes, or a law, to one of these receivers. The wall guards the others.

    `bases` are pairs of receiver and person, in force today.
    """
    covered = {subject for receiver, subject in bases if receiver in receivers}
    if asks_for_basis(programme) and not set(in_focus) & covered:
        return no(
            _(
                "The colleague works in a unit that no consent and no law lets in yet. Write that down "
                "first: then the colleague can take part."
            )
        )
    return YES
