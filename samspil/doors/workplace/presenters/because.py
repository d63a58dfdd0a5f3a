"""Why something is due when it is, in a line: whose rule, how long after what."""

from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from samspil.collaboration.programmes import words
from samspil.collaboration.programmes.engine import Occurrence, State, reasons
from samspil.collaboration.programmes.engine.compiling import Start
from samspil.collaboration.programmes.language import Programme, Shift
from samspil.doors.workplace.presenters.standing import day, ended, short

NAMED_BY_KIND = frozenset({"meeting.planned", "meeting.held", "meeting.cancelled"})
"""What starts a clock and is called by its kind: »opstartsmøde« says more than »møde holdt«."""


def because(one: Occurrence, programme: Programme, today: date, *, by_law: bool, language: str) -> str:
    """»Modeludkast: 45 dage efter opstartsmødet 21. sep.«; the whole reason where no event is known."""
    anchored = day(one.anchored_on)
    if one.due is None or anchored is None or one.state not in _AHEAD:
        return one.why.said(language)
    is_draft = bool(programme.draft_notice)
    return _counted(one.start, one.span, anchored, today, language, by_law=by_law, is_draft=is_draft)


@lru_cache(maxsize=4096)
def _counted(
    start: Start, span: Shift, anchored: date, today: date, language: str, *, by_law: bool, is_draft: bool
) -> str:
    said = {
        "span": reasons.spelled_span(span).said(language),
        "event": _event(start, language),
        "day": short(anchored, today),
    }
    if by_law:
        return ended(_("The law: %(span)s »%(event)s«, %(day)s") % said)
    if is_draft:
        return ended(_("Draft of the model: %(span)s »%(event)s«, %(day)s") % said)
    return ended(_("The model: %(span)s »%(event)s«, %(day)s") % said)


_AHEAD = frozenset({State.NOT_DUE, State.OPEN, State.DUE, State.LATE})


def _event(start: Start, language: str) -> str:
    kind = dict(start.where).get("kind")
    if kind and start.kinds[-1] in NAMED_BY_KIND and start.birthday is None:
        return str(words.code(kind))
    return reasons.event(start.kinds, start.birthday, start.date).said(language)
