"""What must be true of courses and facts, and what the dates of a due item say on a day. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes import vocabulary
from samspil.collaboration.programmes.engine import BadFact, Fact, Person, State, read_facts
from samspil.collaboration.programmes.language import Programme, Role
from samspil.collaboration.sharing.models import Answer
from samspil.collaboration.sharing.rules import Consent, Statute
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.decisions import YES, Decision, no

EARLIEST = date(1900, 1, 1)
NO_WORDS = re.compile(r"\S{1,100}")
OPENED, CLOSED, WITHDRAWN = "course.opened", "course.closed", "fact.withdrawn"


@dataclass(frozen=True)
class Owner:
    """The unit that answers for something, and its authority."""

    unit: UUID
    authority: UUID

    @cached_property
    def texts(self) -> tuple[str, str]:
        """Both keys as text, as due items hold them."""
        return str(self.unit), str(self.authority)


@dataclass(frozen=True, slots=True)
class Noted:
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


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person a course is opened about: birth date, roles of the programme, what the course calls them."""

    subject: UUID
    born: date | None
    roles: tuple[str, ...]
    in_focus: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A member of staff named for a role of the programme, and the unit it is for."""

    role: str
    membership: UUID
    unit: UUID
    sharing_unit: UUID
    authority: UUID


def ready_to_open(
    programme: Programme,
    people: Sequence[Newcomer],
    named: Sequence[Named],
    bases: Sequence[Consent | Statute],
    *,
    unit: UUID,
    opened_on: date,
    today: date,
) -> Decision:
    """Everybody has a role of the model; another unit takes part on a basis, where the model asks."""
    if not any(person.in_focus for person in people):
        return no(_("A course is about somebody: say who."))
    if len({person.subject for person in people}) < len(people):
        return no(_("The same person stands there twice."))
    if opened_on > today:
        return no(_("A course cannot be opened in the future."))
    if opened_on < EARLIEST:
        return no(_("This date cannot be right."))
    roles = {role.key: role for role in programme.roles}
    for person in people:
        if not person.roles or any(key not in roles or roles[key].sector != "family" for key in person.roles):
            return no(_("Each person has a role of the model in the family."))
    for role in roles.values():
        count = sum(role.key in person.roles for person in people)
        if role.sector == "family" and count < role.min:
            return no(_("The model asks for at least %(min)d: %(role)s."), min=role.min, role=role.title.da)
    for one in named:
        decision = fills(programme, one.role)
        if not decision:
            return decision
    return _with_basis(programme, people, named, bases, unit)


def fills(programme: Programme, role: str) -> Decision:
    """A professional fills a role of the programme that is no family's and no evaluator's."""
    found = next((one for one in programme.roles if one.key == role), None)
    if found is None or found.sector == "family" or found.aggregates_only:
        return no(_("The model has no such role for a professional."))
    return YES


def coordinates(programme: Programme, role: Role) -> bool:
    """Is the one who fills this role the coordinator, that is, is the baton passed to this role?"""
    return role.key == programme.baton.passes_to


def asks_for_basis(programme: Programme) -> bool:
    """Does the definition ask for consent before information is shared?"""
    return any(step.consent_required for step in programme.steps)


def _with_basis(
    programme: Programme,
    people: Sequence[Newcomer],
    named: Sequence[Named],
    bases: Sequence[Consent | Statute],
    unit: UUID,
) -> Decision:
    """Each unit beside the own one that takes part from the start is covered for each person in focus."""
    if not asks_for_basis(programme):
        return YES
    covered = {
        (basis.scope.receiver.id, basis.scope.subject)
        for basis in bases
        if isinstance(basis, Statute) or basis.answer == Answer.YES
    }
    for one in named:
        if one.sharing_unit == unit:
            continue
        for person in people:
            receivers = {(one.sharing_unit, person.subject), (one.authority, person.subject)}
            if person.in_focus and not receivers & covered:
                return no(_("The model asks for a consent or a legal basis before another unit takes part."))
    return YES


def ready_to_note(
    kind: str,
    on: date | datetime,
    attributes: Mapping[str, object],
    *,
    by_role: str,
    programme: Programme,
    people: Sequence[Person],
    opened_on: date,
    today: date,
    now: datetime,
) -> Decision:
    """The fact is one of the vocabulary, its dates can be, and it holds no free text."""
    if kind not in vocabulary.KINDS:
        return no(_("There is no such kind of fact: %(kind)s"), kind=kind)
    decision = possible(kind, on, opened_on=opened_on, today=today, now=now)
    if not decision:
        return decision
    row = {"kind": kind, "on": on.isoformat(), "attributes": dict(attributes), "id": "new"}
    if kind == WITHDRAWN:
        row["corrects"] = "old"
    if by_role:
        row["by_role"] = by_role
    rows = [row, {**row, "kind": CLOSED, "on": today.isoformat(), "id": "old", "attributes": {}}]
    rows[1].pop("corrects", None)
    try:
        read_facts(rows if kind == WITHDRAWN else rows[:1], people, [role.key for role in programme.roles])
    except BadFact as error:
        return no(_("This cannot be noted: %(why)s"), why=str(error))
    if any(not NO_WORDS.fullmatch(text) for text in _texts(attributes)):
        return no(_("A fact holds no text. Write it as a note instead."))
    return YES


def possible(kind: str, on: date | datetime, *, opened_on: date, today: date, now: datetime) -> Decision:
    """A fact lies in the past, and is as exact as its kind."""
    is_instant = isinstance(on, datetime)
    if is_instant != vocabulary.KINDS[kind].is_instant or (isinstance(on, datetime) and on.tzinfo is None):
        return no(_("Say the day, and the time where the model asks for it."))
    day = day_of(on) if isinstance(on, datetime) else on
    if day > today or (isinstance(on, datetime) and on > now):
        return no(_("What has not happened yet cannot be noted."))
    if day < EARLIEST:
        return no(_("This date cannot be right."))
    if kind == CLOSED and day < opened_on:
        return no(_("A course cannot end before it was opened."))
    return YES


def ready_to_correct(*, kind: str, is_corrected: bool, reason: str, is_withdrawn: bool) -> Decision:
    """A correction has a reason, and what was corrected already is corrected there."""
    if not reason.strip():
        return no(_("Write why it is corrected."))
    if is_corrected:
        return no(_("This was corrected already. Correct the newest one."))
    if kind == WITHDRAWN:
        return no(_("What was withdrawn is noted anew."))
    if kind == OPENED and is_withdrawn:
        return no(_("The opening of a course can be corrected, not withdrawn."))
    return YES


def ready_to_excuse(step: str, *, steps: Collection[str], reason: str) -> Decision:
    """An excuse names a step of the programme and says why."""
    if step not in steps:
        return no(_("The model has no such step."))
    if not reason.strip():
        return no(_("Write why the step is left out."))
    return YES


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


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
