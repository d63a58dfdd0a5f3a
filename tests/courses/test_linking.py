"""A step that leads to another model: the course begun from it, or tied to one that runs; both say so."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import translation

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.models import Course, CoursePerson, Fact
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.programmes.engine import State
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from tests.courses.test_team_pages import browser
from tests.courses.test_team_pages import words as read
from tests.factories.access import a_stranger, a_subject, a_team_member, acting, an_actor
from tests.factories.courses import OPENED, TODAY, ACourse, a_version
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
STEP = "youth-course"
ALMOST_16 = TODAY.replace(year=TODAY.year - 16, day=1) + timedelta(days=205)


@pytest.fixture(autouse=True)
def _in_danish() -> Iterator[None]:
    with translation.override("da"):
        yield


@pytest.fixture
def course() -> ACourse:
    """A family whose eldest is soon sixteen, under a model with a step that starts the youth course."""
    anna = an_actor(RoleKey.CASEWORKER)
    saga, bo, mother = a_subject(anna), a_subject(anna), a_subject(anna)
    people = [
        Newcomer(saga, ALMOST_16, ("child",), in_focus=True, name="Saga Krogh"),
        Newcomer(bo, date(TODAY.year - 9, 5, 1), ("child",), in_focus=True, name="Bo Krogh"),
        Newcomer(mother, date(1985, 3, 1), ("parent",), name="Mette Krogh"),
    ]
    with acting(anna):
        opened = actions.open_course(
            actor=anna, version=a_version("sammen-om-familien"), people=people, opened_on=OPENED, today=TODAY,
            roles={anna.membership_id: "adviser"},
        )  # fmt: skip
    return ACourse(opened, anna, saga, bo, mother)


def state(course: ACourse, person: UUID) -> State:
    with acting(course.anna) as anna:
        rows = queries.due_rows(anna, course.course, TODAY)
        return next(one.state for one in rows if one.step == STEP and one.person == str(person))


def start(course: ACourse, by: Actor | None = None, *, others: tuple[UUID, ...] = ()) -> Course:
    actor = by or course.anna
    with acting(actor):
        return actions.start_other_course(
            actor=actor, space=course.space, step=STEP, version=a_version("unge-overgang"),
            person=course.alma, others=others, today=TODAY,
        )  # fmt: skip


def linked(space: UUID) -> list[dict[str, object]]:
    with as_owner():
        return [one.attributes for one in Fact.objects.filter(space=space, kind="course.linked")]


class TestStart:
    def test_opens_the_other_course_with_people_and_coordinator_and_shows_the_step_done(
        self, course: ACourse
    ) -> None:
        assert state(course, course.alma) is State.OPEN
        begun = start(course, others=(course.mother,))
        with as_owner():
            rows = CoursePerson.objects.filter(space=begun.space_id)
            assert {one.subject_id: one.roles for one in rows} == {
                course.alma: ["youth"],
                course.mother: ["parent"],
            }
        with acting(course.anna) as anna:
            head = queries.course_head(anna, begun.space_id, TODAY)
        assert head is not None
        assert head.baton == course.anna.membership_id
        assert state(course, course.alma) is State.DONE
        [here] = linked(course.space)
        [there] = linked(begun.space_id)
        assert here == {
            "programme": "unge-overgang", "how": "starts", "course": str(begun.space_id),
            "person": str(course.alma),
        }  # fmt: skip
        assert (there["programme"], there["course"]) == ("sammen-om-familien", str(course.space))

    def test_only_once_and_only_where_the_step_leads(self, course: ACourse) -> None:
        start(course)
        with pytest.raises(Refused, match="knyt dette"):
            start(course)
        with acting(course.anna), pytest.raises(Refused, match="anden model"):
            actions.start_other_course(
                actor=course.anna, space=course.space, step=STEP, version=a_version("bti"),
                person=course.alma, others=(), today=TODAY,
            )  # fmt: skip

    def test_is_for_the_coordinator(self, course: ACourse) -> None:
        for actor in (a_team_member(course.space), a_stranger()):
            with pytest.raises(NotAllowed):
                start(course, actor)
        assert linked(course.space) == []

    def test_leaves_nothing_when_it_fails_on_the_way(
        self, course: ACourse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(**_words: object) -> None:
            raise Refused("no")

        monkeypatch.setattr("samspil.collaboration.courses.actions.linking.note_fact", fail)
        with as_owner():
            before = len(Course.objects.all())
        with pytest.raises(Refused):
            start(course)
        with as_owner():
            assert len(Course.objects.all()) == before


class TestTie:
    def test_both_say_it(self, course: ACourse) -> None:
        begun = a_youth_course(course)
        with acting(course.anna):
            actions.tie_courses(
                actor=course.anna, space=course.space, step=STEP, other=begun.space_id,
                person=course.alma, today=TODAY,
            )  # fmt: skip
        assert [one["how"] for one in linked(course.space) + linked(begun.space_id)] == ["links", "links"]
        assert state(course, course.alma) is State.DONE

    def test_not_to_a_course_one_takes_no_part_in(self, course: ACourse) -> None:
        begun = a_youth_course(course)
        bo = a_team_member(course.space)
        with acting(bo), pytest.raises(Refused, match="ikke sådan et forløb"):
            actions.tie_courses(
                actor=bo, space=course.space, step=STEP, other=begun.space_id, person=course.alma, today=TODAY
            )


class TestPages:
    def test_the_step_offers_it_and_it_is_done_in_two_clicks(self, course: ACourse) -> None:
        anna = browser(course.anna)
        page = anna.get(reverse("workplace:steps", args=[course.space])).content.decode()
        [url] = set(re.findall(r'href="([^"]*lead-on/[^"]*)"', page))
        shown = anna.get(url.replace("&amp;", "&"))
        assert "Start Samarbejdsmodellen for unge" in read(shown)
        [on] = set(re.findall(r'href="([^"]*lead-on/start/[^"]*)"', shown.content.decode()))
        form = anna.get(on.replace("&amp;", "&"))
        assert "Saga Krogh" in read(form)
        assert "Mette Krogh" in read(form)
        assert "Bo Krogh" not in read(form).partition("Hvem handler det om?")[2]
        sent = {"person": str(course.alma), "others": [str(course.mother)]}
        done = read(anna.post(on.replace("&amp;", "&"), sent, follow=True))
        assert "Forløbet er begyndt" in done
        assert "Sammen om familien" in done  # the other course of the family stands on the new one's page

    def test_one_that_runs_is_tied(self, course: ACourse) -> None:
        begun = a_youth_course(course)
        anna, url = browser(course.anna), f"{reverse('courses:lead_on', args=[course.space])}?step={STEP}"
        url += f"&person={course.alma}"
        assert "Knyt til Samarbejdsmodellen for unge" in read(anna.get(url))
        done = read(anna.post(url, {"course": str(begun.space_id)}, follow=True))
        assert "knyttet sammen" in done

    def test_a_course_that_the_wall_hides_is_not_offered(self, course: ACourse) -> None:
        a_youth_course(course)
        bo = a_team_member(course.space)
        url = f"{reverse('courses:lead_on', args=[course.space])}?step={STEP}&person={course.alma}"
        page = read(browser(bo).get(url))
        assert "Knyt til" not in page
        assert "Du kender ikke et forløb" in page

    def test_another_step_is_no_page(self, course: ACourse) -> None:
        for step in ("home-visit", "nonsense", ""):
            url = f"{reverse('courses:lead_on', args=[course.space])}?step={step}"
            assert browser(course.anna).get(url).status_code == 404


def a_youth_course(course: ACourse) -> Course:
    """A youth course about the eldest, that Anna has opened by itself."""
    people = [Newcomer(course.alma, ALMOST_16, ("youth",), in_focus=True, name="Saga Krogh")]
    with acting(course.anna):
        return actions.open_course(
            actor=course.anna, version=a_version("unge-overgang"), people=people, opened_on=OPENED,
            today=TODAY, roles={course.anna.membership_id: "guide"},
        )  # fmt: skip
