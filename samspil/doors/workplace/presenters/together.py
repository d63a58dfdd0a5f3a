"""The other courses of a family, and what is worth looking at over all of them, as pages show it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.collaboration.courses.presenters import names_of
from samspil.collaboration.courses.queries import FamilyCourse
from samspil.collaboration.courses.rules import together as rules
from samspil.collaboration.courses.rules.together import Aim, Gathering, Hint
from samspil.collaboration.meetings.queries import Booked
from samspil.collaboration.plans.models import Goal
from samspil.foundation.kernel.clock import day_of

MARKS = {"apart": "soon", "alike": "open", "many": "open", "same-day": "soon", "often": "soon"}


@dataclass(frozen=True, slots=True)
class Other:
    """Another course of the family, with a link."""

    text: str
    url: str
    since: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Worth:
    """A hint with what it is about: a line for each goal or meeting, with its course."""

    mark: str
    text: str
    why: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """All of it; `joint` is the page on which one joint meeting is arranged, `joint_why` the reason."""

    others: tuple[Other, ...]
    worth: tuple[Worth, ...]
    joint: str = ""
    joint_why: str = ""


def together(
    here: Sequence[FamilyCourse],
    others: Sequence[FamilyCourse],
    goals: Collection[Goal],
    booked: Collection[Booked],
    same: dict[UUID, UUID],
    today: date,
    *,
    language: str,
) -> Together:
    """What the reader sees of several courses at once.

    `here` is the course one stands in, where one does. `same` says for each person who else it is, where
    two records are linked.
    """
    running = {one.space: one for one in (*here, *others) if not one.is_closed}
    aims = [
        Aim(
            one.space_id,
            one.words,
            frozenset(same.get(subject, subject) for subject in one.item.subjects),
            one.lead_sector,
        )
        for one in goals
        if one.space_id in running
    ]
    ahead = [
        Gathering(one.space, one.meeting, day_of(one.at))
        for one in booked
        if one.space in running and day_of(one.at) >= today
    ]
    titles = {space: one.programme.title.said(language) for space, one in running.items()}
    pair = rules.could_be_one(ahead)
    return Together(
        others=tuple(_other(one, language) for one in others),
        worth=tuple(_worth(one, titles) for one in rules.hints(aims, ahead)) if len(running) > 1 else (),
        joint=reverse("meetings:meeting", args=[pair[0].course, pair[0].meeting]) if pair else "",
        joint_why=_joint(pair, titles) if pair else "",
    )


def _other(one: FamilyCourse, language: str) -> Other:
    name = names_of([person.name for person in one.people])
    return Other(
        text=f"{one.programme.title.said(language)}: {name}",
        url=reverse("workplace:course", args=[one.space]),
        since=date_format(one.opened_on, "j. N Y"),
        is_closed=one.is_closed,
    )


def _worth(one: Hint, titles: dict[UUID, str]) -> Worth:
    lines = [f"»{aim.words}« ({titles[aim.course]})" for aim in one.aims]
    lines += [f"{date_format(found.on, 'j. N')} ({titles[found.course]})" for found in one.gatherings]
    return Worth(MARKS[one.kind], str(one.text), one.reason, tuple(lines))


def _joint(pair: tuple[Gathering, Gathering], titles: dict[UUID, str]) -> str:
    first, second = pair
    return _("%(one)s meets on %(day)s and %(other)s on %(later)s. Could it be one joint meeting?") % {
        "one": titles[first.course],
        "day": date_format(first.on, "j. F"),
        "other": titles[second.course],
        "later": date_format(second.on, "j. F"),
    }
