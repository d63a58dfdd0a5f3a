"""The pages of the plan: the family's words first, a change that loses nothing, and nothing for strangers."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samspil.collaboration.courses import acts
from samspil.collaboration.courses import queries as courses
from samspil.collaboration.courses.models import Fact
from samspil.collaboration.plans import queries
from samspil.collaboration.plans.models import Goal
from samspil.foundation.access import cookies, wall
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey
from tests.browsing import FormClient
from tests.courses.test_pages_for_facts import opened
from tests.factories.access import a_stranger, a_team_member, acting
from tests.factories.courses import TODAY, ACourse, a_course
from tests.factories.owner import as_owner
from tests.factories.plans import STEPS, WORDS, a_goal, a_plan, an_agreement, an_effort

pytestmark = pytest.mark.django_db


def browser(actor: Actor) -> Client:
    """A browser in which this actor has logged in and chosen whom to act for."""
    client = FormClient()
    with as_owner():
        account = Account.objects.get(pk=actor.account_id)
    client.force_login(account, backend="samspil.foundation.accounts.backends.LocalLogin")
    client.cookies[cookies.name()] = wall.open_session(actor.account_id, actor.membership_id)
    return client


def words(response: HttpResponse) -> str:
    """What a reader sees, without tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def course() -> ACourse:
    return a_course()


@pytest.fixture
def anna(course: ACourse) -> Client:
    return browser(course.anna)


def at(course: ACourse, name: str, *more: object) -> str:
    return reverse(f"plans:{name}", args=[course.space, *more])


def day(days: int = 0) -> str:
    on = TODAY + timedelta(days=days)
    return f"{on.day}.{on.month}.{on.year}"


def a_posted_goal(course: ACourse, **changed: Any) -> dict[str, Any]:
    """A goal as a browser sends it."""
    return {
        "subjects": [str(course.alma)],
        "words": WORDS,
        "own_words": "on",
        "said_by": str(course.alma),
        "said_on": day(-3),
        "category": "4",
        **{f"step_{number}": text for number, text in enumerate(STEPS)},
        "start": "-2",
        "lead_sector": "region",
        "owner": f"post:{course.anna.membership_id}",
        "due_on": day(60),
        **changed,
    }


def version_in(page: HttpResponse) -> str:
    """The token of what the writer of this form has seen."""
    [found] = re.findall(r'name="_version" value="(\w*)"', page.content.decode())
    return str(found)


def an_answer(course: ACourse, there: Client) -> dict[str, str]:
    """What everybody says to the plan, as a browser sends it."""
    people = {course.alma: "no-answer", course.father: "agreed", course.mother: "not-agreed"}
    return {
        "agreed_on": day(),
        "_version": version_in(there.get(at(course, "agree"))),
        **{f"answer_{person}": answer for person, answer in people.items()},
        f"reason_{course.alma}": "Hun var træt.",
        f"reason_{course.mother}": "Det går for hurtigt.",
        f"words_{course.mother}": "Jeg vil have mere tid.",
    }


class TestThePlan:
    def test_from_the_first_goal_to_a_plan_that_holds(self, course: ACourse, anna: Client) -> None:
        assert "Ingen mål endnu" in words(anna.get(at(course, "plan")))
        sent = anna.post(at(course, "write_goal"), a_posted_goal(course))
        assert sent.status_code == 302
        shown = words(anna.get(at(course, "plan")))
        assert f"»{WORDS}«" in shown
        assert "Planen er ikke aftalt endnu. Den er klar" in shown
        assert "Trin −2:" in shown
        assert anna.post(at(course, "agree"), an_answer(course, anna)).status_code == 302
        shown = words(anna.get(at(course, "plan")))
        assert "og den gælder" in shown
        assert all(word in shown for word in ("Kunne ikke svare", "Hun var træt.", "Ikke enig"))
        assert "»Jeg vil have mere tid.«" in shown
        assert "Udgave 1" in words(anna.get(at(course, "versions")))

    def test_says_what_is_missing_and_offers_no_agreement(self, course: ACourse, anna: Client) -> None:
        anna.post(at(course, "write_goal"), a_posted_goal(course, lead_sector="", due_on=""))
        shown = words(anna.get(at(course, "plan")))
        assert "hvilken sektor der går forrest, en dato" in shown
        assert at(course, "agree") not in anna.get(at(course, "plan")).content.decode()
        refused = words(anna.post(at(course, "agree"), an_answer(course, anna)))
        assert "Der mangler stadig noget i" in refused

    def test_two_tabs_the_second_sees_both_texts(self, course: ACourse, anna: Client) -> None:
        goal = a_goal(course)
        address = at(course, "revise_goal", goal.thread)
        page = anna.get(address)
        seen = version_in(page)
        first = a_posted_goal(course, words="Den første fane", _version=seen)
        assert anna.post(address, first).status_code == 302
        second = anna.post(address, a_posted_goal(course, words="Den anden fane", _version=seen))
        shown = words(second)
        assert "Den første fane" in shown
        assert "Den anden fane" in shown
        newer = version_in(second)
        both = a_posted_goal(course, words="Begge faner", _version=newer)
        assert anna.post(address, both).status_code == 302
        assert "»Begge faner«" in words(anna.get(at(course, "plan")))
        with acting(course.anna) as actor:
            kept = [one.words for one in queries.goal_versions(actor, course.space, goal.thread)]
        assert kept == ["Begge faner", "Den første fane", WORDS]

    def test_two_steps_swap_and_nothing_is_saved_yet(self, course: ACourse, anna: Client) -> None:
        goal = a_goal(course)
        address = at(course, "revise_goal", goal.thread)
        seen = version_in(anna.get(address))
        page = anna.post(
            address, a_posted_goal(course, step_0="Lavt", step_1="Højt", _swap="1", _version=seen)
        )
        field = r'<textarea name="step_[01]"[^>]*>\s*([^<]*?)\s*</textarea>'
        fields = re.findall(field, page.content.decode())
        assert (page.status_code, fields) == (200, ["Højt", "Lavt"])
        with acting(course.anna) as actor:
            assert [one.number for one in queries.goals_standing(actor, course.space)] == [1]

    def test_a_goal_changed_meanwhile_is_read_again_first(self, course: ACourse, anna: Client) -> None:
        goal = a_goal(course)
        answer = an_answer(course, anna)
        address = at(course, "revise_goal", goal.thread)
        seen = version_in(anna.get(address))
        anna.post(address, a_posted_goal(course, words="Noget nyt", _version=seen))
        again = anna.post(at(course, "agree"), answer)
        assert "Læs målene igen" in words(again)
        assert "Noget nyt" in words(again)
        answer["_version"] = version_in(again)
        assert anna.post(at(course, "agree"), answer).status_code == 302

    def test_shows_what_is_different_between_versions(self, course: ACourse, anna: Client) -> None:
        a_plan(course)
        with acting(course.anna) as actor:
            [goal] = queries.goals_standing(actor, course.space)
        address = at(course, "revise_goal", goal.thread)
        seen = version_in(anna.get(address))
        anna.post(address, a_posted_goal(course, lead_sector="municipality", _version=seen))
        assert "er ændret siden" in words(anna.get(at(course, "plan")))
        without = anna.post(at(course, "agree"), an_answer(course, anna))
        assert "Udfyld: Hvorfor bliver planen ændret?" in words(without)
        answer = an_answer(course, anna) | {"reason": "Kommunen tager over."}
        assert anna.post(at(course, "agree"), answer).status_code == 302
        shown = words(anna.get(at(course, "versions")))
        assert "Kommunen tager over." in shown
        assert "Hvem der går forrest Regionen Kommunen" in shown

    def test_a_rating_stands_with_who_said_it(self, course: ACourse, anna: Client) -> None:
        goal = a_goal(course)
        said = {"level": "1", "by": str(course.alma), "on": day(-1), "words": "Jeg ringede selv."}
        assert anna.post(at(course, "rate_goal", goal.thread), said).status_code == 302
        shown = words(anna.get(at(course, "plan")))
        assert "Trin +1: Hun har prøvet at ringe" in shown
        assert "»Jeg ringede selv.«" in shown

    def test_an_ended_goal_stays_with_its_reason(self, course: ACourse, anna: Client) -> None:
        goal = a_goal(course)
        address = at(course, "end_goal", goal.thread)
        seen = version_in(anna.get(address))
        said = {"state": "reached", "reason": "Hun ringer selv nu.", "on": day(), "_version": seen}
        assert anna.post(address, said).status_code == 302
        shown = words(anna.get(at(course, "plan")))
        assert "Mål, der er afsluttet" in shown
        assert "Hun ringer selv nu." in shown
        assert anna.get(address).status_code == 404

    def test_who_answers_later_is_heard(self, course: ACourse, anna: Client) -> None:
        a_plan(course)
        said = {"answer": "agreed", "on": day(), "words": "Ja tak."}
        assert anna.post(at(course, "voice", course.alma), said).status_code == 302
        assert "»Ja tak.«" in words(anna.get(at(course, "plan")))
        assert anna.get(at(course, "voice", uuid4())).status_code == 404

    def test_only_the_coordinator_agrees(self, course: ACourse) -> None:
        a_goal(course)
        colleague = browser(a_team_member(course.space))
        shown = words(colleague.get(at(course, "plan")))
        assert "Aftal planen" not in shown
        assert "koordinator" in shown
        assert colleague.get(at(course, "agree")).status_code == 403
        assert colleague.post(at(course, "agree"), {}).status_code == 403

    def test_a_long_text_and_a_sign_that_cannot_be_are_told(self, course: ACourse, anna: Client) -> None:
        for text, why in [("x" * 1_000_000, "højst 600 tegn"), ("Hej\x00", "et tegn")]:
            answer = anna.post(at(course, "write_goal"), a_posted_goal(course, words=text))
            assert answer.status_code == 200
            assert why in words(answer)


class TestAgreements:
    def test_are_made_kept_and_not_kept(self, course: ACourse, anna: Client) -> None:
        said = {
            "what": "ringer til skolen",
            "doer": f"post:{course.anna.membership_id}",
            "due_on": day(5),
            "made_on": day(),
            "subjects": [str(course.alma)],
            "goal": "",
        }
        assert anna.post(at(course, "make_agreement"), said).status_code == 302
        other = an_agreement(course)
        with acting(course.anna) as actor:
            first = next(row for row in queries.open_agreements(actor, course.space) if row.pk != other.pk)
        assert "Ringer til skolen" in words(anna.get(at(course, "plan")))
        assert anna.post(at(course, "keep_agreement", first.pk)).status_code == 302
        ended = {"outcome": "broken", "reason": "", "on": day()}
        assert "Skriv hvorfor" in words(anna.post(at(course, "end_agreement", other.pk), ended))
        assert anna.post(at(course, "end_agreement", other.pk), ended | {"reason": "Syg"}).status_code == 302
        shown = words(anna.get(at(course, "plan")))
        assert "Ingen åbne aftaler" in shown
        assert "Ikke holdt" in shown
        assert anna.post(at(course, "keep_agreement", first.pk)).status_code == 404


class TestEfforts:
    def test_from_the_first_word_to_the_end(self, course: ACourse, anna: Client) -> None:
        assert "Ingen indsatser er skrevet ind endnu" in words(anna.get(at(course, "efforts")))
        said = {
            "subjects": [str(course.alma), str(course.mother)],
            "type": "family-treatment",
            "what": "Familiebehandling om tirsdagen",
            "sector": "municipality",
            "provider": "Familiehuset",
            "law": "barnets-lov",
            "section": "§ 32",
            "purpose": "En familiebehandler kommer hjem til jer.",
            "purpose_child": "En voksen kommer og hjælper jer.",
            "category": "16",
            "kind": "decided",
            "on": day(-20),
            "with_plan": "on",
        }
        half = anna.post(at(course, "write_effort"), said | {"purpose_child": ""})
        assert "fortalt til et barn" in words(half)
        sent = anna.post(at(course, "write_effort"), said)
        assert sent.status_code == 302
        shown = words(anna.get(sent.url))
        assert "Barnets lov § 32" in shown
        assert "En voksen kommer og hjælper jer." in shown
        with acting(course.anna) as actor:
            [row] = queries.efforts_of(actor, course.space, TODAY)
        assert "Den er slut" in shown
        assert anna.get(at(course, "note_step", row.thread, "followed-up")).status_code == 404
        assert anna.post(at(course, "note_step", row.thread, "started"), {"on": day(-10)}).status_code == 302
        without = anna.post(at(course, "note_step", row.thread, "ended"), {"on": day()})
        assert without.status_code == 200
        view = {"person": str(course.mother), "words": "Det hjælper os.", "on": day()}
        assert anna.post(at(course, "note_view", row.thread), view).status_code == 302
        assert "»Det hjælper os.«" in words(anna.get(at(course, "effort", row.thread)))
        overview = words(anna.get(at(course, "efforts")))
        assert "Familiehuset" in overview
        assert anna.post(at(course, "review_efforts")).status_code == 302

    def test_can_be_corrected(self, course: ACourse, anna: Client) -> None:
        effort = an_effort(course)
        address = at(course, "revise_effort", effort.thread)
        page = anna.get(address)
        assert "VIA-teamet" in page.content.decode()
        seen = version_in(page)
        with acting(course.anna) as actor:
            row = queries.effort(actor, course.space, effort.thread)
            assert row is not None
            said = queries.written_effort(row.effort) | {"what": "Et nyt navn", "_version": seen}
        assert anna.post(address, said).status_code == 302
        assert "Et nyt navn" in words(anna.get(at(course, "effort", effort.thread)))

    def test_a_school_contact_sees_no_social_matter_and_writes_none(self, course: ACourse) -> None:
        effort = an_effort(course)
        school = browser(a_team_member(course.space, RoleKey.SCHOOL_CONTACT))
        shown = words(school.get(at(course, "efforts")))
        assert "Ingen indsatser" in shown
        assert "omfatter ikke sociale forhold" in shown
        assert school.get(at(course, "write_effort")).status_code == 403
        assert school.get(at(course, "effort", effort.thread)).status_code == 404


def addresses(course: ACourse) -> list[str]:
    """Every page that exists for this course."""
    goal, agreement, effort = a_goal(course), an_agreement(course), an_effort(course)
    a_plan(course)
    return [
        *(at(course, name) for name in ("plan", "versions", "agree", "write_goal", "make_agreement")),
        *(at(course, name) for name in ("efforts", "write_effort")),
        *(at(course, name, goal.thread) for name in ("revise_goal", "rate_goal", "end_goal")),
        at(course, "voice", course.alma),
        at(course, "end_agreement", agreement.pk),
        *(at(course, name, effort.thread) for name in ("effort", "revise_effort", "note_view")),
        at(course, "note_step", effort.thread, "changed"),
    ]


class TestStrangers:
    def test_learn_nothing_from_any_page(self, course: ACourse) -> None:
        every = addresses(course)
        there = browser(a_stranger())
        assert {there.get(address).status_code for address in every} == {404}
        assert {there.post(address, {}).status_code for address in every} <= {404, 405}
        keep = at(course, "keep_agreement", every_agreement(course))
        assert there.post(keep).status_code == 404
        assert there.post(at(course, "review_efforts")).status_code == 404

    def test_ids_of_another_course_lead_nowhere(self, course: ACourse) -> None:
        other = a_course()
        goal, agreement, effort = a_goal(other), an_agreement(other), an_effort(other)
        here = browser(course.anna)
        for name, pk in [
            ("revise_goal", goal.thread),
            ("rate_goal", goal.thread),
            ("end_goal", goal.thread),
            ("end_agreement", agreement.pk),
            ("effort", effort.thread),
            ("revise_effort", effort.thread),
            ("note_view", effort.thread),
        ]:
            assert here.get(at(course, name, pk)).status_code == 404
        posted = a_posted_goal(course, subjects=[str(other.alma)])
        assert here.post(at(course, "write_goal"), posted).status_code == 200
        with acting(course.anna) as actor:
            assert queries.goals_standing(actor, course.space) == []

    def test_each_page_opens_for_who_takes_part(self, course: ACourse, anna: Client) -> None:
        assert {anna.get(address).status_code for address in addresses(course)} == {200}


def every_agreement(course: ACourse) -> object:
    with acting(course.anna) as actor:
        return queries.open_agreements(actor, course.space)[0].pk


def test_the_page_asks_the_same_of_the_database_however_much_there_is(course: ACourse, anna: Client) -> None:
    def asked(name: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert anna.get(at(course, name)).status_code == 200
        return len(captured)

    a_plan(course)
    an_effort(course)
    an_agreement(course)
    pages = ("plan", "versions", "efforts")
    asked("plan")
    before = {name: asked(name) for name in pages}
    for _ in range(3):
        goal = a_goal(course)
        an_agreement(course, goal=goal)
        an_effort(course)
    assert {name: asked(name) for name in pages} == before


def test_the_worklist_leads_to_the_page_where_a_step_is_done(course: ACourse) -> None:
    course.note("meeting.held", TODAY - timedelta(days=5), kind="kickoff", meeting=str(uuid4()))
    with acting(course.anna) as actor:
        due = courses.due_rows(actor, course.course, TODAY)
    found = {one.step: acts.offer(one, course.space) for one in due}
    plan, efforts = at(course, "plan"), at(course, "efforts")
    for step, address in [("shared-plan", plan), ("effort-overview", efforts)]:
        offer = found[step]
        assert offer is not None
        assert offer.url.startswith(address)


class TestWhichWayAGoalHelps:
    """Asked where the model looks at it, kept from version to version, and told with the goal that is set."""

    def test_where_the_model_looks_at_it(self) -> None:
        course = opened("styrket-familiebehandling", "adviser", "child", "parent", version="2023")
        anna = browser(course.anna)
        assert "Hvordan hjælper det?" in words(anna.get(at(course, "write_goal")))
        wrong = anna.post(at(course, "write_goal"), a_posted_goal(course, mode="magic"))
        assert wrong.status_code == 200
        assert (
            anna.post(at(course, "write_goal"), a_posted_goal(course, mode="supportive")).status_code == 302
        )
        assert "Støttende" in words(anna.get(at(course, "plan")))
        answers = {f"answer_{one}": "agreed" for one in (course.alma, course.mother)}
        seen = version_in(anna.get(at(course, "agree")))
        agreed = anna.post(at(course, "agree"), {"agreed_on": day(), "_version": seen, **answers})
        assert agreed.status_code == 302
        with as_owner():
            [fact] = Fact.objects.filter(space=course.space, kind="goal.set")
        assert fact.attributes["mode"] == "supportive"

    def test_nowhere_else(self, course: ACourse, anna: Client) -> None:
        assert "Hvordan hjælper det?" not in words(anna.get(at(course, "write_goal")))
        assert (
            anna.post(at(course, "write_goal"), a_posted_goal(course, mode="supportive")).status_code == 302
        )
        with as_owner():
            assert [goal.mode for goal in Goal.objects.filter(space=course.space)] == [""]
