"""A referral is sent as agreed; afterwards it is amended or withdrawn."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses.actions.referral.draft import own_draft, own_referral, sign
from samspil.collaboration.courses.actions.referral.writing import Words, add_words
from samspil.collaboration.courses.models import Referral
from samspil.collaboration.courses.queries.referral import Sheet
from samspil.collaboration.courses.rules import referral as rules
from samspil.foundation.access import actions as access
from samspil.foundation.access import queries as relations
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.sharing import Category, HolderKind, Relation, RelationKind


@transaction.atomic
def send_referral(*, actor: Actor, space: UUID, today: date) -> Referral:
    """Let the receiver see what was agreed; where the model says so, offer the coordination too.

    Raises NotAllowed, and Refused with the first thing that is missing.
    """
    sheet = own_draft(actor, space)
    sheet.ready(today).or_refuse()
    referral, receiver = sheet.referral, sheet.referral.to_unit
    assert receiver is not None  # noqa: S101  the rule has asked for it
    referral.sent_at = clock.now()
    referral.result = sheet.target(today).result.value
    referral.offers_baton = rules.passes_to(sheet.programme, rules.sector_of(receiver.authority.kind))
    referral.save(update_fields=["sent_at", "result", "offers_baton"])
    for item in _to_release(sheet):
        access.release(actor=actor, item=item)
    inbox = Relation(
        HolderKind.UNIT,
        receiver.pk,
        RelationKind.INBOX,
        relations.held_in_team(actor, space),
        space=space,
        starts=today,
    )
    access.grant(actor=actor, relation=inbox, source=referral.pk)
    if referral.offers_baton:
        access.offer_baton(actor=actor, space=space, to=receiver.pk)
    people = [person.subject_id for person in sheet.included]
    sign(actor, "referral.sent", space, people, Category.IDENTITY | Category.EVERYDAY)
    return referral


@transaction.atomic
def amend_referral(*, actor: Actor, space: UUID, words: Words) -> None:
    """Add words to a referral that was sent: both sides see them. Raises NotAllowed and Refused."""
    sheet = own_referral(actor, space)
    rules.ready_to_amend(sheet.stage).or_refuse()
    if not words.text.strip():
        raise Refused(_("Write what is to be added."))
    item = add_words(actor, sheet, words, None)
    access.release(actor=actor, item=item)
    sign(actor, "referral.amended", space, words.subjects, words.category)


@transaction.atomic
def withdraw_referral(*, actor: Actor, space: UUID, today: date) -> None:
    """Take a referral back before it is answered: the receiver sees nothing any more. Raises as others."""
    sheet = own_referral(actor, space)
    rules.ready_to_withdraw(sheet.stage).or_refuse()
    for row in relations.relations(actor, space):
        if row.relation.kind is RelationKind.INBOX and row.relation.ends > today:
            access.end(actor=actor, relation=row.id, on=today)
    sheet.referral.withdrawn_at = clock.now()
    sheet.referral.save(update_fields=["withdrawn_at"])
    sign(actor, "referral.withdrawn", space, [sheet.referral.subject_id], Category.IDENTITY)


def _to_release(sheet: Sheet) -> list[UUID]:
    """What stands in the referral on the day it is sent; what was replaced stays the writer's."""
    coming = {person.subject_id for person in sheet.included}
    return [
        sheet.referral.pk,
        *(person.pk for person in sheet.included),
        *(number.pk for number in sheet.numbers if number.subject_id in coming),
        *(part.pk for part in sheet.standing),
        *(check.pk for check in sheet.checks.values()),
    ]
