"""Who may fill a role of the model in a course, and how many. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes.engine.compiling import compiled
from samspil.collaboration.programmes.language import Programme, Role
from samspil.foundation.kernel.decisions import YES, Decision, Text, no
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.sharing import Category

YES_TO_A_ROLE = "contact_person.accepted"


@dataclass(frozen=True, slots=True)
class Part:
    """Who fills a role of the programme in a course, as the rules need to know it."""

    role: str
    membership: UUID
    staff: UUID
    name: str


def fills(programme: Programme, role: str) -> Decision:
    """A professional fills a role of the programme that is no family's and no evaluator's."""
    found = next((one for one in programme.roles if one.key == role), None)
    if found is None or found.sector == "family" or found.aggregates_only:
        return no(_("The model has no such role for a professional."))
    return YES


def coordinates(programme: Programme, role: Role) -> bool:
    """Is the one who fills this role the coordinator, that is, is the baton passed to this role?"""
    return role.key == programme.baton.passes_to


def is_noted_when_accepted(programme: Programme, role: Role) -> bool:
    """Is the yes to a role a fact: a sector's coordinator, the adult side, or whom a step waits for?"""
    asked = any(
        match.kind == YES_TO_A_ROLE and ("role", role.key) in match.where
        for rule in compiled(programme).rules
        for match in rule.matches
    )
    return role.coordinator or role.adult_side or asked


def ready_to_name(
    programme: Programme,
    role: str,
    *,
    colleague: Part,
    parts: Collection[Part],
    succeeds: bool,
) -> Decision:
    """A role has as many people as the model says, and nobody stands in a team twice.

    `succeeds`: the colleague is to take the role over. One may wait beside the one who has it.
    """
    decision = fills(programme, role)
    if not decision:
        return decision
    title = title_of(programme, role)
    twice = next((one for one in parts if one.staff == colleague.staff), None)
    if twice is not None:
        return no(
            _("%(name)s takes part already, as %(role)s."),
            name=colleague.name,
            role=title_of(programme, twice.role),
        )
    filled = [one for one in parts if one.role == role]
    most = most_in(programme, role)
    if most is None or len(filled) < most:
        return YES
    if not succeeds:
        return no(
            _(
                "%(name)s is %(role)s already, and there is only room for %(most)d. If somebody else is to "
                "take over, tick »takes over« and make a handover."
            ),
            name=filled[0].name,
            role=title,
            most=most,
        )
    if len(filled) > most:
        return no(_("Somebody is waiting to take over as %(role)s already."), role=title)
    return YES


def most_in(programme: Programme, role: str) -> int | None:
    """How many may fill a role: as the model says, and one coordinator at most."""
    found = next(one for one in programme.roles if one.key == role)
    return found.max or (1 if coordinates(programme, found) else None)


def title_of(programme: Programme, role: str) -> str:
    """The model's own title of a role, in Danish or English as the reader reads."""
    language = current_language()
    return next((one.title.said(language) for one in programme.roles if one.key == role), role)


def within(categories: Category, mask: Category, *, role: Text) -> Decision:
    """Nobody is let in to more than their own role reads, and everybody sees name and everyday life."""
    if not categories:
        return no(_("Choose at least one topic."))
    if beyond := [str(one.label) for one in Category if one & categories and not one & mask]:
        return no(_("The role %(role)s does not include: %(topics)s."), role=role, topics=", ".join(beyond))
    return YES
