"""Who may arrange a meeting and take part in it. The gate checks the role."""

from uuid import UUID

from samspil.collaboration.courses.policies import takes_part
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Decision
from samspil.foundation.kernel.gate import policy
from samspil.foundation.kernel.permissions import Permission


@policy(Permission.MEETING_ARRANGE)
def may_arrange(_actor: Actor, space: UUID) -> Decision:
    """Whoever takes part calls and holds a meeting."""
    return takes_part(space)


@policy(Permission.MEETING_TAKE_PART)
def may_take_part(_actor: Actor, space: UUID) -> Decision:
    """Whoever takes part answers an invitation and reads the minutes."""
    return takes_part(space)
