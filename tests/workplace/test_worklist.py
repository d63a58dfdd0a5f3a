"""My overview with courses: three lanes, what waits with its reason, and one act a row."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from samspil.collaboration.courses.models import CoursePerson, Participant
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Membership, Staff
from tests.factories.access import a_leader, a_stranger, an_actor
from tests.factories.courses import TODAY, a_course
from tests.factories.families import a_person
from tests.factories.owner import as_owner
from tests.factories.referrals import a_referral
from tests.workplace.test_course import counted
from tests.workplace.test_overview import browser, front

pytestmark = pytest.mark.django_db


def called(course, *names: str):
    """The people of a course have these names."""
    with as_owner():
        for subject, name in zip((course.alma, course.father, course.mother), names, strict=True):
            CoursePerson.objects.filter(space=course.space, subject=subject).update(name=name)
    return course


@pytest.fixture
def lund():
    return called(a_course(), "Alma Lund", "Jens Lund", "Mette Lund")


def courses_page(actor) -> str:
    answer = browser(actor).get(reverse("workplace:courses"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_row_says_how_late_whose_what_and_why_with_one_act(lund):
    page = front(lund.anna)
    mine = page.partition('id="mine"')[2].partition('id="others"')[0]
    assert re.search(r"\d+ dage for sent", mine)
    assert "Familien Lund" in mine
    assert reverse("workplace:course", args=[lund.space]) in mine
    assert "VIA Family 2.0" in mine
    assert "efter »Forløbet åbnet«" in mine
    rows = mine.count('class="lane__row"')
    assert (
        rows == mine.count('class="lane__act"') == len(re.findall(r'class="btn btn--\w+ btn--small"', mine))
    )


def test_one_button_is_filled(lund):
    assert len(re.findall(r'class="btn btn--main', front(lund.anna))) == 1


def test_what_others_have_stands_in_its_own_lane_with_who(lund):
    others = front(lund.anna).partition('id="others"')[2].partition('id="quiet"')[0]
    assert "marks.svg#waiting" in others
    assert re.search(r"Venter \d+ dag", others)
    assert "Ingen har taget den endnu: Leder i " in others


def test_who_has_it_can_be_rung(lund):
    with as_owner():
        Participant.objects.filter(space=lund.space).update(role="region_team")
        staff = Membership.objects.get(pk=lund.anna.membership_id).staff
        Staff.objects.filter(pk=staff.pk).update(name="Anna Bo", phone="+45 12 34 56 90")
    others = front(lund.anna).partition('id="others"')[2].partition('id="quiet"')[0]
    assert "Se, hvem der er med" in others, "nobody has it: there is nobody to ring"
    assert reverse("courses:team", args=[lund.space]) in others


class TestReferralsThatWait:
    def lane(self, actor) -> str:
        return front(actor).partition('id="mine"')[2].partition('id="others"')[0]

    def test_for_the_unit_that_answers_with_the_filled_button(self):
        draft = a_referral().prepare()
        assert 'id="mine"' not in front(draft.bo), "an unsent referral shows nowhere"
        draft.send()
        mine = self.lane(draft.bo)
        assert "Ida Bruun og familien" in mine
        assert "Henvisning fra" in mine
        assert f'btn--main btn--small" href="{reverse("courses:referral", args=[draft.space])}"' in mine
        assert "Bruun" in self.lane(draft.colleague())
        assert "Bruun" not in front(a_stranger())
        assert "Henvisning fra" not in front(draft.karim)

    def test_for_the_sender_when_more_is_asked_and_back_when_it_is_there(self):
        draft = a_referral().prepare().send()
        browser(draft.bo).post(reverse("courses:referral_ask", args=[draft.space]), {"text": "Hvad nu?"})
        assert "beder om mere" in self.lane(draft.karim)
        assert "Bruun" not in front(draft.bo)
        more = {"text": "Skolen siger ja.", "topic": "4", "about": [str(draft.ida.subject_id)]}
        added = browser(draft.karim).post(reverse("courses:referral_amend", args=[draft.space]), more)
        assert added.status_code == 302
        assert "Bruun" in self.lane(draft.bo)
        assert "beder om mere" not in front(draft.karim)

    def test_no_longer_when_it_is_answered(self):
        draft = a_referral().prepare().send()
        draft.accept()
        assert "Henvisning fra" not in front(draft.bo)


def test_where_it_is_quiet(lund):
    quiet = called(
        a_course(lund.anna, opened_on=TODAY - timedelta(days=500)), "Bo Riis", "Per Riis", "Ida Riis"
    )
    quiet.close(TODAY - timedelta(days=60))
    lane = front(lund.anna).partition('id="quiet"')[2]
    assert "Familien Riis" in lane
    assert "Stille i 60 dage" in lane


def test_empty_lanes_have_kind_words(lund):
    assert "Ingen familie har været stille i 30 dage" in front(lund.anna)


def test_a_family_with_a_course_stands_once(lund):
    a_person(lund.anna, "Bodil Krog")
    families = front(lund.anna).partition('id="families"')[2]
    assert "Bodil Krog" in families
    assert "Lund" not in families


def test_a_leader_finds_what_the_unit_leads_and_nothing_else(lund):
    elsewhere = called(a_course(), "Anton Fremmed", "Per Fremmed", "Ida Fremmed")
    leader = a_leader(lund.space)
    page = front(leader)
    assert "Familien Lund" in page
    assert "Fremmed" not in page
    assert "Intet venter på dig" in page
    assert "Familien Lund" in courses_page(leader)
    assert "Fremmed" in front(elsewhere.anna)


def test_a_stranger_sees_no_course(lund):
    assert "Lund" not in front(a_stranger())
    assert "Du er ikke med i et forløb endnu" in courses_page(a_stranger())


def test_all_my_courses_with_model_phase_and_next_date(lund):
    lund.note("eligibility.checked", TODAY - timedelta(days=30), result="yes")
    page = courses_page(lund.anna)
    for words in ("Familien Lund", "Alma, ", "VIA Family 2.0", "Afklaring"):
        assert words in page


def test_the_menu_offers_courses_to_who_works_with_families():
    url = reverse("workplace:courses")
    assert f'href="{url}"' in front(an_actor())
    assert f'href="{url}"' not in front(an_actor(RoleKey.ADMINISTRATOR))


@pytest.mark.parametrize("rows", ["", "x", "-1", "9" * 30, "²", "1"])
def test_nonsense_in_the_address_is_the_usual_number(lund, rows):
    assert browser(lund.anna).get("/", {"rows": rows}).status_code == 200


def test_of_many_the_first_and_a_way_to_more(lund, monkeypatch):
    monkeypatch.setattr("samspil.doors.workplace.views.pages.AT_ONCE", 2)
    page = front(lund.anna)
    assert page.count('class="lane__row"') == 2
    assert "Venter på dit svar" in page, "she is asked for a role: that stands first"
    assert "?rows=4" in page
    assert "rækker mere er ikke vist" in page


def test_nobody_waits_for_a_yes_in_a_course_that_has_been_closed(lund):
    assert "Venter på dit svar" in front(lund.anna)
    lund.close()
    assert "Venter på dit svar" not in front(lund.anna)


def test_as_many_statements_however_many_rows(lund, django_assert_max_num_queries):
    client = browser(lund.anna)
    client.get("/")
    with django_assert_max_num_queries(60) as few:
        client.get("/")
    for _number in range(6):
        a_course(lund.anna)
    with django_assert_max_num_queries(60) as many:
        client.get("/")
    assert counted(few) == counted(many) <= 11  # ten, and who is referred
    listed = reverse("workplace:courses")
    with django_assert_max_num_queries(60) as all_of_them:
        client.get(listed)
    assert counted(all_of_them) <= 10
