"""Noting what happened: contacts, the vocabulary's form, the target group, corrections."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from samspil.collaboration.courses import acts, queries
from samspil.collaboration.courses.models import CoursePerson, Fact, Remark
from samspil.collaboration.programmes import vocabulary, words
from samspil.collaboration.programmes.engine import State
from samspil.foundation.kernel.roles import RoleKey
from tests.courses.test_team_pages import at, browser
from tests.courses.test_team_pages import words as read
from tests.factories.access import a_stranger, acting
from tests.factories.courses import TODAY
from tests.factories.owner import as_owner
from tests.factories.teams import ATeam, a_team, categories_of

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_danish() -> Iterator[None]:
    with translation.override("da"):
        yield


@pytest.fixture
def team() -> ATeam:
    return a_team()


def facts(kind: str) -> list[Fact]:
    with as_owner():
        return list(Fact.objects.filter(kind=kind).order_by("pk"))


def state(team: ATeam, step: str) -> State:
    with acting(team.anna) as anna:
        rows = queries.due_rows(anna, team.course.course, TODAY)
        return next(one.state for one in rows if one.step == step)


def anna_notes(team: ATeam, kind: str, sent: dict[str, Any]) -> bool:
    return browser(team.anna).post(at("note_fact", team, kind=kind), sent).status_code == 302


class TestContact:
    def test_on_a_day_in_the_past_with_people_and_minutes(self, team: ATeam) -> None:
        anna = browser(team.anna)
        assert "Koordinering" in read(anna.get(at("contact", team)))
        sent = {
            "kind": "advice",
            "on": YESTERDAY.isoformat(),
            "people": [str(team.course.father)],
            "duration": "20",
        }
        shown = read(anna.post(at("contact", team), sent, follow=True))
        assert "noteret senere" in shown
        [fact] = facts("contact.made")
        assert fact.on_day == YESTERDAY
        assert fact.attributes == {"kind": "advice", "people": [str(team.course.father)], "duration": 20}

    def test_begins_with_what_the_step_asks_for(self, team: ATeam) -> None:
        page = browser(team.anna).get(at("contact", team, step="coordination-contact"))
        assert re.search(r'value="coordination"[^>]*checked', page.content.decode())

    @pytest.mark.parametrize(
        "wrong",
        [
            {"on": (TODAY + timedelta(days=1)).isoformat()},
            {"on": "31.2.2026"},
            {"on": "1.1.1850"},
            {"on": ""},
            {"kind": "gossip"},
            {"people": [str(uuid4())]},
            {"duration": "-3"},
            {"duration": "1\x00"},
        ],
    )
    def test_what_cannot_be_is_said_and_nothing_is_noted(self, team: ATeam, wrong: dict[str, Any]) -> None:
        sent = {"kind": "other", "on": TODAY.isoformat(), **wrong}
        assert browser(team.anna).post(at("contact", team), sent).status_code == 200
        assert facts("contact.made") == []

    def test_sent_twice_is_noted_once(self, team: ATeam) -> None:
        anna, key = browser(team.anna), {"headers": {"Idempotency-Key": "y" * 32}}
        for _time in range(2):
            anna.post(at("contact", team), {"kind": "other", "on": TODAY.isoformat()}, **key)
        assert len(facts("contact.made")) == 1


class TestAnyFact:
    def test_offers_what_the_role_may_see(self, team: ATeam) -> None:
        teacher = team.colleague(RoleKey.SCHOOL_CONTACT)
        team.name(teacher, "municipal_service", categories=categories_of(RoleKey.SCHOOL_CONTACT))
        assert "Indlæggelse" in read(browser(team.anna).get(at("note_fact", team)))
        assert "Indlæggelse" not in read(browser(teacher).get(at("note_fact", team)))
        page = at("note_fact", team, kind="admission")
        sent = {"on": TODAY.isoformat(), "a_person": str(team.course.father)}
        assert browser(teacher).post(page, sent).status_code == 200
        assert facts("admission") == []

    def test_an_admission_and_its_discharge_are_one_stay(self, team: ATeam) -> None:
        anna, sent = browser(team.anna), {"a_person": str(team.course.father)}
        for kind, day in (("admission", YESTERDAY), ("discharge", TODAY)):
            page = at("note_fact", team, kind=kind)
            assert anna.post(page, {**sent, "on": day.isoformat()}).status_code == 302
        [into], [out] = facts("admission"), facts("discharge")
        assert into.attributes["stay"] == out.attributes["stay"]

    def test_a_track_with_its_reason_as_words_beside_it(self, team: ATeam) -> None:
        anna, page = browser(team.anna), at("note_fact", team, kind="track.chosen")
        sent = {"on": TODAY.isoformat(), "a_track": "raadgivning"}
        assert "Udfyld: Hvorfor?" in read(anna.post(page, sent))
        assert anna.post(page, {**sent, "reason": "Familien vil gerne have råd."}).status_code == 302
        [fact] = facts("track.chosen")
        with as_owner():
            assert Remark.objects.get(pk=fact.remark_id).text == "Familien vil gerne have råd."
        assert fact.attributes == {"track": "raadgivning", "reason": str(fact.remark_id)}

    def test_treatment_with_its_end(self, team: ATeam) -> None:
        page = at("note_fact", team, kind="treatment.known")
        sent = {
            "on": TODAY.isoformat(),
            "a_person": str(team.course.father),
            "a_ongoing": "no",
            "a_ended_on": "1.5.2026",
        }
        assert browser(team.anna).post(page, sent).status_code == 302
        [fact] = facts("treatment.known")
        assert fact.attributes == {
            "person": str(team.course.father),
            "ongoing": False,
            "ended_on": "2026-05-01",
        }

    def test_a_report_has_a_time(self, team: ATeam) -> None:
        page = at("note_fact", team, kind="report.received")
        sent = {"on": YESTERDAY.isoformat(), "time": "14.30", "a_person": str(team.course.alma)}
        assert browser(team.anna).post(page, sent).status_code == 302
        assert anna_notes(team, "report.assessed", {**sent, "on": TODAY.isoformat(), "time": "00.01"})
        [received], [assessed] = facts("report.received"), facts("report.assessed")
        assert received.at is not None
        assert received.attributes == assessed.attributes

    @pytest.mark.parametrize("kind", ["meeting.held", "course.closed", "step.excused", "nonsense", "\x00"])
    def test_kinds_of_other_pages_are_not_noted_here(self, team: ATeam, kind: str) -> None:
        page = at("note_fact", team) + f"?kind={kind.replace(chr(0), '%00')}"
        before = len(facts("course.opened"))
        assert browser(team.anna).post(page, {"on": TODAY.isoformat()}).status_code == 200
        with as_owner():
            assert len(Fact.objects.all()) == before

    def test_every_question_of_the_model_has_danish_words(self, team: ATeam) -> None:
        with acting(team.anna) as anna:
            head = queries.course_head(anna, team.space, TODAY)
            assert head is not None
            asked, others = queries.notable_kinds(anna, head)
        assert {"treatment.known", "track.chosen", "need.stated", "admission"} <= set(asked)
        with translation.override("en"):
            english = {name: str(words.attribute(name)) for name in words.ATTRIBUTES}
        for kind in (*asked, *others, "contact.made"):
            for one in queries.fact_fields(head.programme, kind, head.people):
                assert one.name in english, one.name
                if one.type in (vocabulary.Type.PERSON, vocabulary.Type.PEOPLE, vocabulary.Type.ROLE):
                    continue
                assert all(text or code in words.CODES for code, text in one.options), (kind, one)


QUESTIONS = (
    "parent-mental-illness",
    "treated-within-three-years",
    "needs-advice",
    "needs-municipal-effort",
    "no-parent-consent",
    "acute-concern",
)
NOT_KNOWN = {f"a_{key}": "unknown" for key in QUESTIONS}


class TestTargetGroup:
    def test_shown_first_and_then_noted_without_the_answers(self, team: ATeam) -> None:
        team.course.note("treatment.known", TODAY, person=str(team.course.father), ongoing=True)
        anna, page = browser(team.anna), at("eligibility", team)
        assert "Det kan ikke siges endnu" in read(anna.get(page))
        sent = {**NOT_KNOWN, "a_parent-mental-illness": "yes", "a_needs-advice": "yes"}
        looked = read(anna.post(page, {**sent, "_look": "1"}))
        assert "Familien er i målgruppen" in looked
        assert facts("eligibility.checked") == []
        assert anna.post(page, sent).status_code == 302
        assert [fact.attributes for fact in facts("eligibility.checked")] == [{"result": "yes"}]
        assert state(team, "check-target-group") in (State.DONE, State.DONE_LATE)

    def test_a_warning_is_said(self, team: ATeam) -> None:
        sent = {**NOT_KNOWN, "a_acute-concern": "yes", "_look": "1"}
        assert "Se på det her, før I går videre" in read(
            browser(team.anna).post(at("eligibility", team), sent)
        )


class TestCorrect:
    def test_with_a_reason_and_the_rest_as_it_was(self, team: ATeam) -> None:
        fact = team.course.note("contact.made", TODAY, kind="advice", duration=20)
        anna, page = browser(team.anna), at("correct_fact", team, fact.pk)
        sent = {"on": YESTERDAY.isoformat(), "a_kind": "coordination", "a_duration": "20"}
        assert "Udfyld: Hvorfor bliver det rettet?" in read(anna.post(page, sent))
        assert anna.post(page, {**sent, "reason": "Det var i går."}).status_code == 302
        first, second = facts("contact.made")
        assert second.corrects_id == first.pk
        assert second.on_day == YESTERDAY
        assert second.attributes == {"kind": "coordination", "duration": 20}
        assert anna.get(page).status_code == 404

    def test_an_answer_that_the_model_does_not_name_stays(self, team: ATeam) -> None:
        fact = team.course.note("contact.made", TODAY, kind="other")
        page = browser(team.anna).get(at("correct_fact", team, fact.pk))
        assert re.search(r'value="other"[^>]*checked', page.content.decode())

    def test_noted_by_mistake(self, team: ATeam) -> None:
        fact = team.course.note("contact.made", TODAY, kind="advice")
        page = at("withdraw_fact", team, fact.pk)
        assert browser(team.anna).post(page, {"reason": "Forkert familie."}).status_code == 302
        assert len(facts("fact.withdrawn")) == 1

    def test_another_unit_corrects_its_own(self, team: ATeam) -> None:
        carl = team.neighbour()
        team.name(carl, "municipal_coordinator")
        fact = team.course.note("contact.made", TODAY, kind="advice")
        for page in ("correct_fact", "withdraw_fact"):
            assert browser(carl).get(at(page, team, fact.pk)).status_code == 403
            assert browser(carl).post(at(page, team, fact.pk), {"reason": "Nej."}).status_code == 403
            assert browser(a_stranger()).get(at(page, team, fact.pk)).status_code == 404

    def test_facts_of_other_courses_are_no_page(self, team: ATeam) -> None:
        other = a_team()
        fact = other.course.note("contact.made", TODAY, kind="advice")
        assert browser(team.anna).get(at("correct_fact", team, fact.pk)).status_code == 404
        assert browser(team.anna).get(at("correct_fact", other, fact.pk)).status_code == 404


class TestExcuse:
    def test_with_a_reason_for_one_person(self, team: ATeam) -> None:
        person = str(team.course.father)
        page = at("excuse", team, step="information-and-consent", n="1", person=person)
        anna = browser(team.anna)
        assert "bliver stående som ikke sket" in read(anna.get(page))
        assert anna.post(page, {"reason": "Han er indlagt."}).status_code == 302
        [fact] = facts("step.excused")
        assert fact.attributes["person"] == person
        assert fact.attributes["n"] == 1

    @pytest.mark.parametrize(
        "asked", [{"step": "no-such-step"}, {}, {"n": "x"}, {"n": "-1"}, {"n": "9" * 40}, {"person": "x"}]
    )
    def test_what_is_no_step_is_no_page(self, team: ATeam, asked: dict[str, str]) -> None:
        known = {} if "step" in asked or not asked else {"step": "kickoff-meeting"}
        assert browser(team.anna).get(at("excuse", team, **known, **asked)).status_code == 404

    def test_only_who_coordinates(self, team: ATeam) -> None:
        bo = team.colleague()
        team.name(bo, "region_team")
        page = at("excuse", team, step="kickoff-meeting")
        assert browser(bo).post(page, {"reason": "Nej."}).status_code == 403


class TestDoors:
    @pytest.mark.parametrize("page", ["contact", "note_fact", "eligibility", "excuse", "consent"])
    def test_strangers_learn_nothing(self, team: ATeam, page: str) -> None:
        assert browser(a_stranger()).get(at(page, team)).status_code == 404
        assert browser(team.anna).get(reverse(f"courses:{page}", args=[uuid4()])).status_code == 404

    def test_whose_answer(self, team: ATeam) -> None:
        with as_owner():
            CoursePerson.objects.filter(subject=team.course.father).update(name="Jens Lund")
        anna = browser(team.anna)
        assert "Jens Lund" in read(anna.get(at("consent", team)))
        page = anna.get(at("consent", team, person=str(team.course.father)))
        assert page.url == reverse("sharing:register", args=[team.space, team.course.father])

    def test_steps_lead_to_their_pages(self, team: ATeam) -> None:
        with acting(team.anna) as anna:
            rows = queries.due_rows(anna, team.course.course, TODAY)
        found = {one.step: acts.offer(one, team.space) for one in rows}
        for step, page in {
            "check-target-group": "eligibility",
            "information-and-consent": "consent",
            "needs-overview": "note_fact",
            "region-contact-accepted": "accept",
            "name-municipal-coordinator": "team",
            "accept-baton": "accept",
        }.items():
            offer = found[step]
            assert offer is not None, step
            assert offer.url.startswith(reverse(f"courses:{page}", args=[team.space]))
