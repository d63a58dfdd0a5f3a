"""Who may write notes and fill in tools. The gate checks the role."""

from uuid import UUID

from samspil.collaboration.courses.policies import takes_part
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Decision
from samspil.foundation.kernel.gate import policy
from samspil.foundation.kernel.permissions import Permission


@policy(Permission.NOTE_WRITE)
def may_write_note(_actor: Actor, space: UUID) -> Decision:
    """Whoever takes part writes notes and what a child has said."""
    return takes_part(space)


@policy(Permission.TOOL_WRITE)
def may_write_tool(_actor: Actor, space: UUID) -> Decision:
    """Whoever takes part fills in the tools of the model."""
    return takes_part(space)
