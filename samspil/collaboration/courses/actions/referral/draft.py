"""What every act on a referral begins and ends with: one's own draft, its items, the log."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.collaboration.courses.models import Referral
from samspil.collaboration.courses.queries import referral as queries
from samspil.collaboration.courses.queries.referral import Sheet
from samspil.collaboration.courses.rules.referral import Stage
from samspil.foundation.access import actions as access
from samspil.foundation.audit import log
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed, require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


def own_referral(actor: Actor, space: UUID) -> Sheet:
    """The referral of the own unit, alone at it. To who does not see it, there is none."""
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.REFERRAL_SEND, space)
    sheet = queries.referral_sheet(actor, space)
    if sheet is None or not sheet.is_mine:
        raise NotAllowed(_("Only a member of the team refers the family."))
    return sheet


def own_draft(actor: Actor, space: UUID) -> Sheet:
    sheet = own_referral(actor, space)
    if sheet.stage is not Stage.DRAFT:
        raise Refused(_("It has been sent or withdrawn. Add to it instead."))
    return sheet


def new_item(actor: Actor, kind: str, category: Category, subjects: Collection[UUID], space: UUID) -> UUID:
    """An item that the writer alone sees until the referral is sent."""
    return access.new_item(
        actor=actor, kind=kind, category=category, subjects=subjects, space=space, released=False
    )


def touch(referral: Referral) -> None:
    referral.touched_at = clock.now()
    referral.save(update_fields=["touched_at"])


def sign(actor: Actor, act: str, space: UUID, subjects: Collection[UUID], categories: Category) -> None:
    assert actor.authority_id is not None  # noqa: S101  the gate has let only staff through
    shown = [log.Shown(subject, actor.authority_id, categories) for subject in subjects]
    log.record(actor=actor, act=act, shown=shown, space=space)
