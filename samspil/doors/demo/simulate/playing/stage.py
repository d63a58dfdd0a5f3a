"""Where a course is played: its people, its colleagues, and the things that came about so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from samspil.collaboration.courses.models import ClosingReason
from samspil.collaboration.families.models import PersonRecord
from samspil.collaboration.plans.models import Agreement, Effort, Goal
from samspil.doors.demo.colleagues import Colleague
from samspil.doors.demo.simulate.asked import Asked
from samspil.doors.demo.simulate.telling import Deed
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.ids import new_id

REASONS = {"reached": ClosingReason.REACHED, "family-stops": ClosingReason.FAMILY_WISHES}
NETWORK = "Mormor"
WORDS = {
    "goal": "Jeg vil gerne have mere ro om aftenen.",
    "purpose": "Vi ser på, hvordan det går, og hvad vi gør nu.",
    "view": "Det er godt, når nogen siger det til mig først.",
    "what": "Støtte i hjemmet om tirsdagen",
    "why": "I får hjælp til hverdagen.",
    "why_child": "En voksen kommer hjem til jer.",
    "provider": "Familiehuset",
    "agreement": "Ringer til skolen og siger, hvad vi har aftalt",
    "reason": "Det passer bedre til familien nu.",
    "left": "Ring til kommunen, hvis det bliver svært igen.",
}
"""What is said where a story has no words of its own."""


@dataclass(slots=True)
class Stage:
    """A course that stands: who plays which role, whom it is about, and what the labels of things mean."""

    asked: Asked
    space: UUID
    opened: date
    cast: dict[str, Colleague]
    records: dict[str, PersonRecord]
    in_focus: tuple[str, ...]
    understudies: list[Colleague] = field(default_factory=list)
    """Colleagues who can take the coordination over."""
    things: dict[str, UUID] = field(default_factory=dict)
    facts: dict[str, UUID] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)
    efforts: dict[str, Effort] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    meetings: dict[str, UUID] = field(default_factory=dict)
    holder: Colleague | None = None
    is_asked: bool = False
    """Does somebody wait to be answered who wants to hand the coordination over?"""
    refused: list[str] = field(default_factory=list)

    @property
    def children(self) -> list[UUID]:
        return [self.who(name) for name in self.in_focus]

    def who(self, name: str) -> UUID:
        """Somebody of the family, by the first name."""
        return self.records[name].subject_id

    def thing(self, label: str) -> UUID:
        """What a label in a story stands for."""
        return self.things.setdefault(label, new_id())

    def coordinator(self) -> Colleague:
        """The colleague who holds the baton."""
        return self.holder or self.cast[self.asked.programme.baton.starts]

    def colleague(self, role: str) -> Colleague:
        """Who plays a role; the coordinator where nobody does."""
        if self.holder is not None and role == self.asked.programme.baton.passes_to:
            return self.holder
        return self.cast.get(role, self.coordinator())


Act = Callable[[Stage, Deed, Actor], None]
