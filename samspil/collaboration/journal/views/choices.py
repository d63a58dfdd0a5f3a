"""What the forms of the journal offer: the people of a course, the matters, meetings and efforts."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django import forms as django_forms
from django.utils.formats import date_format

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.courses import rules
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.families.rules.ages import ADULT, age_on
from samspil.collaboration.journal import presenters, queries
from samspil.collaboration.journal.presenters import Matter
from samspil.collaboration.programmes import vocabulary
from samspil.collaboration.programmes import words as words_of_facts
from samspil.collaboration.programmes.language import Step
from samspil.foundation.access import queries as access
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.sharing import Category

Choices = list[tuple[str, Text]]


def people(head: CourseHead) -> Choices:
    """Everybody the course is about."""
    return [(str(one.subject_id), presenters.first_name(head.names, one.subject_id)) for one in head.people]


def children(head: CourseHead, today: date) -> Choices:
    """Those who are not of age; where no birth date is known, everybody."""
    known = [one for one in head.people if one.born and age_on(one.born, today) < ADULT]
    keys = {str(one.subject_id) for one in known}
    return [choice for choice in people(head) if choice[0] in keys] or people(head)


def in_focus(head: CourseHead) -> list[str]:
    """Those the course is about in the first place."""
    return [str(one.subject_id) for one in head.people if one.is_in_focus]


def held(actor: Actor, space: UUID) -> list[Category]:
    """The matters that the actor works with in a course."""
    mask = access.held_in_team(actor, space) or (actor.role.categories if actor.role else Category(0))
    return presenters.offered(mask)


def topics(categories: Sequence[Category]) -> Choices:
    """The matters as choices."""
    return [(str(int(one)), one.label) for one in categories]


def with_readers(
    actor: Actor,
    space: UUID,
    field: django_forms.BoundField,
    categories: Sequence[Category],
    subjects: Sequence[str],
    today: date,
) -> list[Matter]:
    """The matters, each with who would read it about these people."""
    about = frozenset(UUID(one) for one in subjects)
    readers = queries.readers_of(actor, space, [(one, about) for one in categories], today)
    return presenters.matters(field, categories, readers, actor.unit_id)


def happened(actor: Actor, head: CourseHead, kinds: Sequence[str], thing: str, said_by: str) -> Choices:
    """Meetings or efforts that facts of the course name, newest first: what they are, and when."""
    found: dict[str, Text] = {}
    for row in courses.timeline(actor, head.space):
        key = row.attributes.get(thing)
        if row.kind in kinds and isinstance(key, str) and not row.is_corrected:
            code = str(row.attributes.get(said_by, ""))
            name = _meaning(head, kinds, said_by, code) or row.label.said(current_language())
            found.setdefault(key, f"{name}, {date_format(row.on, 'j. F Y')}")
    return list(found.items())


def told_by(actor: Actor, head: CourseHead, step: Step | None) -> tuple[list[str], str]:
    """Whom and what a step tells of: the people of the newest fact it follows, and the matter of its kind."""
    kinds = [kind for anchor, _span in step.due.anchors for kind in anchor.kinds] if step else []
    people = {str(one.subject_id) for one in head.people}
    for row in courses.timeline(actor, head.space):
        if row.kind in kinds and not row.is_corrected:
            named = rules.subjects_of(row.kind, row.attributes, people)
            return sorted(named), str(int(vocabulary.KINDS[row.kind].category))
    return [], ""


def _meaning(head: CourseHead, kinds: Sequence[str], attribute: str, code: str) -> Text:
    if not code:
        return ""
    words = (presenters.meaning(head.programme, kind, attribute, code, current_language()) for kind in kinds)
    return next((word for word in words if word != code), words_of_facts.code(code))
