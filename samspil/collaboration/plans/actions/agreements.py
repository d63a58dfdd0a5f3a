"""Agreements are made, and one writes how they went."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses.actions import note_fact
from samspil.collaboration.plans import queries, rules
from samspil.collaboration.plans.actions import _ground as ground
from samspil.collaboration.plans.models import Agreement, AgreementEnd, Goal
from samspil.collaboration.plans.rules import Doer
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


@transaction.atomic
def make_agreement(
    *,
    actor: Actor,
    space: UUID,
    subjects: Collection[UUID],
    what: str,
    doer: Doer,
    due_on: date,
    made_on: date,
    today: date,
    goal: Goal | None = None,
    meeting: UUID | None = None,
    category: Category = Category.EVERYDAY,
) -> Agreement:
    """Write down who does what, and by when. `subjects` are those it is about; a doer in the family is one.

    Raises NotAllowed for who takes no part, Refused where it cannot be so.
    """
    ground.enter(actor, space, Permission.PLAN_WRITE)
    around = ground.around(actor, space, today)
    rules.ready_agreement(
        what, doer, due_on=due_on, made_on=made_on, family=around.family, posts=around.posts, today=today
    ).or_refuse()
    about = {*subjects, *((doer.person,) if doer.person else ())}
    ground.part_of_the_family(about, around)
    if goal is not None and goal.space_id != space:
        raise Refused(_("There is no such goal here."))
    made = Agreement.objects.create(
        item_id=ground.new_item(actor, space, "agreement", category, about),
        space_id=space,
        what=what.strip(),
        post_id=doer.post,
        person_id=doer.person,
        name=doer.name.strip(),
        due_on=due_on,
        made_on=made_on,
        goal=goal,
        meeting=meeting,
    )
    attributes: dict[str, object] = {"agreement": str(made.pk), "due_on": due_on.isoformat()}
    if role := around.role_of(doer.post, doer.person):
        attributes["role"] = role
    note_fact(actor=actor, space=space, kind="agreement.made", on=made_on, today=today, attributes=attributes)
    return made


@transaction.atomic
def keep_agreement(
    *, actor: Actor, agreement: Agreement, on: date, today: date, reason: str = ""
) -> AgreementEnd:
    """It was done. Raises Refused where it is written already how it went."""
    return _end(actor, agreement, AgreementEnd.Outcome.KEPT, reason, on, today)


@transaction.atomic
def break_agreement(
    *, actor: Actor, agreement: Agreement, reason: str, on: date, today: date
) -> AgreementEnd:
    """It was not done; the reason says why. Raises as `keep_agreement`."""
    return _end(actor, agreement, AgreementEnd.Outcome.BROKEN, reason, on, today)


@transaction.atomic
def drop_agreement(*, actor: Actor, agreement: Agreement, reason: str, on: date, today: date) -> AgreementEnd:
    """It is no longer needed; the reason says why. Raises as `keep_agreement`."""
    return _end(actor, agreement, AgreementEnd.Outcome.DROPPED, reason, on, today)


def _end(
    actor: Actor, agreement: Agreement, outcome: AgreementEnd.Outcome, reason: str, on: date, today: date
) -> AgreementEnd:
    space = agreement.space_id
    ground.enter(actor, space, Permission.PLAN_WRITE)
    found = queries.agreement(actor, space, agreement.pk)
    if found is None:
        raise Refused(_("There is no such agreement here."))
    rules.ready_to_end_agreement(
        is_ended=not found.is_open,
        outcome=outcome,
        reason=reason,
        on=on,
        made_on=found.agreement.made_on,
        today=today,
    ).or_refuse()
    item = found.agreement.item
    end = AgreementEnd.objects.create(
        item_id=ground.like(actor, space, "agreement-end", item),
        space_id=space,
        agreement_id=agreement.pk,
        outcome=outcome,
        on=on,
        reason=reason.strip(),
    )
    if outcome == AgreementEnd.Outcome.DROPPED:
        ground.sign(actor, "agreement.dropped", space, item.subjects, item.category, reason)
    else:
        kind = "agreement.kept" if outcome == AgreementEnd.Outcome.KEPT else "agreement.broken"
        attributes = {"agreement": str(agreement.pk)}
        note_fact(actor=actor, space=space, kind=kind, on=on, today=today, attributes=attributes)
    return end
