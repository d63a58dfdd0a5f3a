"""What every act of the journal does: say which post it is done in, and sign what is no fact in the log."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.sharing import Category


def post_of(actor: Actor) -> UUID:
    """The post in which the actor writes."""
    if actor.membership_id is None:  # the gate has let only members of staff through
        raise Refused(_("Only somebody who acts for a unit may do this."))
    return actor.membership_id


def sign(
    actor: Actor, act: str, space: UUID, subjects: Iterable[UUID], category: Category, reason: str = ""
) -> None:
    """One row in the log for an act that is no fact of the course."""
    if actor.authority_id is None:
        raise Refused(_("Only somebody who acts for a unit may do this."))
    shown = [log.Shown(one, actor.authority_id, category) for one in subjects]
    log.record(actor=actor, act=act, shown=shown, reason=reason, space=space)
