"""Who has seen what: for whom, in which words, and that reading it is itself written down."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from samspil.collaboration.families.rules.civil_number import made_up
from samspil.doors.workplace import presenters, queries
from samspil.foundation.access.routes import every_route
from samspil.foundation.audit.queries import log_rows
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Unit
from tests.factories.access import a_stranger, acting, an_actor
from tests.factories.families import a_person
from tests.factories.organisations import a_unit
from tests.factories.owner import as_owner
from tests.workplace.test_overview import browser

pytestmark = pytest.mark.django_db


def authority_of(actor):
    return Unit.objects.select_related("authority").get(pk=actor.unit_id).authority


def colleague(actor, role: RoleKey = RoleKey.CASEWORKER):
    """Somebody of another unit of the same authority."""
    with as_owner():
        unit = a_unit(authority_of(actor))
    return an_actor(role, unit=unit)


def page_of(subject: UUID) -> str:
    return reverse("workplace:log", args=[subject])


@pytest.fixture
def keeper():
    return an_actor()


@pytest.fixture
def alma(keeper):
    """Written down by the keeper, and then looked at."""
    number = made_up(date(2017, 5, 12), 7)
    record = a_person(keeper, "Alma Lund", civil_number=number)
    browser(keeper).get(reverse("families:person", args=[record.subject_id]))
    return record


class TestForWhom:
    def test_the_privacy_officer_of_the_owner_sees_who_looked_but_no_name(self, keeper, alma):
        officer = colleague(keeper, RoleKey.PRIVACY_OFFICER)
        answer = browser(officer).get(page_of(alma.subject_id))
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "Åbnede det, vi ved" in text
        assert "Skrev personen ind" in text
        assert authority_of(keeper).name in text
        assert "Alma" not in text

    def test_the_keeper_sees_changes_not_who_looked(self, keeper, alma):
        text = browser(keeper).get(page_of(alma.subject_id)).content.decode()
        assert "Alma Lund" in text
        assert "Skrev personen ind" in text
        assert "Åbnede det, vi ved" not in text

    def test_no_colleague_is_named(self, keeper, alma):
        from samspil.foundation.organisations.models import Membership

        name = Membership.objects.select_related("staff").get(pk=keeper.membership_id).staff.name
        officer = colleague(keeper, RoleKey.PRIVACY_OFFICER)
        assert name not in browser(officer).get(page_of(alma.subject_id)).content.decode()

    @pytest.mark.parametrize(
        "who",
        [
            lambda _keeper: a_stranger(),
            lambda _keeper: an_actor(RoleKey.PRIVACY_OFFICER),
            lambda _keeper: an_actor(RoleKey.LEADER),
            colleague,
        ],
        ids=[
            "stranger",
            "another authority's privacy officer",
            "stranger leading",
            "colleague without standing",
        ],
    )
    def test_others_meet_the_same_page_as_for_nobody(self, keeper, alma, who):
        client = browser(who(keeper))
        theirs, nobodys = client.get(page_of(alma.subject_id)), client.get(page_of(uuid4()))
        assert theirs.status_code == nobodys.status_code == 404
        assert theirs.content == nobodys.content

    @pytest.mark.parametrize("role", [RoleKey.SCHOOL_CONTACT, RoleKey.ADMINISTRATOR])
    def test_a_role_without_the_permission_is_refused_before_anything_is_asked(self, keeper, alma, role):
        client = browser(colleague(keeper, role))
        assert client.get(page_of(alma.subject_id)).status_code == 403
        assert client.get(page_of(uuid4())).status_code == 403
        assert client.get(reverse("workplace:logs")).status_code == 403


class TestReadingIsLogged:
    def test_the_reading_stands_in_the_list(self, keeper, alma):
        officer = colleague(keeper, RoleKey.PRIVACY_OFFICER)
        client = browser(officer)
        client.get(page_of(alma.subject_id))
        assert "Læste, hvem der har set hvad" in client.get(page_of(alma.subject_id)).content.decode()

    def test_a_refused_try_is_kept(self, alma):
        stranger = a_stranger()
        browser(stranger).get(page_of(alma.subject_id))
        with acting(an_actor(RoleKey.PRIVACY_OFFICER, unit=Unit.objects.get(pk=stranger.unit_id))) as officer:
            rows = queries.log_without_person(officer, before=None).rows
        assert [(row.act, row.outcome.value) for row in rows] == [("log.viewed", "refused")]


class TestTheOfficersWayIn:
    def find(self, actor, number: str):
        return browser(actor).post(reverse("workplace:logs"), {"civil_number": number})

    def test_by_number_and_the_number_stands_in_no_address(self, keeper, alma):
        officer = colleague(keeper, RoleKey.PRIVACY_OFFICER)
        answer = self.find(officer, made_up(alma.born, 7))
        assert (answer.status_code, answer.url) == (302, page_of(alma.subject_id))

    @pytest.mark.parametrize("number", ["", "hej", "7205179999", "0000000000", "1" * 400])
    def test_who_is_not_known_is_said(self, keeper, alma, number):
        answer = self.find(colleague(keeper, RoleKey.PRIVACY_OFFICER), number)
        assert answer.status_code == 200
        assert "error-summary" in answer.content.decode() or "form-error" in answer.content.decode()

    def test_another_authoritys_officer_finds_nobody(self, alma):
        assert self.find(an_actor(RoleKey.PRIVACY_OFFICER), made_up(alma.born, 7)).status_code == 200

    def test_a_caseworker_chooses_among_the_own(self, keeper, alma):
        answer = browser(keeper).get(reverse("workplace:logs"))
        assert page_of(alma.subject_id) in answer.content.decode()


class TestPages:
    def test_older_rows_follow_without_gap(self, keeper, alma, monkeypatch):
        for _look in range(2):
            browser(keeper).get(reverse("families:person", args=[alma.subject_id]))
        officer = colleague(keeper, RoleKey.PRIVACY_OFFICER)
        monkeypatch.setattr(queries, "LOG_PAGE", 2)
        with acting(officer):
            every = [row.event for row in log_rows(officer, [alma.subject_id])]
            first = queries.log_of(officer, alma.subject_id, before=None)
            second = queries.log_of(officer, alma.subject_id, before=first.older)
        assert len(every) >= 3
        assert [row.event for row in (*first.rows, *second.rows)][: len(every)] == every[:4]

    @pytest.mark.parametrize("before", ["abc", "-1", "9" * 40, "¹", "1.5"])
    def test_nonsense_in_the_address_is_the_first_page(self, keeper, alma, before):
        assert browser(keeper).get(page_of(alma.subject_id), {"before": before}).status_code == 200


class TestWords:
    def test_every_event_of_these_pages_has_words(self):
        ours = [
            declared.event
            for name, _path, declared in every_route()
            if declared and name.split(":")[0] in {"families", "workplace"} and name != "workplace:health"
        ]
        assert set(ours) <= {*presenters.READINGS, *presenters.CHANGES}

    def test_a_page_opened_to_write_is_not_said_to_have_written(self, keeper, alma):
        browser(keeper).get(reverse("families:correct", args=[alma.subject_id]))
        officer = colleague(keeper, RoleKey.PRIVACY_OFFICER)
        text = browser(officer).get(page_of(alma.subject_id)).content.decode()
        assert "Åbnede en side for at skrive eller rette" in text
        assert "Rettede navn" not in text
