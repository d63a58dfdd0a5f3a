"""A youth course waits for the adult side: neither it nor the child side ends before somebody decides."""

from datetime import date

import pytest

from samspil.collaboration.courses import actions
from samspil.collaboration.courses.rules import Newcomer
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.roles import RoleKey
from tests.factories.access import a_subject, acting, an_actor
from tests.factories.courses import OPENED, TODAY, ACourse, a_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> ACourse:
    anna = an_actor(RoleKey.CASEWORKER)
    saga = a_subject(anna)
    people = [Newcomer(saga, date(TODAY.year - 17, 5, 1), ("youth",), in_focus=True)]
    with acting(anna):
        opened = actions.open_course(
            actor=anna, version=a_version("unge-overgang"), people=people, opened_on=OPENED, today=TODAY,
            roles={anna.membership_id: "guide"},
        )  # fmt: skip
    return ACourse(opened, anna, saga, saga, saga)


def test_nothing_closes_before_the_adult_side_has_decided(course: ACourse) -> None:
    ended = {"effort": str(course.alma), "type": "child-side", "sector": "municipality"}
    for act in (course.close, lambda: course.note("effort.ended", **ended)):
        with pytest.raises(Refused, match="adult side"):
            act()
    course.note("effort.ended", **{**ended, "type": "job"})  # another effort ends as it likes
    course.note("decision.made", kind="adult-help", person=str(course.alma), role="caseworker_adult")
    course.note("effort.ended", **ended)
    assert course.close().kind == "course.closed"


def test_a_decision_that_names_nobody_is_not_enough(course: ACourse) -> None:
    course.note("decision.made", kind="adult-help", person=str(course.alma))
    with pytest.raises(Refused):
        course.close()


def test_the_young_persons_own_no_is(course: ACourse) -> None:
    course.note("decision.made", kind="declined-by-youth", person=str(course.alma))
    assert course.close().kind == "course.closed"
