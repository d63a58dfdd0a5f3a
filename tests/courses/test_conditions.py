"""A youth course waits for the adult side: neither it nor the child side ends before somebody decides."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.rules import Newcomer
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Unit
from tests.courses.test_team_pages import browser
from tests.courses.test_team_pages import words as read
from tests.factories.access import a_subject, acting, an_actor
from tests.factories.courses import OPENED, TODAY, ACourse, a_version
from tests.factories.owner import as_owner

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
    adult_side_joins(course)
    course.note("decision.made", kind="adult-help", person=str(course.alma), role="caseworker_adult")
    course.note("effort.ended", **ended)
    assert course.close().kind == "course.closed"


def test_a_decision_that_names_nobody_is_not_enough(course: ACourse) -> None:
    course.note("decision.made", kind="adult-help", person=str(course.alma))
    with pytest.raises(Refused):
        course.close()


def test_a_decision_of_the_child_side_is_not_the_adult_sides(course: ACourse) -> None:
    adult_side_joins(course)
    course.note("decision.made", kind="adult-help", person=str(course.alma), role="guide")
    with pytest.raises(Refused, match="adult side"):
        course.close()


def test_a_role_that_nobody_has_said_yes_to_is_no_named_person(course: ACourse) -> None:
    course.note("decision.made", kind="adult-help", person=str(course.alma), role="caseworker_adult")
    with pytest.raises(Refused, match="adult side"):
        course.close()
    adult_side_joins(course)
    assert course.close().kind == "course.closed"


def test_a_correction_is_no_way_round(course: ACourse) -> None:
    job = course.note("effort.ended", effort=str(course.alma), type="job", sector="municipality")
    with acting(course.anna), pytest.raises(Refused, match="adult side"):
        actions.correct_fact(
            actor=course.anna, fact=job, reason="Det var en anden.", today=TODAY,
            attributes={**job.attributes, "type": "child-side"},
        )  # fmt: skip


def test_without_the_condition_it_would_close(course: ACourse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "samspil.collaboration.courses.rules.asks_first", lambda *_asked: False
    )  # broken twin
    assert course.close().kind == "course.closed"


def test_the_page_of_closing_says_what_is_missing_and_where_it_is_noted(course: ACourse) -> None:
    page, url = browser(course.anna), reverse("workplace:close", args=[course.space])
    with translation.override("da"):
        shown = read(page.get(url))
        assert "Det, modellen beder om først" in shown
        assert "før en navngiven på voksenområdet har truffet en afgørelse" in shown
        assert "5. Afslut forløbet" in shown
        assert f"{reverse('courses:note_fact', args=[course.space])}?kind=decision.made" in (
            page.get(url).content.decode()
        )
        sent = {"a_kind": "declined-by-youth", "a_person": str(course.alma), "on": TODAY.isoformat()}
        noted = f"{reverse('courses:note_fact', args=[course.space])}?kind=decision.made"
        assert page.post(noted, sent).status_code == 302
        assert "før en navngiven" not in read(page.get(url))


def adult_side_joins(course: ACourse) -> None:
    """Somebody of the adult side is named, and says yes."""
    with as_owner():
        unit = Unit.objects.get(pk=course.anna.unit_id)
    adult = an_actor(RoleKey.CASEWORKER, unit=unit)
    assert adult.membership_id is not None
    with acting(course.anna):
        actions.name_participant(
            actor=course.anna, space=course.space, role="caseworker_adult",
            membership=adult.membership_id, today=TODAY,
        )  # fmt: skip
    with acting(adult):
        part = queries.own_waiting_part(adult, course.space, TODAY)
        assert part is not None
        fact = actions.accept_role(actor=adult, participant=part, today=TODAY)
    assert fact is not None
    assert fact.kind == "contact_person.accepted"


def test_the_young_persons_own_no_is(course: ACourse) -> None:
    course.note("decision.made", kind="declined-by-youth", person=str(course.alma))
    assert course.close().kind == "course.closed"
