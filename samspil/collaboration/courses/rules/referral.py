"""What must be true of a referral: before it is sent, and when it is answered. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.models import EligibilityAnswer, ReferralAnswer, ReferralPart
from samspil.collaboration.programmes import engine, vocabulary
from samspil.collaboration.programmes.engine.facts import fact
from samspil.collaboration.programmes.language import Programme, Role
from samspil.collaboration.programmes.language.target import Node
from samspil.collaboration.programmes.language.when import add_months, shift
from samspil.collaboration.sharing.models import Basis
from samspil.foundation.kernel.decisions import YES, Decision, no
from samspil.foundation.kernel.sharing import Category, Purpose

NEEDED = Category.IDENTITY | Category.EVERYDAY
"""What every person of a referral must be shared for, so that anybody can answer it."""
MOST_PARTS = 20
LONGEST = 8000


class Stage(StrEnum):
    """Where a referral stands, and whose turn it is."""

    DRAFT = "draft"
    WAITING = "waiting"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({Stage.WAITING, Stage.ASKED})


def stage_of(
    *,
    sent_at: datetime | None,
    withdrawn_at: datetime | None,
    answers: Iterable[ReferralAnswer],
    amended_at: datetime | None,
) -> Stage:
    """Where it stands, by its dates and its answers."""
    if withdrawn_at is not None:
        return Stage.WITHDRAWN
    if sent_at is None:
        return Stage.DRAFT
    newest = max(answers, key=lambda answer: answer.answered_at, default=None)
    if newest is None:
        return Stage.WAITING
    if newest.kind == ReferralAnswer.Kind.ACCEPTED:
        return Stage.ACCEPTED
    if newest.kind == ReferralAnswer.Kind.DECLINED:
        return Stage.DECLINED
    return Stage.WAITING if amended_at and amended_at > newest.answered_at else Stage.ASKED


@dataclass(frozen=True, slots=True)
class Included:
    """Somebody of the family, as far as the rules of a referral are concerned."""

    subject: UUID
    name: str
    role: str
    is_in_focus: bool
    born: date | None = None


def sector_of(authority_kind: str) -> str:
    """The sector of the model that an organisation belongs to."""
    return authority_kind if authority_kind in ("region", "municipality") else "other"


def family_roles(programme: Programme) -> list[Role]:
    """The roles of the model that people of the family have."""
    return [role for role in programme.roles if role.sector == "family"]


def coordinating_roles(programme: Programme, sector: str) -> list[Role]:
    """The roles in which a sector coordinates by the model; where it has none, its professionals' roles."""
    own = _professionals(programme, sector)
    return [role for role in own if role.coordinator] or own


def sending_roles(programme: Programme, sector: str, receiving: str) -> list[Role]:
    """The roles in which the sender takes part once it is accepted.

    Two units of one sector do not both coordinate: the sender keeps the role the coordination passes on
    from, where that is another than the one it passes to, or has one of the sector's other roles.
    """
    if sector != receiving:
        return coordinating_roles(programme, sector)
    own = [role for role in _professionals(programme, sector) if role.key != programme.baton.passes_to]
    return sorted(own, key=lambda role: not role.coordinator)


def _professionals(programme: Programme, sector: str) -> list[Role]:
    return [role for role in programme.roles if role.sector == sector and not role.aggregates_only]


def passes_to(programme: Programme, sector: str) -> bool:
    """Does the model hand the coordination to this sector when it says yes?"""
    return any(role.key == programme.baton.passes_to and role.sector == sector for role in programme.roles)


def ready_people(programme: Programme, people: Sequence[Included], *, first: UUID) -> Decision:
    """The one it starts from is there, everybody has a role in the family, and the model's are all filled."""
    if first not in {person.subject for person in people if person.is_in_focus}:
        return no(_("The person it starts from is part of it, and it is about that person."))
    roles = {role.key: role for role in family_roles(programme)}
    if len({person.subject for person in people}) < len(people):
        return no(_("The same person stands there twice."))
    if any(person.role not in roles for person in people):
        return no(_("Choose for each person what they are in the family."))
    for role in roles.values():
        if sum(person.role == role.key for person in people) < role.min:
            return no(_("The model asks for at least %(min)d: %(role)s."), min=role.min, role=role.title.da)
    return YES


def ready_part(text: str, subjects: Collection[UUID], included: Collection[UUID], *, count: int) -> Decision:
    """Is this something that may stand in a referral?"""
    if len(text) > LONGEST:
        return no(_("Write at most %(most)d characters."), most=LONGEST)
    if text.strip() and (not subjects or not set(subjects) <= set(included)):
        return no(_("Say whom it is about: one or more of those in the referral."))
    if count > MOST_PARTS:
        return no(_("A referral has at most %(most)d parts."), most=MOST_PARTS)
    return YES


# --- the target group ------------------------------------------------------------------------------------


def category_of(node: Node) -> Category:
    """What an answer to a criterion tells: where a fact decides, what that fact tells."""
    if node.recent is not None:
        return vocabulary.KINDS[node.recent.fact].category
    return Category[node.category.upper()]


def about(node: Node, people: Sequence[Included]) -> list[UUID]:
    """Whom an answer to a criterion is about: the people in that role, else those in focus."""
    named = [person.subject for person in people if node.about and person.role == node.about]
    return named or [person.subject for person in people if person.is_in_focus]


def ready_answer(
    answer: str, *, ongoing: bool, first: date | None, last: date | None, today: date
) -> Decision:
    """Can the dates of a treatment be so?"""
    if (first is None) != (last is None):
        return no(_("Write both days between which it ended, or none of them."))
    if first is not None and last is not None:
        if ongoing:
            return no(_("A treatment that goes on has not ended. Remove one of the two."))
        if first > last:
            return no(_("The first day lies after the last."))
        if last > today:
            return no(_("What has not happened yet cannot be noted."))
        if first.year < today.year - 60:
            return no(_("This date cannot be right."))
    return YES


def limit_of(node: Node, today: date) -> date | None:
    """The first day that still counts, where a criterion looks back."""
    return add_months(today, -shift(node.recent.within).months) if node.recent else None


def judged(
    programme: Programme,
    people: Sequence[Included],
    answers: Mapping[str, EligibilityAnswer],
    today: date,
) -> engine.Eligibility:
    """The target group, by the engine: people and dates first, answers where those leave it open."""
    members = [engine.Person(str(one.subject), one.born, frozenset({one.role})) for one in people]
    said = {key: answer.answer for key, answer in answers.items()}
    facts = []
    for node in programme.target_group.criteria.criteria():
        found = answers.get(str(node.key))
        if node.recent is not None and found is not None and (found.is_ongoing or found.ended_to):
            facts.append(_treatment(node, found, about(node, people), today))
    return engine.eligibility(programme, members, facts, today, said)


def _treatment(node: Node, answer: EligibilityAnswer, whom: Sequence[UUID], today: date) -> engine.Fact:
    """A treatment as a fact. Where the limit lies inside the days it may have ended on, no end is known."""
    assert node.recent is not None  # noqa: S101  asked by the caller
    attributes: dict[str, object] = {"person": str(whom[0])} if whom else {}
    if answer.is_ongoing:
        attributes[node.recent.ongoing] = True
    elif (ended := ended_on(node, answer, today)) is not None:
        attributes[node.recent.ended] = ended.isoformat()
    return fact(node.recent.fact, today, id=str(node.key), attributes=attributes)


def ended_on(node: Node, answer: EligibilityAnswer, today: date) -> date | None:
    """The day that decides: the only one, or one of those it may have been where all fall on one side."""
    first, last, limit = answer.ended_from, answer.ended_to, limit_of(node, today)
    if first is None or last is None or limit is None:
        return None
    if first == last or first >= limit:
        return first
    return last if last < limit else None


# --- consents --------------------------------------------------------------------------------------------


def covered(
    bases: Iterable[Basis], subject: UUID, *, giver: UUID, unit: UUID, authority: UUID, today: date
) -> Category:
    """For what a person is shared with a unit for the collaboration, by bases of the giver in force today."""
    found = Category(0)
    for basis in bases:
        to_them = basis.receiver_unit_id == unit or basis.receiver_authority_id == authority
        in_force = basis.state == Basis.State.GIVEN and basis.starts <= today < basis.ends
        for_work = basis.purpose == Purpose.COORDINATION and basis.relation is not None
        if basis.subject_id == subject and basis.unit_id == giver and to_them and in_force and for_work:
            found |= Category(basis.category)
    return found


# --- ready? ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Complete:
    """What is known of a draft when it is to be sent."""

    stage: Stage
    people: Decision
    has_wish: bool
    result: engine.Answer
    has_reason: bool
    not_covered: tuple[str, ...]
    has_receiver: bool
    has_contact: bool


def ready_to_send(known: Complete) -> Decision:
    """May it go? In the order of the task list, the first thing that is missing."""
    if known.stage != Stage.DRAFT:
        return no(_("It has been sent already."))
    if not known.people:
        return known.people
    if not known.has_wish:
        return no(_("Write what the family itself wishes. Their words come first."))
    if known.result != engine.Answer.YES and not known.has_reason:
        return no(_("The target group is not clear. Answer the rest, or write why you refer all the same."))
    if known.not_covered:
        names = ", ".join(known.not_covered)
        return no(
            _("There is no consent or legal basis yet for name and everyday life about: %(names)s."),
            names=names,
        )
    if not known.has_receiver:
        return no(_("Choose who receives the referral."))
    if not known.has_contact:
        return no(_("Say whom the receiver can call."))
    return YES


def ready_to_amend(stage: Stage) -> Decision:
    """Something is added while nobody has said yes or no."""
    if stage == Stage.DRAFT:
        return no(_("It has not been sent yet. Write it in the referral itself."))
    return YES if stage in OPEN else no(_("The referral has been answered or withdrawn."))


def ready_to_withdraw(stage: Stage) -> Decision:
    """Withdrawn is what nobody has answered."""
    if stage in OPEN or stage == Stage.DRAFT:
        return YES
    return no(_("The referral has been answered or withdrawn."))


def ready_to_answer(stage: Stage | None, text: str = "", *, needs_text: bool = True) -> Decision:
    """One answers what waits, and says why."""
    if stage not in OPEN:
        return no(_("Somebody else has answered this referral in the meantime, or it was withdrawn."))
    if needs_text and not text.strip():
        return no(_("Write why, so that the sender can act on it."))
    return YES


def each_once(own: Collection[UUID], people: Collection[UUID], asked: Collection[UUID]) -> Decision:
    """Everybody of the referral is recognised or written down, and nobody of one's own is chosen twice."""
    if len(set(own)) < len(own):
        return no(_("The same record of yours is chosen for two people."))
    if set(asked) != set(people):
        return no(_("Choose for each person: the same as one of yours, or new."))
    return YES


def current(parts: Iterable[ReferralPart], kind: str) -> list[ReferralPart]:
    """The words that stand, of one kind, in the order they were written."""
    return sorted((part for part in parts if part.kind == kind), key=lambda part: part.written_at)
