"""A child's own page: whom to call, what the adults do, what the child said. Nothing it must carry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.courses.rules import reads_own_copy
from samspil.collaboration.journal import presenters as journal
from samspil.collaboration.journal import queries as papers
from samspil.collaboration.journal.models import ShowAnswer
from samspil.collaboration.journal.presenters import AnswerShown, Call
from samspil.collaboration.journal.toolbox import Audience
from samspil.collaboration.meetings import queries as meetings
from samspil.collaboration.plans import queries as plans
from samspil.doors.workplace.papers.parts import Contact, contacts, first_name
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.organisations import queries as organisations

EVERYDAY = Category.IDENTITY | Category.EVERYDAY | Category.SOCIAL | Category.SCHOOL


@dataclass(frozen=True, slots=True)
class ChildPage:
    """All that stands on it. It is made by staff and read to, or given to, the child."""

    subject: UUID
    called: str
    calls: tuple[Call, ...]
    """Adults who have said yes to being called, as the child's own plan names them."""
    coordinator: Contact | None
    plan: tuple[AnswerShown, ...]
    """The rest of the child's own plan: what it may do, what the adults do."""
    helps: tuple[str, ...]
    """What each effort is for, as it was written to the child."""
    said: str
    """What the child said, in its own words, and said yes to showing."""
    wish: str
    """What it wants to reach, in its own words; never a ladder: a child is not measured here."""
    meets_on: date | None
    is_closed: bool
    made_on: date


def children_of(head: CourseHead, today: date) -> list[CoursePerson]:
    """Those who get a page of their own instead of a copy: the ones under fifteen."""
    return [one for one in head.people if not reads_own_copy(one.born, today)]


def child_page(
    actor: Actor, head: CourseHead, child: CoursePerson, today: date, *, language: str, is_closed: bool
) -> ChildPage:
    """A child's own page, of what the actor may see about it. At most thirty queries."""
    space, subject = head.space, child.subject_id
    units = organisations.units_by_id(one.unit_id for one in head.participants)
    answers = list(_own_plan(actor, head, subject, language))
    planned = (row for row in meetings.meetings_of(actor, space) if row.is_ahead and row.day >= today)
    return ChildPage(
        subject=subject,
        called=first_name(child.name),
        calls=tuple(call for one in answers for call in one.calls),
        coordinator=next((one for one in contacts(head, units, language) if one.is_coordinator), None),
        plan=tuple(one for one in answers if one.steps),
        helps=tuple(_helps(actor, space, subject, today)),
        said=_said(actor, space, subject),
        wish=_wish(actor, space, subject, today),
        meets_on=next((row.day for row in planned if subject in row.subjects), None),
        is_closed=is_closed,
        made_on=today,
    )


def _own_plan(actor: Actor, head: CourseHead, subject: UUID, language: str) -> Iterable[AnswerShown]:
    """What stands in the newest tool that was filled in for the child itself."""
    made = [
        one
        for one in papers.documents_of(actor, head.space)
        if one.document.audience == Audience.CHILD and one.document.person_id == subject
    ]
    shown = journal.paper_shown(made[0], head.names, language) if made else None
    for section in shown.sections if shown else ():
        yield from section.answers


def _helps(actor: Actor, space: UUID, subject: UUID, today: date) -> Iterable[str]:
    for row in plans.efforts_of(actor, space, today):
        item = row.effort.item
        if row.is_open and subject in item.subjects and Category(item.category) & EVERYDAY:
            yield row.effort.purpose_child


def _said(actor: Actor, space: UUID, subject: UUID) -> str:
    """Only its own words, about nobody else, and only what it has said yes to showing."""
    for one in papers.child_views(actor, space, subject):
        if one.own_words and one.answer == ShowAnswer.YES and one.item.subjects == [subject]:
            return one.words
    return ""


def _wish(actor: Actor, space: UUID, subject: UUID, today: date) -> str:
    for row in plans.goals_shown(actor, space, today):
        goal = row.goal
        if goal.own_words and goal.said_by_id == subject and goal.item.subjects == [subject]:
            return goal.words
    return ""
