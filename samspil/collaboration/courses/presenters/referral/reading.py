"""The words of a referral in the order in which they are read, and what has happened to it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from samspil.collaboration.courses.models import ReferralAnswer, ReferralPart
from samspil.collaboration.courses.presenters.referral.words import first_name
from samspil.collaboration.courses.queries.referral import Sheet, unit_name
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.sharing import Category


@dataclass(frozen=True, slots=True)
class PartLine:
    """Words of a referral as they are read: of what kind, by whom, about whom."""

    kind: str
    title: str
    text: str
    by: str
    about: str
    topic: Text
    is_added: bool
    written_at: datetime


def part_lines(sheet: Sheet) -> list[PartLine]:
    """The words in the order in which they are read: the family's own first, what was added last."""
    names = {person.subject_id: first_name(person.name) for person in sheet.people}
    order = list(ReferralPart.Kind)
    sent = sheet.referral.sent_at
    lines = [
        PartLine(
            part.kind,
            str(ReferralPart.Kind(part.kind).label),
            part.text,
            part.said_by or _("The family"),
            ", ".join(names.get(one, _("Name not known")) for one in part.item.subjects),
            Category(part.item.category).label,
            is_added=bool(sent and part.written_at > sent),
            written_at=part.written_at,
        )
        for part in sheet.standing
    ]
    return sorted(
        lines, key=lambda line: (line.is_added, order.index(ReferralPart.Kind(line.kind)), line.written_at)
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a referral."""

    at: datetime
    text: str
    words: str = ""


def history(sheet: Sheet) -> list[Step]:
    """What happened since it was sent, newest first."""
    one = sheet.referral
    steps = [
        Step(line.written_at, _("Added: %(title)s") % {"title": line.title})
        for line in part_lines(sheet)
        if line.is_added
    ]
    for answer in sheet.answers:
        label = str(ReferralAnswer.Kind(answer.kind).label)
        steps.append(Step(answer.answered_at, f"{label}: {answer.by.staff.name}", answer.text))
    if one.sent_at:
        receiver = unit_name(one.to_unit) if one.to_unit else ""
        steps.append(Step(one.sent_at, _("Sent to %(unit)s") % {"unit": receiver}))
    if one.withdrawn_at:
        steps.append(Step(one.withdrawn_at, _("Withdrawn")))
    return sorted(steps, key=lambda step: step.at, reverse=True)
