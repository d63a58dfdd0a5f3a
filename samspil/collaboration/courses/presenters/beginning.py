"""What a course in one's own unit can begin under, and what must be asked before others come in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.collaboration.courses.presenters.referral.words import first_name
from samspil.collaboration.courses.queries.beginning import Standing
from samspil.collaboration.courses.queries.family import FamilyCourse
from samspil.collaboration.courses.rules import beginning as rules
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.sharing.models import Basis, Way
from samspil.collaboration.sharing.presenters import listed, unit_name
from samspil.foundation.kernel.sharing import Category


@dataclass(frozen=True, slots=True)
class Model:
    """One model in use: whether a course of it may begin here, and if not, why."""

    title: str
    summary: str
    draft: str
    why_not: str
    url: str
    runs: str
    """The course that runs already, where there is one."""


def models(
    found: Mapping[UUID, Programme],
    subject: UUID,
    sector: str,
    known: Sequence[FamilyCourse],
    *,
    language: str,
) -> list[Model]:
    """The models in use, those that may begin here first."""
    rows = [_model(one, version, subject, sector, known, language=language) for version, one in found.items()]
    return sorted(rows, key=lambda row: (bool(row.why_not), row.title))


def _model(
    one: Programme, version: UUID, subject: UUID, sector: str, known: Sequence[FamilyCourse], *, language: str
) -> Model:
    runs = [course for course in known if course.programme.key == one.key and not course.is_closed]
    decision = rules.ready_to_begin(one, sector, running=len(runs))
    notice = one.draft_notice
    return Model(
        title=one.title.said(language),
        summary=one.summary.said(language),
        draft=notice.said(language) if notice else "",
        why_not="" if decision else decision.reason,
        url=reverse("courses:begin_course", args=[subject, version]) if decision else "",
        runs=reverse("workplace:course", args=[runs[0].space]) if runs else "",
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody of the family: who must say yes before anything is shared, and what stands already."""

    name: str
    kind: str
    state: str
    who: str
    grounds: tuple[str, ...]


def asked(rows: Sequence[Standing], names: Mapping[UUID, str]) -> list[Asked]:
    """For each person what is needed and what is missing, before another unit comes in."""
    return [_asked(row, names) for row in rows]


def _asked(row: Standing, names: Mapping[UUID, str]) -> Asked:
    grounds = _grounds(row.bases)
    kind, state = ("done", _("Something is agreed")) if grounds else ("not-asked", _("Not asked yet"))
    said_by = [first_name(names[one]) if one in names else _("somebody else") for one in row.givers.people]
    who = str(row.givers.why)
    if said_by:
        who = _("Yes is said by %(names)s. %(why)s") % {"names": listed(sorted(set(said_by))), "why": who}
    return Asked(names.get(row.subject, ""), kind, state, who, grounds)


def _grounds(bases: Sequence[Basis]) -> tuple[str, ...]:
    """One line for each receiver, day and law: which topics, and until when."""
    lines: dict[tuple[str, date, str], list[str]] = {}
    for one in bases:
        unit = one.receiver_unit
        to = unit_name(unit) if unit else str(one.receiver_authority)
        law = one.section if one.way == Way.STATUTE else ""
        lines.setdefault((to, one.ends, law), []).append(str(Category(one.category).label))
    return tuple(_ground(to, ends, law, topics) for (to, ends, law), topics in lines.items())


def _ground(to: str, ends: date, law: str, topics: Sequence[str]) -> str:
    words = {
        "topics": listed(sorted(set(topics))),
        "receiver": to,
        "until": date_format(ends - date.resolution, "j. F Y"),
        "section": law,
    }
    if law:
        return _("%(receiver)s, by law (%(section)s) until %(until)s: %(topics)s.") % words
    return _("%(receiver)s, with a yes until %(until)s: %(topics)s.") % words
