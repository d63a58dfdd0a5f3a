"""The grid itself: what must hold of every line, and what no role outside the work with families may hold."""

import pytest

from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import Category

NEVER_SEES_A_PERSON = [
    RoleKey.ADMINISTRATOR,
    RoleKey.IMPLEMENTATION_ADVISER,
    RoleKey.EVALUATOR,
    RoleKey.MINISTRY_OFFICIAL,
    RoleKey.RESEARCHER,
    RoleKey.SUPPLIER,
    RoleKey.VOLUNTEER,
]


def test_every_role_stands_in_the_grid():
    assert set(ROLES) == set(RoleKey)


def test_every_permission_is_held_by_someone():
    assert set().union(*(role.permissions for role in ROLES.values())) == set(Permission)


@pytest.mark.parametrize("key", NEVER_SEES_A_PERSON)
def test_roles_outside_the_work_with_families_read_no_category(key):
    assert ROLES[key].categories == Category(0)


def test_no_role_reads_what_a_young_person_told_in_confidence():
    assert not any(role.categories & Category.CONFIDENTIAL_YOUTH for role in ROLES.values())


def test_a_citizen_holds_no_permission():
    citizen = Actor(account_id=new_id())

    assert citizen.is_citizen
    assert not any(citizen.holds(permission) for permission in Permission)
