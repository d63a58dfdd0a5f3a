"""Everything that changes on what basis something is shared: rows of bases and of the ledger, at once."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspil.collaboration.sharing import law, policies, queries, rules
from samspil.collaboration.sharing.models import Answer, Basis, Ending, Told, Way
from samspil.collaboration.sharing.rules import Consent, Grounds, Period, Receiver, Scope, Statute
from samspil.foundation.access import actions as access
from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed, require
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose
from samspil.foundation.organisations.models import Authority, Unit

KIND = "basis"
_ONE_DAY = date.resolution


@transaction.atomic
def register_consent(*, actor: Actor, space: UUID, consent: Consent, today: date) -> list[Basis]:
    """Write down an answer: one row a category. A yes opens and a no closes, today at the earliest.

    Raises NotAllowed where the actor may not, Refused where nobody could answer so, or the days cannot be.
    """
    _ready_to_write(actor, space, consent.scope)
    person = queries.person(actor, consent.scope.subject, consent.said_on)
    rules.ready_consent(consent, person, law.in_force().consent, today=today).or_refuse()
    agreement, rows = new_id(), []
    for category in rules.each(consent.scope.categories):
        latest = rules.latest_end(person, category, consent.said_on, law.in_force().consent)
        period = rules.period_of(consent, latest, today=today)
        scope = replace(consent.scope, categories=category)
        wording = _wording(actor, consent, scope, period)
        fields = {
            "agreement": agreement,
            "said_by": sorted(consent.said_by),
            "said_on": consent.said_on,
            "wording": wording,
            "wording_hash": rules.hash_of(wording),
        }
        rows.append(_write(actor, space, scope, consent.way, consent.answer, period, fields, today=today))
    _sign(actor, "basis.answered", space, consent.scope)
    return rows


@transaction.atomic
def register_statute(*, actor: Actor, space: UUID, statute: Statute, today: date) -> list[Basis]:
    """Write down a decision to share without a yes: one row a category. Raises NotAllowed and Refused."""
    _ready_to_write(actor, space, statute.scope)
    rules.ready_statute(statute, law.in_force().consent, today=today).or_refuse()
    decider, ground, ends = statute.decided_by, statute.ground, statute.ends
    assert decider and ground and ends  # noqa: PT018, S101  the rule has asked for them
    if decider not in {post.pk for post in queries.colleagues(actor, today)}:
        raise Refused(_("Somebody of your own unit must have decided it."))
    period = Period(max(statute.starts, today), ends)
    fields = {
        "agreement": new_id(),
        "ground": ground.key,
        "section": ground.section,
        "reasoning": statute.reasoning.strip(),
        "decided_by_id": decider,
        "told": statute.told,
        "told_on": statute.told_on if statute.told in {Told.CONVERSATION, Told.LETTER} else None,
        "told_text": statute.told_text.strip(),
    }
    scopes = [replace(statute.scope, categories=one) for one in rules.each(statute.scope.categories)]
    rows = [_write(actor, space, one, Way.STATUTE, Answer.YES, period, fields, today=today) for one in scopes]
    _sign(actor, "basis.decided", space, statute.scope, statute.reasoning)
    return rows


@transaction.atomic
def confirm_basis(*, actor: Actor, basis: Basis, today: date) -> Basis:
    """Share back what another unit shares with the own one: the same answer or law, the other way round.

    Who said yes was asked when the first one was written down. Who may answer a referral may confirm, too.
    Raises NotAllowed where the wall says no, Refused where there is nothing to confirm any more.
    """
    seen = queries.all_bases(actor).filter(pk=basis.pk).first()
    if seen is None or not actor.holds(Permission.BASIS_REGISTER):
        raise NotAllowed(_("Only who was shared with confirms it."))
    space = _space(seen)
    access.lock_space(actor=actor, space=space)
    source = next((row for row in queries.confirmable(actor, space, today) if row.pk == basis.pk), None)
    if source is None:
        raise Refused(_("There is nothing to confirm here any more. Load the page again."))
    unit = source.unit
    receiver = Receiver(HolderKind.UNIT, unit.pk, unit.authority_id, unit.kind)
    scope = Scope(source.subject_id, receiver, Category(source.category), Purpose(source.purpose))
    period = Period(max(source.starts, today), source.ends)
    fields = {name: getattr(source, name) for name in CONFIRMED}
    row = _write(
        actor,
        space,
        scope,
        Way(source.way),
        Answer.YES,
        period,
        {**fields, "confirms": source.pk},
        today=today,
        answers=source.relation,
    )
    _sign(actor, "basis.confirmed", space, scope)
    return row


@transaction.atomic
def end_basis(*, actor: Actor, basis: Basis, ending: Ending, reason: str, on: date, today: date) -> Basis:
    """Stop a basis, at once or on a later day. The row stays; a row that says so takes its place.

    Raises NotAllowed where another unit answers for it, Refused where it has stopped or run out already.
    """
    space = _space(basis)
    require(actor, Permission.BASIS_REGISTER, space)
    access.lock_space(actor=actor, space=space)
    if basis.unit_id != actor.unit_id:
        raise NotAllowed(_("The unit that wrote it down stops it."))
    newest = queries.bases(actor, space, basis.subject_id).filter(pk=basis.pk).first()
    if newest is None:
        raise Refused(_("Somebody has changed this in the meantime. Load the page again."))
    rules.ready_to_end(newest, on, reason=reason, today=today).or_refuse()
    if newest.relation:
        access.end(actor=actor, relation=newest.relation, on=on)
    fields = {
        "state": Basis.State.ENDED,
        "ending": ending,
        "ended_on": on,
        "end_reason": reason.strip(),
        "supersedes_id": newest.pk,
    }
    ended = Basis.objects.create(item_id=_item(actor, space, newest), **_copied(newest), **fields)
    log.record(
        actor=actor,
        act="basis.ended",
        shown=[log.Shown(newest.subject_id, newest.authority_id, Category(newest.category))],
        reason=reason,
        space=space,
    )
    return ended


def _ready_to_write(actor: Actor, space: UUID, scope: Scope) -> None:
    require(actor, Permission.BASIS_REGISTER, space)
    access.lock_space(actor=actor, space=space)
    unit, authority = _post(actor)
    held = policies.held(actor, space)
    rules.ready_scope(scope, giver=unit, authority=authority, held=held).or_refuse()


def _post(actor: Actor) -> tuple[UUID, UUID]:
    """The unit and the authority that the actor acts for."""
    if actor.unit_id is None or actor.authority_id is None:
        raise ValueError("only somebody who acts for a unit writes this down")
    return actor.unit_id, actor.authority_id


def _write(
    actor: Actor,
    space: UUID,
    scope: Scope,
    way: Way,
    answer: Answer,
    period: Period,
    fields: dict[str, Any],
    *,
    today: date,
    answers: UUID | None = None,
) -> Basis:
    """One row about one category, the ledger's row that follows from it, and the end of what stood before."""
    unit, authority = _post(actor)
    before = queries.standing_basis(actor, space, scope, way)
    if before and before.relation and before.state == Basis.State.GIVEN and before.ends > today:
        access.end(actor=actor, relation=before.relation, on=period.starts if answer == Answer.YES else today)
    item = access.new_item(
        actor=actor, kind=KIND, category=scope.categories, subjects=[scope.subject], space=space
    )
    opened = [
        access.grant(actor=actor, relation=relation, source=answers or item)
        for relation in rules.relations_of(Grounds(scope, way, answer, period, space, unit))
    ]
    is_unit = scope.receiver.kind == HolderKind.UNIT
    return Basis.objects.create(
        item_id=item,
        authority_id=authority,
        unit_id=unit,
        subject_id=scope.subject,
        category=int(scope.categories),
        receiver_unit_id=scope.receiver.id if is_unit else None,
        receiver_authority_id=None if is_unit else scope.receiver.id,
        purpose=scope.purpose.value,
        way=way,
        answer=answer,
        starts=period.starts,
        ends=period.ends,
        relation=opened[0] if opened else None,
        supersedes=before,
        **fields,
    )


CONFIRMED = (
    "agreement",
    "said_by",
    "said_on",
    "wording",
    "wording_hash",
    "ground",
    "section",
    "reasoning",
    "decided_by_id",
    "told",
    "told_on",
    "told_text",
)
"""What was said stays what was said when it is shared back."""

COPIED = (
    *CONFIRMED,
    "authority_id",
    "unit_id",
    "subject_id",
    "category",
    "receiver_unit_id",
    "receiver_authority_id",
    "purpose",
    "way",
    "answer",
    "starts",
    "ends",
    "relation",
    "confirms",
)


def _copied(basis: Basis) -> dict[str, Any]:
    return {name: getattr(basis, name) for name in COPIED}


def _item(actor: Actor, space: UUID, basis: Basis) -> UUID:
    category = Category(basis.category)
    return access.new_item(
        actor=actor, kind=KIND, category=category, subjects=[basis.subject_id], space=space
    )


def _wording(actor: Actor, consent: Consent, scope: Scope, period: Period) -> str:
    """The text for one category, in Danish: it is what was agreed to, whatever language the page has."""
    words = law.in_force().wording
    template = words.refusal if consent.answer == Answer.NO else words.template
    whom = words.whom.own if consent.said_by == {scope.subject} else words.whom.child
    with override("da"):
        text = template.da.format(
            giver=Unit.objects.get(pk=_post(actor)[0]).name,
            receiver=_name(scope),
            category=scope.categories.label,
            whom=whom.da,
            purpose=scope.purpose.label,
            starts=date_format(period.starts, "j. F Y"),
            last_day=date_format(period.ends - _ONE_DAY, "j. F Y"),
        )
    if consent.answer == Answer.LIMITED:
        text += "\n\n" + words.limit.da.format(limit=consent.limit.strip())
    return text


def _name(scope: Scope) -> str:
    if scope.receiver.kind == HolderKind.UNIT:
        unit = Unit.objects.select_related("authority").get(pk=scope.receiver.id)
        return f"{unit.name}, {unit.authority.name}"
    return Authority.objects.get(pk=scope.receiver.id).name


def _space(basis: Basis) -> UUID:
    space = basis.item.space_id
    if space is None:
        raise ValueError("a basis stands in a space")
    return space


def _sign(actor: Actor, act: str, space: UUID, scope: Scope, reason: str = "") -> None:
    shown = [log.Shown(scope.subject, _post(actor)[1], scope.categories)]
    log.record(actor=actor, act=act, shown=shown, reason=reason, space=space)
