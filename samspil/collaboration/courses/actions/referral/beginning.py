"""A referral is begun: a space of its own, with the people whose records the own unit keeps."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses.actions.referral.draft import new_item, sign
from samspil.collaboration.courses.actions.referral.people import suggested_people, write_person
from samspil.collaboration.courses.models import Referral
from samspil.collaboration.courses.queries import referral as queries
from samspil.collaboration.programmes import queries as programmes
from samspil.foundation.access import actions as access
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed, require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.organisations.models import Unit


@transaction.atomic
def begin_referral(*, actor: Actor, subject: UUID, version: UUID, to_unit: UUID, today: date) -> Referral:
    """Begin a referral of a family, in a space of its own. Until it is sent, the actor alone sees it.

    It begins with the people around `subject` whose records the own unit keeps. Raises NotAllowed where the
    role sends no referrals, Refused where the own unit keeps no record, or for a receiver that is not there.
    """
    require(actor, Permission.SPACE_OPEN, actor.unit_id)
    if not actor.holds(Permission.REFERRAL_SEND) or not actor.membership_id or not actor.unit_id:
        raise NotAllowed(_("Your role does not include this."))
    if queries.own_record(actor, subject) is None:
        raise Refused(_("Your unit keeps no record of this person. Write the person down first."))
    receiver = Unit.objects.filter(
        pk=to_unit, is_sharing_unit=True, starts__lte=today, ends__gt=today
    ).first()
    if receiver is None or receiver.pk == actor.unit_id:
        raise Refused(_("Choose a unit that is there today, and another than your own."))
    known = next((one for one in programmes.versions() if one.pk == version), None)
    if known is None:
        raise Refused(_("There is no such model."))
    space = access.new_space(actor=actor)
    access.lock_space(actor=actor, space=space)
    item = new_item(actor, "referral", Category.IDENTITY, [subject], space)
    referral = Referral.objects.create(
        item_id=item,
        space_id=space,
        subject_id=subject,
        version_id=version,
        sender_id=actor.membership_id,
        from_unit_id=actor.unit_id,
        to_unit=receiver,
        begun_on=today,
        touched_at=clock.now(),
    )
    for person in suggested_people(actor, subject, known.programme, today):
        write_person(actor, space, person)
    sign(actor, "referral.begun", space, [subject], Category.IDENTITY)
    return referral
