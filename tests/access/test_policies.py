"""What each permission of access asks beyond the role: one table a permission, answers and reasons."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from samspil.foundation.access import actions
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import NotAllowed, allows
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import RelationKind
from tests.factories.access import a_coordinator, a_relation, a_space, a_stranger, a_subject, acting, an_actor

pytestmark = pytest.mark.django_db


class TestSpaceOpen:
    def test_for_the_own_unit_and_no_other(self):
        actor, other = a_coordinator(), a_stranger()
        with acting(actor):
            assert allows(actor, Permission.SPACE_OPEN, actor.unit_id)
            assert "own unit" in _english(allows(actor, Permission.SPACE_OPEN, other.unit_id).text)


class TestReferralSend:
    def test_a_member_of_the_team_may(self):
        coordinator = a_coordinator()
        space = a_space(coordinator)
        with acting(coordinator):
            assert allows(coordinator, Permission.REFERRAL_SEND, space)

    def test_not_a_stranger_nor_a_former_member(self):
        space, stranger, former = a_space(a_coordinator()), a_stranger(), an_actor()
        yesterday = clock.today() - timedelta(days=1)
        a_relation(former, RelationKind.TEAM, space=space, starts=yesterday, ends=clock.today())
        for actor in (stranger, former):
            with acting(actor):
                assert not allows(actor, Permission.REFERRAL_SEND, space)


class TestReferralReceive:
    def test_what_was_sent_to_the_own_unit_and_no_other(self):
        actor, other = an_actor(), a_stranger()
        with acting(actor):
            assert allows(actor, Permission.REFERRAL_RECEIVE, actor.unit_id)
            assert not allows(actor, Permission.REFERRAL_RECEIVE, other.unit_id)

    def test_a_role_without_the_permission_reads_why_not(self):
        teacher = an_actor(RoleKey.SCHOOL_CONTACT)
        with acting(teacher):
            refusal = allows(teacher, Permission.REFERRAL_RECEIVE, teacher.unit_id)
        assert str(teacher.role.title) in refusal.reason


class TestLogView:
    def test_whose_unit_keeps_the_record_and_the_privacy_officer(self):
        keeper = a_coordinator()
        subject = a_subject(keeper)
        with acting(keeper):
            assert allows(keeper, Permission.LOG_VIEW, subject)
        officer = an_actor(RoleKey.PRIVACY_OFFICER)
        with acting(officer):
            assert allows(officer, Permission.LOG_VIEW, subject)

    def test_not_a_stranger(self):
        subject, stranger = a_subject(a_coordinator()), a_stranger()
        with acting(stranger):
            assert not allows(stranger, Permission.LOG_VIEW, subject)


class TestBlockSet:
    def test_the_privacy_officer_for_the_own_authority(self):
        officer, elsewhere = an_actor(RoleKey.PRIVACY_OFFICER), an_actor(RoleKey.PRIVACY_OFFICER)
        with acting(officer):
            assert allows(officer, Permission.BLOCK_SET, officer.authority_id)
            assert not allows(officer, Permission.BLOCK_SET, elsewhere.authority_id)


def test_the_wall_asks_the_same_of_who_opens_a_space():
    actor = an_actor(RoleKey.PROVIDER_WORKER)
    with acting(actor), pytest.raises(NotAllowed):
        actions.new_space(actor=actor)


def _english(text: object) -> str:
    with override("en"):
        return str(text)
