"""What must be true of a basis, and which rows of the ledger it becomes. Pure: no query, no clock."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.families.rules.ages import (
    ADULT,
    OWN_CONSENT,
    ConsentGivers,
    age_on,
    birthday,
    consent_givers,
)
from samspil.collaboration.sharing.law import ConsentLaw, Ground
from samspil.collaboration.sharing.models import Answer, Basis, Ending, Told, Way
from samspil.foundation.kernel.decisions import YES, Decision, no
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose, Relation, RelationKind


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who receives: a unit, or another authority as a whole. `unit_kind` is empty for an authority."""

    kind: HolderKind
    id: UUID
    authority: UUID
    unit_kind: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Who is it about, who receives, which categories, and what for."""

    subject: UUID
    receiver: Receiver
    categories: Category
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Period:
    """From a day until before `ends`."""

    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody answered, on paper or in the meeting. No `last_day`: as long as the law lets it hold."""

    scope: Scope
    way: Way
    said_by: frozenset[UUID]
    said_on: date
    answer: Answer = Answer.YES
    starts: date | None = None
    ends: date | None = None
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Statute:
    """A decision to share without a yes. `ends` is always named: the need is looked at again."""

    scope: Scope
    ground: Ground | None
    reasoning: str
    decided_by: UUID | None
    starts: date
    ends: date | None
    told: Told
    told_on: date | None = None
    told_text: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """What the rules need to know of the person it is about."""

    subject: UUID
    born: date | None
    is_unborn: bool = False
    custody_holders: frozenset[UUID] = frozenset()
    custody_is_disputed: bool = False


# --- who may say yes -----------------------------------------------------------------------------------


def givers(person: Person, category: Category, day: date) -> ConsentGivers:
    """Who must each say yes about one category on a day; nobody, where nobody can."""
    if person.is_unborn:
        return ConsentGivers(frozenset(), _("Before the birth it is about the mother: ask her, for herself."))
    if person.born is None:
        return ConsentGivers(
            frozenset(), _("We do not know how old the person is. Write the birth date down first.")
        )
    is_child = age_on(person.born, day) < OWN_CONSENT
    if category == Category.CONFIDENTIAL_YOUTH and is_child:
        return ConsentGivers(
            frozenset(),
            _("What a child told in confidence is shared only where the law says so. Tell the child first."),
        )
    return consent_givers(
        person.subject,
        born=person.born,
        custody_holders=person.custody_holders,
        custody_is_disputed=person.custody_is_disputed,
        category=category,
        day=day,
    )


def said_by_the_right(consent: Consent, person: Person, category: Category) -> Decision:
    """Has everyone who must say yes done so, on that day, and nobody else? One no is a no."""
    right = givers(person, category, consent.said_on)
    if not right.people:
        return no(right.why)
    if not consent.said_by:
        return no(_("Tick who has answered."))
    if strangers := consent.said_by - right.people:
        is_parent = bool(strangers & person.custody_holders) or strangers == {person.subject}
        reason = (
            right.why if is_parent else _("Nobody answers for another adult. Each is asked for themselves.")
        )
        return no(_("»%(category)s«: %(why)s"), category=category.label, why=reason)
    if consent.answer != Answer.NO and right.people - consent.said_by:
        return no(_("»%(category)s«: %(why)s Somebody is missing."), category=category.label, why=right.why)
    return YES


# --- how long ------------------------------------------------------------------------------------------


def months_after(day: date, months: int) -> date:
    """The same day some months later; the 1st of the next month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def latest_end(person: Person, category: Category, said_on: date, law: ConsentLaw) -> date:
    """The first day on which a yes cannot hold any more: a year later, or a birthday when others decide."""
    latest = months_after(said_on, law.months)
    if person.born is None:
        return latest
    now = givers(person, category, said_on).people
    birthdays = (birthday(person.born, age) for age in (OWN_CONSENT, ADULT))
    changes = (
        day for day in birthdays if said_on < day < latest and givers(person, category, day).people != now
    )
    return min(changes, default=latest)


def period_of(consent: Consent, latest: date, *, today: date) -> Period:
    """When it opens and closes. Nothing opens for a day that has passed; without an end: the latest one."""
    starts = max(consent.starts or consent.said_on, today)
    return Period(starts, min(consent.ends or latest, latest))


def in_order(consent: Consent, latest: date, *, today: date) -> Decision:
    """Are the days possible?"""
    if consent.said_on > today:
        return no(_("The answer cannot have been given in the future."))
    if consent.starts and consent.starts < consent.said_on:
        return no(_("It cannot begin before the answer was given."))
    if consent.ends and consent.ends > months_after(consent.said_on, 12 * 100):
        return no(_("The last day is too far away."))
    if consent.ends and consent.ends <= (consent.starts or consent.said_on):
        return no(_("The last day lies before the first."))
    if min(consent.ends or latest, latest) <= today:
        return no(_("This answer no longer holds today. Ask again."))
    if (consent.starts or today) >= latest:
        return no(_("An answer of that day has run out before it would begin. Ask again nearer to it."))
    return YES


# --- ready? --------------------------------------------------------------------------------------------


def ready_scope(scope: Scope, *, giver: UUID, authority: UUID, held: Category) -> Decision:
    """May this unit open these categories to that receiver at all? It opens only what it holds itself."""
    if not scope.categories:
        return no(_("Choose at least one topic."))
    if beyond := [category for category in each(scope.categories) if not category & held]:
        return no(
            _("You cannot share what you do not work with yourself: %(topics)s."), topics=listed(beyond)
        )
    if scope.receiver.id == giver:
        return no(_("Your own unit needs no basis."))
    if scope.receiver.kind == HolderKind.AUTHORITY and scope.receiver.id == authority:
        return no(_("Choose one unit of your own organisation, not all of it."))
    return YES


def ready_consent(consent: Consent, person: Person, law: ConsentLaw, *, today: date) -> Decision:
    """Is this an answer that holds?"""
    if consent.way == Way.STATUTE:
        return no(_("A consent is given on paper or in the meeting."))
    categories = each(consent.scope.categories)
    if consent.answer == Answer.LIMITED and (len(categories) > 1 or not consent.limit.strip()):
        return no(_("Write what may be shared, for one topic at a time."))
    if consent.answer != Answer.LIMITED and consent.limit.strip():
        return no(_("Only a limited yes has a text of its own. Choose »Yes, but only to what is written«."))
    for category in categories:
        latest = latest_end(person, category, consent.said_on, law)
        decision = said_by_the_right(consent, person, category) and in_order(consent, latest, today=today)
        if not decision:
            return decision
    return YES


def ready_statute(statute: Statute, law: ConsentLaw, *, today: date) -> Decision:
    """Is this a decision that can be read and tried by others?"""
    ground = statute.ground
    if ground is None:
        return no(_("Choose which rule it rests on."))
    if len(statute.reasoning.strip()) < 20:
        return no(_("Write why it is necessary, so that the person it is about can understand it."))
    if statute.decided_by is None:
        return no(_("Say who has decided it."))
    if ground.receivers and statute.scope.receiver.unit_kind not in ground.receivers:
        return no(_("This rule does not cover that receiver."))
    if ground.categories and {key_of(category) for category in each(statute.scope.categories)} - set(
        ground.categories
    ):
        return no(_("This rule does not cover all these topics."))
    return _days_of(statute, law, today=today) and _told(statute, today=today)


def _days_of(statute: Statute, law: ConsentLaw, *, today: date) -> Decision:
    if statute.ends is None:
        return no(_("Write the last day. A decision without a yes is looked at again."))
    if statute.ends <= max(statute.starts, today):
        return no(_("The last day lies before the first."))
    if statute.ends > months_after(max(statute.starts, today), law.months):
        return no(_("A decision holds for at most %(months)d months."), months=law.months)
    return YES


def _told(statute: Statute, *, today: date) -> Decision:
    if statute.told in {Told.CONVERSATION, Told.LETTER}:
        if statute.told_on is None or statute.told_on > today:
            return no(_("Write on which day the person was told."))
        return YES
    if not statute.told_text.strip():
        if statute.told == Told.NOT_TOLD:
            return no(_("Write for whom it would be dangerous, and why."))
        return no(_("Write who tells the person, and when."))
    return YES


def ready_to_end(basis: Basis, on: date, *, reason: str, today: date) -> Decision:
    """May this basis be stopped on that day? On the day it was given, too: it then stops at once."""
    if basis.state == Basis.State.ENDED:
        return no(_("It has stopped already."))
    if basis.ends <= today:
        return no(_("It has run out already."))
    if on < today:
        return no(_("It stops today or later. What was seen before cannot be unseen."))
    if on >= basis.ends:
        return no(_("It runs out before that day anyhow."))
    return YES if reason.strip() else no(_("Write why it stops."))


# --- what it becomes -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grounds:
    """A basis as far as the ledger is concerned."""

    scope: Scope
    way: Way
    answer: Answer
    period: Period
    space: UUID
    giver: UUID


def relations_of(basis: Grounds) -> list[Relation]:
    """Which rows of the ledger it becomes: one a category, so that each can be ended by itself.

    A no opens nothing. Neither does a limited yes: the wall knows no smaller piece than a category.
    """
    if basis.answer != Answer.YES or basis.period.starts >= basis.period.ends:
        return []
    scope = basis.scope
    return [
        Relation(
            holder_kind=scope.receiver.kind,
            holder=scope.receiver.id,
            kind=RelationKind.STATUTE if basis.way == Way.STATUTE else RelationKind.CONSENT,
            categories=category,
            subject=scope.subject,
            space=basis.space,
            purpose=scope.purpose,
            giver=basis.giver,
            starts=basis.period.starts,
            ends=basis.period.ends,
        )
        for category in each(scope.categories)
    ]


class Standing(StrEnum):
    """How a basis stands on a day: the seven words of the grid, without those that wait for an answer."""

    GIVEN = "given"
    LIMITED = "limited"
    LAWFUL = "lawful"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    COMING = "coming"
    NOT_ASKED = "not-asked"


def standing_of(basis: Basis | None, today: date) -> Standing:
    """How the newest row about one person, receiver and category stands."""
    if basis is None:
        return Standing.NOT_ASKED
    if basis.state == Basis.State.ENDED and basis.ended_on is not None and basis.ended_on <= today:
        return Standing.WITHDRAWN if basis.ending == Ending.WITHDRAWN else Standing.STOPPED
    if basis.answer == Answer.NO:
        return Standing.REFUSED
    if basis.ends <= today:
        return Standing.EXPIRED
    if basis.starts > today:
        return Standing.COMING
    if basis.answer == Answer.LIMITED:
        return Standing.LIMITED
    return Standing.LAWFUL if basis.way == Way.STATUTE else Standing.GIVEN


def hash_of(text: str) -> str:
    """The mark by which it shows that a text is the one that was agreed to."""
    return sha256(text.encode()).hexdigest()


def each(categories: Category) -> list[Category]:
    """The single categories of a mask, in their order."""
    return [category for category in Category if category & categories]


def key_of(category: Category) -> str:
    """A single category as definitions write it."""
    return str(category.name).lower().replace("_", "-")


def listed(categories: Iterable[Category]) -> str:
    """Their names, one after the other."""
    return ", ".join(str(category.label) for category in categories)


def mask_of(categories: Collection[Category]) -> Category:
    """Single categories put together."""
    mask = Category(0)
    for category in categories:
        mask |= category
    return mask
