"""Agreements as lines: who does what by when, with its mark."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.plans.presenters.people import day, first_names
from samspil.collaboration.plans.queries import AgreementRow, GoalRow
from samspil.foundation.organisations.models import Membership


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """Who does what and by when, with its mark."""

    pk: UUID
    kind: str
    state: str
    who: str
    unit: str
    what: str
    due: str
    note: str
    """For which goal, or why it was not kept."""
    is_open: bool
    is_mine: bool

    @property
    def said(self) -> str:
        """In one line, as it stands under a goal."""
        words = {"who": self.who, "what": self.what, "due": self.due}
        return _("%(who)s: %(what)s. %(state)s") % {**words, "state": self.state}


def agreement_lines(
    rows: Iterable[AgreementRow],
    people: Sequence[CoursePerson],
    today: date,
    *,
    me: UUID | None = None,
    goals: Sequence[GoalRow] = (),
) -> list[AgreementLine]:
    """Agreements for the component `plans.agreements`; `goals` name what they serve."""
    names = first_names(people)
    about = {one.pk: row.goal.words for row in goals for one in row.agreements}
    return [_agreement(row, names, today, me, about.get(row.pk, "")) for row in rows]


def _agreement(
    row: AgreementRow, names: dict[UUID, str], today: date, me: UUID | None, goal: str
) -> AgreementLine:
    one = row.agreement
    kind, state = _agreement_state(row, today)
    return AgreementLine(
        pk=row.pk,
        kind=kind,
        state=state,
        who=_doer(one.post, names.get(one.person_id, "") if one.person_id else one.name),
        unit=one.post.unit.name if one.post else _("the family's network") if one.name else "",
        what=one.what,
        due=day(one.due_on, today),
        note=row.end.reason if row.end else (_("For »%(goal)s«") % {"goal": goal} if goal else ""),
        is_open=row.is_open,
        is_mine=me is not None and one.post_id == me,
    )


def _doer(post: Membership | None, name: str) -> str:
    return post.staff.name if post else name or _("Name not known")


def _agreement_state(row: AgreementRow, today: date) -> tuple[str, str]:
    if row.end:
        marks = {"kept": "done", "broken": "missed", "dropped": "excused"}
        words = {"what": row.end.get_outcome_display(), "date": day(row.end.on, today)}
        return marks[row.end.outcome], _("%(what)s %(date)s") % words
    days = (row.agreement.due_on - today).days
    when = {"date": day(row.agreement.due_on, today), "days": abs(days)}
    if days < 0:
        return "late", _("Should have been done %(date)s") % when
    return ("soon" if days <= SOON_DAYS else "open"), _("By %(date)s") % when


SOON_DAYS = 7
