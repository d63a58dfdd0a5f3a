"""The other courses of a family on the pages: those one stands in, and never one that the wall hides."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from samspil.collaboration.courses import actions
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.meetings.models import Meeting
from samspil.collaboration.plans.actions import write_goal
from samspil.collaboration.plans.rules import GoalText
from samspil.doors.workplace import queries
from samspil.foundation.access import actions as access
from samspil.foundation.kernel.clock import COPENHAGEN
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category
from tests.courses.test_team_pages import browser
from tests.courses.test_team_pages import words as read
from tests.factories.access import a_team_member, acting, an_actor
from tests.factories.courses import OPENED, TODAY, ACourse, a_version
from tests.factories.families import a_person
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
LOAD = "Mange møder tæt på hinanden"


@pytest.fixture(autouse=True)
def _in_danish():
    with translation.override("da"):
        yield


@pytest.fixture
def pair() -> tuple[ACourse, ACourse]:
    """Two courses about Alma, both of Anna's: VIA Family and BTI."""
    anna = an_actor(RoleKey.CASEWORKER)
    alma = a_person(anna, "Alma Lund").subject_id
    born = TODAY.replace(year=TODAY.year - 9)
    made = []
    for model, role, more in (
        ("via-family", "region_case_manager", [("Jens Lund", "parent_ill")]),
        ("bti", "observer", []),
    ):
        people = [Newcomer(alma, born, ("child",), in_focus=True, name="Alma Lund")]
        people += [Newcomer(a_person(anna, name).subject_id, None, (key,), name=name) for name, key in more]
        with acting(anna):
            opened = actions.open_course(
                actor=anna, version=a_version(model), people=people, opened_on=OPENED, today=TODAY,
                roles={anna.membership_id: role},
            )  # fmt: skip
        made.append(ACourse(opened, anna, alma, alma, alma))
    return made[0], made[1]


def goal(course: ACourse, words: str) -> None:
    with acting(course.anna) as anna:
        write_goal(
            actor=anna, space=course.space, subjects=[course.alma], text=GoalText(words=words), today=TODAY
        )


def meeting(course: ACourse, days: int) -> None:
    at = datetime.combine(TODAY + timedelta(days=days), time(10), COPENHAGEN)
    with acting(course.anna) as anna:
        item = access.new_item(
            actor=anna, kind="meeting", category=Category.EVERYDAY, subjects=[course.alma], space=course.space
        )
        Meeting.objects.create(
            item_id=item, space_id=course.space, kind="other", starts_at=at, length=60,
            purpose="Sammen", called_by_id=anna.membership_id,
        )  # fmt: skip


def page(course: ACourse, who=None) -> str:
    url = reverse("workplace:course", args=[course.space])
    return read(browser(who or course.anna).get(url))


def test_the_other_course_stands_on_each_page_with_what_pulls_apart(pair) -> None:
    via, bti = pair
    goal(via, "Alma er mere i skole")
    goal(bti, "Alma er mindre i skole, til det går bedre")
    meeting(via, 3)
    meeting(bti, 3)
    shown = page(via)
    assert "Familien har andre forløb" in shown
    assert "Bedre Tværfaglig Indsats (BTI): Alma Lund" in shown
    assert "To mål trækker måske hver sin vej" in shown
    assert "To møder på én dag" in shown
    assert "Kan det blive ét fælles møde?" in shown
    assert "VIA Family 2.0: Alma Lund" in page(bti)


def test_a_course_that_the_wall_hides_is_not_told(pair, monkeypatch) -> None:
    via, bti = pair
    goal(via, "Alma er mere i skole")
    goal(bti, "Alma er mindre i skole")
    bo = a_team_member(via.space)
    assert "andre forløb" not in page(via, bo)
    assert "BTI" not in page(via, bo)
    with acting(bo):
        assert queries.several_courses(bo, [via.alma], beside=via.space).others == ()
    with acting(bo), as_owner():
        assert len(queries.several_courses(bo, [via.alma], beside=via.space).others) == 1  # the broken twin


def test_from_the_page_of_a_person(pair) -> None:
    via, _bti = pair
    url = reverse("workplace:family_courses", args=[via.alma])
    anna = browser(via.anna)
    assert url in anna.get(reverse("families:person", args=[via.alma])).content.decode()
    shown = read(anna.get(url))
    assert "VIA Family 2.0" in shown
    assert "BTI" in shown
    stranger = an_actor(RoleKey.CASEWORKER)
    assert browser(stranger).get(url).status_code == 404


def test_costs_one_statement_where_there_is_no_other(pair, django_assert_num_queries) -> None:
    via, _bti = pair
    bo = a_team_member(via.space)
    with acting(bo), django_assert_num_queries(1):
        queries.several_courses(bo, [via.alma], beside=via.space)


def test_a_closed_course_has_no_more_goals_to_look_at(pair) -> None:
    via, bti = pair
    goal(via, "Alma er mere i skole")
    goal(bti, "Alma er mindre i skole")
    bti.close()
    shown = page(via)
    assert "afsluttet" in shown
    assert "hver sin vej" not in shown


def test_meetings_that_pile_up_over_two_courses_are_said_on_both(pair) -> None:
    via, bti = pair
    for days in (2, 16):
        meeting(via, days)
    assert LOAD not in page(via)  # one course's own rhythm is that course's
    meeting(bti, 27)
    for course in pair:
        assert LOAD in page(course)


def test_meetings_of_a_course_that_the_wall_hides_are_no_load(pair) -> None:
    via, bti = pair
    for days in (2, 16):
        meeting(via, days)
    meeting(bti, 27)
    bo = a_team_member(via.space)
    assert LOAD not in page(via, bo)
    with acting(bo), as_owner():
        found = queries.several_courses(bo, [via.alma], beside=via.space)
        assert len(found.booked) == 3  # the broken twin


def test_meetings_that_are_over_or_far_ahead_are_no_load(pair) -> None:
    via, bti = pair
    for days in (-3, 2):
        meeting(via, days)
    meeting(bti, 60)
    assert LOAD not in page(via)
