"""Who may change an authority's units, staff and posts."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import YES, Decision, no
from samspil.foundation.kernel.gate import policy
from samspil.foundation.kernel.permissions import Permission


@policy(Permission.MEMBERSHIP_MANAGE)
def may_manage(actor: Actor, authority_id: UUID) -> Decision:
    """An administrator manages the units, staff and posts of its own authority, and of no other."""
    if actor.authority_id != authority_id:
        return no(_("You may only change units and posts of your own organisation."))
    return YES
