"""Every fact that a model's steps wait for can be noted on some page, with the attributes they ask for."""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import translation

from samspil.collaboration.courses import actions, acts, queries
from samspil.collaboration.courses.models import Fact
from samspil.collaboration.courses.queries.facts import fact_fields, on_paper
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.meetings import rules as meetings
from samspil.collaboration.plans.models import EffortType
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.asking import values_asked
from samspil.collaboration.programmes.engine.compiling import compiled
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.loading import library
from samspil.foundation.kernel.roles import RoleKey
from tests.courses.test_team_pages import browser
from tests.courses.test_team_pages import words as read
from tests.factories.access import a_subject, acting, an_actor
from tests.factories.courses import OPENED, TODAY, ACourse, a_version
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
BY_ITSELF = {"course.opened"}
"""Noted by the act that opens a course."""
NOT_BUILT_YET = ("measure.",)
"""Instruments have no pages yet: their steps say »coming«."""


@pytest.fixture(autouse=True)
def _in_danish() -> Iterator[None]:
    with translation.override("da"):
        yield


def kinds_waited_for(programme: Programme) -> set[str]:
    rules = compiled(programme).rules
    found = {match.kind for rule in rules for match in rule.matches}
    return found | {kind for rule in rules for start in rule.starts for kind in start.kinds}


MODELS = library().programmes


@pytest.mark.parametrize("programme", MODELS, ids=lambda one: f"{one.key}-{one.version}")
def test_each_kind_has_a_page(programme: Programme) -> None:
    noted = {act.kind for act in acts.ACTS} | BY_ITSELF
    missing = {kind for kind in kinds_waited_for(programme) - noted if not kind.startswith(NOT_BUILT_YET)}
    missing -= {
        "meeting.cancelled",
        "handover.requested",
        "handover.declined",
    }  # on the pages of what they end
    assert not missing


@pytest.mark.parametrize("programme", MODELS, ids=lambda one: f"{one.key}-{one.version}")
def test_the_general_form_can_say_what_the_steps_ask(programme: Programme) -> None:
    for rule in compiled(programme).rules:
        for match in rule.matches:
            if match.kind not in queries.facts.NOTABLE:
                continue
            asked = {one.name: one for one in fact_fields(programme, match.kind, [])}
            for name, value in match.where:
                field = asked[name]
                assert not field.options or str(value) in dict(field.options), (rule.key, name, value)


@pytest.mark.parametrize("programme", MODELS, ids=lambda one: f"{one.key}-{one.version}")
def test_kinds_of_meetings_and_efforts_can_be_chosen(programme: Programme) -> None:
    for rule in compiled(programme).rules:
        wheres = [(match.kind, dict(match.where)) for match in rule.matches]
        wheres += [(kind, dict(start.where)) for start in rule.starts for kind in start.kinds]
        for kind, where in wheres:
            if kind.startswith("effort.") and "type" in where:
                assert where["type"] in EffortType.values, (rule.key, where)
            if kind == "meeting.held" and "kind" in where:
                assert where["kind"] in meetings.kinds_of(programme), (rule.key, where)
    for condition in programme.conditions:
        for pattern in condition.holds_back:
            assert pattern.where.get("type", "other") in EffortType.values


def opened(model: str, role: str, *family: str, version: str = "") -> ACourse:
    anna = an_actor(RoleKey.CASEWORKER)
    subjects = [a_subject(anna) for _role in family]
    people = [
        Newcomer(subject, TODAY.replace(year=TODAY.year - (9 if at == 0 else 40)), (key,), in_focus=at == 0)
        for at, (subject, key) in enumerate(zip(subjects, family, strict=True))
    ]
    with acting(anna):
        course = actions.open_course(
            actor=anna, version=a_version(model, version), people=people, opened_on=OPENED, today=TODAY,
            roles={anna.membership_id: role},
        )  # fmt: skip
    return ACourse(course, anna, subjects[0], subjects[-1], subjects[-1])


def noted(course: ACourse, kind: str) -> list[Fact]:
    with as_owner():
        return list(Fact.objects.filter(space=course.space, kind=kind).order_by("pk"))


class TestLevels:
    def test_up_and_down_by_their_names(self) -> None:
        course = opened("bti", "observer", "child", "custody_holder")
        anna, url = (
            browser(course.anna),
            f"{reverse('courses:note_fact', args=[course.space])}?kind=level.set",
        )
        page = read(anna.get(url))
        for title in (
            "Niveau 0: Undren",
            "Niveau 1: Egen indsats",
            "Niveau 2: To tjenester",
            "Niveau 3: Bredt",
        ):
            assert title in page
        for level in ("2", "0"):
            assert anna.post(url, {"on": TODAY.isoformat(), "a_level": level}).status_code == 302
        assert [one.attributes for one in noted(course, "level.set")] == [{"level": 2}, {"level": 0}]
        assert anna.post(url, {"on": TODAY.isoformat(), "a_level": "4"}).status_code == 200

    def test_the_decision_in_fourteen_days_leads_to_its_page(self) -> None:
        course = opened("bti", "observer", "child", "custody_holder")
        course.note("concern.raised", person=str(course.alma), strength=2)
        with acting(course.anna) as anna:
            rows = queries.due_rows(anna, course.course, TODAY)
        [one] = [row for row in rows if row.step == "decide-level"]
        assert (one.due - TODAY).days == 14
        offer = acts.offer(one, course.space)
        assert offer is not None
        assert "Niveau 1: Egen indsats" in read(browser(course.anna).get(offer.url))


class TestSessions:
    def test_with_share_outside_hours_who_had_it_and_who_was_there(self) -> None:
        course = opened("styrket-familiebehandling", "family_worker_1", "child", "parent")
        anna, url = browser(course.anna), reverse("courses:session", args=[course.space])
        assert "Flere familier sammen" in read(anna.get(url))
        sent = {
            "kind": "multi-family", "on": TODAY.isoformat(), "people": [str(course.alma)],
            "professional": str(course.anna.membership_id), "duration": "90",
            "outside_hours": "yes", "feedback": "no",
        }  # fmt: skip
        assert anna.post(url, sent).status_code == 302
        [fact] = noted(course, "contact_session.logged")
        assert fact.attributes == {
            "kind": "multi-family", "people": [str(course.alma)], "duration": 90, "outside_hours": True,
            "professional": str(course.anna.membership_id), "feedback": False,
        }  # fmt: skip
        for wrong in ({"duration": "0"}, {"professional": ""}, {"kind": "gossip"}, {"outside_hours": ""}):
            assert anna.post(url, {**sent, **wrong}).status_code == 200
        assert len(noted(course, "contact_session.logged")) == 1


class TestChosenByTheFamily:
    def test_a_network_person_says_yes_and_the_yes_is_noted(self) -> None:
        course = opened("unge-overgang", "guide", "youth")
        anna = browser(course.anna)
        url = f"{reverse('courses:note_fact', args=[course.space])}?kind=contact_person.accepted"
        assert "Netværksperson" in read(anna.get(url))
        assert anna.post(url, {"on": TODAY.isoformat(), "a_role": "network_person"}).status_code == 302
        [fact] = noted(course, "contact_person.accepted")
        assert fact.attributes == {"role": "network_person"}
        staff = {"on": TODAY.isoformat(), "a_role": "caseworker_adult"}
        assert anna.post(url, staff).status_code == 200  # a colleague says yes in person
        with acting(course.anna) as actor:
            rows = queries.due_rows(actor, course.course, TODAY)
        assert next(one.state for one in rows if one.step == "network-person") is engine.State.DONE

    def test_where_the_model_has_no_such_role_it_is_not_offered(self) -> None:
        course = opened("bti", "observer", "child", "custody_holder")
        url = f"{reverse('courses:note_fact', args=[course.space])}?kind=contact_person.accepted"
        assert browser(course.anna).post(url, {"on": TODAY.isoformat()}).status_code == 200
        assert noted(course, "contact_person.accepted") == []

    def test_the_page_of_people_leads_there(self) -> None:
        course = opened("unge-overgang", "guide", "youth")
        page = browser(course.anna).get(reverse("courses:team", args=[course.space])).content.decode()
        assert "facts/new/?kind=contact_person.accepted" in page
        other = opened("bti", "observer", "child", "custody_holder")
        page = browser(other.anna).get(reverse("courses:team", args=[other.space])).content.decode()
        assert "contact_person.accepted" not in page


class TestOnPaper:
    """A tool without a form is filled in on paper, and noted; one with a form is filled in there."""

    def test_from_the_step_and_it_is_done(self) -> None:
        course = opened("unge-overgang", "guide", "youth")
        anna = browser(course.anna)
        with acting(course.anna) as actor:
            rows = queries.due_rows(actor, course.course, TODAY)
        step = next(one for one in rows if one.step == "life-areas")
        offer = acts.offer(step, course.space)
        assert offer is not None
        page = anna.get(offer.url)
        assert re.search(r'value="life-areas-wheel"[^>]*checked', page.content.decode())
        assert (
            anna.post(offer.url, {"on": TODAY.isoformat(), "a_tool": "life-areas-wheel"}).status_code == 302
        )
        [fact] = noted(course, "tool.completed")
        assert fact.attributes == {"tool": "life-areas-wheel"}
        with acting(course.anna) as actor:
            rows = queries.due_rows(actor, course.course, TODAY)
            assert queries.correctable(actor, queries.timeline(actor, course.space)) >= {fact.pk}
        assert next(one.state for one in rows if one.step == "life-areas") is engine.State.DONE_LATE

    def test_how_much_is_filled_in_where_the_model_looks_at_it(self) -> None:
        course = opened("unge-overgang", "guide", "youth")
        url = f"{reverse('courses:note_fact', args=[course.space])}?kind=tool.completed"
        sent = {"on": TODAY.isoformat(), "a_tool": "meeting-checklist", "a_filled": "90"}
        assert browser(course.anna).post(url, sent).status_code == 302
        [fact] = noted(course, "tool.completed")
        assert fact.attributes == {"tool": "meeting-checklist", "filled": 90}

    def test_not_a_tool_that_has_a_form_or_that_no_step_asks_for(self) -> None:
        course = opened("unge-overgang", "guide", "youth")
        url = f"{reverse('courses:note_fact', args=[course.space])}?kind=tool.completed"
        for tool in ("network-map", "effort-overview", "role-cards", ""):
            sent = {"on": TODAY.isoformat(), "a_tool": tool}
            assert browser(course.anna).post(url, sent).status_code == 200
        assert noted(course, "tool.completed") == []

    @pytest.mark.parametrize("programme", MODELS, ids=lambda one: f"{one.key}-{one.version}")
    def test_every_tool_that_a_step_asks_for_can_be_completed(self, programme: Programme) -> None:
        forms = {act.where.get("tool") for act in acts.ACTS if act.kind == "tool.completed"}
        asked = set(values_asked(programme, "tool.completed").get("tool", ()))
        assert asked <= forms | {tool.key for tool in on_paper(programme)}


def test_a_decision_is_made_in_the_reader_s_own_role() -> None:
    course = opened("unge-overgang", "guide", "youth")
    url = f"{reverse('courses:note_fact', args=[course.space])}?kind=decision.made"
    page = browser(course.anna).get(url).content.decode()
    assert re.search(r'name="a_role" value="guide"[^>]*checked', page)


def test_what_the_model_is_judged_by_can_be_said() -> None:
    programme = library().programme("styrket-familiebehandling", "2023")
    asked = {one.name: one for one in fact_fields(programme, "need.stated", [])}
    assert "outside-hours" in dict(asked["kind"].options)


def test_a_fact_about_several_asks_once_whom_it_is_about() -> None:
    programme = library().programme("styrket-familiebehandling", "2023")
    assert [one.name for one in fact_fields(programme, "setting.changed", [])] == [
        "people",
        "setting",
        "intensity",
    ]


def test_how_strong_a_worry_is_is_chosen_in_words() -> None:
    programme = library().programme("bti", "2012-adapted-2024")
    asked = {one.name: one for one in fact_fields(programme, "concern.raised", [])}
    assert [grade for grade, _words in asked["strength"].options] == ["1", "2", "3", "4"]
