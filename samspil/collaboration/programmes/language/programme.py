"""A programme version: everything a model's owner says about it, and nothing about one course."""

import hashlib
import json
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from samspil.collaboration.programmes.language.changes import Change
from samspil.collaboration.programmes.language.fidelity import Criterion
from samspil.collaboration.programmes.language.target import TargetGroup
from samspil.collaboration.programmes.language.when import (
    Anchor,
    Due,
    Duration,
    Evidence,
    Pattern,
    Repeats,
    Span,
    Value,
)
from samspil.collaboration.programmes.language.words import (
    Key,
    Mark,
    Provenance,
    Text,
    later,
    mark_of,
    weakest,
)
from samspil.foundation.kernel.definitions import Definition

BATON = "baton"
"""As responsible: whoever holds the baton on the day."""


class Owner(Definition):
    """Who owns the model, and when the owner approved this version (null: never)."""

    name: str
    approved: str | None


class Finding(Definition):
    """What is known about the model: by whom, when, with which design, and with which reservations."""

    by: str
    on: str
    design: Key
    result: Text
    reservations: Text
    source: str


class Principle(Definition):
    """A stance of the model, beside the core elements and not scored."""

    key: Key
    text: Text
    provenance: Provenance


class Role(Definition):
    """A role of the model, with the model's own title.

    `adult_side`: receives a young person at 18. `decides`: may decide at the table.
    """

    key: Key
    title: Text
    sector: Literal["region", "municipality", "family", "agency", "civil", "other"]
    does: Text
    coordinator: bool = False
    aggregates_only: bool = False
    adult_side: bool = later(default=False)
    decides: bool = later(default=False)
    min: Annotated[int, Field(ge=0)] = 0
    max: Annotated[int, Field(ge=1)] | None = None
    provenance: Provenance


class Baton(Definition):
    """Who holds the baton from the start, and which facts pass it on, to the role named or to `passes_to`."""

    starts: Key
    passes_to: Key
    on: tuple[str, ...]
    provenance: Provenance


class TrackOption(Definition):
    """One way through the programme or, with `every`, one rhythm. `reasons`: what may speak for it."""

    title: Text
    every: Span | None = None
    reasons: tuple[Text, ...] = later(())
    provenance: Provenance


class Tracks(Definition):
    """Ways to choose between, by whom; a change needs a reason."""

    chosen_by: tuple[Key, ...]
    reason: Literal["required", "optional"]
    default: Key
    options: dict[Key, TrackOption]

    @model_validator(mode="after")
    def _default(self) -> "Tracks":
        if self.default not in self.options:
            raise ValueError(f"the default {self.default!r} is no option")
        return self


class Each(Definition):
    """One occurrence for each person of a role, from and below an age on the due day.

    `starts_from` and `starts_below`: only for who had that age, or had it not, when the course opened.
    """

    role: Key
    from_age: int | None = None
    below_age: int | None = None
    starts_from: int | None = later(None)
    starts_below: int | None = later(None)


class LeadsTo(Definition):
    """A step that opens a course of another model for the family, or ties this one to it."""

    programme: Key
    how: Literal["starts", "links"]


class Step(Definition):
    """Something one role does by a date, seen by facts."""

    key: Key
    title: Text
    summary: Text
    responsible: Key
    due: Due
    evidence: Evidence
    repeats: Repeats | None = None
    for_each: Key | tuple[Each, ...] | None = None
    tracks: tuple[Key, ...] = ()
    tool: Key | None = None
    core_element: Key | None = None
    clock: Key | None = None
    duties: tuple[Key, ...] = ()
    catalogue: tuple[Key, ...] = ()
    consent_required: bool = False
    child_view_required: bool = False
    after_closing: bool = False
    leads_to: LeadsTo | None = later(None)
    provenance: Provenance

    @property
    def mark(self) -> Mark:
        """The weakest of where the step and its deadline come from."""
        marks = [mark_of(self.provenance)]
        if self.due.provenance:
            marks.append(mark_of(self.due.provenance))
        return weakest(marks)

    @property
    def is_own(self) -> bool:
        """Is it a step that an authority has added?"""
        return mark_of(self.provenance) is Mark.OWN

    @property
    def is_statutory(self) -> bool:
        """Is the deadline itself the law's? (A step may also keep a clock by a stricter one of its own.)"""
        return self.clock is not None and self.due.provenance == "law"

    @property
    def each(self) -> tuple[Each, ...]:
        if self.for_each is None:
            return ()
        return (Each(role=self.for_each),) if isinstance(self.for_each, str) else self.for_each


class Phase(Definition):
    """A part of the course, with its steps."""

    key: Key
    title: Text
    tracks: Tracks | None = None
    steps: tuple[Step, ...]
    provenance: Provenance


class Tool(Definition):
    """A tool, by the key under which it stands elsewhere."""

    key: Key
    title: Text
    visible_to: tuple[Key, ...]
    provenance: Provenance


class Round(Definition):
    """One round of a measure: at the `start`, or so long after it, with the days around it that count."""

    at: Annotated[str, StringConstraints(pattern=r"^(start|P\d+[WM])$")]
    early: Duration
    late: Duration


class Measure(Definition):
    """An instrument answered by an informant in rounds."""

    instrument: Key
    informant: Key
    roles: tuple[Key, ...] = ()
    rounds: tuple[Round, ...]
    after: str | Anchor = "course.opened"
    responsible: Key
    purpose: Literal["feedback", "follow-up", "model-development", "research"]
    primary: bool = False
    from_age: int | None = None
    tracks: tuple[Key, ...] = ()
    provenance: Provenance

    @property
    def key(self) -> str:
        return f"measure-{self.instrument}-{self.informant}"


class CoreElement(Definition):
    """What makes the model the model. Locked in a `whole` model only where it is from seed or found."""

    key: Key
    title: Text
    text: Text
    provenance: Provenance

    @property
    def is_published(self) -> bool:
        return mark_of(self.provenance) in (Mark.SEED, Mark.FOUND)


class Adaptable(Definition):
    """What a site may choose; the first option is the default. `step` and `every`: the rhythm it sets."""

    key: Key
    title: Text
    options: dict[Key, Text]
    step: Key | None = None
    every: dict[Key, Duration] = {}
    provenance: Provenance


class Weight(Definition):
    """What a course weighs while the latest fact of a kind has these values (a tight rhythm)."""

    fact: str
    where: dict[str, Value]
    weight: Annotated[float, Field(ge=0)]
    provenance: Provenance

    @property
    def mark(self) -> Mark:
        return mark_of(self.provenance)


class Caseload(Definition):
    """How much one coordinator carries: each open course by the first weight that fits, else the default."""

    weight_default: float
    ceiling: Literal["local"] | int
    weights: tuple[Weight, ...] = later(())


class Shown(Pattern):
    """Facts with these values that besides name something (`has`): who decided, for whom.

    `adult_side`: the role it names is one of the adult side, and somebody has said yes to that role.
    """

    has: tuple[str, ...] = ()
    adult_side: bool = later(default=False)


class Condition(Definition):
    """What must be noted, once for each person of a role, before some facts may be noted at all."""

    key: Key
    text: Text
    holds_back: tuple[Pattern, ...]
    until: tuple[Shown, ...]
    for_each: Key
    provenance: Provenance


class Mode(Definition):
    """A way of helping that goals and efforts can carry."""

    key: Key
    title: Text
    provenance: Provenance


Often = Annotated[str, StringConstraints(pattern=r"^P[1-9]\d*[YMW]$")]
"""How often something is counted: so many whole years, months or weeks."""


class Count(Definition):
    """A figure that a service types in so often, without naming anybody: so many out of so many."""

    key: Key
    title: Text
    counted: Text
    out_of: Text
    every: Often
    responsible: Key
    provenance: Provenance


class Outcome(Definition):
    """The one primary outcome, and the words used about it."""

    instrument: Key
    scale: Key
    provenance: Provenance


class Outcomes(Definition):
    """What the model hopes to change. We say observed change, never effect."""

    primary: Outcome
    language: Literal["observed-change"]
    registered: tuple[Text, ...] = ()


class Programme(Definition):
    """One version of one collaboration model."""

    key: Key
    version: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$")]
    title: Text
    summary: Text
    owner: Owner
    adoption: Literal["whole", "parts"]
    audience: dict[Literal["direct", "indirect"], tuple[Text, ...]]
    principles: tuple[Principle, ...] = ()
    evidence: tuple[Finding, ...] = ()
    susi_phase: Literal["screening", "modning", "afproevning", "udbredelse"]
    starts_from: tuple[Literal["region", "municipality", "other"], ...]
    lasts: Duration | None = None
    sources: tuple[str, ...]
    target_group: TargetGroup
    roles: tuple[Role, ...]
    baton: Baton
    tracks: Tracks | None = None
    phases: tuple[Phase, ...]
    tools: tuple[Tool, ...] = ()
    measures: tuple[Measure, ...] = ()
    core_elements: tuple[CoreElement, ...]
    adaptable: tuple[Adaptable, ...] = ()
    fidelity: tuple[Criterion, ...]
    caseload: Caseload
    outcomes: Outcomes
    conditions: tuple[Condition, ...] = later(())
    modes: tuple[Mode, ...] = later(())
    counts: tuple[Count, ...] = later(())
    supersedes: str | None = later(None)
    changes: tuple[Change, ...] = later(())
    law_on: date | None = later(None)
    """The law is taken as it stood on this day; without it, by the first row of each provision."""
    do_not_claim: Text
    duties: tuple[Key, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for phase in self.phases for step in phase.steps)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The mark of every element that carries a provenance."""
        group = self.target_group
        plain: tuple[str, ...] = tuple(
            element.provenance
            for elements in (
                self.principles, self.roles, self.phases, self.tools, self.measures, self.core_elements,
                self.adaptable, self.fidelity, self.conditions, self.modes, self.counts,
                self.caseload.weights,
            )
            for element in elements
        )  # fmt: skip
        options = tuple(option for tracks in self.all_tracks for option in tracks.options.values())
        others = (
            *(node.provenance for node in group.criteria.criteria() if node.provenance),
            *((group.age.provenance,) if group.age else ()),
            *(option.provenance for option in options),
            self.baton.provenance,
            self.outcomes.primary.provenance,
        )
        return (*(step.mark for step in self.steps), *(mark_of(one) for one in (*plain, *others)))

    @property
    def element_keys(self) -> frozenset[str]:
        """The key of everything that has one."""
        lists = (
            self.principles, self.roles, self.phases, self.steps, self.tools, self.measures,
            self.core_elements, self.adaptable, self.fidelity, self.conditions, self.modes, self.counts,
        )  # fmt: skip
        criteria = (node.key for node in self.target_group.criteria.criteria() if node.key)
        return frozenset((*(one.key for elements in lists for one in elements), *criteria))

    @property
    def all_tracks(self) -> tuple[Tracks, ...]:
        """The programme's own choice of tracks and those of its phases."""
        inner = tuple(phase.tracks for phase in self.phases if phase.tracks)
        return ((self.tracks,) if self.tracks else ()) + inner

    @property
    def draft_notice(self) -> Text | None:
        """What stands on every page and print of a version that its owner has not approved."""
        if self.owner.approved:
            return None
        return Text(
            da=f"Udkast, ikke godkendt af {self.owner.name}", en=f"Draft, not approved by {self.owner.name}"
        )

    @property
    def content_hash(self) -> str:
        """SHA-256 of the whole definition in canonical JSON: two definitions are one if this is one."""
        whole = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(whole.encode()).hexdigest()
