"""Who may say what they find of a step, and who reads it."""

from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import YES, Decision
from samspil.foundation.kernel.gate import policy
from samspil.foundation.kernel.permissions import Permission


@policy(Permission.EXPERIENCE_TELL)
def may_tell(_actor: Actor, _step: object) -> Decision:
    """Whoever takes part in courses may say whether a step works; the answer holds no person."""
    return YES


@policy(Permission.EXPERIENCE_READ)
def may_read(_actor: Actor, _version: object) -> Decision:
    """The owner's implementation advisers read the answers, by step."""
    return YES
