"""What must be true of organisations whatever code runs."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations import rules
from samspil.foundation.organisations.models import Authority, Membership, Unit
from tests.factories.organisations import a_post, a_professional, a_unit, an_authority
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
JANUARY, MARCH, MAY = date(2026, 1, 1), date(2026, 3, 1), date(2026, 5, 1)


def check_now():
    """Ask deferred constraints now instead of at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class TestDates:
    def test_stand_in_order(self):
        for make in (a_unit, an_authority):
            with pytest.raises(IntegrityError, match="dates_in_order"), as_owner():
                make(starts=MARCH, ends=JANUARY)
        with pytest.raises(IntegrityError, match="dates_in_order"), as_owner():
            a_post(starts=MARCH, ends=JANUARY)

    def test_only_an_authority_that_ends_has_a_successor(self):
        with pytest.raises(IntegrityError, match="authority_with_successor_has_an_end"), as_owner():
            an_authority(successor=an_authority())


class TestOnePost:
    def test_is_held_once_on_a_day(self):
        with as_owner():
            post = a_post(starts=JANUARY, ends=MAY)
        with pytest.raises(IntegrityError, match="membership_once_a_day"), as_owner():
            a_post(unit=post.unit, staff=post.staff, starts=MARCH)

    def test_may_be_held_again_afterwards_and_in_another_role_meanwhile(self):
        with as_owner():
            post = a_post(starts=JANUARY, ends=MARCH)
            a_post(unit=post.unit, staff=post.staff, starts=MARCH)
            a_post(RoleKey.LEADER, unit=post.unit, staff=post.staff, starts=JANUARY)

        assert Membership.objects.filter(staff=post.staff).count() == 3


class TestOneAuthority:
    def test_a_post_ties_staff_and_unit_of_the_same_authority(self):
        with as_owner():
            ours, theirs = a_unit(), a_unit()
            a_post(unit=ours, staff=a_professional(theirs.authority))
        with pytest.raises(IntegrityError, match="same_authority"):
            check_now()

    def test_a_unit_stands_below_one_of_its_own_authority(self):
        with as_owner():
            a_unit(parent=a_unit())
        with pytest.raises(IntegrityError, match="same_authority"):
            check_now()


class TestTree:
    def test_has_no_circle(self):
        with as_owner():
            top = a_unit()
            middle = a_unit(top.authority, parent=top)
            bottom = a_unit(top.authority, parent=middle)
        for below in (top, bottom):
            with pytest.raises(IntegrityError, match="below itself"), as_owner():
                Unit.objects.filter(pk=top.pk).update(parent=below)


class TestRoles:
    def test_the_database_holds_the_same_table_as_the_rules(self):
        with as_owner(), connection.cursor() as cursor:
            for kind in Authority.Kind:
                for role in RoleKey:
                    cursor.execute("SELECT organisations_role_fits(%s, %s)", [kind.value, role.value])
                    [fits] = cursor.fetchone()
                    assert fits == (role in rules.ROLES_OF_KIND[kind]), (kind, role)

    def test_an_agency_has_nobody_who_meets_families(self):
        with as_owner():
            agency = a_unit(an_authority(Authority.Kind.AGENCY))
        with pytest.raises(IntegrityError, match="no such role"), as_owner():
            a_post(RoleKey.CASEWORKER, unit=agency)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO organisations_membership SELECT * FROM organisations_membership",
        "UPDATE organisations_membership SET role = 'leader'",
        "UPDATE organisations_membership SET ends = '3000-01-01'",
        "DELETE FROM organisations_membership",
        "UPDATE organisations_staff SET account_id = account_id",
        "UPDATE organisations_unit SET authority_id = authority_id",
        "UPDATE organisations_unit SET is_sharing_unit = false",
        "UPDATE organisations_authority SET name = 'x'",
        "INSERT INTO organisations_belonging SELECT * FROM organisations_belonging",
        "TRUNCATE organisations_membership",
        "ALTER TABLE organisations_membership DISABLE TRIGGER ALL",
        "SELECT wall.administered_authority()",
        "CREATE OR REPLACE FUNCTION wall.administered_authority() RETURNS uuid LANGUAGE sql RETURN NULL",
    ],
)
def test_the_application_writes_no_organisation_by_itself(statement):
    with as_owner():
        a_post()

    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)
