"""What must be true of courses and facts, by subject; here what the reckoning of due items knows. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from samspil.collaboration.courses.rules.closing import (
    FOR_ALL,
    REVIEW_HOLDS,
    CopyState,
    Ends,
    Left,
    Reader,
    consents_stand,
    copies_stand,
    looked_at_all,
    of_a_child,
    reads_own_copy,
    ready_to_close,
    ready_to_leave,
    words_stand,
)
from samspil.collaboration.courses.rules.handover import (
    LONGEST_OVERLAP,
    Next,
    ready_to_answer,
    ready_to_end,
    ready_to_hand_over,
)
from samspil.collaboration.courses.rules.noting import (
    BY_ACTS,
    CLOSED,
    COPIED,
    EARLIEST,
    NO_WORDS,
    OPENED,
    REVIEWED,
    UPGRADED,
    WITHDRAWN,
    asks_first,
    in_their_own_act,
    nothing_holds_back,
    possible,
    ready_to_correct,
    ready_to_excuse,
    ready_to_note,
    topic_of,
    topic_of_words,
)
from samspil.collaboration.courses.rules.opening import (
    Named,
    Newcomer,
    asks_for_basis,
    has_basis,
    ready_to_open,
)
from samspil.collaboration.courses.rules.team import (
    Part,
    coordinates,
    fills,
    is_noted_when_accepted,
    most_in,
    ready_to_name,
    title_of,
    within,
)
from samspil.collaboration.courses.rules.upgrading import (
    Change,
    Stage,
    Standing,
    changes,
    merged,
    ready_to_undo,
    ready_to_upgrade,
    stages,
)
from samspil.collaboration.programmes import vocabulary
from samspil.collaboration.programmes.engine import Fact, Person, State

__all__ = [
    "BY_ACTS",
    "CLOSED",
    "COPIED",
    "EARLIEST",
    "FOR_ALL",
    "LONGEST_OVERLAP",
    "NO_WORDS",
    "OPENED",
    "REVIEWED",
    "REVIEW_HOLDS",
    "UPGRADED",
    "WITHDRAWN",
    "Change",
    "CopyState",
    "Ends",
    "Frame",
    "Left",
    "Named",
    "Newcomer",
    "Next",
    "Noted",
    "Owner",
    "Part",
    "Reader",
    "Stage",
    "Standing",
    "asks_first",
    "asks_for_basis",
    "changes",
    "consents_stand",
    "coordinates",
    "copies_stand",
    "fills",
    "has_basis",
    "in_their_own_act",
    "is_noted_when_accepted",
    "looked_at_all",
    "merged",
    "most_in",
    "nothing_holds_back",
    "of_a_child",
    "possible",
    "reads_own_copy",
    "ready_to_answer",
    "ready_to_close",
    "ready_to_correct",
    "ready_to_end",
    "ready_to_excuse",
    "ready_to_hand_over",
    "ready_to_leave",
    "ready_to_name",
    "ready_to_note",
    "ready_to_open",
    "ready_to_undo",
    "ready_to_upgrade",
    "stages",
    "state_on",
    "subjects_of",
    "title_of",
    "topic_of",
    "topic_of_words",
    "within",
    "words_stand",
]


@dataclass(frozen=True)
class Owner:
    """The unit that answers for something, and its authority."""

    unit: UUID
    authority: UUID

    @cached_property
    def texts(self) -> tuple[str, str]:
        """Both keys as text, as due items hold them."""
        return str(self.unit), str(self.authority)


class Noted(NamedTuple):
    """A fact as the engine takes it, with whose it is and whom it is about."""

    fact: Fact
    owner: Owner
    subjects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the reckoning knows of a course beside its facts."""

    space: UUID
    version: UUID
    through: date | None
    opened_on: date
    owner: Owner
    people: tuple[Person, ...]
    owners: Mapping[str, Owner]
    in_focus: frozenset[str]
    upgrades: tuple[tuple[UUID, date], ...] = ()
    """The versions that it ran under before, each with the day it was left; the oldest first."""


def subjects_of(kind: str, attributes: Mapping[str, object], people: Iterable[str]) -> set[str]:
    """The people of the course that a fact names; a name of staff is nobody of these."""
    named: set[str] = set()
    for name in vocabulary.KINDS[kind].people_attributes:
        value = attributes.get(name)
        named.update([value] if isinstance(value, str) else value if isinstance(value, list | tuple) else [])
    return named & set(people)


def state_on(
    day: date,
    *,
    outcome: str,
    opens: date | None,
    due: date | None,
    closes: date | None,
    lapses: date | None,
) -> State:
    """Where an occurrence stands on a day, from its dates: the same as the engine says on that day."""
    if outcome:
        return State(outcome)
    if due is None or opens is None or closes is None:
        return State.NOT_DUE
    if lapses is not None and day >= lapses:
        return State.MISSED
    if day > closes:
        return State.LATE
    if day >= due:
        return State.DUE
    return State.OPEN if day >= opens else State.NOT_DUE
