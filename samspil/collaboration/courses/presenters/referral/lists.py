"""Referrals on a list: how many days, whose turn, one act."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.collaboration.courses.presenters.head import names_of
from samspil.collaboration.courses.presenters.referral.words import RECEIVED, STAGES
from samspil.collaboration.courses.queries.referral import ReferralRow
from samspil.collaboration.courses.rules.referral import Stage


@dataclass(frozen=True, slots=True)
class Line:
    """A referral on a list."""

    url: str
    family: str
    context: str
    kind: str
    state: str
    note: str
    what: str
    why: str
    act: str
    is_mine: bool


def lines(rows: Iterable[ReferralRow]) -> list[Line]:
    """The rows of a list in words: days, whose turn, one act."""
    return [_line(row) for row in rows]


def _line(row: ReferralRow) -> Line:
    kind, state = (RECEIVED if row.is_received else STAGES)[row.stage]
    days = ngettext("%(n)d day", "%(n)d days", row.days) % {"n": row.days} if row.days else _("today")
    return Line(
        url=reverse("courses:referral", args=[row.space]),
        family=names_of(row.names),
        context=row.model,
        kind=kind,
        state=str(state),
        note=days,
        what=_("From %(unit)s") % {"unit": row.from_unit}
        if row.is_received
        else _("To %(unit)s") % {"unit": row.to_unit},
        why=_why(row),
        act=_act(row),
        is_mine=row.waits_for_me,
    )


def _why(row: ReferralRow) -> str:
    words = {
        Stage.DRAFT: _("You have begun it. Only you can see it."),
        Stage.WAITING: _("The receiver has not answered yet."),
        Stage.ASKED: _("The receiver asks for more before it can answer."),
        Stage.ACCEPTED: _("The receiver has said yes, and the course is open."),
        Stage.DECLINED: _("The receiver has said no. Read why."),
        Stage.WITHDRAWN: _("You have taken it back."),
    }
    if row.is_received:
        words[Stage.WAITING] = _("Your unit says yes, asks for more, or says no with the reason.")
        words[Stage.ASKED] = _("You have asked the sender for more.")
    return words[row.stage]


def _act(row: ReferralRow) -> str:
    if row.stage is Stage.DRAFT:
        return _("Write on")
    return _("Answer") if row.waits_for_me else _("Open")
