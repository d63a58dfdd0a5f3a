"""One task for each adult: what they took on, or the place for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.meetings import rules
from samspil.collaboration.meetings.presenters.names import Names, day_words
from samspil.collaboration.meetings.queries import Room, TaskRow, WholeMeeting
from samspil.collaboration.meetings.rules import Guest


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One adult's one task, or the place for it."""

    name: str
    what: str
    due: str
    empty: str
    invitation: UUID | None


def task_places(
    whole: WholeMeeting, names: Names, room: Room, head: CourseHead, today: date
) -> Iterable[TaskLine]:
    """One place for each adult who is there; children have none unless they took a task themselves."""
    for one in whole.row.guests:
        guest, task = one.guest, whole.task_of(one.guest)
        if task and room.all_see(task.agreement.item):
            yield _task_line(task, names.first(guest), today)
        elif not one.is_expected or task or _is_child(head, guest.person, today):
            continue
        else:
            empty = _("No task yet") if guest.post else _("No task. That is all right, too.")
            yield TaskLine(names.first(guest), "", "", empty, one.pk)


def _task_line(task: TaskRow, name: str, today: date) -> TaskLine:
    due = task.agreement.due_on
    return TaskLine(name, task.agreement.what, _("today") if due == today else day_words(due), "", None)


def task_lines(whole: WholeMeeting, names: Names, today: date) -> list[TaskLine]:
    """What was taken on at a meeting, as the reader sees it."""
    return [_task_line(one, names.of(_doer(one)), today) for one in whole.tasks]


def _doer(task: TaskRow) -> Guest:
    made = task.agreement
    return Guest(made.post_id, made.person_id, made.name)


def _is_child(head: CourseHead, person: UUID | None, day: date) -> bool:
    return any(one.subject_id == person and rules.is_child(one.born, day) for one in head.people)
