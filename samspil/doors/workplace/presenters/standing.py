"""How far something is, as a mark with words: days late, days to go, done on which day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.collaboration.programmes.engine import Occurrence, State, reasons
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.web.marks import MARKS, SHAPES

SOON = timedelta(days=7)
WAITS = frozenset({State.LATE, State.DUE, State.OPEN})
"""What can be done now and is not done."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A state: the key of its mark, its words, and a line of date under it."""

    kind: str
    text: str
    note: str = ""

    @property
    def tone(self) -> str:
        return MARKS[self.kind].tone

    @property
    def shape(self) -> str:
        return SHAPES.get(self.kind, self.kind)

    @property
    def is_alarming(self) -> bool:
        return self.kind in {"late", "missed"}


class Dated(NamedTuple):
    """What of an occurrence its words depend on: nothing that says who it is about."""

    state: State
    due: date | datetime | None
    closes: date | datetime | None
    done_on: date | None


def standing(one: Occurrence, today: date, *, by_law: bool = False) -> Standing:
    """Where an occurrence stands, in words for a list or a map."""
    dated = Dated(one.state, one.due, one.closes, one.done_on)
    return _standing(dated, today, current_language(), by_law=by_law)


@lru_cache(maxsize=4096)
def _standing(one: Dated, today: date, _language: str, *, by_law: bool) -> Standing:
    if one.state in ENDED:
        return ENDED[one.state](one, today)
    due = day(one.due)
    if due is None:
        return Standing("not-yet", str(MARKS["not-yet"].word))
    if one.state is State.MISSED:
        return Standing("missed", str(MARKS["missed"].word), _due(due, today))
    if one.state is State.LATE:
        return Standing("late", days_late((today - due).days), _due(due, today))
    last = day(one.closes) or due
    kind = _kind(one.state, last if due < today else due, today, by_law=by_law)
    if due < today:
        return Standing(kind, ahead(last, today), _("at the latest %(day)s") % {"day": short(last, today)})
    return Standing(kind, ahead(due, today), _due(due, today))


def _kind(state: State, due: date, today: date, *, by_law: bool) -> str:
    if state is not State.NOT_DUE:
        return "soon" if due - today <= SOON else "statutory" if by_law else "open"
    return "statutory" if by_law else "not-yet"


def _done(one: Dated, today: date) -> Standing:
    return Standing("done", str(MARKS["done"].word), short(one.done_on, today) if one.done_on else "")


def _done_late(one: Dated, today: date) -> Standing:
    due = day(one.due)
    late = days_late((one.done_on - due).days) if one.done_on and due and one.done_on > due else ""
    words = [short(one.done_on, today) if one.done_on else "", late]
    return Standing("done-late", str(MARKS["done-late"].word), ", ".join(word for word in words if word))


def _excused(_one: Dated, _today: date) -> Standing:
    return Standing("excused", _("Excused"))


ENDED = {State.DONE: _done, State.DONE_LATE: _done_late, State.EXCUSED: _excused}


def waiting(one: Occurrence, today: date) -> Standing:
    """The same, where somebody else has it: for how long one has waited."""
    return _waiting(day(one.due), today, current_language())


@lru_cache(maxsize=4096)
def _waiting(due: date | None, today: date, _language: str) -> Standing:
    if due is None or due >= today:
        return Standing("waiting", _("Waiting"), _due(due, today) if due else "")
    days = (today - due).days
    text = ngettext("Waited %(days)d day", "Waited %(days)d days", days) % {"days": days}
    return Standing("waiting", text, _("was due %(day)s") % {"day": short(due, today)})


def quiet(since: date, today: date) -> Standing:
    """Nothing happened for a while."""
    days = (today - since).days
    text = ngettext("Quiet for %(days)d day", "Quiet for %(days)d days", days) % {"days": days}
    return Standing("quiet", text, _("since %(day)s") % {"day": short(since, today)})


def days_late(days: int) -> str:
    """»3 days late«."""
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}


def ahead(on: date, today: date) -> str:
    """»Today«, »Tomorrow«, »In 5 days«."""
    days = (on - today).days
    if days <= 0:
        return _("Today")
    return _("Tomorrow") if days == 1 else _("In %(days)d days") % {"days": days}


def short(on: date, today: date | None = None) -> str:
    """26. nov.; with the year where it is far from today."""
    spelled = _spelled(on, current_language())
    is_near = today is not None and abs((on - today).days) < _HALF_A_YEAR
    return spelled.removesuffix(f" {on.year}") if is_near else spelled


@lru_cache(maxsize=4096)
def _spelled(on: date, language: str) -> str:
    return reasons.spelled_day(on).said(language)


_HALF_A_YEAR = 183


def ended(sentence: str) -> str:
    """The sentence with its full stop: a Danish date may have brought it along."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def _due(due: date, today: date) -> str:
    return _("due %(day)s") % {"day": short(due, today)}


def day(moment: date | datetime | None) -> date | None:
    """The Danish day of a moment."""
    return day_of(moment) if isinstance(moment, datetime) else moment
