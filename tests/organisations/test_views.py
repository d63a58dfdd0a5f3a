"""The administrator's pages, as a browser meets them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from samspil.foundation.access import cookies, wall
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Membership, Staff, Unit
from tests.factories.organisations import a_post, a_professional, a_unit
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
OVERVIEW = "organisations:overview"


def standing(client, post):
    """The client has logged in as the holder of this post and acts in it."""
    client.force_login(post.staff.account, backend="samspil.foundation.accounts.backends.LocalLogin")
    client.cookies[cookies.name()] = wall.open_session(post.staff.account_id, post.pk)
    return client


@pytest.fixture
def own(db):
    with as_owner():
        return a_post(RoleKey.ADMINISTRATOR, unit=a_unit(name="Borgerservice"))


@pytest.fixture
def administrator(client, own):
    return standing(client, own)


@pytest.fixture
def colleague(own):
    with as_owner():
        return a_professional(own.authority, name="Bente Bech")


class TestOverview:
    def test_shows_own_units_and_colleagues_and_what_is_never_seen(self, administrator, colleague):
        with as_owner():
            elsewhere = a_post(unit=a_unit(name="Fremmed enhed"))
        page = administrator.get(reverse(OVERVIEW)).content.decode()

        assert "Borgerservice" in page
        assert "Bente Bech" in page
        assert "Det kan organisationen aldrig se:" in page
        assert "Fremmed enhed" not in page
        assert elsewhere.staff.name not in page

    @pytest.mark.parametrize("role", [RoleKey.CASEWORKER, RoleKey.LEADER, RoleKey.PRIVACY_OFFICER])
    def test_is_closed_to_other_roles(self, client, own, role):
        with as_owner():
            post = a_post(role, unit=own.unit)
        standing(client, post)

        for name in (OVERVIEW, "organisations:new_unit", "organisations:new_staff", "organisations:new_post"):
            assert client.get(reverse(name)).status_code == 403

    def test_asks_strangers_to_log_in(self, client):
        assert client.get(reverse(OVERVIEW)).url.startswith(reverse("account_login"))

    def test_costs_the_same_with_more_colleagues(self, administrator, own, django_assert_max_num_queries):
        with as_owner():
            for _ in range(15):
                a_post(unit=own.unit)
        with django_assert_max_num_queries(20):
            administrator.get(reverse(OVERVIEW))


class TestUnits:
    def test_are_added_and_declared(self, administrator, own):
        words = {"name": "Team Nord", "kind": "team", "parent": own.unit_id}
        assert administrator.post(reverse("organisations:new_unit"), words).url == reverse(OVERVIEW)
        unit = Unit.objects.get(name="Team Nord", parent=own.unit)

        address = reverse("organisations:declare_sharing_unit", kwargs={"unit_id": unit.pk})
        for said, declared in [("yes", True), ("no", False)]:
            administrator.post(address, {"declared": said})
            unit.refresh_from_db()
            assert unit.is_sharing_unit == declared

    def test_of_others_do_not_exist(self, administrator):
        with as_owner():
            other = a_unit()
        address = reverse("organisations:declare_sharing_unit", kwargs={"unit_id": other.pk})
        assert administrator.post(address, {"declared": "no"}).status_code == 404

    def test_below_a_unit_of_others_are_not_made(self, administrator):
        with as_owner():
            other = a_unit()
        words = {"name": "Team Nord", "kind": "team", "parent": other.pk}
        assert administrator.post(reverse("organisations:new_unit"), words).status_code == 200
        assert not Unit.objects.filter(name="Team Nord").exists()


class TestANewColleague:
    def test_gets_a_link_and_chooses_a_password_once(self, administrator, client_of_a_stranger):
        words = {"name": "Carl Carlsen", "title": "Rådgiver", "phone": "", "login": "carl.carlsen"}
        page = administrator.post(reverse("organisations:new_staff"), words, follow=True)
        link = re.search(r"http://testserver(/organisation/first-password/[^<]+)<", page.content.decode())
        chosen = {"password": "en helt ny lang sætning", "again": "en helt ny lang sætning"}

        assert client_of_a_stranger.get(link.group(1)).status_code == 200
        assert client_of_a_stranger.post(link.group(1), chosen).url == reverse("account_login")
        assert client_of_a_stranger.post(link.group(1), chosen).status_code == 404
        account = Staff.objects.get(name="Carl Carlsen").account
        assert account.check_password(chosen["password"])

    @pytest.mark.parametrize("again", ["en anden", "kort"])
    def test_chooses_one_that_is_long_and_typed_twice(self, administrator, client_of_a_stranger, again):
        words = {"name": "Carl Carlsen", "login": "carl.carlsen"}
        page = administrator.post(reverse("organisations:new_staff"), words, follow=True)
        link = re.search(r"http://testserver(/organisation/first-password/[^<]+)<", page.content.decode())

        response = client_of_a_stranger.post(link.group(1), {"password": "kort", "again": again})

        assert response.status_code == 200
        assert not Staff.objects.get(name="Carl Carlsen").account.has_usable_password()

    @pytest.fixture
    def client_of_a_stranger(self):
        from django.test import Client

        return Client()


class TestPosts:
    def test_are_given_and_ended(self, administrator, own, colleague):
        today = clock.today()
        words = {
            "staff": colleague.pk,
            "unit": own.unit_id,
            "role": "caseworker",
            "starts": f"{today:%d.%m.%Y}",
            "last_day": "",
        }
        assert administrator.post(reverse("organisations:new_post"), words).url == reverse(OVERVIEW)
        post = Membership.objects.get(staff=colleague)
        assert (post.starts, post.role) == (today, "caseworker")

        address = reverse("organisations:end_post", kwargs={"membership_id": post.pk})
        assert administrator.post(address, {"on": f"{today:%d.%m.%Y}"}).url == reverse(OVERVIEW)
        post.refresh_from_db()
        assert post.ends == today

    def test_say_why_not(self, administrator, own, colleague):
        yesterday = clock.today() - timedelta(days=1)
        words = {
            "staff": colleague.pk,
            "unit": own.unit_id,
            "role": "caseworker",
            "starts": f"{yesterday:%d.%m.%Y}",
        }
        response = administrator.post(reverse("organisations:new_post"), words)
        assert "En post begynder i dag eller senere." in response.content.decode()

    def test_of_others_do_not_exist(self, administrator):
        with as_owner():
            post = a_post()
        address = reverse("organisations:end_post", kwargs={"membership_id": post.pk})
        assert administrator.get(address).status_code == 404
