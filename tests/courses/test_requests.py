"""Wishes for change, several at once: an answer is tied to the wish it answers, and the others still wait."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import translation

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.models import Fact
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.programmes.engine import State
from samspil.foundation.kernel.roles import RoleKey
from tests.courses.test_team_pages import browser, words
from tests.factories.access import a_subject, acting, an_actor
from tests.factories.courses import OPENED, TODAY, ACourse, a_version
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
STEP = "family-wish"


@pytest.fixture(autouse=True)
def _in_danish() -> Iterator[None]:
    with translation.override("da"):
        yield


@pytest.fixture
def course() -> ACourse:
    anna = an_actor(RoleKey.CASEWORKER)
    saga, mother = a_subject(anna), a_subject(anna)
    people = [
        Newcomer(saga, date(TODAY.year - 9, 5, 1), ("child",), in_focus=True, name="Saga Krogh"),
        Newcomer(mother, date(1985, 3, 1), ("parent",), name="Mette Krogh"),
    ]
    with acting(anna):
        opened = actions.open_course(
            actor=anna, version=a_version("sammen-om-familien"), people=people, opened_on=OPENED, today=TODAY,
            roles={anna.membership_id: "adviser"},
        )  # fmt: skip
    return ACourse(opened, anna, saga, mother, mother)


def states(course: ACourse) -> list[State]:
    with acting(course.anna) as anna:
        rows = queries.due_rows(anna, course.course, TODAY)
        return [one.state for one in rows if one.step == STEP]


def page(kind: str, course: ACourse) -> str:
    return reverse("courses:note_fact", args=[course.space]) + "?" + urlencode({"kind": kind})


def note(kind: str, course: ACourse, **sent: str) -> str:
    answer = browser(course.anna).post(page(kind, course), {"on": TODAY.isoformat(), **sent})
    return words(answer) if answer.status_code == 200 else ""


def ids(kind: str) -> list[object]:
    with as_owner():
        return [one.attributes.get("request") for one in Fact.objects.filter(kind=kind).order_by("pk")]


def test_each_wish_has_an_id_of_its_own(course: ACourse) -> None:
    note("change.requested", course, a_people=str(course.alma))
    note("change.requested", course, a_people=str(course.mother))
    first, second = ids("change.requested")
    assert first
    assert second not in (None, first)
    assert states(course) == [State.OPEN, State.OPEN]


def test_of_several_one_chooses_which_is_answered_and_the_other_waits(course: ACourse) -> None:
    note("change.requested", course, a_people=str(course.alma))
    note("change.requested", course, a_people=str(course.mother))
    first, second = ids("change.requested")
    shown = words(browser(course.anna).get(page("change.answered", course)))
    assert "Hvilket handler det om?" in shown
    assert "Saga Krogh" in shown
    assert "Udfyld" in note("change.answered", course)
    assert ids("change.answered") == []
    note("change.answered", course, thing=str(first))
    assert ids("change.answered") == [first]
    assert sorted(states(course)) == [State.DONE, State.OPEN]
    note("change.answered", course)  # one is left: nothing need be chosen
    assert ids("change.answered") == [first, second]
    assert states(course) == [State.DONE, State.DONE]


def test_a_wish_that_is_none_of_the_open_ones_cannot_be_answered(course: ACourse) -> None:
    note("change.requested", course)
    note("change.requested", course)
    note("change.answered", course, thing="00000000-0000-7000-8000-00000000dead")
    assert ids("change.answered") == []


def test_what_was_noted_without_an_id_means_what_it_meant(course: ACourse) -> None:
    """Before, one wish and its answer: both without an id, and still tied."""
    course.note("change.requested", TODAY)
    assert states(course) == [State.OPEN]
    note("change.answered", course)
    assert ids("change.answered") == [None]
    assert states(course) == [State.DONE]


def test_a_wish_taken_back_is_not_offered(course: ACourse) -> None:
    note("change.requested", course)
    note("change.requested", course)
    with as_owner():
        first = Fact.objects.filter(kind="change.requested").order_by("pk").first()
    assert first is not None
    with acting(course.anna) as anna:
        [row] = queries.facts_of(anna, course.space).filter(pk=first.pk)
        actions.withdraw_fact(actor=anna, fact=row, reason="En fejl", today=TODAY)
        assert len(queries.open_things(anna, course.space, "change.answered")) == 1
