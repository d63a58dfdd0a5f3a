"""What a step leads to, as its page says it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.collaboration.courses.presenters.head import names_of
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.courses.queries.family import FamilyCourse
from samspil.collaboration.courses.rules import linking as rules
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.language.programme import Step
from samspil.collaboration.programmes.queries import Version


@dataclass(frozen=True, slots=True)
class Way:
    """The step with its words, and the model it leads to."""

    step: str
    summary: str
    model: str
    about: str
    name: str
    draft: str
    said_no: str
    refer: str


def person_asked(head: CourseHead, text: str) -> UUID | None:
    """The person that the page was opened for."""
    return next((one.subject_id for one in head.people if str(one.subject_id) == text), None)


def way(head: CourseHead, step: Step, version: Version | None, person: UUID | None, *, language: str) -> Way:
    """What the step asks, of which model, for whom."""
    other = version.programme if version else None
    notice = other.draft_notice if other else None
    no = {"kind": "decision.made", "step": step.key, **({"person": str(person)} if person else {})}
    return Way(
        step=step.title.said(language),
        summary=step.summary.said(language),
        model=other.title.said(language) if other else "",
        about=other.summary.said(language) if other else "",
        name=head.names.get(person, "") if person else "",
        draft=notice.said(language) if notice else "",
        said_no=f"{reverse('courses:note_fact', args=[head.space])}?{urlencode(no)}",
        refer=reverse("courses:refer", args=[person]) if person else "",
    )


def start_url(space: UUID, step: str, person: UUID | None) -> str:
    """The page on which the other course is begun."""
    asked = {"step": step, **({"person": str(person)} if person else {})}
    return f"{reverse('courses:start_other', args=[space])}?{urlencode(asked)}"


def courses_to_tie(
    known: Collection[FamilyCourse], key: str, tied: Collection[UUID], *, language: str
) -> list[tuple[str, str]]:
    """The running courses of that model which this one can be tied to."""
    return [
        (str(one.space), course_line(one, language=language))
        for one in known
        if one.programme.key == key and not one.is_closed and one.space not in tied
    ]


def course_line(one: FamilyCourse, *, language: str) -> str:
    """A course in a line: about whom, under which model, since when."""
    words = {
        "name": names_of([person.name for person in one.people]),
        "model": one.programme.title.said(language),
        "day": date_format(one.opened_on, "j. F Y"),
    }
    return _("%(name)s: %(model)s, since %(day)s") % words


def who_comes(
    head: CourseHead, other: Programme, person: UUID | None, today: date
) -> tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]:
    """Whom the other course can be about, and which adults can come along."""
    people, adults = [], []
    for one in head.people:
        someone = rules.Someone(one.subject_id, one.born, tuple(one.roles))
        name = one.name or _("Name not known")
        if one.subject_id == person or (person is None and one.is_in_focus):
            people.append((str(one.subject_id), name))
        elif rules.family_role(other, someone, is_the_one=False, today=today):
            adults.append((str(one.subject_id), name))
    return people, adults
