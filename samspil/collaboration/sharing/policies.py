"""Who may write down on what basis something is shared."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.foundation.access import queries as access
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import YES, Decision, no
from samspil.foundation.kernel.gate import policy
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


@policy(Permission.BASIS_REGISTER)
def may_register(actor: Actor, space: UUID) -> Decision:
    """A member of the space's team registers and ends bases of the own unit, by no emergency access."""
    if access.held_in_team(actor, space):
        return YES
    return no(_("Only a member of the team writes down what may be shared."))


def held(actor: Actor, space: UUID) -> Category:
    """The categories that the actor works with in a space, and so may share."""
    return access.held_in_team(actor, space)
