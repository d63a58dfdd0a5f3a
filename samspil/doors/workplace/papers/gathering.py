"""Everything of one course that may stand on paper, asked for once, before it is sorted by reader."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.courses.models import Fact
from samspil.collaboration.courses.queries import CourseHead, Ending, OpenThing
from samspil.collaboration.plans import queries as plans
from samspil.collaboration.plans.queries import AgreementRow, EffortRow, SharedPlan
from samspil.collaboration.sharing import queries as sharing
from samspil.collaboration.sharing.models import Basis
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.organisations import queries as organisations
from samspil.foundation.organisations.models import Unit


@dataclass(frozen=True, slots=True)
class Gathered:
    """A course as the actor sees it, with all that a copy is made from."""

    head: CourseHead
    ending: Ending
    plan: SharedPlan
    efforts: tuple[EffortRow, ...]
    bases: tuple[Basis, ...]
    facts: tuple[Fact, ...]
    """What happened and nobody has corrected, newest last."""
    units: dict[UUID, Unit]

    @property
    def open_things(self) -> list[OpenThing]:
        """What is still open."""
        return _open_things(self.plan.agreements, self.efforts)


def gathered(actor: Actor, head: CourseHead, ending: Ending, today: date) -> Gathered:
    """All of it, in twelve queries beside those of the head and the ending, however much there is."""
    space = head.space
    facts = courses.facts_of(actor, space).filter(corrected_by=None).select_related("item")
    return Gathered(
        head=head,
        ending=ending,
        plan=plans.plan_of(actor, space),
        efforts=tuple(plans.efforts_of(actor, space, today)),
        bases=tuple(sharing.bases(actor, space)),
        facts=tuple(facts),
        units=organisations.units_by_id(one.unit_id for one in head.participants),
    )


def open_things(actor: Actor, space: UUID, today: date) -> list[OpenThing]:
    """The agreements and efforts that are not finished, as far as the actor sees them. Five queries."""
    return _open_things(plans.open_agreements(actor, space), plans.efforts_of(actor, space, today))


def _open_things(
    agreements: "list[AgreementRow] | tuple[AgreementRow, ...]",
    efforts: "list[EffortRow] | tuple[EffortRow, ...]",
) -> list[OpenThing]:
    return [
        *(OpenThing(row.pk, row.agreement.what) for row in agreements if row.is_open),
        *(OpenThing(row.effort.pk, row.effort.what) for row in efforts if row.is_open),
    ]
