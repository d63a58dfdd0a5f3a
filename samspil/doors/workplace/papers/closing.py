"""The four parts of closing a course as a task list, and each reader's copy as a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.collaboration.courses.queries import Ending, OpenThing
from samspil.collaboration.courses.rules import (
    CopyState,
    Ends,
    Reader,
    consents_stand,
    copies_stand,
    words_stand,
)
from samspil.foundation.kernel.decisions import YES, Decision


@dataclass(frozen=True, slots=True)
class Task:
    """One part of the closing."""

    text: str
    url: str
    mark: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One reader and how far their copy is."""

    reader: Reader
    children: str
    mark: str
    state: str
    note: str
    has_file: bool
    is_settled: bool


def tasks(
    ending: Ending, things: Sequence[OpenThing], today: date, by_model: Decision | None = None
) -> list[Task]:
    """What remains, the consents, the copies, the closing: each with its state and the reason.

    `by_model` is what the model asks for before a course may end; None where it asks for nothing.
    """
    ends, space = ending.ends(things), ending.course.space_id
    said = words_stand(ends), consents_stand(ends, today), copies_stand(ends)
    names = "workplace:remains", "workplace:consents", "workplace:copies"
    titles = (
        _("1. What remains, and who takes over"),
        _("2. Look at the consents"),
        _("3. The family’s copy"),
    )
    notes = _open(things), _running(ending), _given(ends)
    made = [
        _task(title, reverse(name, args=[space]), decision, note)
        for title, name, decision, note in zip(titles, names, said, notes, strict=True)
    ]
    if by_model is not None:
        made.append(_by_model(by_model, space))
    is_ready = all(said) and (by_model is None or bool(by_model))
    return [*made, _last(reverse("workplace:end", args=[space]), len(made) + 1, is_ready=is_ready)]


def _by_model(decision: Decision, space: UUID) -> Task:
    """What the model waits for, in its own words, and where it is noted."""
    url = f"{reverse('courses:note_fact', args=[space])}?kind=decision.made"
    return _task(_("4. What the model asks for first"), url, decision, _("It is noted."))


def _task(title: str, url: str, decision: Decision, note: str) -> Task:
    if decision:
        return Task(title, url, "done", _("Done"), note)
    return Task(title, url, "open", _("Not done yet"), decision.reason)


def _last(url: str, number: int, *, is_ready: bool) -> Task:
    title = _("%(number)d. Close the course") % {"number": number}
    if is_ready:
        return Task(title, url, "open", _("Can be closed"), _("Everything is looked at."))
    return Task(title, "", "not-yet", _("Not yet"), _("When the others are done."))


def _open(things: Sequence[OpenThing]) -> str:
    if not things:
        return _("Nothing else is open.")
    return ngettext("%(count)d thing is still open.", "%(count)d things are still open.", len(things)) % {
        "count": len(things)
    }


def _running(ending: Ending) -> str:
    count = len(ending.running)
    if not count:
        return _("Nothing is shared after this.")
    return ngettext("%(count)d consent holds on.", "%(count)d consents hold on.", count) % {"count": count}


def _given(ends: Ends) -> str:
    given = [copy.name for copy in ends.copies if copy.is_given]
    return _("Given to %(names)s.") % {"names": ", ".join(given)} if given else ""


def may_close(
    ending: Ending, things: Sequence[OpenThing], today: date, by_model: Decision | None = None
) -> Decision:
    """Are the first parts done, and what the model asks for?"""
    ends = ending.ends(things)
    for decision in (words_stand(ends), consents_stand(ends, today), copies_stand(ends), by_model):
        if decision is not None and not decision:
            return decision
    return YES


def copy_rows(ending: Ending, things: Sequence[OpenThing]) -> list[CopyRow]:
    """Each reader with the state of their copy."""
    names = {person.subject_id: person.name for person in ending.people}
    states = ending.ends(things).copies
    return [
        copy_row(reader, state, names, ending) for reader, state in zip(ending.readers, states, strict=True)
    ]


def copy_row(reader: Reader, state: CopyState, names: dict[UUID, str], ending: Ending) -> CopyRow:
    """One reader's row."""
    mark, word, note = _state(reader, state, ending)
    return CopyRow(
        reader=reader,
        children=", ".join(names[one] for one in reader.sees if one != reader.subject and one in names),
        mark=mark,
        state=word,
        note=note,
        has_file=state.made_at is not None,
        is_settled=state.is_settled,
    )


def _state(reader: Reader, state: CopyState, ending: Ending) -> tuple[str, str, str]:
    if state.why_not:
        return "excused", _("Not given"), state.why_not
    if state.made_at is None:
        return "not-yet", _("Not made yet"), ""
    copy = ending.copies[reader.subject]
    if copy.file_id and copy.file_id in ending.given:
        day = date_format(ending.given[copy.file_id], "j. N Y")
        return "done", _("Given"), day
    return "open", _("Made, not given yet"), ""


def without_custody(ending: Ending) -> list[str]:
    """Children whose part stands in nobody's copy: nobody knows who has custody, or it is in doubt."""
    own = {reader.subject for reader in ending.readers}
    covered = {one for reader in ending.readers for one, mask in reader.sees.items() if mask}
    return [
        person.name
        for person in ending.people
        if person.subject_id not in covered and person.subject_id not in own
    ]
