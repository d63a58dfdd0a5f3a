"""Who may do what with goals, agreements and efforts. The gate checks the role."""

from uuid import UUID

from samspil.collaboration.courses.policies import steers, takes_part
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Decision
from samspil.foundation.kernel.gate import policy
from samspil.foundation.kernel.permissions import Permission


@policy(Permission.PLAN_WRITE)
def may_write(_actor: Actor, space: UUID) -> Decision:
    """Whoever takes part writes goals and agreements."""
    return takes_part(space)


@policy(Permission.PLAN_AGREE)
def may_agree(_actor: Actor, space: UUID) -> Decision:
    """The coordinator settles what was agreed."""
    return steers(space)


@policy(Permission.EFFORT_WRITE)
def may_write_effort(_actor: Actor, space: UUID) -> Decision:
    """Whoever takes part writes down what the own sector does."""
    return takes_part(space)
