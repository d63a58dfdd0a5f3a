"""The front page: the families that one's unit keeps, and honest words where there is nothing."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samspil.collaboration.families.models import TieKind
from samspil.foundation.access import cookies, wall
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Membership, Staff, Unit
from tests.browsing import FormClient
from tests.factories.access import a_stranger, acting, an_actor
from tests.factories.families import a_person, a_tie
from tests.factories.organisations import a_post, a_unit
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db


def browser(actor) -> Client:
    client = FormClient()
    client.force_login(Account.objects.get(pk=actor.account_id))
    client.cookies[cookies.name()] = wall.open_session(actor.account_id, actor.membership_id)
    return client


def front(actor) -> str:
    answer = browser(actor).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def invented(actor) -> None:
    """From now on it is one of the demo."""
    with as_owner():
        Account.objects.filter(pk=actor.account_id).update(is_demo=True)


@pytest.fixture
def caseworker():
    return an_actor()


def test_the_anonymous_are_asked_to_log_in(client: Client):
    answer = client.get("/")
    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next=/")


def test_each_page_of_the_demo_says_that_nothing_is_real(caseworker):
    assert "Opdigtede tal" not in front(caseworker)
    invented(caseworker)
    assert "Opdigtede tal" in front(caseworker)
    assert "Opdigtede tal" in browser(caseworker).get(reverse("families:search")).content.decode()


def test_an_overview_is_no_register_of_families_without_a_course(caseworker):
    """Red on a twin that shows all that the unit keeps."""
    for number in range(12):
        a_person(caseworker, f"Person Nummer{number}")
    page = front(caseworker)
    assert set(re.findall(r"Nummer\d+", page)) == {f"Nummer{number}" for number in range(2, 12)}
    assert "Her står kun de nyeste" in page


def test_those_who_hang_together_are_one_family_by_their_surname(caseworker):
    mother, child = (
        a_person(caseworker, "Mette Lund", born=date(1987, 1, 1)),
        a_person(caseworker, "Alma Lund"),
    )
    a_person(caseworker, "Bo Krog", born=date(1980, 1, 1))
    a_tie(caseworker, mother, TieKind.PARENT, child)
    page = front(caseworker)
    assert "Familien Lund" in page
    assert "Familien Krog" not in page
    assert page.index("Mette Lund") < page.index("Alma Lund")


def test_a_birthday_that_changes_something_stands_first(caseworker):
    soon = clock.today() + timedelta(days=20)
    a_person(caseworker, "Freja Ørsted", born=soon.replace(year=soon.year - 18, day=min(soon.day, 28)))
    page = front(caseworker)
    assert "Freja Ørsted fylder 18" in page
    assert page.index("Sker snart") < page.index('id="families"')


def test_nobody_elses_family_stands_there(caseworker):
    a_person(a_stranger(), "Anton Fremmed")
    with as_owner():
        unit = a_unit(Unit.objects.get(pk=caseworker.unit_id).authority)
    a_person(an_actor(unit=unit), "Bodil Nabo")
    page = front(caseworker)
    assert "Fremmed" not in page
    assert "Bodil" not in page
    assert "Ingen familier endnu" in page


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (RoleKey.SCHOOL_CONTACT, "Ingen har delt noget med dig endnu"),
        (RoleKey.ADMINISTRATOR, "Du passer enheder og medarbejdere"),
        (RoleKey.PRIVACY_OFFICER, "Du passer på loggen"),
    ],
)
def test_where_there_is_nothing_the_page_says_what_comes_for_this_role(role, words):
    assert words in front(an_actor(role))


def test_showing_a_name_is_logged(caseworker):
    record = a_person(caseworker, "Alma Lund")
    front(caseworker)
    with acting(an_actor(RoleKey.PRIVACY_OFFICER, unit=_unit(caseworker))) as officer:
        from samspil.foundation.audit.queries import log_rows

        assert "overview.viewed" in {row.act for row in log_rows(officer, [record.subject_id])}


def test_costs_the_same_however_many_there_are(caseworker, django_assert_max_num_queries):
    for _number in range(12):
        a_person(caseworker)
    client = browser(caseworker)
    client.get("/")
    with django_assert_max_num_queries(40) as many:
        client.get("/")
    for _number in range(12):
        a_person(caseworker)
    with django_assert_max_num_queries(len(many.captured_queries)):
        client.get("/")


def test_the_header_names_who_acts_for_which_unit_and_offers_the_switch_to_whoever_has_two_posts(caseworker):
    page, switch = front(caseworker), reverse("access:act_for")
    post = Membership.objects.select_related("staff", "unit").get(pk=caseworker.membership_id)
    assert post.staff.name in page
    assert post.unit.name in page
    assert switch not in page
    with as_owner():
        a_post(
            RoleKey.CASEWORKER, unit=a_unit(post.unit.authority), staff=Staff.objects.get(pk=post.staff_id)
        )
    assert switch in front(caseworker)


def _unit(actor) -> Unit:
    return Unit.objects.get(pk=actor.unit_id)
