"""The one gate. Views ask `allows`, actions call `require`; the answer is the same."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Decision, no
from samspil.foundation.kernel.permissions import Permission

Policy = Callable[[Actor, Any], Decision]

POLICIES: dict[Permission, Policy] = {}


class NotAllowed(PermissionDenied):
    """The actor may not do this here. Answered with 403; the page shows the reason."""


def policy(permission: Permission) -> Callable[[Policy], Policy]:
    """Register the function that says what a permission asks beyond the role. One a permission."""

    def register(function: Policy) -> Policy:
        if permission in POLICIES:
            raise ValueError(f"{permission} has two policies")
        POLICIES[permission] = function
        return function

    return register


def allows(actor: Actor, permission: Permission, thing: object) -> Decision:
    """May this actor do this to this thing? With the reason where not."""
    if not actor.holds(permission):
        title = actor.role.title if actor.role else _("Citizen")
        return no(_("The role %(role)s does not include this."), role=title)
    return POLICIES[permission](actor, thing)


def require(actor: Actor, permission: Permission, thing: object) -> None:
    """As `allows`, but raises NotAllowed with the reason."""
    decision = allows(actor, permission, thing)
    if not decision:
        raise NotAllowed(decision.reason)
