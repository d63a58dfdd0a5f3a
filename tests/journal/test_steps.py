"""Through the definition: each step of VIA Family that the journal shows done becomes done by its actions."""

from datetime import timedelta
from uuid import uuid4

import pytest

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.journal import actions
from samspil.collaboration.journal.models import Sector, SentKind
from samspil.collaboration.programmes.engine import State
from samspil.foundation.kernel.sharing import Category
from tests.factories.access import acting
from tests.factories.courses import OPENED, TODAY, ACourse
from tests.factories.journal import (
    a_child_view,
    a_document,
    a_regional_course,
    a_yes,
    another_sector,
    the_paper,
)

pytestmark = pytest.mark.django_db
DONE = {State.DONE, State.DONE_LATE}
SOON = (TODAY + timedelta(days=60)).isoformat()


@pytest.fixture
def course() -> ACourse:
    """A course after its opening meeting, in the track of collaboration."""
    course = a_regional_course()
    course.note("meeting.held", OPENED + timedelta(days=20), meeting=str(uuid4()), kind="kickoff")
    return course


def is_done(course: ACourse, step: str) -> bool:
    with acting(course.anna) as anna:
        found = [one.state for one in courses.due_rows(anna, course.course, TODAY) if one.step == step]
    assert found, f"{step} is nowhere"
    return found[0] in DONE


def shared(course: ACourse, document, audience: str) -> None:
    paper = the_paper(course, document)
    with acting(course.anna) as anna:
        actions.share_document(actor=anna, paper=paper, audience=audience, on=TODAY, today=TODAY)


def sent(course: ACourse, kind: SentKind, **fields) -> None:
    said = {
        "to_sector": Sector.MUNICIPALITY,
        "category": Category.EVERYDAY,
        "subjects": [course.father],
        "text": "Besked",
        **fields,
    }
    with acting(course.anna) as anna:
        actions.send_note(actor=anna, space=course.space, kind=kind, today=TODAY, **said)


def a_receiver(course: ACourse) -> None:
    signe = another_sector(course)
    both = Category.EVERYDAY | Category.HEALTH
    a_yes(course, signe, course.alma, course.father, categories=both)


def test_the_familys_needs_by_the_network_map(course):
    assert not is_done(course, "needs-overview")
    a_document(course, "network-map")
    assert is_done(course, "needs-overview")


def test_the_safety_plan_is_made_with_the_parent_and_not_by_the_childs_version(course):
    a_document(course, audience="child")
    assert not is_done(course, "safety-plan")
    a_document(course)
    assert is_done(course, "safety-plan")


def test_the_childs_plan_is_done_when_the_child_has_got_it(course):
    document = a_document(course, audience="child")
    assert not is_done(course, "safety-plan-child")
    shared(course, document, "child")
    assert is_done(course, "safety-plan-child")


def test_the_safety_plan_is_handed_on_to_the_municipality_at_the_end():
    course = a_regional_course(opened_on=TODAY - timedelta(days=720))
    a_receiver(course)
    document = a_document(course)
    assert not is_done(course, "safety-plan-handed-on")
    shared(course, document, "municipality")
    assert is_done(course, "safety-plan-handed-on")


@pytest.mark.parametrize(
    ("kind", "step"), [("kickoff", "child-view-kickoff"), ("status", "child-view-status")]
)
def test_a_child_is_heard_around_each_meeting(course, kind, step):
    meeting = uuid4()
    course.note("meeting.planned", TODAY, meeting=str(meeting), kind=kind)
    with acting(course.anna) as anna:
        [row] = [
            one
            for one in courses.due_rows(anna, course.course, TODAY)
            if one.step == step and one.anchored_on == TODAY
        ]
    assert (row.state in DONE, row.person) == (False, str(course.alma))
    a_child_view(course, meeting=meeting)
    with acting(course.anna) as anna:
        [row] = [
            one
            for one in courses.due_rows(anna, course.course, TODAY)
            if one.step == step and one.anchored_on == TODAY
        ]
    assert row.state in DONE


def test_advice_is_written_to_the_family(course):
    course.note("track.chosen", OPENED + timedelta(days=2), track="raadgivning")
    assert not is_done(course, "advice-note")
    sent(course, SentKind.ADVICE, to_sector=Sector.FAMILY, whom_to_call="Signe Holm, 12 34 56 78")
    assert is_done(course, "advice-note")


def test_an_admission_is_told_to_the_municipality(course):
    a_receiver(course)
    course.note("admission", TODAY, person=str(course.father), stay=str(uuid4()))
    assert not is_done(course, "event-note")
    sent(course, SentKind.EVENT, category=Category.HEALTH)
    assert is_done(course, "event-note")


@pytest.mark.parametrize(
    ("sector", "step"),
    [("region", "transition-note-region"), ("municipality", "transition-note-municipality")],
)
def test_a_transition_note_is_about_its_effort(course, sector, step):
    a_receiver(course)
    effort, other = uuid4(), uuid4()
    course.note("effort.started", TODAY, effort=str(effort), sector=sector, planned_end=SOON)
    document = the_paper(course, a_document(course, "transition-note"))
    sent(course, SentKind.TRANSITION, effort=other, document=document)
    assert not is_done(course, step)
    sent(course, SentKind.TRANSITION, effort=effort, document=document)
    assert is_done(course, step)


def test_a_change_of_a_municipal_effort_is_told(course):
    a_receiver(course)
    effort = uuid4()
    course.note("effort.changed", TODAY, effort=str(effort), sector="municipality")
    assert not is_done(course, "change-note-municipality")
    sent(course, SentKind.CHANGE, effort=effort)
    assert is_done(course, "change-note-municipality")
