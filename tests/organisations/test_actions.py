"""What changes organisations, and who may."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from samspil.foundation.kernel import clock
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations import actions, queries
from samspil.foundation.organisations.models import Authority, Belonging, Membership, Unit
from tests.factories.organisations import a_post, a_professional, a_unit, actor_of, an_authority
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
TODAY = clock.today()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def administrator(acting):
    with as_owner():
        post = a_post(RoleKey.ADMINISTRATOR)
    acting(actor_of(post))
    return actor_of(post)


@pytest.fixture
def own(administrator):
    """A unit and a colleague of the administrator's authority."""
    with as_owner():
        unit = a_unit(Authority.objects.get(pk=administrator.authority_id))
        return unit, a_professional(unit.authority)


def appointed(actor, unit, staff, **changes):
    usual = {"role": RoleKey.CASEWORKER, "starts": TODAY, "today": TODAY}
    return actions.appoint(actor=actor, unit=unit, staff=staff, **{**usual, **changes})


class TestAppoint:
    def test_gives_a_post_from_a_day(self, administrator, own):
        post = appointed(administrator, *own, starts=TOMORROW)

        assert (post.unit, post.staff, post.role, post.starts, post.ends) == (
            *own,
            RoleKey.CASEWORKER,
            TOMORROW,
            NEVER,
        )
        assert not queries.posts_of(own[1].account_id, TODAY)
        assert queries.posts_of(own[1].account_id, TOMORROW).get() == post

    def test_refuses_the_same_post_twice(self, administrator, own):
        appointed(administrator, *own)

        with pytest.raises(Refused, match=own[1].name):
            appointed(administrator, *own)

    def test_refuses_a_post_for_oneself(self, administrator, own):
        unit, _staff = own
        oneself = Membership.objects.get(pk=administrator.membership_id).staff

        with pytest.raises(Refused):
            appointed(administrator, unit, oneself)
        with pytest.raises(DatabaseError, match="nobody gives themselves"), transaction.atomic():
            actions._wall("appoint", oneself.pk, unit.pk, "caseworker", TODAY, NEVER)

    def test_is_closed_to_units_and_staff_of_others(self, administrator, own):
        with as_owner():
            elsewhere = a_unit()
            stranger = a_professional(elsewhere.authority)

        for unit, staff in [(elsewhere, own[1]), (own[0], stranger), (elsewhere, stranger)]:
            with pytest.raises(NotAllowed):
                appointed(administrator, unit, staff)
            with pytest.raises(DatabaseError), transaction.atomic():
                actions._wall("appoint", staff.pk, unit.pk, "caseworker", TODAY, NEVER)

    @pytest.mark.parametrize("role", sorted(set(RoleKey) - {RoleKey.ADMINISTRATOR}))
    def test_is_closed_to_every_other_role(self, acting, own, role):
        kinds = [kind for kind in Authority.Kind if role in actions.rules.ROLES_OF_KIND[kind]]
        with as_owner():
            unit = own[0] if Authority.Kind.MUNICIPALITY in kinds else a_unit(an_authority(kinds[0]))
            other = actor_of(a_post(role, unit=unit))
        acting(other)

        with pytest.raises(NotAllowed):
            appointed(other, *own)
        for call in [
            ("appoint", own[1].pk, own[0].pk, "caseworker", TODAY, NEVER),
            ("create_unit", None, "team", "Ny", TODAY),
            ("declare_sharing_unit", own[0].pk, True),
            ("register_staff", "ny", "Ny", "", ""),
            ("end_membership", other.membership_id, TODAY),
        ]:
            with pytest.raises(DatabaseError, match="only an administrator"), transaction.atomic():
                actions._wall(*call)


class TestEndMembership:
    def test_ends_today_at_once(self, administrator, own):
        post = appointed(administrator, *own)

        actions.end_membership(actor=administrator, membership=post, on=TODAY, today=TODAY)

        assert not queries.posts_of(own[1].account_id, TODAY)

    def test_never_makes_a_post_longer_or_changes_days_worked(self, administrator, own):
        with as_owner():
            post = a_post(unit=own[0], staff=own[1], ends=TOMORROW)

        for on in (NEVER, TODAY - timedelta(days=1)):
            with pytest.raises(Refused):
                actions.end_membership(actor=administrator, membership=post, on=on, today=TODAY)
            with pytest.raises(DatabaseError, match="no such post"), transaction.atomic():
                actions._wall("end_membership", post.pk, on)

    def test_keeps_the_last_administrator(self, administrator):
        post = Membership.objects.get(pk=administrator.membership_id)

        with pytest.raises(Refused):
            actions.end_membership(actor=administrator, membership=post, on=TODAY, today=TODAY)

    def test_is_closed_to_posts_of_others(self, administrator):
        with as_owner():
            post = a_post()

        with pytest.raises(NotAllowed):
            actions.end_membership(actor=administrator, membership=post, on=TODAY, today=TODAY)
        with pytest.raises(DatabaseError, match="no such post"), transaction.atomic():
            actions._wall("end_membership", post.pk, TODAY)


class TestUnits:
    def test_are_made_and_declared_a_boundary(self, administrator, own):
        unit = actions.create_unit(
            actor=administrator, name="Team Øst", kind=Unit.Kind.TEAM, parent=own[0], today=TODAY
        )
        assert not unit.is_sharing_unit

        unit = actions.declare_sharing_unit(actor=administrator, unit=unit, declared=True)

        assert unit.is_sharing_unit
        assert (unit.authority, unit.parent) == (own[0].authority, own[0])
        depths = {row.unit: row.depth for row in queries.own_unit_rows(administrator)}
        assert depths[unit] == 1

    def test_of_others_are_closed(self, administrator):
        with as_owner():
            elsewhere = a_unit()

        with pytest.raises(NotAllowed):
            actions.declare_sharing_unit(actor=administrator, unit=elsewhere, declared=False)
        with pytest.raises(DatabaseError, match="no such unit"), transaction.atomic():
            actions._wall("declare_sharing_unit", elsewhere.pk, False)


class TestRegisterStaff:
    def test_makes_a_log_in_that_no_password_opens_yet(self, administrator):
        staff = actions.register_staff(
            actor=administrator, login="Anne.Holm", name="Anne Holm", title="Rådgiver", phone=""
        )

        assert staff.authority_id == administrator.authority_id
        assert staff.account.login == "anne.holm"
        assert not staff.account.has_usable_password()
        assert not staff.account.is_citizen

    @pytest.mark.parametrize("login", ["system:outbox", "Anne Holm", "", "a:b", "-anne", "anne\n"])
    def test_refuses_a_log_in_name_that_is_not_for_humans(self, administrator, login):
        with pytest.raises(Refused):
            actions.register_staff(actor=administrator, login=login, name="N", title="", phone="")
        with pytest.raises(DatabaseError, match="no log-in name"), transaction.atomic():
            actions._wall("register_staff", login, "N", "", "")

    def test_refuses_a_log_in_name_that_is_taken(self, administrator, own):
        with pytest.raises(Refused):
            actions.register_staff(
                actor=administrator, login=own[1].account.login.upper(), name="N", title="", phone=""
            )


class TestLoadAuthorities:
    @pytest.fixture
    def loaded(self):
        with as_owner():
            return actions.load_authorities(using="default")

    def test_knows_98_municipalities_and_5_regions_today(self, loaded):
        day = date(2026, 11, 21)
        alive = Authority.objects.filter(starts__lte=day, ends__gt=day)
        assert alive.filter(kind="municipality").count() == 98
        assert sorted(alive.filter(kind="region").values_list("code", flat=True)) == [
            "1081",
            "1082",
            "1083",
            "1084",
            "1085",
        ]

    def test_gives_each_municipality_a_name_and_a_code_of_its_own(self, loaded):
        rows = Authority.objects.filter(kind="municipality").values_list("name", "code")
        assert len({name for name, _ in rows}) == len({code for _, code in rows}) == 98
        assert all(len(code) == 4 and code.isdigit() for _, code in rows)

    def test_divides_them_29_17_22_19_11(self, loaded):
        counts = {
            region.code: Belonging.objects.filter(region=region).count()
            for region in Authority.objects.filter(kind="region").exclude(code="")
        }
        assert counts == {"1084": 29, "1085": 17, "1083": 22, "1082": 19, "1081": 11}

    def test_changes_nothing_the_second_time(self, loaded):
        before = (
            list(Authority.objects.order_by("pk").values()),
            list(Belonging.objects.order_by("pk").values()),
        )
        with as_owner():
            assert actions.load_authorities(using="default") == loaded
        assert before == (
            list(Authority.objects.order_by("pk").values()),
            list(Belonging.objects.order_by("pk").values()),
        )

    @pytest.mark.parametrize(
        ("code", "day", "name"),
        [
            ("0101", date(2026, 12, 31), "Region Hovedstaden"),
            ("0101", date(2027, 1, 1), "Region Østdanmark"),
            ("0265", date(2026, 12, 31), "Region Sjælland"),
            ("0265", date(2027, 1, 1), "Region Østdanmark"),
            ("0851", date(2027, 1, 1), "Region Nordjylland"),
        ],
    )
    def test_knows_the_region_of_a_municipality_on_a_day(self, loaded, code, day, name):
        municipality = Authority.objects.get(code=code)
        assert queries.region_of(municipality, day).name == name

    def test_leads_both_ending_regions_to_their_successor(self, loaded):
        successor = Authority.objects.get(name="Region Østdanmark")
        assert successor.code == ""
        ending = Authority.objects.filter(kind="region", ends__lt=NEVER)
        assert {region.name for region in ending} == {"Region Hovedstaden", "Region Sjælland"}
        assert all(region.successor == successor and region.ends == successor.starts for region in ending)
        assert Belonging.objects.filter(region=successor).count() == 46


def test_the_grip_of_the_application_on_the_database_is_its_own_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("samspil_app",)
