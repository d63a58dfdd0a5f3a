"""Who takes models up for an authority, and who publishes them."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes.language import Programme
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import YES, Decision, no
from samspil.foundation.kernel.gate import policy
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.organisations.models import Authority


@policy(Permission.MODEL_ADOPT)
def may_adopt(actor: Actor, authority: UUID | None) -> Decision:
    """Leaders and administrators say which models their own authority uses, and how."""
    if authority is None or actor.authority_id != authority:
        return no(_("You decide about models for your own organisation only."))
    return YES


@policy(Permission.MODEL_PUBLISH)
def may_publish(actor: Actor, programme: Programme) -> Decision:
    """The adviser of a model's owner tries its drafts, publishes them, and sees how everybody runs it."""
    if not Authority.objects.filter(id__in=[actor.authority_id], name=programme.owner.name).exists():
        return no(_("Only the owner of the model, %(owner)s, does this."), owner=programme.owner.name)
    return YES
