"""One meeting on its page: who is invited, what is missing, and whether it was written down late."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.collaboration.meetings.models import Presence, ReplyAnswer
from samspil.collaboration.meetings.presenters.names import Names, day_words, family_first
from samspil.collaboration.meetings.queries import GuestRow, MeetingRow, Missing
from samspil.collaboration.meetings.rules import Guest

ANSWERS = {
    ReplyAnswer.COMING: "done",
    ReplyAnswer.OTHER: "unknown",
    ReplyAnswer.NOT_COMING: "refused",
}
PRESENCES = {Presence.HERE: "done", Presence.REMOTE: "done", Presence.ABSENT: "excused"}


@dataclass(frozen=True, slots=True)
class GuestLine:
    """Somebody who is invited."""

    pk: UUID
    name: str
    note: str
    mark: str
    state: str
    words: str
    may_answer: bool
    is_me: bool


def guest_lines(row: MeetingRow, names: Names, today: date, own: UUID | None) -> list[GuestLine]:
    """Who is invited: the family first."""
    return [_guest_line(one, names, today, own, is_ahead=row.is_ahead) for one in family_first(row.guests)]


def _guest_line(one: GuestRow, names: Names, today: date, own: UUID | None, *, is_ahead: bool) -> GuestLine:
    guest, reply = one.guest, one.reply
    mark, state, words = "waiting", _("Has not answered"), ""
    if reply:
        mark = ANSWERS[ReplyAnswer(reply.answer)]
        state, words = reply.get_answer_display(), reply.words
    if one.presence:
        mark, state = PRESENCES[Presence(one.presence)], str(Presence(one.presence).label)
    return GuestLine(
        pk=one.pk,
        name=names.of(guest),
        note=names.note(guest, today),
        mark=mark,
        state=state,
        words=words,
        may_answer=is_ahead and guest.post in (None, own),
        is_me=guest.post is not None and guest.post == own,
    )


def missing_lines(missing: Missing, names: Names) -> list[str]:
    """What is missing before a meeting, in plain sentences."""
    lines = [
        _("%(name)s has not been heard yet.") % {"name": names.first(Guest(person=one.subject_id))}
        for one in missing.unheard
    ]
    blind = [
        _("%(unit)s cannot see the meeting yet: a consent or a legal basis is missing.") % {"unit": unit.name}
        for unit in missing.blind
    ]
    return [*lines, *blind]


def late_note(row: MeetingRow) -> str:
    """A meeting that was written down on a later day says so."""
    if row.end is None or row.end.on == row.end.noted_on:
        return ""
    return _("Written down on %(date)s, later than it was held. The day it was held counts.") % {
        "date": day_words(row.end.noted_on)
    }
