"""What must be true of a meeting, its agenda, its tasks and its minutes. Pure: no query, clock or request."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.families.rules.ages import ADULT, age_on
from samspil.collaboration.meetings.models import MeetingEnd, Presence
from samspil.collaboration.programmes.language import Programme, Text
from samspil.collaboration.programmes.language.programme import Step
from samspil.foundation.kernel.decisions import YES, Decision, no

EARLIEST = date(1900, 1, 1)
FURTHEST = timedelta(days=3 * 366)
"""How far ahead a meeting is called: a model lasts two years, and is followed up after it."""
SHORTEST, LONGEST = 10, 480
"""Minutes of a meeting."""
MOST_POINTS = 20
HEARD_BEFORE = timedelta(days=14)
"""So long before a meeting a child may have been heard about it."""
HELD, OTHER = "meeting.held", "other"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is asked: one of the team, somebody of the family, or another by name. One of them."""

    post: UUID | None = None
    person: UUID | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class PointText:
    """Something to talk about, as it is written down."""

    title: str
    length: int | None = None
    wished_post: UUID | None = None
    wished_person: UUID | None = None
    view: UUID | None = None
    words: str = ""
    said_by: UUID | None = None


# --- the model -----------------------------------------------------------------------------------------


def kinds_of(programme: Programme) -> dict[str, Text]:
    """The kinds of meetings that the model's steps ask for, each with the step's name; and another one."""
    found: dict[str, Text] = {}
    for step in programme.steps:
        for kind in _kinds_held(step):
            found.setdefault(kind, step.title)
    return {**found, OTHER: Text(da="Andet møde", en="Another meeting")}


def steps_of(programme: Programme, kind: str) -> list[Step]:
    """The steps that a meeting of this kind shows done."""
    return [step for step in programme.steps if kind in _kinds_held(step)]


def wants_children_heard(programme: Programme, kind: str) -> bool:
    """Does the model ask that children are heard about a meeting of this kind?"""
    return any(
        step.child_view_required and (kind in _kinds_held(step) or kind in _kinds_followed(step))
        for step in programme.steps
    )


def wants_basis(programme: Programme, kind: str) -> bool:
    """Does the model ask for a consent before a meeting of this kind?"""
    return any(step.consent_required for step in steps_of(programme, kind))


def _kinds_held(step: Step) -> list[str]:
    return [
        str(pattern.where["kind"])
        for pattern in step.evidence.patterns
        if pattern.fact == HELD and "kind" in pattern.where
    ]


def _kinds_followed(step: Step) -> list[str]:
    """The kinds of meetings from which the step's day follows."""
    return [
        str(anchor.where["kind"])
        for anchor, _span in step.due.anchors
        if HELD in (anchor.each or ()) and "kind" in anchor.where
    ]


# --- planning ------------------------------------------------------------------------------------------


def ready_to_plan(
    *,
    kind: str,
    kinds: Collection[str],
    purpose: str,
    starts_at: datetime,
    length: int,
    about: Collection[UUID],
    family: Collection[UUID],
    today: date,
) -> Decision:
    """A kind of the model, a reason in plain words, a time, and people of the course."""
    if kind not in kinds:
        return no(_("Choose what kind of meeting it is."))
    if not purpose.strip():
        return no(_("Write in plain words why you meet."))
    if not about or not set(about) <= set(family):
        return no(_("Say whom in the family the meeting is about."))
    return possible_time(starts_at, length, today=today)


def possible_time(starts_at: datetime, length: int, *, today: date) -> Decision:
    """A time that can be, and a length that people can bear."""
    if starts_at.date() < EARLIEST:
        return no(_("This date cannot be right."))
    if starts_at.date() > today + FURTHEST:
        return no(_("A meeting is called at most three years ahead. Check the year."))
    if not SHORTEST <= length <= LONGEST:
        return no(_("A meeting lasts between %(least)d and %(most)d minutes."), least=SHORTEST, most=LONGEST)
    return YES


def ready_to_invite(
    guest: Guest, *, already: Iterable[Guest], family: Collection[UUID], posts: Collection[UUID]
) -> Decision:
    """One who is part of the course, or another by name; nobody twice."""
    if sum((guest.post is not None, guest.person is not None, bool(guest.name.strip()))) != 1:
        return no(_("Say whom you invite: one person."))
    if (guest.post and guest.post not in posts) or (guest.person and guest.person not in family):
        return no(_("Whoever is not part of the course is invited by name."))
    if any(_same(guest, one) for one in already):
        return no(_("This person is invited already."))
    return YES


def _same(one: Guest, other: Guest) -> bool:
    names = one.name.strip().casefold(), other.name.strip().casefold()
    return (one.post, one.person) == (other.post, other.person) and names[0] == names[1]


def still_ahead(outcome: str) -> Decision:
    """What was held or called off is not arranged any more."""
    if outcome == MeetingEnd.Outcome.HELD:
        return no(_("This meeting has been held already."))
    if outcome == MeetingEnd.Outcome.CANCELLED:
        return no(_("This meeting has been called off. Plan a new one."))
    return YES


def with_reason(text: str) -> Decision:
    """Whoever was invited learns why."""
    return YES if text.strip() else no(_("Write why, so that everybody understands it."))


# --- the agenda ----------------------------------------------------------------------------------------


def ready_point(
    text: PointText, *, points: int, children: Collection[UUID], may_show_view: bool = True
) -> Decision:
    """A title; words with a voice; a child's words only as the child has said yes to."""
    if not text.title.strip():
        return no(_("Write what you want to talk about."))
    if points >= MOST_POINTS:
        return no(_("There are %(most)d points already. Take some of them another time."), most=MOST_POINTS)
    if text.words.strip() and text.said_by is None:
        return no(_("Say whose words it is."))
    if text.said_by in children:
        return no(
            _("Write a child's words down as what the child has said, and ask whether others may see it.")
        )
    if not may_show_view:
        return no(_("The child has not said yes to showing these words."))
    return YES


def ready_decision(text: str, voices: str, *, is_agreed: bool) -> Decision:
    """What; and who said what, where they do not agree."""
    if not text.strip():
        return no(_("Write what it is about."))
    if not is_agreed and not voices.strip():
        return no(_("Write who said what. Not agreeing is all right, too."))
    return YES


# --- tasks ---------------------------------------------------------------------------------------------


def is_child(born: date | None, day: date) -> bool:
    """Not yet 18 on a day. Somebody whose birth date nobody knows is asked like an adult."""
    return born is not None and age_on(born, day) < ADULT


def ready_task(*, has_one: bool, is_child: bool, wants_to: bool) -> Decision:
    """At most one task for each adult; a child takes one only if it wants to."""
    if is_child and not wants_to:
        return no(_("Children and young people get no empty place. They take a task only if they want to."))
    if has_one:
        return no(_("One task for each. This person has one from this meeting already."))
    return YES


# --- holding -------------------------------------------------------------------------------------------


def ready_to_hold(
    *, outcome: str, held_on: date, today: date, presence: Mapping[UUID, str], invited: Collection[UUID]
) -> Decision:
    """It was held on a day that has come, and somebody was there. A week late is fine."""
    ahead = still_ahead(outcome)
    if not ahead:
        return ahead
    if held_on > today:
        return no(_("A meeting that has not been held yet cannot be closed."))
    if held_on < EARLIEST:
        return no(_("This date cannot be right."))
    if not set(presence) <= set(invited):
        return no(_("Invite first whoever took part."))
    if all(one == Presence.ABSENT for one in presence.values()):
        return no(_("Somebody must have taken part. If nobody came, call the meeting off."))
    return YES


# --- minutes -------------------------------------------------------------------------------------------


def ready_to_share(text: str, *, outcome: str, is_shared: bool) -> Decision:
    """Minutes are of a meeting that was held, say something, and are shared once; then they are amended."""
    if outcome != MeetingEnd.Outcome.HELD:
        return no(_("Close the meeting first. Then share the minutes."))
    if is_shared:
        return no(_("The minutes are shared already. Change them with a reason."))
    return YES if text.strip() else no(_("Write the minutes in a few plain sentences."))


def ready_to_amend(text: str, reason: str, *, before: str, is_newest: bool) -> Decision:
    """A change of what everybody has read says why."""
    if not is_newest:
        return no(_("Somebody has changed the minutes meanwhile. Read the newest first."))
    if not text.strip():
        return no(_("Write the minutes in a few plain sentences."))
    if text.strip() == before.strip():
        return no(_("Nothing is different from before."))
    return with_reason(reason)
