"""What a colleague is personally asked for: a role in a course, or the coordination; each with its answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.collaboration.courses.models import Handover, Participant
from samspil.collaboration.courses.queries import CourseHead, Part, Worklist
from samspil.collaboration.programmes.language import Programme
from samspil.doors.workplace.presenters.standing import Standing, short
from samspil.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the reader, and the page where it is answered."""

    title: str
    text: str
    act: str
    url: str


def asked_here(
    part: Participant | None, handover: Handover | None, found: CourseHead, actor: Actor, *, language: str
) -> Asked | None:
    """What the reader is asked for in this course; nothing where nobody asks."""
    if handover is not None and handover.receiver_id == actor.membership_id:
        return _handover(handover)
    if part is None:
        return None
    return _role(part, found.programme, language)


def _role(part: Participant | Part, programme: Programme, language: str) -> Asked:
    titles = {role.key: role.title.said(language) for role in programme.roles}
    return Asked(
        _("You have been asked: %(role)s.") % {"role": titles.get(part.role, part.role)},
        _("The others wait for your answer."),
        _("Say yes"),
        reverse("courses:accept", args=[part.space_id]),
    )


def _handover(handover: Handover) -> Asked:
    return Asked(
        _("You have been asked to take the coordination over."),
        _("%(name)s asks. Read first what matters most right now.") % {"name": handover.giver.staff.name},
        _("Answer"),
        reverse("courses:handover", args=[handover.space_id, handover.pk]),
    )


@dataclass(frozen=True, slots=True)
class Question:
    """A question in one of the courses, and since when it waits."""

    space: UUID
    asked: Asked
    on: date

    def standing(self, today: date) -> Standing:
        """A mark with words, as every row has one."""
        note = _("asked %(day)s") % {"day": short(self.on, today)}
        return Standing("soon", _("Waiting for your answer"), note)


def questions(work: Worklist, handovers: Iterable[Handover], *, language: str) -> list[Question]:
    """Everything the reader is asked for, the oldest first.

    Who is asked to take the coordination over answers that, not the role which comes with it.
    """
    found = [Question(one.space_id, _handover(one), one.requested_on) for one in handovers]
    elsewhere = {one.space for one in found}
    for part in work.asked:
        if part.space_id not in elsewhere:
            asked = _role(part, work.programmes[part.space_id], language)
            found.append(Question(part.space_id, asked, part.starts))
    return sorted(found, key=lambda one: (one.on, str(one.space)))
