"""What waits for the actor's own answer: families that are referred, and the coordination of a course."""

from dataclasses import dataclass
from datetime import date

from samspil.collaboration.courses.models import Handover
from samspil.collaboration.courses.queries.handover import handovers_waiting
from samspil.collaboration.courses.queries.referral import WAITS, Waiting, may_answer, referrals_waiting
from samspil.foundation.access import sight
from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor

_IS_ASKED = (
    "SELECT EXISTS (SELECT FROM courses_handover h WHERE h.receiver_id = %s AND h.requested_on <= %s "
    "AND NOT EXISTS (SELECT FROM courses_handoveranswer a WHERE a.handover_id = h.id)), "
    "EXISTS (SELECT FROM courses_referral r WHERE (r.to_unit_id = %s OR r.sender_id = %s) "
    "AND r.sent_at IS NOT NULL AND r.withdrawn_at IS NULL AND coalesce((SELECT a.kind "
    "FROM courses_referralanswer a WHERE a.space_id = r.space_id "
    "ORDER BY a.answered_at DESC LIMIT 1), 'more') = 'more')"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Referrals and handovers that wait for the actor."""

    referrals: tuple[Waiting, ...] = ()
    handovers: tuple[Handover, ...] = ()


def asked_of(actor: Actor, today: date) -> Asked:
    """What waits for the actor's answer. One query where nothing does, as on most days; else one more each.

    Asking for referrals in full is dear even where there are none: first it is asked whether there are any.
    """
    if may_answer(actor):
        log.searched(WAITS)
    values = [actor.membership_id, today, actor.unit_id, actor.membership_id]
    [(is_offered, is_referred)] = sight.read(_IS_ASKED, values, has_items=False)
    return Asked(
        referrals=tuple(referrals_waiting(actor)) if is_referred else (),
        handovers=tuple(handovers_waiting(actor, today)) if is_offered else (),
    )
