"""What must be true of courses and facts, and what the dates of a due item say on a day. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.families.rules.ages import ADULT, OWN_CONSENT, OWN_FROM_15, age_on
from samspil.collaboration.programmes import vocabulary
from samspil.collaboration.programmes.engine import BadFact, Fact, Person, State, held_back, read_facts
from samspil.collaboration.programmes.language import Programme, Role
from samspil.collaboration.sharing.models import Answer
from samspil.collaboration.sharing.rules import Consent, Statute
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.decisions import YES, Decision, Text, no
from samspil.foundation.kernel.sharing import ALL_CATEGORIES, Category

EARLIEST = date(1900, 1, 1)
NO_WORDS = re.compile(r"\S{1,100}")
OPENED, CLOSED, WITHDRAWN = "course.opened", "course.closed", "fact.withdrawn"
REVIEWED, COPIED = "consent.reviewed", "family_copy.given"
BY_ACTS = frozenset({CLOSED, COPIED})
"""Facts that only their own act notes: there is more to them than a fact."""
REVIEW_HOLDS = timedelta(days=30)
"""How long before the closing the consents may have been looked at."""
FOR_ALL = Category.IDENTITY | Category.EVERYDAY
"""What several people share, each of them may have in their copy; anything else only who may see it all."""


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
    covered: Collection[tuple[UUID, UUID]] = (),
) -> Decision:
    """Everybody has a role of the model; another unit takes part on a basis, where the model asks.

    `covered` are receivers with the people about whom there is a basis already.
    """
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
    return _with_basis(programme, people, named, bases, unit, covered)


def fills(programme: Programme, role: str) -> Decision:
    """A professional fills a role of the programme that is no family's and no evaluator's."""
    found = next((one for one in programme.roles if one.key == role), None)
    if found is None or found.sector == "family" or found.aggregates_only:
        return no(_("The model has no such role for a professional."))
    return YES


def coordinates(programme: Programme, role: Role) -> bool:
    """Is the one who fills this role the coordinator, that is, is the baton passed to this role?"""
    return role.key == programme.baton.passes_to


@dataclass(frozen=True, slots=True)
class Part:
    """Who fills a role of the programme in a course, as the rules need to know it."""

    role: str
    membership: UUID
    staff: UUID
    name: str


def ready_to_name(
    programme: Programme,
    role: str,
    *,
    colleague: Part,
    parts: Collection[Part],
    succeeds: bool,
) -> Decision:
    """A role has as many people as the model says, and nobody stands in a team twice.

    `succeeds`: the colleague is to take the role over. One may wait beside the one who has it.
    """
    decision = fills(programme, role)
    if not decision:
        return decision
    title = title_of(programme, role)
    twice = next((one for one in parts if one.staff == colleague.staff), None)
    if twice is not None:
        return no(
            _("%(name)s takes part already, as %(role)s."),
            name=colleague.name,
            role=title_of(programme, twice.role),
        )
    filled = [one for one in parts if one.role == role]
    most = most_in(programme, role)
    if most is None or len(filled) < most:
        return YES
    if not succeeds:
        return no(
            _(
                "%(name)s is %(role)s already, and there is only room for %(most)d. If somebody else is to "
                "take over, tick »takes over« and make a handover."
            ),
            name=filled[0].name,
            role=title,
            most=most,
        )
    if len(filled) > most:
        return no(_("Somebody is waiting to take over as %(role)s already."), role=title)
    return YES


def most_in(programme: Programme, role: str) -> int | None:
    """How many may fill a role: as the model says, and one coordinator at most."""
    found = next(one for one in programme.roles if one.key == role)
    return found.max or (1 if coordinates(programme, found) else None)


def title_of(programme: Programme, role: str) -> str:
    """The model's own title of a role, in Danish or English as the reader reads."""
    language = get_language() or "da"
    return next((one.title.said(language) for one in programme.roles if one.key == role), role)


def within(categories: Category, mask: Category, *, role: Text) -> Decision:
    """Nobody is let in to more than their own role reads, and everybody sees name and everyday life."""
    if not categories:
        return no(_("Choose at least one topic."))
    if beyond := [str(one.label) for one in Category if one & categories and not one & mask]:
        return no(_("The role %(role)s does not include: %(topics)s."), role=role, topics=", ".join(beyond))
    return YES


def has_basis(
    programme: Programme,
    in_focus: Collection[UUID],
    receivers: Collection[UUID],
    bases: Iterable[tuple[UUID, UUID]],
) -> Decision:
    """For somebody in focus there is a yes, or a law, to one of these receivers. The wall guards the others.

    `bases` are pairs of receiver and person, in force today.
    """
    covered = {subject for receiver, subject in bases if receiver in receivers}
    if asks_for_basis(programme) and not set(in_focus) & covered:
        return no(
            _(
                "The colleague works in a unit that no consent and no law lets in yet. Write that down "
                "first: then the colleague can take part."
            )
        )
    return YES


@dataclass(frozen=True, slots=True)
class Next:
    """Who is to take the coordination over, as the rules need to know it."""

    membership: UUID
    name: str
    role: str | None
    may_steer: bool
    ends: date


def ready_to_hand_over(
    programme: Programme,
    to: Next,
    *,
    from_role: str,
    giver: UUID | None,
    waiting: str,
    why: str,
    overlap_until: date | None,
    today: date,
) -> Decision:
    """The coordination passes to one who can carry it, once at a time, with a reason."""
    if giver is None:
        return no(_("Nobody coordinates this course right now. Ask the leader."))
    if waiting:
        return no(_("The handover to %(name)s is waiting for an answer. Take it back first."), name=waiting)
    if to.role is None or to.ends <= today:
        return no(_("Only somebody who takes part can take over. Add the colleague first."))
    if to.membership == giver:
        return no(_("%(name)s coordinates the course already."), name=to.name)
    if not to.may_steer:
        return no(_("%(name)s works in a role that cannot coordinate a course."), name=to.name)
    if not next(one for one in programme.roles if one.key == to.role).coordinator:
        return no(
            _(
                "%(name)s takes part as %(role)s. Only a coordinator or contact person of the model takes "
                "over."
            ),
            name=to.name,
            role=title_of(programme, to.role),
        )
    if not why.strip():
        return no(_("Write why the coordination passes on."))
    return _overlaps(overlap_until, today=today, is_needed=to.role == from_role)


LONGEST_OVERLAP = timedelta(days=365)


def _overlaps(until: date | None, *, today: date, is_needed: bool) -> Decision:
    if until is None:
        needed = _("Two people cannot stay in the same role: say until when both take part.")
        return no(needed) if is_needed else YES
    if until < today:
        return no(_("The last day together cannot lie in the past."))
    if until > today + LONGEST_OVERLAP:
        return no(_("Both take part for a year at most."))
    return YES


def ready_to_answer(answer: str, *, is_mine: bool) -> Decision:
    """A handover is answered once, by the one who was asked."""
    if answer == "withdrawn":
        return no(_("The handover was taken back. Nothing has changed."))
    if answer:
        return no(_("The handover has been answered already."))
    return YES if is_mine else no(_("Only the one who is asked answers."))


def ready_to_end(
    *, name: str, coordinates: bool, is_asked: bool, on: date, ends: date, today: date
) -> Decision:
    """A part ends today or later. Who coordinates hands over first; who is asked answers first."""
    if coordinates:
        return no(
            _("%(name)s coordinates the course. Hand the coordination over first: nobody lets go before."),
            name=name,
        )
    if is_asked:
        return no(_("%(name)s has been asked to take over. Take the handover back first."), name=name)
    if on < today or on > ends:
        return no(_("A part in a course ends today or later."))
    return YES


def asks_for_basis(programme: Programme) -> bool:
    """Does the definition ask for consent before information is shared?"""
    return any(step.consent_required for step in programme.steps)


def _with_basis(
    programme: Programme,
    people: Sequence[Newcomer],
    named: Sequence[Named],
    bases: Sequence[Consent | Statute],
    unit: UUID,
    before: Collection[tuple[UUID, UUID]],
) -> Decision:
    """Each unit beside the own one that takes part from the start is covered for each person in focus."""
    if not asks_for_basis(programme):
        return YES
    covered = set(before) | {
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


# --- how a course ends -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets a copy of a course, and what it may hold about whom."""

    subject: UUID
    name: str
    born: date | None = None
    sees: Mapping[UUID, Category] = field(default_factory=dict)
    """For oneself and each child in one's custody: the categories."""

    def may_have(self, subjects: Collection[UUID], category: Category) -> bool:
        """May something about these people stand in this copy?

        Everything about oneself and one's children; of what is about others, too, only everyday things that
        one has a part in oneself. Nothing about another adult's health ever stands in it.
        """
        if all(category & self.sees.get(subject, Category(0)) for subject in subjects):
            return True
        return self.subject in subjects and category in FOR_ALL


def reads_own_copy(born: date | None, day: date) -> bool:
    """Whoever is 15 or older, and whoever's age is not known: adults whose birth date nobody wrote down."""
    return born is None or age_on(born, day) >= OWN_CONSENT


def of_a_child(born: date | None, day: date) -> Category:
    """What the copy of somebody with custody holds about a child, by its age on the day."""
    if born is None or age_on(born, day) >= ADULT:
        return Category(0)
    own = OWN_FROM_15 if age_on(born, day) >= OWN_CONSENT else Category.CONFIDENTIAL_YOUTH
    return ALL_CATEGORIES & ~own


def in_their_own_act(kind: str) -> Decision:
    """Some facts come about by an act of their own only."""
    if kind in BY_ACTS:
        return no(
            _("This is noted where the course is closed: open »Close the course« and follow its steps.")
        )
    return YES


@dataclass(frozen=True, slots=True)
class Left:
    """What is written about one open thing when a course ends; without a thing, about the whole."""

    words: str
    thing: UUID | None = None
    title: str = ""


def ready_to_leave(left: Sequence[Left]) -> Decision:
    """Each open thing has its words."""
    if missing := [one.title for one in left if not one.words.strip()]:
        named = ", ".join(title for title in missing if title)
        if named:
            return no(_("Write what happens with: %(things)s"), things=named)
        return no(_("Write what happens now, and whom the family can turn to."))
    return YES


def looked_at_all(running: Collection[UUID], answered: Collection[UUID]) -> Decision:
    """A review leaves nothing out, and answers nothing that is not there any more."""
    if set(running) != set(answered):
        return no(_("Something has changed in the meantime. Load the page again and look at each."))
    return YES


@dataclass(frozen=True, slots=True)
class CopyState:
    """How far one reader's copy is."""

    name: str
    made_at: datetime | None = None
    is_given: bool = False
    why_not: str = ""

    @property
    def is_settled(self) -> bool:
        """Made and given, or there is a reason why not."""
        return bool(self.why_not) or (self.made_at is not None and self.is_given)


@dataclass(frozen=True, slots=True)
class Ends:
    """What a closing rests on, as the course stands on the day."""

    opened_on: date
    is_closed: bool
    words_at: datetime | None
    """When it was written last what remains; None where nothing was written about the whole."""
    without_words: Sequence[str]
    """Open things about which nothing is written."""
    reviewed_on: date | None
    reviewed_at: datetime | None
    is_review_whole: bool
    copies: Sequence[CopyState]


def ready_to_close(ends: Ends, *, closed_on: date, today: date, has_retention: bool) -> Decision:
    """Everything is looked at, the family has its copy, and the day can be."""
    if ends.is_closed:
        return no(_("The course is closed already."))
    if closed_on > today:
        return no(_("A course cannot be closed in the future."))
    if closed_on < ends.opened_on:
        return no(_("A course cannot end before it was opened."))
    for decision in (words_stand(ends), consents_stand(ends, today), copies_stand(ends)):
        if not decision:
            return decision
    return YES if has_retention else no(_("Choose how long what was written is kept."))


def nothing_holds_back(
    programme: Programme,
    facts: Sequence[Fact],
    people: Sequence[Person],
    kind: str,
    attributes: Mapping[str, object],
    today: date,
) -> Decision:
    """May the fact be noted, or does the model ask for another one first?"""
    held = held_back(programme, facts, people, today, kind, attributes)
    return no(held[0].condition.text.said(get_language() or "da")) if held else YES


def words_stand(ends: Ends) -> Decision:
    """Is it said what remains?"""
    if ends.words_at is None:
        return no(_("Write first what happens now, and whom the family can turn to."))
    if ends.without_words:
        return no(_("Write what happens with: %(things)s"), things=", ".join(ends.without_words))
    return YES


def consents_stand(ends: Ends, today: date) -> Decision:
    """Were the consents looked at, all of them, and lately?"""
    if ends.reviewed_on is None:
        return no(_("Look at the consents first."))
    if not ends.is_review_whole:
        return no(_("There is a consent that was not there when you looked. Look at them again."))
    if today - ends.reviewed_on > REVIEW_HOLDS:
        return no(_("It is more than 30 days since the consents were looked at. Look at them again."))
    return YES


def copies_stand(ends: Ends) -> Decision:
    """Has each reader a copy of what holds now, or is there a reason why not?"""
    if not ends.copies:
        return no(
            _("Nobody in the course can get a copy. Write down who takes part, and when they were born.")
        )
    if missing := [copy.name for copy in ends.copies if not copy.is_settled]:
        return no(_("The family's copy is not given yet: %(names)s"), names=", ".join(missing))
    newest = max((at for at in (ends.words_at, ends.reviewed_at) if at), default=None)
    old = [copy.name for copy in ends.copies if newest and copy.made_at and copy.made_at < newest]
    if old:
        return no(
            _("Something was written after the copy was made. Make it again: %(names)s"), names=", ".join(old)
        )
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
