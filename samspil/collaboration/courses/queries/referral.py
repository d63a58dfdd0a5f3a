"""Referrals as the actor sees them: the draft and its tasks, the receipt, the inbox, whose turn it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from samspil.collaboration.courses.models import (
    EligibilityAnswer,
    Referral,
    ReferralAnswer,
    ReferralNumber,
    ReferralPart,
    ReferralPerson,
)
from samspil.collaboration.courses.rules import referral as rules
from samspil.collaboration.courses.rules.referral import Included, Stage
from samspil.collaboration.families import queries as families
from samspil.collaboration.families.models import PersonRecord
from samspil.collaboration.families.rules.people import Particulars
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.sharing import queries as sharing
from samspil.collaboration.sharing.models import Basis
from samspil.foundation.access import queries as access
from samspil.foundation.access import sight
from samspil.foundation.kernel import ciphers
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.decisions import Decision
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.organisations.models import Membership, Unit

NUMBER = "number of a referral"
MOST_ROWS = 200
Row = TypeVar("Row", bound=Model)


def visible_referrals(actor: Actor) -> "QuerySet[Referral]":
    """The referrals that the actor sees."""
    rows = sight.visible(Referral.objects.all())
    return rows.select_related("item", "from_unit__authority", "to_unit__authority", "sender__staff")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One referral with everything that the actor sees of it."""

    referral: Referral
    programme: Programme
    people: tuple[ReferralPerson, ...]
    parts: tuple[ReferralPart, ...]
    checks: dict[str, EligibilityAnswer]
    answers: tuple[ReferralAnswer, ...]
    numbers: tuple[ReferralNumber, ...]
    bases: tuple[Basis, ...]
    is_mine: bool
    is_received: bool

    @property
    def space(self) -> UUID:
        return self.referral.space_id

    @property
    def included(self) -> tuple[ReferralPerson, ...]:
        return tuple(person for person in self.people if person.is_included)

    @property
    def standing(self) -> tuple[ReferralPart, ...]:
        """The words that stand."""
        return tuple(part for part in self.parts if part.text)

    @property
    def amended_at(self) -> datetime | None:
        sent = self.referral.sent_at
        later = [part.written_at for part in self.parts if sent and part.written_at > sent]
        return max(later, default=None)

    @property
    def stage(self) -> Stage:
        one = self.referral
        return rules.stage_of(
            sent_at=one.sent_at,
            withdrawn_at=one.withdrawn_at,
            answers=self.answers,
            amended_at=self.amended_at,
        )

    def family(self) -> list[Included]:
        return [included_of(person) for person in self.included]

    def target(self, today: date) -> engine.Eligibility:
        return rules.judged(self.programme, self.family(), self.checks, today)

    def shared(self, subject: UUID, today: date) -> Category:
        """For what this person is shared with the receiver."""
        one = self.referral
        if one.to_unit is None:
            return Category(0)
        return rules.covered(
            self.bases,
            subject,
            giver=one.from_unit_id,
            unit=one.to_unit.pk,
            authority=one.to_unit.authority_id,
            today=today,
        )

    def not_covered(self, today: date) -> list[ReferralPerson]:
        """Those about whom there is no basis yet."""
        return [one for one in self.included if rules.NEEDED & ~self.shared(one.subject_id, today)]

    def ready(self, today: date) -> Decision:
        """May it be sent?"""
        return rules.ready_to_send(
            rules.Complete(
                stage=self.stage,
                people=rules.ready_people(self.programme, self.family(), first=self.referral.subject_id),
                has_wish=bool(rules.current(self.standing, ReferralPart.Kind.WISH)),
                result=self.target(today).result,
                has_reason=bool(rules.current(self.standing, ReferralPart.Kind.DESPITE)),
                not_covered=tuple(person.name for person in self.not_covered(today)),
                has_receiver=self.referral.to_unit_id is not None,
                has_contact=bool(self.referral.call_name and self.referral.call_phone),
            )
        )


def included_of(person: ReferralPerson) -> Included:
    return Included(person.subject_id, person.name, person.role, person.is_in_focus, person.born)


def referral_sheet(actor: Actor, space: UUID) -> Sheet | None:
    """One referral with all that the actor sees of it; None where there is none. Nine queries."""
    found = visible_referrals(actor).filter(space=space).first()
    return sheet_of(actor, found) if found else None


def sheet_of(actor: Actor, found: Referral) -> Sheet:
    space = found.space_id
    checks = sight.visible(EligibilityAnswer.objects.filter(space=space, superseded_by=None))
    is_received = found.to_unit_id is not None and found.to_unit_id == actor.unit_id
    return Sheet(
        referral=found,
        programme=programmes.definition(found.version_id),
        people=tuple(_people(space)),
        parts=tuple(
            sight.visible(ReferralPart.objects.filter(space=space, superseded_by=None)).order_by("pk")
        ),
        checks={check.criterion: check for check in checks},
        answers=tuple(
            sight.visible(ReferralAnswer.objects.filter(space=space))
            .select_related("by__staff", "by__unit", "item")
            .order_by("answered_at")
        ),
        numbers=tuple(sight.visible(ReferralNumber.objects.filter(space=space)).exclude(sealed="")),
        bases=tuple(sharing.bases(actor, space)),
        is_mine=found.from_unit_id == actor.unit_id,
        is_received=is_received and found.sent_at is not None,
    )


def _people(space: UUID) -> "QuerySet[ReferralPerson]":
    return sight.visible(ReferralPerson.objects.filter(space=space)).order_by("-is_in_focus", "born", "pk")


def parts_before(actor: Actor, space: UUID) -> list[ReferralPart]:
    """All words that ever stood in a referral, newest first, as far as the actor sees them. One query."""
    return list(sight.visible(ReferralPart.objects.filter(space=space)).order_by("-pk"))


def has_referral(actor: Actor, space: UUID) -> bool:
    """Is there a referral here that the actor sees? One query."""
    return visible_referrals(actor).filter(space=space).first() is not None


def number_of(sheet: Sheet, subject: UUID) -> str:
    """The CPR number that was sent along, or nothing."""
    for row in sheet.numbers:
        if row.subject_id == subject:
            return ciphers.unseal(row.sealed, NUMBER)
    return ""


# --- lists -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One referral on a list: whose turn it is, and for how many days."""

    space: UUID
    stage: Stage
    names: tuple[str, ...]
    model: str
    from_unit: str
    to_unit: str
    since: date
    days: int
    waits_for_me: bool
    is_received: bool


@dataclass(frozen=True, slots=True)
class ReferralRows:
    """What waits for the actor, what waits for others, and what is settled; oldest first."""

    mine: tuple[ReferralRow, ...]
    others: tuple[ReferralRow, ...]
    settled: tuple[ReferralRow, ...]


def referral_rows(actor: Actor, today: date) -> ReferralRows:
    """The referrals the actor has sent or writes, and those in the inbox of the own unit. Ten queries."""
    if not (actor.holds(Permission.REFERRAL_SEND) or actor.holds(Permission.REFERRAL_RECEIVE)):
        return ReferralRows((), (), ())
    rows = [*sent_rows(actor, today), *inbox_rows(actor, today)]
    rows.sort(key=lambda row: (row.since, str(row.space)))
    is_open = {Stage.DRAFT, *rules.OPEN}
    return ReferralRows(
        mine=tuple(row for row in rows if row.stage in is_open and row.waits_for_me),
        others=tuple(row for row in rows if row.stage in is_open and not row.waits_for_me),
        settled=tuple(row for row in rows if row.stage not in is_open),
    )


def sent_rows(actor: Actor, today: date) -> list[ReferralRow]:
    """What the actor writes or has sent, longest waiting first. Three queries."""
    if actor.membership_id is None:
        return []
    found = visible_referrals(actor).filter(sender=actor.membership_id)
    return _rows(list(_with_state(found)[:MOST_ROWS]), today, is_received=False)


def inbox_rows(actor: Actor, today: date) -> list[ReferralRow]:
    """What waits in the inbox of the actor's unit, longest waiting first. Five queries at most."""
    spaces = access.inboxes(actor)
    if not spaces:
        return []
    found = visible_referrals(actor).filter(space__in=list(spaces), sent_at__isnull=False)
    return _rows(list(_with_state(found)[:MOST_ROWS]), today, is_received=True)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A referral that waits for the actor: received and to be answered, or sent and asked about."""

    space: UUID
    version: UUID
    name: str
    """Of the person it starts from: about that one the log says who looked."""
    other: str
    """The unit on the other side."""
    since: date
    is_received: bool


def referrals_waiting(actor: Actor) -> list[Waiting]:
    """The referrals that the actor's unit has to answer, or the actor is asked about: for the worklist.

    The longest waiting first. One query, however many.
    """
    if not may_answer(actor):
        return []
    here = {"space": OuterRef("space")}
    answers = _asked_along(ReferralAnswer.objects.filter(**here)).order_by("-answered_at")
    parts = _asked_along(ReferralPart.objects.filter(**here)).order_by("-written_at")
    first = _asked_along(ReferralPerson.objects.filter(**here, subject=OuterRef("subject")))
    found = visible_referrals(actor).filter(
        Q(to_unit=actor.unit_id) | Q(sender=actor.membership_id), sent_at__isnull=False, withdrawn_at=None
    )
    rows = found.annotate(
        answer=Subquery(answers.values("kind")[:1]),
        answered_at=Subquery(answers.values("answered_at")[:1]),
        written_at=Subquery(parts.values("written_at")[:1]),
        called=Subquery(first.values("name")[:1]),
    ).filter(Q(answer=None) | Q(answer=ReferralAnswer.Kind.MORE))
    waiting = [one for row in rows.order_by("sent_at", "pk")[:MOST_ROWS] if (one := _waiting(row, actor))]
    return sorted(waiting, key=lambda one: (one.since, str(one.space)))


def may_answer(actor: Actor) -> bool:
    """Does the actor's role have to do with referrals at all?"""
    return actor.holds(Permission.REFERRAL_RECEIVE) or actor.holds(Permission.REFERRAL_SEND)


WAITS = "referrals that wait"
"""What the log says of asking for them."""


def _asked_along(rows: QuerySet[Row]) -> QuerySet[Row]:
    return sight.visible(rows, criterion=WAITS)


def _waiting(row: Any, actor: Actor) -> Waiting | None:
    """Whose turn it is: the receiver's until it asks for more, then the sender's until something is added."""
    is_amended = bool(row.answered_at and row.written_at and row.written_at > row.answered_at)
    is_theirs = row.answer is None or is_amended
    is_received = row.to_unit_id == actor.unit_id
    if is_received is not is_theirs:
        return None
    moment = (row.written_at if is_amended else row.sent_at) if is_received else row.answered_at
    other = row.from_unit if is_received else row.to_unit
    return Waiting(
        row.space_id, row.version_id, row.called or "", unit_name(other), day_of(moment), is_received
    )


def _with_state(found: "QuerySet[Referral]") -> "QuerySet[Referral]":
    return found.order_by("sent_at", "pk")


def _rows(found: Sequence[Referral], today: date, *, is_received: bool) -> list[ReferralRow]:
    spaces = [row.space_id for row in found]
    names: dict[UUID, list[str]] = {}
    answers: dict[UUID, list[ReferralAnswer]] = {}
    amended: dict[UUID, datetime] = {}
    if spaces:
        for person in sight.visible(ReferralPerson.objects.filter(space__in=spaces, is_included=True)):
            names.setdefault(person.space_id, []).append(person.name)
        for answer in sight.visible(ReferralAnswer.objects.filter(space__in=spaces)):
            answers.setdefault(answer.space_id, []).append(answer)
        for part in sight.visible(ReferralPart.objects.filter(space__in=spaces)).order_by("written_at"):
            amended[part.space_id] = part.written_at
    return [
        _row(one, names.get(one.space_id, []), answers.get(one.space_id, []), amended, today, is_received)
        for one in found
    ]


def _row(
    one: Referral,
    names: Sequence[str],
    answers: Sequence[ReferralAnswer],
    amended: dict[UUID, datetime],
    today: date,
    is_received: bool,  # noqa: FBT001
) -> ReferralRow:
    later = amended.get(one.space_id)
    stage = rules.stage_of(
        sent_at=one.sent_at,
        withdrawn_at=one.withdrawn_at,
        answers=answers,
        amended_at=later if later and one.sent_at and later > one.sent_at else None,
    )
    moments = [one.withdrawn_at, *(answer.answered_at for answer in answers)]
    moment = max((m for m in moments if m), default=one.sent_at)
    waits_since = one.sent_at if stage is Stage.WAITING else moment
    since = day_of(waits_since) if waits_since else one.begun_on
    mine = stage is Stage.WAITING if is_received else stage in {Stage.DRAFT, Stage.ASKED}
    return ReferralRow(
        space=one.space_id,
        stage=stage,
        names=tuple(names),
        model=programmes.definition(one.version_id).title.da,
        from_unit=unit_name(one.from_unit),
        to_unit=unit_name(one.to_unit) if one.to_unit else "",
        since=since,
        days=(today - since).days,
        waits_for_me=mine,
        is_received=is_received,
    )


def unit_name(unit: Unit) -> str:
    return f"{unit.name}, {unit.authority.name}"


# --- beginning and accepting -----------------------------------------------------------------------------


def own_record(actor: Actor, subject: UUID) -> PersonRecord | None:
    """The record that the own unit keeps of a person. One query."""
    return families.person_records(actor).filter(subject=subject, item__owner_unit=actor.unit_id).first()


def own_family(actor: Actor, subject: UUID) -> list[PersonRecord]:
    """The people around a person whose records the own unit keeps. Three queries."""
    return [
        record
        for record in families.family_of(actor, subject).people
        if record.item.owner_unit_id == actor.unit_id
    ]


def receivers(actor: Actor, text: str, today: date) -> list[Unit]:
    """Units that a referral may be sent to: by name of unit or organisation. One query."""

    words = text.strip()
    if not words:
        return []
    near = Q(name__icontains=words) | Q(authority__name__icontains=words)
    units = Unit.objects.filter(near, is_sharing_unit=True, starts__lte=today, ends__gt=today)
    if actor.unit_id:
        units = units.exclude(pk=actor.unit_id)
    found = units.select_related("authority").distinct()
    return list(found.order_by("authority__name", "name")[: sharing.MOST_RECEIVERS])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record of one's own that may be the person of the referral."""

    subject: UUID
    name: str
    born: date | None
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Recognised:
    """Somebody of a referral, and who of one's own it may be."""

    person: ReferralPerson
    candidates: tuple[Candidate, ...]


def recognised(actor: Actor, sheet: Sheet) -> list[Recognised]:
    """For each person, the own records it may be: by CPR number, else by name and birth date."""
    return [
        Recognised(one, tuple(_candidates(actor, one, number_of(sheet, one.subject_id))))
        for one in sheet.included
    ]


def _candidates(actor: Actor, person: ReferralPerson, number: str) -> list[Candidate]:
    known = families.look_alikes(actor, Particulars(person.name, person.born), number)
    if known.certain is not None:
        return [_candidate(known.certain, is_certain=True)]
    near = list(known.perhaps)
    if number or person.born is None:
        hits = [hit.record for hit in families.search_persons(actor, person.name)]
        near += [one for one in hits if person.born is None or one.born in (None, person.born)]
    return [_candidate(one, is_certain=False) for one in {one.subject_id: one for one in near}.values()]


def _candidate(record: PersonRecord, *, is_certain: bool) -> Candidate:
    return Candidate(record.subject_id, record.name, record.born, is_certain)


def colleagues(actor: Actor, today: date) -> list[Membership]:
    """Colleagues of the own unit who may coordinate. One query."""
    from samspil.foundation.kernel.roles import ROLES, RoleKey

    return [
        post
        for post in sharing.colleagues(actor, today)
        if Permission.COURSE_STEER in ROLES[RoleKey(post.role)].permissions
    ]


def names_by_subject(people: Collection[ReferralPerson]) -> dict[UUID, str]:
    return {person.subject_id: person.name for person in people}
