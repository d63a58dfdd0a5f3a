"""What things of a referral are called: its items, where it stands, the family, and the days."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.collaboration.courses.models import ReferralPerson
from samspil.collaboration.courses.presenters.head import names_of
from samspil.collaboration.courses.queries.referral import Sheet
from samspil.collaboration.courses.rules.referral import Stage
from samspil.collaboration.sharing.presenters import name_kind
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.decisions import Text

KINDS: dict[str, Text] = {
    "referral": gettext_lazy("The referral itself: to whom and when"),
    "referral-person": gettext_lazy("Name, birth date and place in the family"),
    "referral-number": gettext_lazy("CPR number"),
    "referral-part": gettext_lazy("Words of the referral"),
    "eligibility-answer": gettext_lazy("Answer about the target group"),
    "referral-answer": gettext_lazy("Answer to the referral"),
    "course": gettext_lazy("The course"),
    "course-person": gettext_lazy("Name and place in the course"),
}
STAGES: dict[Stage, tuple[str, Text]] = {
    Stage.DRAFT: ("not-yet", gettext_lazy("Not sent yet")),
    Stage.WAITING: ("waiting", gettext_lazy("Waits for the receiver’s answer")),
    Stage.ASKED: ("open", gettext_lazy("More is asked for")),
    Stage.ACCEPTED: ("done", gettext_lazy("Accepted")),
    Stage.DECLINED: ("refused", gettext_lazy("Declined")),
    Stage.WITHDRAWN: ("withdrawn", gettext_lazy("Withdrawn")),
}
RECEIVED: dict[Stage, tuple[str, Text]] = {
    **STAGES,
    Stage.WAITING: ("open", gettext_lazy("Waits for your unit’s answer")),
    Stage.ASKED: ("waiting", gettext_lazy("Waits for the sender")),
}
"""The same, as the receiver reads it: the words say who has the ball."""


def state_of(sheet: Sheet) -> tuple[str, Text]:
    """A mark and its words, for the side that reads it."""
    return (RECEIVED if sheet.is_received else STAGES)[sheet.stage]


def name_kinds() -> None:
    """Say in previews what the items of referrals are called."""
    for kind, label in KINDS.items():
        name_kind(kind, label)


def reference(sheet: Sheet) -> str:
    """A short mark that both sides can say on the phone. It tells nothing."""
    return str(sheet.referral.pk)[-8:].upper()


def days_waiting(sheet: Sheet, today: date) -> int:
    return (today - day_of(sheet.referral.sent_at)).days if sheet.referral.sent_at else 0


def heading(sheet: Sheet, language: str) -> str:
    """»Refer the Bruun family to VIA Family 2.0«."""
    words = {"family": family(sheet), "model": sheet.programme.title.said(language)}
    return _("Refer %(family)s to %(model)s") % words


def family(sheet: Sheet) -> str:
    name = names_of([person.name for person in sheet.included])
    return name[0].lower() + name[1:] if len(sheet.included) > 1 else name


def first_name(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.strip() else _("Name not known")


def names(people: Sequence[ReferralPerson]) -> dict[UUID, str]:
    return {person.subject_id: person.name for person in people}


def short_day(day: date) -> str:
    return date_format(day, "j. N Y")
