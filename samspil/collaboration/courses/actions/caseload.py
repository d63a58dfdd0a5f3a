"""A leader sets how much a coordinator of a unit may carry, from a day on."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses import queries
from samspil.collaboration.courses.models import CaseloadCeiling
from samspil.collaboration.courses.rules import caseload as rules
from samspil.foundation.audit import log
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission


@transaction.atomic
def set_ceiling(
    *, actor: Actor, unit: UUID, ceiling: Decimal | None, starts: date, today: date
) -> CaseloadCeiling:
    """Set the most that coordinators of a unit and those below it carry from a day on; None: no limit.

    What was set before stands as history. Raises NotAllowed for others than the leader of the unit, Refused
    where it cannot be.
    """
    require(actor, Permission.CASELOAD_SET, unit)
    if actor.authority_id is None or actor.membership_id is None:  # the gate has let only leaders through
        raise Refused(_("Only somebody who acts for a unit may do this."))
    standing = queries.ceilings_of(actor)
    rules.ready_to_set(ceiling, starts=starts, today=today, standing=standing, unit=str(unit)).or_refuse()
    row = CaseloadCeiling.objects.create(
        authority_id=actor.authority_id,
        unit_id=unit,
        ceiling=ceiling,
        starts=starts,
        set_by_id=actor.membership_id,
        set_at=clock.now(),
    )
    log.record(
        actor=actor, act="caseload.ceiling_set", reason=f"{unit} {ceiling or '-'} {starts.isoformat()}"
    )
    return row
