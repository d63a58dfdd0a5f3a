"""Which page a step offers: the narrowest that knows how."""

import pytest

from samspil.collaboration.courses import acts, queries
from samspil.foundation.kernel import clock
from tests.factories.access import acting
from tests.factories.courses import a_course

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_others(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(acts, "ACTS", [])


def occurrence(course, step: str):
    with acting(course.anna):
        return next(
            one for one in queries.due_rows(course.anna, course.course, clock.today()) if one.step == step
        )


def test_the_narrowest_act_that_fits_is_offered():
    course = a_course()
    acts.add(acts.Act("meeting.held", "Any meeting", "workplace:course"))
    acts.add(acts.Act("meeting.held", "Opening meeting", "workplace:course", {"kind": "kickoff"}))
    acts.add(acts.Act("meeting.held", "Status meeting", "workplace:course", {"kind": "status"}))
    offered = acts.offer(occurrence(course, "kickoff-meeting"), course.space)
    assert offered is not None
    assert offered.text == "Opening meeting"
    assert offered.url == f"/courses/{course.space}/?step=kickoff-meeting&n=1"


def test_a_step_for_one_person_names_the_person():
    course = a_course()
    acts.add(acts.Act("tool.shared", "Write the child's plan", "workplace:course"))
    offered = acts.offer(occurrence(course, "safety-plan-child"), course.space)
    assert offered is not None
    assert offered.url.endswith(f"&person={course.alma}")


def test_no_page_no_offer():
    course = a_course()
    acts.add(acts.Act("note.sent", "Send", "workplace:course"))
    assert acts.offer(occurrence(course, "kickoff-meeting"), course.space) is None
