"""What a change of version means for a course, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.collaboration.courses.queries import Left, Replaced
from samspil.collaboration.courses.rules import Change
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.engine import State
from samspil.collaboration.programmes.engine.compiling import compiled
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.measured import measure_title
from samspil.collaboration.programmes.presenters.versions import version_words
from samspil.collaboration.programmes.queries import Version
from samspil.foundation.kernel.languages import current_language

MOST = 12
"""So many lines of a kind are shown; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """One occurrence: which step, for whom, and what happens with its day."""

    step: str
    name: str
    when: str


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of change with its lines; `more` says how many are not shown."""

    title: str
    why: str
    lines: tuple[Line, ...]
    more: int


def parts(
    changes: Sequence[Change], before: Programme, after: Programme, names: Mapping[UUID, str]
) -> list[Part]:
    """What appears, moves, vanishes and stays behind, each by day; kinds without a line are left out."""
    kinds = {
        "appears": (_("New steps"), _("They count from the day of the change.")),
        "moves": (_("Other days"), _("The same step is due on another day.")),
        "vanishes": (
            _("Steps that fall away"),
            _("They are not done yet, and they are not in the new version."),
        ),
        "stays behind": (
            _("Stays on record"),
            _("Done, left out or missed under the old version. It is not erased."),
        ),
    }
    found = []
    for kind, (title, why) in kinds.items():
        rows = sorted(
            (one for one in changes if one.kind == kind), key=lambda one: one.after or one.before or date.max
        )
        model = after if kind in ("appears", "moves") else before
        lines = tuple(_line(one, model, names) for one in rows[:MOST])
        if lines:
            found.append(Part(title, why, lines, len(rows) - len(lines)))
    return found


def left(rows: Iterable[Left], names: Mapping[UUID, str]) -> list[Line]:
    """What earlier versions have left, each with its state."""
    return [
        Line(
            _title(row.programme, row.step),
            names.get(row.person, "") if row.person else "",
            _state(row),
        )
        for row in rows
    ]


def _line(one: Change, model: Programme, names: Mapping[UUID, str]) -> Line:
    name = names.get(UUID(one.person), "") if one.person else ""
    if one.kind == "moves" and one.before and one.after:
        when = _("%(before)s → %(after)s") % {"before": _day(one.before), "after": _day(one.after)}
    else:
        day = one.after or one.before
        when = _day(day) if day else _("no day yet")
    return Line(_title(model, one.step), name, when)


def _state(row: Left) -> str:
    on = row.done_on or row.due
    day = _day(on) if on else ""
    texts = {
        State.DONE: _("Done %(day)s"),
        State.DONE_LATE: _("Done late, %(day)s"),
        State.EXCUSED: _("Left out with a reason"),
        State.MISSED: _("Missed, due %(day)s"),
    }
    version = _("version %(version)s") % {"version": row.programme.version}
    return f"{texts.get(row.state, '') % {'day': day}} · {version}"


def _title(programme: Programme, step: str) -> str:
    measure = next((one for one in programme.measures if one.key == step), None)
    if measure is not None:
        return measure_title(measure, current_language())
    return compiled(programme).by_key[step].title.said(current_language())


def _day(day: date) -> str:
    return date_format(day, "j. F Y")


def row_name(row: Replaced) -> str:
    """The people of a course in a list."""
    return ", ".join(row.names) or _("A course without a name you may see")


def row_text(row: Replaced, language: str) -> str:
    """A course in a list of those whose version is replaced."""
    model = row.present.title.said(language)
    before, after = version_words(row.present.version), version_words(row.next.programme.version)
    return f"{row_name(row)} · {model} · {before} → {after}"


def version_text(one: Version) -> str:
    """A version to choose; the own organisation's way of running it says so."""
    if programmes.stored(one.pk).base is None:
        return version_words(one.programme.version)
    return _("%(version)s, as you run it") % {"version": version_words(one.programme.version)}
