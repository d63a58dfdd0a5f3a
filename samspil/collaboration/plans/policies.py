"""Who may do what with goals, agreements and efforts. The gate checks the role."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.policies import steers, takes_part
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Decision, no
from samspil.foundation.kernel.gate import policy
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


@policy(Permission.PLAN_WRITE)
def may_write(_actor: Actor, space: UUID) -> Decision:
    """Whoever takes part writes goals and agreements."""
    return takes_part(space)


@policy(Permission.PLAN_AGREE)
def may_agree(_actor: Actor, space: UUID) -> Decision:
    """The coordinator settles what was agreed."""
    return steers(space)


@policy(Permission.EFFORT_WRITE)
def may_write_effort(actor: Actor, space: UUID) -> Decision:
    """Whoever takes part and works with social matters writes down what the own sector does."""
    if actor.role is None or not actor.role.categories & Category.SOCIAL:
        return no(_("Your role does not cover social matters. Ask the coordinator to write the effort down."))
    return takes_part(space)
