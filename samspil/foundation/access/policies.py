"""Who may open a space, set a block and read the log. The gate checks the role; here stands the relation."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.foundation.access.models import Ledger, Subject
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import YES, Decision, no
from samspil.foundation.kernel.gate import policy
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import RelationKind


@policy(Permission.SPACE_OPEN)
def may_open_space(actor: Actor, unit: UUID) -> Decision:
    """Only a space that the own unit leads. The wall asks the same."""
    return YES if unit == actor.unit_id else no(_("You open spaces that your own unit leads."))


@policy(Permission.BLOCK_SET)
def may_block(actor: Actor, authority: UUID) -> Decision:
    """The privacy officer answers for the own authority. The wall asks the same."""
    return (
        YES
        if authority == actor.authority_id
        else no(_("The privacy officer answers for the own authority."))
    )


@policy(Permission.LOG_VIEW)
def may_view_log(actor: Actor, subject: UUID) -> Decision:
    """The privacy officer; others for a person whose record their unit keeps. Rows go by the wall."""
    if actor.role_key == RoleKey.PRIVACY_OFFICER:
        return YES
    if actor.unit_id is None:
        return no(_("You have no relation to this person."))
    today = clock.today()
    keeps = Ledger.objects.filter(
        holder=actor.unit_id,
        subject_id=subject,
        kind=RelationKind.OWN_RECORD,
        starts__lte=today,
        ends__gt=today,
    ).exists()
    seen = keeps and Subject.objects.filter(pk=subject).exists()
    return YES if seen else no(_("You have no relation to this person."))


@policy(Permission.REFERRAL_SEND)
def may_send_referral(actor: Actor, space: UUID) -> Decision:
    """A member of the team sends what the space holds to an inbox. The wall asks the same."""
    today = clock.today()
    is_member = (
        actor.membership_id is not None
        and Ledger.objects.filter(
            holder=actor.membership_id,
            space_id=space,
            kind=RelationKind.TEAM,
            starts__lte=today,
            ends__gt=today,
        ).exists()
    )
    return YES if is_member else no(_("Only a member of the team refers the family."))


@policy(Permission.REFERRAL_RECEIVE)
def may_receive_referral(actor: Actor, unit: UUID) -> Decision:
    """Only what was sent to the own unit. The wall shows nothing else."""
    return YES if unit == actor.unit_id else no(_("You answer referrals that were sent to your own unit."))
