"""The receiver answers a referral: asks for more, says no with the reason, or opens the course."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses import rules as courses
from samspil.collaboration.courses.actions.facts import frame_of, note_fact, write_fact_and_due
from samspil.collaboration.courses.actions.opening import say_who_coordinates, write_course
from samspil.collaboration.courses.actions.team import accept_role, named_for, unit_of, write_part
from samspil.collaboration.courses.models import Course, Participant, ReferralAnswer, ReferralPart
from samspil.collaboration.courses.queries import referral as queries
from samspil.collaboration.courses.queries.referral import Sheet
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.courses.rules import referral as rules
from samspil.collaboration.families import actions as families
from samspil.collaboration.families import queries as known
from samspil.collaboration.families.rules.people import Particulars
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.sharing import actions as sharing
from samspil.collaboration.sharing import queries as bases
from samspil.collaboration.sharing.models import Basis, Way
from samspil.collaboration.sharing.rules import each, key_of
from samspil.foundation.access import actions as access
from samspil.foundation.access import queries as relations
from samspil.foundation.audit import log
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed, require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import Category, Purpose, Relation, RelationKind
from samspil.foundation.organisations.models import Membership
from samspil.foundation.organisations.queries import own_authority


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How a referral is accepted: who each person is, and who coordinates in which role of the model."""

    own: Mapping[UUID, UUID | None]
    """For each person of the referral the own record's subject; None: somebody new."""
    coordinator: UUID
    """The membership of a colleague of the own unit, or one's own."""
    role: str
    sender_role: str


@transaction.atomic
def answer_referral(
    *, actor: Actor, space: UUID, kind: ReferralAnswer.Kind, text: str, today: date
) -> ReferralAnswer:
    """Ask for more, or say no with the reason. The sender reads it; a no ends what the receiver sees.

    Raises NotAllowed where it lies in no inbox of the actor's, Refused where it is answered or has no reason.
    """
    sheet, inbox = _received(actor, space)
    rules.ready_to_answer(sheet.stage, text).or_refuse()
    _share_back(actor, space, today)
    answer = _write_answer(actor, sheet, kind, text)
    people = [person.subject_id for person in sheet.included]
    _sign(actor, f"referral.{_WORDS[kind]}", space, people, Category.EVERYDAY)
    if kind == ReferralAnswer.Kind.DECLINED:
        access.end(actor=actor, relation=inbox, on=today)
    return answer


@transaction.atomic
def accept_referral(
    *,
    actor: Actor,
    space: UUID,
    acceptance: Acceptance,
    today: date,
    opened_on: date | None = None,
    made_up_allowed: bool = False,
) -> Course:
    """Recognise the people, share back, join the team, open the course in the same space.

    All of it or nothing; of two who accept at once, one does. Who accepts for a colleague leaves the team
    again. Raises NotAllowed, and Refused with the reason.
    """
    sheet, inbox = _received(actor, space)
    rules.ready_to_answer(sheet.stage, needs_text=False).or_refuse()
    people = [person.subject_id for person in sheet.included]
    chosen = [own for own in acceptance.own.values() if own is not None]
    rules.each_once(chosen, people, list(acceptance.own)).or_refuse()
    named = _named(actor, sheet, acceptance, today)
    for person in sheet.included:
        _recognise(actor, sheet, person.subject_id, acceptance, today=today, made_up_allowed=made_up_allowed)
    shared = _share_back(actor, space, today)
    opened = opened_on or today
    newcomers = [
        Newcomer(one.subject_id, one.born, (one.role,), one.is_in_focus, one.name) for one in sheet.included
    ]
    courses.ready_to_open(
        sheet.programme,
        newcomers,
        named,
        (),
        unit=unit_of(actor),
        opened_on=opened,
        today=today,
        covered={(row.receiver_unit_id, row.subject_id) for row in shared if row.receiver_unit_id},
    ).or_refuse()
    _join(actor, sheet, acceptance, today)
    version = programmes.version_to_run(actor.authority_id, sheet.referral.version_id, opened)
    course = write_course(actor, space, version, newcomers, opened)
    parts = {one.membership: write_part(space, one, today) for one in named}
    _note_what_is_known(actor, sheet, opened, today)
    _coordinate(actor, sheet, version, acceptance, parts, today)
    _write_answer(actor, sheet, ReferralAnswer.Kind.ACCEPTED, "")
    _sign(actor, "referral.accepted", space, people, Category.IDENTITY)
    access.end(actor=actor, relation=inbox, on=today)
    if acceptance.coordinator != actor.membership_id:
        _leave(actor, space, today)
    return course


_WORDS = {ReferralAnswer.Kind.MORE: "asked", ReferralAnswer.Kind.DECLINED: "declined"}


def _received(actor: Actor, space: UUID) -> tuple[Sheet, UUID]:
    """The referral in the inbox of the own unit, alone at it, and the relation that lets it be seen."""
    require(actor, Permission.REFERRAL_RECEIVE, actor.unit_id)
    access.lock_space(actor=actor, space=space)
    rows = relations.relations(actor, space)
    inbox = next((row for row in rows if _is_own_inbox(actor, row.relation)), None)
    sheet = queries.referral_sheet(actor, space)
    if inbox is None or sheet is None or not sheet.is_received:
        raise Refused(_("Somebody else has answered this referral in the meantime, or it was withdrawn."))
    return sheet, inbox.id


def _is_own_inbox(actor: Actor, relation: Relation) -> bool:
    is_own = relation.kind is RelationKind.INBOX and relation.holder == actor.unit_id
    return is_own and relation.starts <= clock.today() < relation.ends


def _share_back(actor: Actor, space: UUID, today: date) -> list[Basis]:
    """What was shared with the own unit is shared back; all that now is, for the collaboration."""
    for basis in bases.confirmable(actor, space, today):
        sharing.confirm_basis(actor=actor, basis=basis, today=today)
    rows = bases.bases(actor, space).filter(unit=actor.unit_id, purpose=Purpose.COORDINATION.value)
    return [row for row in rows if row.relation and row.state == Basis.State.GIVEN and row.ends > today]


def _write_answer(actor: Actor, sheet: Sheet, kind: ReferralAnswer.Kind, text: str) -> ReferralAnswer:
    """The answer, about those for whom both sides may share it."""
    subjects = [person.subject_id for person in sheet.included if person.is_in_focus]
    assert actor.membership_id is not None  # noqa: S101  the gate has let only staff through
    item = access.new_item(
        actor=actor,
        kind="referral-answer",
        category=Category.EVERYDAY,
        subjects=subjects or [sheet.referral.subject_id],
        space=sheet.space,
    )
    return ReferralAnswer.objects.create(
        item_id=item,
        space_id=sheet.space,
        kind=kind,
        text=text.strip(),
        by_id=actor.membership_id,
        answered_at=clock.now(),
    )


# --- the people ------------------------------------------------------------------------------------------


def _recognise(
    actor: Actor, sheet: Sheet, subject: UUID, acceptance: Acceptance, *, today: date, made_up_allowed: bool
) -> None:
    """Link the own record with the person of the referral; write one where there is none."""
    own = acceptance.own[subject]
    if own is None:
        person = next(one for one in sheet.included if one.subject_id == subject)
        number = queries.number_of(sheet, subject)
        if number and known.subject_with(actor, number) is not None:
            raise Refused(
                _("Your organisation has a record with the CPR number of %(name)s. Choose that record.")
                % {"name": person.name}
            )
        own = families.register_person(
            actor=actor,
            particulars=Particulars(person.name, person.born, is_unborn=False),
            civil_number=number,
            made_up_allowed=made_up_allowed,
            despite_likeness=True,
            today=today,
        ).subject_id
    elif queries.own_record(actor, own) is None:
        raise Refused(_("Your unit keeps no such record. Load the page again."))
    if own == subject or subject in relations.united_with(own):
        return
    try:
        access.unite(actor=actor, own=own, other=subject)
    except NotAllowed as refusal:
        raise Refused(str(refusal)) from refusal


# --- the team --------------------------------------------------------------------------------------------


def _named(actor: Actor, sheet: Sheet, acceptance: Acceptance, today: date) -> list[courses.Named]:
    """Who coordinates here and there, in roles of the model that fit their sectors. Raises Refused."""
    if acceptance.coordinator not in {post.pk for post in queries.colleagues(actor, today)}:
        raise Refused(_("Choose a colleague of your own unit who can coordinate."))
    here = rules.sector_of(own_authority(actor).kind)
    there = rules.sector_of(sheet.referral.from_unit.authority.kind)
    for role, fitting in (
        (acceptance.role, rules.coordinating_roles(sheet.programme, here)),
        (acceptance.sender_role, rules.sending_roles(sheet.programme, there, here)),
    ):
        if role not in {one.key for one in fitting}:
            raise Refused(_("The model has no such role in this sector."))
    if acceptance.role == acceptance.sender_role:
        raise Refused(_("The two sides have a role each."))
    roles = {acceptance.coordinator: acceptance.role, sheet.referral.sender_id: acceptance.sender_role}
    return named_for(actor, roles)


def _join(actor: Actor, sheet: Sheet, acceptance: Acceptance, today: date) -> None:
    """The one who accepts and the one who coordinates stand in the team from now on."""
    offered = sheet.referral.offers_baton
    inbox = relations.inboxes(actor)[sheet.space].categories
    posts = Membership.objects.in_bulk({acceptance.coordinator, actor.membership_id} - {None})
    for membership, post in posts.items():
        coordinates = offered and membership == acceptance.coordinator
        categories = ROLES[RoleKey(post.role)].categories & inbox
        access.join_team(
            actor=actor,
            space=sheet.space,
            membership=membership,
            categories=categories,
            coordinates=coordinates,
        )


def _leave(actor: Actor, space: UUID, today: date) -> None:
    for row in relations.relations(actor, space):
        one = row.relation
        if one.kind is RelationKind.TEAM and one.holder == actor.membership_id and one.ends > today:
            access.end(actor=actor, relation=row.id, on=today)


def _coordinate(
    actor: Actor,
    sheet: Sheet,
    version: UUID,
    acceptance: Acceptance,
    parts: Mapping[UUID, Participant],
    today: date,
) -> None:
    """Whoever has the model's coordinating role is named; one who names oneself has said yes."""
    say_who_coordinates(actor, sheet.space, version, parts.values(), today)
    if acceptance.coordinator == actor.membership_id:
        if sheet.referral.offers_baton:
            access.take_baton(actor=actor, space=sheet.space)
        accept_role(actor=actor, participant=parts[acceptance.coordinator], today=today)


# --- what is known from the start ------------------------------------------------------------------------


def _note_what_is_known(actor: Actor, sheet: Sheet, opened: date, today: date) -> None:
    """The facts that follow from the referral, each on its day."""
    space, sent_at = sheet.space, sheet.referral.sent_at
    assert sent_at is not None  # noqa: S101  it has been received
    sent, referral = day_of(sent_at), str(sheet.referral.pk)
    theirs = rules.sector_of(sheet.referral.from_unit.authority.kind)
    ours = rules.sector_of(own_authority(actor).kind)
    write_fact_and_due(actor, frame_of(space), courses.OPENED, opened, {"started_by": theirs}, today=today)
    _fact(actor, space, "referral.sent", sent, today, referral=referral, from_sector=theirs)
    _fact(actor, space, "referral.accepted", today, today, referral=referral, by_sector=ours)
    if sheet.referral.result:
        _fact(actor, space, "eligibility.checked", sent, today, result=sheet.referral.result)
    _note_treatments(actor, sheet, sent, today)
    for part in rules.current(sheet.standing, ReferralPart.Kind.WISH):
        people = [str(subject) for subject in part.item.subjects]
        _fact(actor, space, "need.stated", sent, today, people=people, document=str(part.pk))
    _note_consents(actor, sheet, today)


def _note_treatments(actor: Actor, sheet: Sheet, sent: date, today: date) -> None:
    for node in sheet.programme.target_group.criteria.criteria():
        check = sheet.checks.get(str(node.key))
        if node.recent is None or check is None or not (check.is_ongoing or check.ended_to):
            continue
        for subject in check.item.subjects:
            attributes: dict[str, object] = {"person": str(subject)}
            if check.is_ongoing:
                attributes[node.recent.ongoing] = True
            elif ended := rules.ended_on(node, check, sent):
                attributes[node.recent.ended] = ended.isoformat()
            _fact(actor, sheet.space, node.recent.fact, sent, today, **attributes)


def _note_consents(actor: Actor, sheet: Sheet, today: date) -> None:
    """One for each agreement in which somebody said yes for themselves."""
    yes: dict[tuple[UUID, UUID], list[Basis]] = {}
    for basis in sheet.bases:
        is_theirs = basis.unit_id == sheet.referral.from_unit_id and basis.relation is not None
        if is_theirs and basis.way != Way.STATUTE and basis.subject_id in basis.said_by:
            yes.setdefault((basis.subject_id, basis.agreement), []).append(basis)
    for (subject, agreement), rows in yes.items():
        first = rows[0]
        categories = Category(0)
        for row in rows:
            categories |= Category(row.category)
        _fact(
            actor,
            sheet.space,
            "consent.given",
            first.said_on or today,
            today,
            person=str(subject),
            receiver=str(first.receiver_unit_id or first.receiver_authority_id),
            categories=",".join(key_of(one) for one in each(categories)),
            purpose=first.purpose,
            consent=str(agreement),
            expires_on=min(row.ends for row in rows).isoformat(),
        )


def _fact(actor: Actor, space: UUID, kind: str, on: date, today: date, **attributes: object) -> None:
    note_fact(actor=actor, space=space, kind=kind, on=on, today=today, attributes=attributes)


def _sign(actor: Actor, act: str, space: UUID, subjects: Collection[UUID], categories: Category) -> None:
    assert actor.authority_id is not None  # noqa: S101  the gate has let only staff through
    shown: Sequence[log.Shown] = [log.Shown(one, actor.authority_id, categories) for one in subjects]
    log.record(actor=actor, act=act, shown=shown, space=space)
