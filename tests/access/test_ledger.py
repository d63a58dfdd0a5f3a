"""Who may give which relation, how wide and how long; and who may end it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from samspil.foundation.access import actions, queries
from samspil.foundation.access.models import Item, Ledger
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose, Relation, RelationKind
from samspil.foundation.organisations.models import Authority, Unit
from tests.factories.access import (
    a_citizen,
    a_coordinator,
    a_leader,
    a_relation,
    a_space,
    a_stranger,
    a_subject,
    a_team_member,
    acting,
    an_actor,
    an_item,
)
from tests.factories.organisations import a_unit
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db

K, H = RelationKind, HolderKind
TODAY = clock.today()
EVERYDAY = Category.EVERYDAY


class Course:
    """Anna coordinates a space of her unit, with something written about a child."""

    def __init__(self) -> None:
        self.anna = an_actor()
        self.child, self.space = a_subject(self.anna), a_space(self.anna)
        self.item = an_item(self.anna, self.child, space=self.space)

    @property
    def unit(self) -> Unit:
        with as_owner():
            return Unit.objects.select_related("authority").get(pk=self.anna.unit_id)

    def team(self, holder: Actor, categories: Category = EVERYDAY, **fields: Any) -> Relation:
        assert holder.membership_id
        return Relation(H.MEMBERSHIP, holder.membership_id, K.TEAM, categories, space=self.space, **fields)

    def consent(self, holder: UUID, categories: Category = EVERYDAY, **fields: Any) -> Relation:
        given: dict[str, Any] = {"subject": self.child, "space": self.space, "purpose": Purpose.COORDINATION}
        return Relation(H.UNIT, holder, K.CONSENT, categories, **{**given, **fields})


@pytest.fixture
def course(db: None) -> Course:
    return Course()


def give(actor: Actor, relation: Relation, **more: Any) -> UUID:
    with acting(actor):
        return actions.grant(actor=actor, relation=relation, **more)


def refused(actor: Actor, relation: Relation, **more: Any) -> None:
    with pytest.raises(NotAllowed) as no, acting(actor):
        actions.grant(actor=actor, relation=relation, **more)
    assert str(no.value)


def sees(actor: Actor, item: UUID) -> bool:
    with acting(actor):
        return bool(Item.objects.filter(pk=item))


def row(pk: UUID) -> Ledger:
    with as_owner():
        return Ledger.objects.get(pk=pk)


class TestTeam:
    def test_the_coordinator_and_the_leader_choose_it(self, course: Course) -> None:
        bo, eva = an_actor(unit=course.unit), an_actor(unit=course.unit)
        assert not sees(bo, course.item)

        give(course.anna, course.team(bo))
        give(a_leader(of=course.space), course.team(eva))

        assert sees(bo, course.item)
        assert sees(eva, course.item)

    def test_a_member_does_not_and_a_stranger_does_not(self, course: Course) -> None:
        refused(a_team_member(of=course.space), course.team(an_actor(unit=course.unit)))
        refused(a_stranger(), course.team(a_stranger()))

    def test_the_leader_of_another_unit_does_not(self, course: Course) -> None:
        with as_owner():
            beside = a_unit(course.unit.authority)
        leader = an_actor(RoleKey.LEADER, unit=beside)
        a_relation(leader, K.LEADER, categories=ROLES[RoleKey.LEADER].categories)

        refused(leader, course.team(an_actor(unit=beside)))

    def test_nothing_beyond_the_role_of_the_colleague(self, course: Course) -> None:
        with as_owner():
            school = a_unit(course.unit.authority)
        teacher = an_actor(RoleKey.SCHOOL_CONTACT, unit=school)

        refused(course.anna, course.team(teacher, Category.HEALTH))
        give(course.anna, course.team(teacher, Category.SCHOOL))

    def test_nobody_widens_the_own_relation(self, course: Course) -> None:
        narrow = a_team_member(of=course.space, categories=EVERYDAY)
        with acting(course.anna):
            actions.offer_baton(actor=course.anna, space=course.space, to=narrow.membership_id)
        with acting(narrow):
            actions.take_baton(actor=narrow, space=course.space)

        refused(narrow, course.team(narrow, EVERYDAY | Category.HEALTH))

    def test_it_never_begins_in_the_past(self, course: Course) -> None:
        given = give(course.anna, course.team(an_actor(unit=course.unit), starts=date(2020, 1, 1)))

        assert row(given).starts == TODAY


class TestLeader:
    def test_only_an_administrator_of_the_same_organisation(self, course: Course) -> None:
        leader = an_actor(RoleKey.LEADER, unit=course.unit)
        relation = Relation(H.MEMBERSHIP, leader.membership_id, K.LEADER, EVERYDAY)  # type: ignore[arg-type]

        refused(leader, relation)
        refused(course.anna, relation)
        refused(an_actor(RoleKey.ADMINISTRATOR), relation)
        give(an_actor(RoleKey.ADMINISTRATOR, unit=course.unit), relation)
        assert sees(leader, course.item)

    def test_only_who_has_the_role(self, course: Course) -> None:
        bo = an_actor(unit=course.unit)
        administrator = an_actor(RoleKey.ADMINISTRATOR, unit=course.unit)

        refused(administrator, Relation(H.MEMBERSHIP, bo.membership_id, K.LEADER, EVERYDAY))  # type: ignore[arg-type]

    def test_a_leader_above_sees_below_and_not_beside(self, course: Course) -> None:
        with as_owner():
            top = a_unit(course.unit.authority)
            Unit.objects.filter(pk=course.unit.pk).update(parent=top)
            beside = a_unit(course.unit.authority, parent=top)
        above, next_door = (an_actor(RoleKey.LEADER, unit=unit) for unit in (top, beside))
        for leader in (above, next_door):
            a_relation(leader, K.LEADER, categories=ROLES[RoleKey.LEADER].categories)

        assert sees(above, course.item)
        assert not sees(next_door, course.item)


class TestInbox:
    def relation(self, course: Course, unit: UUID) -> Relation:
        return Relation(H.UNIT, unit, K.INBOX, EVERYDAY, space=course.space)

    def test_the_sender_opens_it_for_those_who_answer_referrals(self, course: Course) -> None:
        receiver = an_actor(RoleKey.CLINICIAN)
        with as_owner():
            teacher = None
            unit = Unit.objects.select_related("authority").get(pk=receiver.unit_id)
        teacher = an_actor(RoleKey.SCHOOL_CONTACT, unit=unit)
        assert receiver.unit_id
        give(course.anna, self.relation(course, receiver.unit_id))
        assert not sees(receiver, course.item), "standing without a basis"

        give(course.anna, course.consent(receiver.unit_id, purpose=Purpose.REFERRAL))

        assert sees(receiver, course.item)
        assert not sees(teacher, course.item)

    def test_a_basis_for_a_referral_opens_nothing_outside_the_inbox(self, course: Course) -> None:
        receiver = a_stranger()
        assert receiver.unit_id
        give(course.anna, course.consent(receiver.unit_id, purpose=Purpose.REFERRAL))
        a_relation(receiver, K.TEAM, space=course.space)

        assert not sees(receiver, course.item)

    def test_the_receiver_does_not_open_it(self, course: Course) -> None:
        receiver = a_stranger()
        assert receiver.unit_id

        refused(receiver, self.relation(course, receiver.unit_id))

    def test_both_sides_end_it(self, course: Course) -> None:
        receiver = a_stranger()
        assert receiver.unit_id
        for who in (course.anna, receiver):
            given = give(course.anna, self.relation(course, receiver.unit_id))
            with acting(who):
                actions.end(actor=who, relation=given, on=TODAY)
            assert row(given).ends == TODAY


class TestBasis:
    def test_a_consent_opens_what_its_giver_owns_and_no_more(self, course: Course) -> None:
        bo = a_stranger()
        a_relation(bo, K.TEAM, space=course.space)
        his = an_item(bo, course.child, space=course.space)
        assert bo.unit_id
        assert course.anna.unit_id
        assert not sees(bo, course.item)

        given = give(course.anna, course.consent(bo.unit_id))
        assert sees(bo, course.item)
        assert row(given).giver_id == course.anna.unit_id

        # The trick: a member of one authority registers a "consent" for its own unit.
        give(bo, course.consent(bo.unit_id))
        give(course.anna, course.consent(course.anna.unit_id))
        assert not sees(course.anna, his)

    def test_an_unreleased_item_is_no_way_into_a_space(self, course: Course) -> None:
        refused(course.anna, course.consent(a_stranger().unit_id, subject=a_subject(a_stranger())))  # type: ignore[arg-type]

    def test_every_subject_needs_one(self, course: Course) -> None:
        mother, bo = a_subject(course.anna), a_stranger()
        a_relation(bo, K.TEAM, space=course.space)
        both = an_item(course.anna, course.child, mother, space=course.space)
        assert bo.unit_id
        give(course.anna, course.consent(bo.unit_id))
        assert not sees(bo, both)

        give(course.anna, course.consent(bo.unit_id, subject=mother))
        assert sees(bo, both)

    def test_only_for_categories_the_giver_holds_through_the_team(self, course: Course) -> None:
        member = a_team_member(of=course.space, categories=EVERYDAY)
        receiver = a_stranger().unit_id
        assert receiver

        refused(member, course.consent(receiver, Category.HEALTH))
        give(member, course.consent(receiver))

    def test_never_by_break_glass_nor_by_a_leader_outside_the_team(self, course: Course) -> None:
        with as_owner():
            unit = course.unit
        hero = an_actor(unit=unit)
        a_relation(hero, K.BREAK_GLASS, space=course.space)
        receiver = a_stranger().unit_id
        assert receiver

        refused(hero, course.consent(receiver))
        refused(a_leader(of=course.space), course.consent(receiver))

    def test_withdrawal_works_on_the_next_request(self, course: Course) -> None:
        bo = a_stranger()
        a_relation(bo, K.TEAM, space=course.space)
        assert bo.unit_id
        given = give(course.anna, course.consent(bo.unit_id))
        assert sees(bo, course.item)

        with acting(course.anna):
            actions.end(actor=course.anna, relation=given, on=TODAY)
        assert not sees(bo, course.item)

    def test_a_citizen_consents_for_the_own_person_and_withdraws(self, course: Course) -> None:
        mia, bo = a_citizen(), a_stranger()
        a_relation(mia, K.OWN_RECORD, holder_kind=H.ACCOUNT, subject=course.child)
        a_relation(bo, K.TEAM, space=course.space)
        other = a_subject(course.anna)
        assert bo.unit_id

        refused(mia, course.consent(bo.unit_id, space=None, subject=other))
        given = give(mia, course.consent(bo.unit_id, space=None))
        assert row(given).giver_id is None
        assert sees(bo, course.item)
        with acting(mia):
            actions.end(actor=mia, relation=given, on=TODAY)
        assert not sees(bo, course.item)


class TestBreakGlass:
    def relation(self, actor: Actor, course: Course, hours: float = 2) -> Relation:
        until = clock.now() + timedelta(hours=hours)
        assert actor.membership_id
        return Relation(
            H.MEMBERSHIP, actor.membership_id, K.BREAK_GLASS, EVERYDAY, space=course.space, until=until
        )

    WHY = "Barnet er fundet på gaden i nat"

    def test_with_a_reason_for_four_hours_at_most(self, course: Course) -> None:
        bo = an_actor(unit=course.unit)

        refused(bo, self.relation(bo, course))
        refused(bo, self.relation(bo, course, hours=5), reason=self.WHY)
        refused(bo, self.relation(course.anna, course), reason=self.WHY)
        give(bo, self.relation(bo, course), reason=self.WHY)
        assert sees(bo, course.item)

    def test_a_second_one_needs_the_leaders_name(self, course: Course) -> None:
        bo = an_actor(unit=course.unit)
        given = give(bo, self.relation(bo, course), reason=self.WHY)
        with acting(bo):
            actions.end(actor=bo, relation=given, on=TODAY)
        assert not sees(bo, course.item)

        refused(bo, self.relation(bo, course), reason=self.WHY)
        refused(bo, self.relation(bo, course), reason=self.WHY, approved_by=bo.membership_id)
        refused(bo, self.relation(bo, course), reason=self.WHY, approved_by=course.anna.membership_id)
        give(
            bo,
            self.relation(bo, course),
            reason=self.WHY,
            approved_by=a_leader(of=course.space).membership_id,
        )
        assert sees(bo, course.item)

    def test_it_opens_no_draft(self, course: Course) -> None:
        draft = an_item(course.anna, course.child, space=course.space, released=False)
        bo = an_actor(unit=course.unit)
        give(bo, self.relation(bo, course), reason=self.WHY)

        assert not sees(bo, draft)
        assert not sees(a_leader(of=course.space), draft)
        assert sees(course.anna, draft)


class TestBlock:
    def test_it_beats_everything(self, course: Course) -> None:
        officer = an_actor(RoleKey.PRIVACY_OFFICER, unit=course.unit)
        own = an_item(course.anna, course.child, space=course.space, released=False)
        assert sees(course.anna, own)
        assert course.anna.membership_id
        block = Relation(H.MEMBERSHIP, course.anna.membership_id, K.BLOCK, EVERYDAY, subject=course.child)

        given = give(officer, block)

        assert not sees(course.anna, own)
        assert not sees(course.anna, course.item)
        with pytest.raises(NotAllowed), acting(course.anna):
            actions.new_item(
                actor=course.anna, kind="note", category=EVERYDAY, subjects=[course.child], space=course.space
            )
        with acting(officer):
            actions.end(actor=officer, relation=given, on=TODAY)
        assert sees(course.anna, course.item)

    def test_only_a_privacy_officer_of_the_authority_sets_it(self, course: Course) -> None:
        assert course.anna.membership_id
        block = Relation(H.MEMBERSHIP, course.anna.membership_id, K.BLOCK, EVERYDAY, subject=course.child)

        refused(an_actor(unit=course.unit), block)
        refused(an_actor(RoleKey.PRIVACY_OFFICER), block)

    def test_custody_in_doubt_is_closed_by_the_own_unit(self, course: Course) -> None:
        father = a_citizen()
        block = Relation(H.ACCOUNT, father.account_id, K.BLOCK, EVERYDAY, subject=course.child)
        refused(course.anna, block)
        a_relation(father, K.CUSTODY, holder_kind=H.ACCOUNT, subject=course.child)

        give(course.anna, block)


class TestCustody:
    def test_it_follows_from_a_tie_of_the_own_unit(self, course: Course) -> None:
        father, fathers = a_citizen(), a_subject(course.anna)
        tie = an_item(course.anna, course.child, fathers, kind="tie", category=Category.IDENTITY)
        relation = Relation(H.ACCOUNT, father.account_id, K.CUSTODY, EVERYDAY, subject=course.child)

        refused(course.anna, relation)
        refused(course.anna, relation, source=course.item)
        refused(a_stranger(), relation, source=tie)
        give(course.anna, relation, source=tie)

    def test_an_own_record_is_given_by_nobody(self, course: Course) -> None:
        assert course.anna.unit_id
        refused(
            course.anna, Relation(H.UNIT, course.anna.unit_id, K.OWN_RECORD, EVERYDAY, subject=course.child)
        )


KINDS: dict[RelationKind, Callable[[Course], tuple[Actor, UUID, dict[str, Any]]]] = {
    K.TEAM: lambda c: (an_actor(unit=c.unit), c.item, {"space": c.space}),
    K.BREAK_GLASS: lambda c: (an_actor(unit=c.unit), c.item, {"space": c.space}),
    K.LEADER: lambda c: (an_actor(RoleKey.LEADER, unit=c.unit), c.item, {}),
}


def _own_record(c: Course) -> tuple[Actor, UUID, dict[str, Any]]:
    bo = an_actor()
    with as_owner():
        subject = Ledger._meta.get_field("subject").related_model.objects.create().pk
    return bo, an_item(bo, subject), {"holder": bo.unit_id, "holder_kind": H.UNIT, "subject": subject}


def _inbox(c: Course) -> tuple[Actor, UUID, dict[str, Any]]:
    bo = an_actor(unit=c.unit)
    return bo, c.item, {"holder": bo.unit_id, "holder_kind": H.UNIT, "space": c.space}


def _basis(c: Course) -> tuple[Actor, UUID, dict[str, Any]]:
    bo = a_stranger()
    a_relation(bo, K.TEAM, space=c.space)
    return bo, c.item, {"holder": bo.unit_id, "holder_kind": H.UNIT, "subject": c.child}


def _custody(c: Course) -> tuple[Actor, UUID, dict[str, Any]]:
    from django.db import connection

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO wall.audience VALUES ('custody', 'note', 4)")
    fields = {"holder_kind": H.ACCOUNT, "subject": c.child, "authority": c.anna.authority_id}
    return a_citizen(), c.item, fields


KINDS |= {
    K.OWN_RECORD: _own_record,
    K.INBOX: _inbox,
    K.CONSENT: _basis,
    K.STATUTE: _basis,
    K.CUSTODY: _custody,
}
DAY = timedelta(days=1)
TIMES = {
    "before it begins": (TODAY + DAY, clock.NEVER, False),
    "on the first day": (TODAY, clock.NEVER, True),
    "on the last day": (TODAY - 9 * DAY, TODAY + DAY, True),
    "on the day it ends": (TODAY - 9 * DAY, TODAY, False),
    "after it has ended": (TODAY - 9 * DAY, TODAY - DAY, False),
}


def test_no_kind_of_relation_is_forgotten_here() -> None:
    """A block has a test of its own below: it closes."""
    assert set(KINDS) == set(RelationKind) - {K.BLOCK}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("when", TIMES)
def test_each_relation_opens_from_its_first_day_to_before_its_end(
    course: Course, kind: RelationKind, when: str
) -> None:
    actor, item, fields = KINDS[kind](course)
    starts, ends, expected = TIMES[when]
    holder = fields.pop("holder", actor)
    assert not sees(actor, item), "nothing before the relation"

    a_relation(holder, kind, starts=starts, ends=ends, **fields)

    assert sees(actor, item) is expected


@pytest.mark.parametrize("when", TIMES)
def test_a_block_closes_on_the_same_days(course: Course, when: str) -> None:
    starts, ends, expected = TIMES[when]

    a_relation(course.anna, K.BLOCK, starts=starts, ends=ends, space=course.space)

    assert sees(course.anna, course.item) is not expected


class TestUnitAndAuthority:
    def test_another_unit_sees_what_is_open_inside_the_authority_and_no_more(self, course: Course) -> None:
        with as_owner():
            school = a_unit(course.unit.authority)
        bo = a_team_member(of=course.space, unit=school)
        social = an_item(course.anna, course.child, space=course.space, category=Category.SOCIAL)
        health = an_item(course.anna, course.child, space=course.space, category=Category.HEALTH)

        assert [sees(bo, item) for item in (course.item, social, health)] == [True, True, False]

    def test_a_team_inside_a_sharing_unit_is_that_unit(self, course: Course) -> None:
        with as_owner():
            team = a_unit(course.unit.authority, parent=course.unit, is_sharing_unit=False)
        bo = a_team_member(of=course.space, unit=team)
        health = an_item(course.anna, course.child, space=course.space, category=Category.HEALTH)

        assert sees(bo, health)


class TestBaton:
    def test_one_has_it_until_the_next_accepts(self, course: Course) -> None:
        bo = a_team_member(of=course.space)
        with acting(course.anna):
            actions.offer_baton(actor=course.anna, space=course.space, to=bo.membership_id)
        assert a_coordinator(of=course.space).membership_id == course.anna.membership_id

        with acting(bo):
            actions.take_baton(actor=bo, space=course.space)
        assert a_coordinator(of=course.space).membership_id == bo.membership_id
        with pytest.raises(NotAllowed), acting(course.anna):
            actions.offer_baton(actor=course.anna, space=course.space, to=course.anna.membership_id)

    def test_it_is_not_taken_unasked(self, course: Course) -> None:
        bo = a_team_member(of=course.space)

        with pytest.raises(NotAllowed), acting(bo):
            actions.take_baton(actor=bo, space=course.space)


class TestTwoRecordsOfOnePerson:
    def test_linking_and_parting_changes_what_nobody_sees(self, course: Course) -> None:
        bo = a_stranger()
        assert bo.unit_id
        a_relation(bo.unit_id, K.INBOX, holder_kind=H.UNIT, space=course.space)
        give(course.anna, course.consent(bo.unit_id))
        his = a_subject(bo)
        record = an_item(bo, his, category=Category.IDENTITY)

        def sight() -> list[bool]:
            return [sees(who, what) for who in (course.anna, bo) for what in (course.item, record)]

        before = sight()
        assert before == [True, False, True, True]
        with acting(bo):
            actions.unite(actor=bo, own=his, other=course.child)
            assert queries.united_with(his) == {his, course.child}
        assert sight() == before
        with pytest.raises(NotAllowed), acting(course.anna):
            actions.part(actor=course.anna, own=his)
        with acting(bo):
            actions.part(actor=bo, own=his)
            assert queries.united_with(his) == {his}
        assert sight() == before

    def test_not_with_somebody_one_has_not_received(self, course: Course) -> None:
        bo = a_stranger()
        his = a_subject(bo)

        with pytest.raises(NotAllowed), acting(bo):
            actions.unite(actor=bo, own=his, other=course.child)


class TestKeys:
    def test_a_number_is_found_inside_the_own_authority_only(self, course: Course) -> None:
        key = bytes(32)
        with acting(course.anna):
            actions.put_cpr(actor=course.anna, subject=course.child, hashed=key)
            assert actions.find_cpr(actor=course.anna, hashed=key) == course.child
        bo = a_stranger()
        with acting(bo):
            assert actions.find_cpr(actor=bo, hashed=key) is None
            mine = actions.new_subject(actor=bo)
            actions.put_cpr(actor=bo, subject=mine, hashed=key)


class TestRelationsOfASpace:
    def test_a_basis_shows_as_far_as_the_reader_holds_the_category(self, course: Course) -> None:
        receiver = a_stranger().unit_id
        assert receiver
        give(course.anna, course.consent(receiver, EVERYDAY | Category.HEALTH))
        give(course.anna, course.consent(receiver, Category.HEALTH))
        narrow = a_team_member(of=course.space, categories=EVERYDAY)

        with acting(narrow):
            found = queries.relations(narrow, course.space)
        assert [r.relation.categories for r in found if r.relation.kind == K.CONSENT] == [EVERYDAY]

    def test_a_stranger_learns_nothing(self, course: Course) -> None:
        bo = a_stranger()
        from django.db import ProgrammingError

        with pytest.raises(ProgrammingError), acting(bo):
            queries.relations(bo, course.space)


def test_an_agency_holds_nothing() -> None:
    with as_owner():
        from tests.factories.organisations import an_authority

        unit = a_unit(an_authority(Authority.Kind.AGENCY))
    adviser = an_actor(RoleKey.IMPLEMENTATION_ADVISER, unit=unit)
    with pytest.raises(NotAllowed), acting(adviser):
        actions.new_space(actor=adviser)
    with pytest.raises(NotAllowed), acting(adviser):
        actions.new_subject(actor=adviser)
