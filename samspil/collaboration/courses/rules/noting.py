"""Which facts can be noted, corrected and excused. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes import vocabulary
from samspil.collaboration.programmes.engine import BadFact, Fact, Person, held_back, read_facts
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.decisions import YES, Decision, no
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.sharing import Category

EARLIEST = date(1900, 1, 1)
NO_WORDS = re.compile(r"\S{1,100}")
OPENED, CLOSED, WITHDRAWN = "course.opened", "course.closed", "fact.withdrawn"
REVIEWED, COPIED = "consent.reviewed", "family_copy.given"
UPGRADED = "course.upgraded"
BY_ACTS = frozenset({CLOSED, COPIED, UPGRADED})
"""Facts that only their own act notes: there is more to them than a fact."""


def ready_to_note(
    kind: str,
    on: date | datetime,
    attributes: Mapping[str, object],
    *,
    by_role: str,
    programme: Programme,
    people: Sequence[Person],
    opened_on: date,
    today: date,
    now: datetime,
) -> Decision:
    """The fact is one of the vocabulary, its dates can be, and it holds no free text."""
    if kind not in vocabulary.KINDS:
        return no(_("There is no such kind of fact: %(kind)s"), kind=kind)
    decision = possible(kind, on, opened_on=opened_on, today=today, now=now)
    if not decision:
        return decision
    row = {"kind": kind, "on": on.isoformat(), "attributes": dict(attributes), "id": "new"}
    if kind == WITHDRAWN:
        row["corrects"] = "old"
    if by_role:
        row["by_role"] = by_role
    rows = [row, {**row, "kind": CLOSED, "on": today.isoformat(), "id": "old", "attributes": {}}]
    rows[1].pop("corrects", None)
    try:
        read_facts(rows if kind == WITHDRAWN else rows[:1], people, [role.key for role in programme.roles])
    except BadFact as error:
        return no(_("This cannot be noted: %(why)s"), why=str(error))
    if any(not NO_WORDS.fullmatch(text) for text in _texts(attributes)):
        return no(_("A fact holds no text. Write it as a note instead."))
    return YES


def possible(kind: str, on: date | datetime, *, opened_on: date, today: date, now: datetime) -> Decision:
    """A fact lies in the past, and is as exact as its kind."""
    is_instant = isinstance(on, datetime)
    if is_instant != vocabulary.KINDS[kind].is_instant or (isinstance(on, datetime) and on.tzinfo is None):
        return no(_("Say the day, and the time where the model asks for it."))
    day = day_of(on) if isinstance(on, datetime) else on
    if day > today or (isinstance(on, datetime) and on > now):
        return no(_("What has not happened yet cannot be noted."))
    if day < EARLIEST:
        return no(_("This date cannot be right."))
    if kind == CLOSED and day < opened_on:
        return no(_("A course cannot end before it was opened."))
    return YES


def ready_to_correct(*, kind: str, is_corrected: bool, reason: str, is_withdrawn: bool) -> Decision:
    """A correction has a reason, and what was corrected already is corrected there."""
    if not reason.strip():
        return no(_("Write why it is corrected."))
    if is_corrected:
        return no(_("This was corrected already. Correct the newest one."))
    if kind == WITHDRAWN:
        return no(_("What was withdrawn is noted anew."))
    if kind == UPGRADED:
        return no(_("A change of version is undone on its own page: open »Change version«."))
    if kind == OPENED and is_withdrawn:
        return no(_("The opening of a course can be corrected, not withdrawn."))
    return YES


def ready_to_excuse(step: str, *, steps: Collection[str], reason: str) -> Decision:
    """An excuse names a step of the programme and says why."""
    if step not in steps:
        return no(_("The model has no such step."))
    if not reason.strip():
        return no(_("Write why the step is left out."))
    return YES


def topic_of(topics: Sequence[Category], held: Category) -> Category:
    """The first of these topics that somebody stands in a course for; else the first: the wall says no.

    So who reads a kind's own topic notes it there, and nobody else sees more than before.
    """
    return next((one for one in topics if one & held), topics[0])


def topic_of_words(topic: Category, held: Category) -> Category:
    """Where the words about a step stand: under its own topic, else under everyday life."""
    return topic_of((topic, Category.EVERYDAY), held)


def in_their_own_act(kind: str) -> Decision:
    """Some facts come about by an act of their own only."""
    if kind == UPGRADED:
        return no(_("This is noted where the course changes version: open »Change version«."))
    if kind in BY_ACTS:
        return no(
            _("This is noted where the course is closed: open »Close the course« and follow its steps.")
        )
    return YES


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def asks_first(programme: Programme, kind: str) -> bool:
    """Does the model hold back facts of this kind until others are noted?"""
    return any(pattern.fact == kind for one in programme.conditions for pattern in one.holds_back)


def nothing_holds_back(
    programme: Programme,
    facts: Sequence[Fact],
    people: Sequence[Person],
    kind: str,
    attributes: Mapping[str, object],
    today: date,
) -> Decision:
    """May the fact be noted, or does the model ask for another one first?"""
    held = held_back(programme, facts, people, today, kind, attributes)
    return no(held[0].condition.text.said(current_language())) if held else YES
