"""What happened in a course, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.collaboration.courses.queries import CourseHead, TimelineRow
from samspil.collaboration.courses.rules import WITHDRAWN
from samspil.doors.workplace.presenters.model import Casting, first_name, spoken
from samspil.doors.workplace.presenters.standing import short
from samspil.foundation.kernel.clock import COPENHAGEN, day_of
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.web.marks import MARKS

CODES: dict[str, Text] = {
    "kickoff": gettext_lazy("opening meeting"),
    "status": gettext_lazy("status meeting"),
    "closing": gettext_lazy("closing meeting"),
    "advice": gettext_lazy("advice"),
    "coordination": gettext_lazy("coordination"),
    "follow-up-call": gettext_lazy("call after the course"),
    "transition": gettext_lazy("transition"),
    "change": gettext_lazy("change"),
    "event": gettext_lazy("news about treatment"),
    "home-visit": gettext_lazy("visit at home"),
    "phone": gettext_lazy("by phone"),
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
    "unknown": MARKS["unknown"].word,
}
"""Codes that facts carry, in words; others are not shown."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened."""

    fact: UUID
    when: str
    iso: str
    what: str
    who: str
    remark: str
    noted: str
    is_corrected: bool
    corrects: str


def happenings(
    rows: Sequence[TimelineRow],
    every: Iterable[TimelineRow],
    found: CourseHead,
    cast: Casting,
    today: date,
    *,
    language: str,
) -> list[Happening]:
    """Rows in words, in the order given; `every` row of the course says what a correction is about."""
    known = {row.fact: row for row in every}
    return [
        _happening(row, known.get(row.corrects) if row.corrects else None, found, cast, today, language)
        for row in rows
    ]


def _happening(
    row: TimelineRow, old: TimelineRow | None, found: CourseHead, cast: Casting, today: date, language: str
) -> Happening:
    local = row.at.astimezone(COPENHAGEN) if row.at else None
    when = short(row.on, today)
    return Happening(
        fact=row.fact,
        when=f"{when} {local:%H.%M}" if local else when,
        iso=row.on.isoformat(),
        what=_what(row, found, cast, language),
        who=_who(row, cast),
        remark=row.remark,
        noted=_("noted later, %(day)s") % {"day": short(day_of(row.noted_at), today)}
        if row.is_noted_later
        else "",
        is_corrected=row.is_corrected,
        corrects=_corrects(row, old, language),
    )


def _corrects(row: TimelineRow, old: TimelineRow | None, language: str) -> str:
    if row.corrects is None or old is None:
        return ""
    words = {"what": old.label.said(language), "day": short(old.on)}
    if row.kind == WITHDRAWN:
        return _("Taken back: %(what)s, %(day)s") % words
    return _("Corrects: %(what)s, %(day)s") % words


def _who(row: TimelineRow, cast: Casting) -> str:
    names = cast.by_role.get(row.by_role, ())
    title = cast.titles.get(row.by_role, "")
    return f"{names[0]}, {title}" if len(names) == 1 else title


def _what(row: TimelineRow, found: CourseHead, cast: Casting, language: str) -> str:
    parts = [*_details(row, found, language), *_people(row, cast)]
    label = row.label.said(language)
    return f"{label}: {', '.join(parts)}" if parts else label


def _details(row: TimelineRow, found: CourseHead, language: str) -> Iterable[str]:
    titles = spoken(found.programme, language).named
    for name, value in row.attributes.items():
        if not isinstance(value, str):
            continue
        if value in titles.get(name, {}):
            yield titles[name][value]
        elif name in {"kind", "result"} and value in CODES:
            yield str(CODES[value])


def _people(row: TimelineRow, cast: Casting) -> Iterable[str]:
    for name in ("person", "people"):
        value = row.attributes.get(name)
        for one in [value] if isinstance(value, str) else value if isinstance(value, list) else []:
            if one in cast.people:
                yield first_name(cast.people[one])
