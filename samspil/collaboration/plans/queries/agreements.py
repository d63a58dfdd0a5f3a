"""Questions about agreements."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from samspil.collaboration.plans.models import Agreement, AgreementEnd
from samspil.collaboration.plans.queries.rows import AgreementRow
from samspil.foundation.access import sight
from samspil.foundation.access.kept import kept
from samspil.foundation.kernel.actor import Actor


def open_agreements(actor: Actor, space: UUID) -> list[AgreementRow]:
    """What is agreed and not yet done, by its day. Two queries."""
    return [row for row in every_agreement(actor, space) if row.is_open]


def agreement(actor: Actor, space: UUID, pk: UUID) -> AgreementRow | None:
    """One agreement; None where the actor does not see it. Two queries."""
    return next((row for row in every_agreement(actor, space) if row.pk == pk), None)


def agreements_of(actor: Actor, today: date, *, ahead: int = 14) -> list[AgreementRow]:
    """What the actor has agreed to do, in any course, overdue or due within `ahead` days. One query."""
    if actor.membership_id is None:
        return []
    latest = date.fromordinal(today.toordinal() + ahead)
    ended = AgreementEnd.objects.filter(agreement=OuterRef("pk"))
    rows = Agreement.objects.filter(~Exists(ended), post=actor.membership_id, due_on__lte=latest)
    return [AgreementRow(one, None) for one in _with_doer(rows).order_by("due_on", "pk")]


def every_agreement(actor: Actor, space: UUID) -> list[AgreementRow]:
    ends = {one.agreement_id: one for one in _ends(space)}
    found = [AgreementRow(one, ends.get(one.pk)) for one in _agreements(space)]
    return sorted(found, key=lambda row: not row.is_open)


@kept
def _agreements(space: UUID) -> "QuerySet[Agreement]":
    return _with_doer(Agreement.objects.filter(space=space)).order_by("due_on", "pk")


@kept
def _ends(space: UUID) -> "QuerySet[AgreementEnd]":
    return sight.visible(AgreementEnd.objects.filter(space=space)).select_related(None).order_by("pk")


def _with_doer(rows: "QuerySet[Agreement]") -> "QuerySet[Agreement]":
    return sight.visible(rows).select_related("item", "post__staff", "post__unit")
