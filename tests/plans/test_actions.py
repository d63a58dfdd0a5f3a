"""Goals, plans, agreements and efforts: the act, the refusal, the stranger, and the fact that follows."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.plans import actions, queries
from samspil.collaboration.plans.models import Agreement, Goal
from samspil.collaboration.plans.rules import Doer, Happening, Voice
from samspil.collaboration.programmes.engine import State
from samspil.foundation.access import actions as access
from samspil.foundation.access.models import Item, ItemBacked
from samspil.foundation.desk.versions import Conflict, version_of
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category
from tests.factories.access import a_stranger, a_subject, a_team_member, acting
from tests.factories.courses import TODAY, ACourse, a_course
from tests.factories.plans import (
    STEPS,
    WORDS,
    a_goal,
    a_plan,
    a_step,
    an_agreement,
    an_effort,
    effort_text,
    goal_text,
    token_of,
    voices_of,
)

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def course() -> ACourse:
    return a_course()


def facts(course: ACourse, *kinds: str) -> list[dict[str, Any]]:
    """The attributes of the facts of these kinds."""
    with acting(course.anna) as anna:
        return [dict(one.attributes) for one in courses.facts_of(anna, course.space) if one.kind in kinds]


def subjects(course: ACourse, row: ItemBacked) -> set[UUID]:
    """Whom a row is about."""
    with acting(course.anna):
        return set(Item.objects.get(pk=row.pk).subjects)


def states(course: ACourse, step: str) -> list[State]:
    with acting(course.anna) as anna:
        return [one.state for one in courses.due_rows(anna, course.course, TODAY) if one.step == step]


class TestWriteGoal:
    def test_keeps_the_words_as_they_were_said(self, course: ACourse) -> None:
        goal = a_goal(course, words=f"  {WORDS}  ")
        assert (goal.words, goal.said_by_id, goal.number, goal.thread) == (WORDS, course.alma, 1, goal.pk)
        assert facts(course, "goal.set") == []

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"words": " "}, "wants to reach"),
            ({"said_by": None}, "who said it"),
            ({"said_on": TOMORROW}, "future"),
            ({"steps": STEPS[:4]}, "all five"),
            ({"steps": (*STEPS[:4], STEPS[0])}, "say the same"),
            ({"start": 3}, "−2 to"),
            ({"lead_sector": "state"}, "takes the lead"),
            ({"owner_post": uuid4()}, "part of the course"),
            ({"owner_person": uuid4(), "owner_post": None}, "part of the course"),
            ({"said_by": uuid4()}, "part of the course"),
        ],
    )
    def test_refuses_what_cannot_be(self, course: ACourse, changed: dict[str, Any], why: str) -> None:
        with pytest.raises(Refused, match=why):
            a_goal(course, **changed)

    def test_refuses_a_sixth(self, course: ACourse) -> None:
        for _ in range(5):
            a_goal(course)
        with pytest.raises(Refused, match="5 goals"):
            a_goal(course)

    def test_is_about_somebody_of_the_course(self, course: ACourse) -> None:
        with pytest.raises(Refused, match="whom in the family"):
            a_goal(course, a_subject(course.anna))

    def test_is_closed_to_strangers(self, course: ACourse) -> None:
        with pytest.raises(NotAllowed):
            a_goal(course, by=a_stranger())


class TestReviseGoal:
    def revised(self, course: ACourse, goal: Goal, seen: str, **changed: Any) -> Goal:
        with acting(course.anna) as anna:
            return actions.revise_goal(
                actor=anna, goal=goal, text=goal_text(course, **changed), seen=seen, today=TODAY
            )

    def test_is_a_version_of_its_own(self, course: ACourse) -> None:
        goal = a_goal(course)
        newer = self.revised(course, goal, version_of(goal), due_on=TODAY + timedelta(days=9))
        assert (newer.number, newer.supersedes_id, newer.thread) == (2, goal.pk, goal.pk)
        with acting(course.anna) as anna:
            assert [one.number for one in queries.goal_versions(anna, course.space, goal.thread)] == [2, 1]
            assert [one.pk for one in queries.goals_standing(anna, course.space)] == [newer.pk]

    def test_two_tabs_the_second_sees_both_texts_and_nothing_is_lost(self, course: ACourse) -> None:
        goal = a_goal(course)
        seen = version_of(goal)
        self.revised(course, goal, seen, words="Den første fane")
        with pytest.raises(Conflict) as caught:
            self.revised(course, goal, seen, words="Den anden fane")
        assert caught.value.theirs["words"] == "Den første fane"
        last = self.revised(course, goal, caught.value.version, words="Begge faner")
        assert (last.number, last.words) == (3, "Begge faner")

    def test_writes_nothing_where_nothing_is_different(self, course: ACourse) -> None:
        goal = a_goal(course)
        assert self.revised(course, goal, version_of(goal)).pk == goal.pk

    def test_an_ended_goal_is_not_revised(self, course: ACourse) -> None:
        goal = a_goal(course)
        with acting(course.anna) as anna:
            ended = actions.end_goal(
                actor=anna,
                goal=goal,
                state="dropped",
                reason="Vi vil noget andet.",
                on=TODAY,
                seen=version_of(goal),
                today=TODAY,
            )
        assert facts(course, "goal.closed") == []
        with pytest.raises(Refused, match="ended"):
            self.revised(course, goal, version_of(ended), words="Nyt")

    def test_ending_an_agreed_goal_is_a_fact(self, course: ACourse) -> None:
        a_plan(course)
        with acting(course.anna) as anna:
            [goal] = queries.goals_standing(anna, course.space)
            actions.end_goal(
                actor=anna,
                goal=goal,
                state="reached",
                reason="Hun ringer selv.",
                on=TODAY,
                seen=version_of(goal),
                today=TODAY,
            )
        assert facts(course, "goal.closed") == [{"goal": str(goal.thread), "people": [str(course.alma)]}]


class TestRateGoal:
    def rated(self, course: ACourse, goal: Goal, **more: Any) -> Any:
        with acting(course.anna) as anna:
            return actions.rate_goal(actor=anna, goal=goal, today=TODAY, **{"level": -1, "on": TODAY, **more})

    def test_notes_who_said_it_and_a_fact(self, course: ACourse) -> None:
        goal = a_goal(course)
        rating = self.rated(course, goal, by_person=course.father, words="Hun ringede i går.")
        assert (rating.by_person_id, rating.by_post_id) == (course.father, None)
        assert subjects(course, rating) == {course.alma, course.father}
        [fact] = facts(course, "goal.rated")
        assert (fact["goal"], fact["level"]) == (str(goal.thread), -1)
        assert set(fact["people"]) == {str(course.alma), str(course.father)}, "who said it, too"

    @pytest.mark.parametrize(
        ("more", "why"),
        [({"level": 4}, "−2 to"), ({"on": TOMORROW}, "not happened"), ({"by_person": uuid4()}, "part of")],
    )
    def test_refuses_what_cannot_be(self, course: ACourse, more: dict[str, Any], why: str) -> None:
        with pytest.raises(Refused, match=why):
            self.rated(course, a_goal(course), **more)


class TestAgreePlan:
    def test_binds_the_goals_and_meets_the_step(self, course: ACourse) -> None:
        course.note("meeting.held", TODAY - timedelta(days=5), kind="kickoff", meeting=str(uuid4()))
        assert states(course, "shared-plan") == [State.OPEN]
        goal = a_goal(course)
        plan = a_plan(course)
        assert (plan.number, plan.goals) == (1, [goal.pk])
        assert facts(course, "goal.set") == [
            {
                "goal": str(goal.thread),
                "lead_sector": "region",
                "due_on": (TODAY + timedelta(days=60)).isoformat(),
                "own_words": True,
                "people": [str(course.alma)],
            }
        ]
        assert facts(course, "plan.agreed") == [
            {"plan": str(plan.pk), "goals": 1, "people": [str(course.alma)], "family_present": True}
        ]
        assert states(course, "shared-plan") == [State.DONE]

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"lead_sector": ""}, "which sector"),
            ({"owner_post": None}, "who follows up"),
            ({"due_on": None}, "a date"),
            ({"steps": ()}, "five steps"),
            ({"due_on": TODAY - timedelta(days=1)}, "before the day"),
        ],
    )
    def test_refuses_while_a_goal_is_not_whole(
        self, course: ACourse, changed: dict[str, Any], why: str
    ) -> None:
        a_goal(course, **changed)
        with pytest.raises(Refused, match=why):
            a_plan(course)
        assert facts(course, "plan.agreed", "goal.set") == []

    def test_a_reason_stands_in_for_the_steps(self, course: ACourse) -> None:
        a_goal(course, steps=(), no_steps_reason="Vi laver dem på næste møde.")
        assert a_plan(course).number == 1

    @pytest.mark.parametrize("on", [TOMORROW])
    def test_refuses_a_day_to_come(self, course: ACourse, on: Any) -> None:
        with pytest.raises(Refused, match="future"):
            a_plan(course, on=on)

    def test_asks_everybody_and_for_a_reason(self, course: ACourse) -> None:
        a_goal(course)
        for voices, why in [
            (voices_of(course)[:2], "each person"),
            ([Voice(course.alma, "not-agreed"), *voices_of(course)[1:]], "why"),
        ]:
            with acting(course.anna) as anna, pytest.raises(Refused, match=why):
                actions.agree_plan(
                    actor=anna,
                    space=course.space,
                    agreed_on=TODAY,
                    voices=voices,
                    seen=token_of(anna, course.space),
                    today=TODAY,
                )

    def test_only_the_coordinator(self, course: ACourse) -> None:
        a_goal(course)
        colleague = a_team_member(course.space)
        with acting(colleague), pytest.raises(NotAllowed, match="coordinator"):
            actions.agree_plan(
                actor=colleague,
                space=course.space,
                agreed_on=TODAY,
                voices=voices_of(course),
                seen="",
                today=TODAY,
            )

    def test_a_goal_changed_meanwhile_is_a_conflict(self, course: ACourse) -> None:
        goal = a_goal(course)
        with acting(course.anna) as anna:
            seen = token_of(anna, course.space)
            actions.revise_goal(
                actor=anna,
                goal=goal,
                text=goal_text(course, words="Noget andet"),
                seen=version_of(goal),
                today=TODAY,
            )
            with pytest.raises(Conflict):
                actions.agree_plan(
                    actor=anna,
                    space=course.space,
                    agreed_on=TODAY,
                    voices=voices_of(course),
                    seen=seen,
                    today=TODAY,
                )


class TestRevisePlan:
    def revised(self, course: ACourse, **changed: Any) -> Any:
        fields = {"agreed_on": TODAY, "voices": voices_of(course), "reason": "Mette fik sit eget mål."}
        with acting(course.anna) as anna:
            return actions.revise_plan(
                actor=anna,
                space=course.space,
                seen=token_of(anna, course.space),
                today=TODAY,
                **fields | changed,
            )

    def test_notes_new_goals_only_and_why(self, course: ACourse) -> None:
        first = a_plan(course)
        new = a_goal(course, course.mother, said_by=course.mother, words="Jeg vil have hjælp til at huske.")
        plan = self.revised(course)
        assert (plan.number, plan.supersedes_id, plan.reason) == (2, first.pk, "Mette fik sit eget mål.")
        assert [one["goal"] for one in facts(course, "goal.set")][1:] == [str(new.thread)]
        [revised] = facts(course, "plan.revised")
        assert revised["goals"] == 2
        assert set(revised["people"]) == {str(course.alma), str(course.mother)}

    def test_refuses_without_reason_or_difference(self, course: ACourse) -> None:
        a_plan(course)
        with pytest.raises(Refused, match="different"):
            self.revised(course)
        a_goal(course)
        with pytest.raises(Refused, match="why"):
            self.revised(course, reason=" ")

    def test_refuses_before_there_is_one(self, course: ACourse) -> None:
        with pytest.raises(Refused, match="no plan yet"):
            self.revised(course)

    def test_who_could_not_answer_can_answer_later(self, course: ACourse) -> None:
        plan = a_plan(course)
        with acting(course.anna) as anna:
            said = Voice(course.alma, "agreed", words="Ja, det er det, jeg vil.")
            actions.note_voice(actor=anna, plan=plan, voice=said, on=TODAY, today=TODAY)
            version = queries.plan_of(anna, course.space).current
        assert version is not None
        assert {one.person_id: one.answer for one in version.voices} == {
            course.alma: "agreed",
            course.father: "agreed",
            course.mother: "agreed",
        }


class TestAgreements:
    def test_is_made_and_kept(self, course: ACourse) -> None:
        made = an_agreement(course)
        assert facts(course, "agreement.made") == [
            {
                "agreement": str(made.pk),
                "due_on": (TODAY + timedelta(days=7)).isoformat(),
                "role": "region_case_manager",
            }
        ]
        with acting(course.anna) as anna:
            assert [row.pk for row in queries.agreements_of(anna, TODAY)] == [made.pk]
            actions.keep_agreement(actor=anna, agreement=made, on=TODAY, today=TODAY)
            assert queries.agreements_of(anna, TODAY) == []
            assert queries.open_agreements(anna, course.space) == []
        assert facts(course, "agreement.kept") == [{"agreement": str(made.pk)}]

    def test_a_doer_in_the_family_is_one_it_is_about(self, course: ACourse) -> None:
        made = an_agreement(course, doer=Doer(person=course.mother))
        assert subjects(course, made) == {course.alma, course.mother}
        assert facts(course, "agreement.made")[0]["role"] == "co_parent"

    def test_somebody_of_the_network_does_it_by_name(self, course: ACourse) -> None:
        made = an_agreement(course, doer=Doer(name=" Farmor Inge "))
        assert made.name == "Farmor Inge"
        assert subjects(course, made) == {course.alma}
        assert "role" not in facts(course, "agreement.made")[0]

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"what": ""}, "what you have agreed"),
            ({"doer": Doer()}, "one person"),
            ({"doer": Doer(name=" ")}, "one person"),
            ({"doer": Doer(person=uuid4(), name="Farmor Inge")}, "one person"),
            ({"doer": Doer(post=uuid4())}, "part of"),
            ({"due_on": TODAY - timedelta(days=1)}, "before it was agreed"),
            ({"made_on": TOMORROW}, "not happened"),
        ],
    )
    def test_refuses_what_cannot_be(self, course: ACourse, changed: dict[str, Any], why: str) -> None:
        with pytest.raises(Refused, match=why):
            an_agreement(course, **changed)

    def test_not_kept_says_why_and_only_once(self, course: ACourse) -> None:
        made = an_agreement(course)
        with acting(course.anna) as anna:
            with pytest.raises(Refused, match="why"):
                actions.break_agreement(actor=anna, agreement=made, reason=" ", on=TODAY, today=TODAY)
            actions.break_agreement(actor=anna, agreement=made, reason="Jens var syg.", on=TODAY, today=TODAY)
            with pytest.raises(Refused, match="already"):
                actions.keep_agreement(actor=anna, agreement=made, on=TODAY, today=TODAY)
        assert len(facts(course, "agreement.broken", "agreement.kept")) == 1

    def test_no_longer_needed_is_no_fact(self, course: ACourse) -> None:
        made = an_agreement(course)
        with acting(course.anna) as anna:
            actions.drop_agreement(actor=anna, agreement=made, reason="Løst.", on=TODAY, today=TODAY)
        assert facts(course, "agreement.broken", "agreement.kept") == []

    def test_is_closed_to_strangers(self, course: ACourse) -> None:
        made, stranger = an_agreement(course), a_stranger()
        with acting(stranger), pytest.raises(NotAllowed):
            actions.keep_agreement(actor=stranger, agreement=made, on=TODAY, today=TODAY)


class TestEfforts:
    def test_is_written_with_what_happened_first(self, course: ACourse) -> None:
        effort = an_effort(
            course, course.alma, course.father, step={"planned_end": TODAY + timedelta(days=90)}
        )
        [started] = facts(course, "effort.started")
        assert started == {
            "effort": str(effort.thread),
            "people": sorted([str(course.alma), str(course.father)]),
            "type": "psychoeducation",
            "sector": "region",
            "planned_end": (TODAY + timedelta(days=90)).isoformat(),
        }
        assert all(
            state is State.OPEN or state is State.NOT_DUE
            for state in states(course, "transition-note-region")
        )

    def test_goes_its_way_to_the_clocks_of_the_law(self, course: ACourse) -> None:
        effort = an_effort(
            course, first="decided", sector="municipality", type="family-treatment", law="barnets-lov",
            section="§ 32", step={"with_plan": True}, on=TODAY - timedelta(days=30),
        )  # fmt: skip
        assert (
            facts(course, "effort.decided")[0] | {"basis": "barnets-lov", "plan": True}
            == facts(course, "effort.decided")[0]
        )
        assert states(course, "childs-plan") == [State.OPEN]
        a_step(course, effort, "plan-ready", TODAY - timedelta(days=9))
        assert states(course, "childs-plan") == [State.DONE]
        a_step(course, effort, "started", TODAY - timedelta(days=8))
        assert states(course, "municipal-effort-started") == [State.DONE]
        a_step(course, effort, "followed-up", TODAY, reason="Det går godt.", rhythm="P3M")
        assert states(course, "first-follow-up") == [State.DONE]
        a_step(course, effort, "ended", TODAY, reason="Familien har det, den skal bruge.")
        [ended] = facts(course, "effort.ended")
        with acting(course.anna) as anna:
            row = queries.effort(anna, course.space, effort.thread)
        assert row is not None
        assert ended["reason"] == str(row.steps[-1].pk)
        assert not row.is_open

    @pytest.mark.parametrize(
        ("step", "why"),
        [
            (Happening("started", TODAY), "does not fit"),
            (Happening("changed", TODAY), "why"),
            (Happening("ended", TOMORROW, "Slut"), "not happened"),
            (Happening("followed-up", TODAY, "Set på det"), "how often"),
            (Happening("changed", TODAY, "Mere tid", TODAY - timedelta(days=1)), "planned to end"),
            (Happening("nonsense", TODAY), "what happened"),
        ],
    )
    def test_refuses_what_cannot_have_been(self, course: ACourse, step: Happening, why: str) -> None:
        effort = an_effort(course)
        with acting(course.anna) as anna, pytest.raises(Refused, match=why):
            actions.note_step(actor=anna, effort=effort, step=step, today=TODAY)

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"what": ""}, "knows the effort as"),
            ({"provider": ""}, "who gives it"),
            ({"purpose": ""}, "help with"),
            ({"purpose_child": " "}, "for a child"),
            ({"law": "the-law"}, "statute"),
            ({"sector": "moon"}, "sector"),
        ],
    )
    def test_refuses_to_write_half_of_it(self, course: ACourse, changed: dict[str, Any], why: str) -> None:
        with pytest.raises(Refused, match=why):
            an_effort(course, **changed)

    def test_a_change_may_bring_new_words(self, course: ACourse) -> None:
        effort = an_effort(course)
        with acting(course.anna) as anna:
            actions.note_step(
                actor=anna,
                effort=effort,
                step=Happening("changed", TODAY, "Noah er med nu."),
                today=TODAY,
                text=effort_text(what="Forløb for hele familien"),
            )
            [row] = queries.efforts_of(anna, course.space, TODAY)
        assert (row.effort.what, row.effort.number, row.state) == ("Forløb for hele familien", 2, "started")

    def test_two_tabs_the_second_sees_both_texts(self, course: ACourse) -> None:
        effort = an_effort(course)
        seen = version_of(effort)
        with acting(course.anna) as anna:
            actions.revise_effort(
                actor=anna, effort=effort, text=effort_text(what="Første"), seen=seen, today=TODAY
            )
            with pytest.raises(Conflict) as caught:
                actions.revise_effort(
                    actor=anna, effort=effort, text=effort_text(what="Anden"), seen=seen, today=TODAY
                )
        assert caught.value.theirs["what"] == "Første"

    def test_the_family_says_what_it_thinks(self, course: ACourse) -> None:
        effort = an_effort(course)
        with acting(course.anna) as anna:
            view = actions.note_view(
                actor=anna, effort=effort, person=course.mother, words="Det hjælper.", on=TODAY, today=TODAY
            )
        assert subjects(course, view) == {course.alma, course.mother}

    def test_going_through_the_overview_meets_the_step(self, course: ACourse) -> None:
        course.note("meeting.held", TODAY - timedelta(days=5), kind="kickoff", meeting=str(uuid4()))
        with acting(course.anna) as anna, pytest.raises(Refused, match="no effort"):
            actions.review_efforts(actor=anna, space=course.space, on=TODAY, today=TODAY)
        an_effort(course)
        with acting(course.anna) as anna:
            actions.review_efforts(actor=anna, space=course.space, on=TODAY, today=TODAY)
        assert states(course, "effort-overview") == [State.DONE]

    def test_a_role_without_social_matters_does_not_write_it(self, course: ACourse) -> None:
        teacher = a_team_member(course.space, RoleKey.SCHOOL_CONTACT)
        with pytest.raises(NotAllowed, match="social matters"):
            an_effort(course, by=teacher)

    def test_is_closed_to_strangers(self, course: ACourse) -> None:
        with pytest.raises(NotAllowed):
            an_effort(course, by=a_stranger())


@pytest.mark.parametrize("exists", [True, False])
def test_a_row_names_no_stranger_whether_there_is_one_or_not(course: ACourse, *, exists: bool) -> None:
    """Beneath the actions: the same refusal for an id that somebody else keeps and for one of nobody."""
    stranger = a_subject(a_stranger()) if exists else uuid4()
    with acting(course.anna) as anna:
        item = access.new_item(
            actor=anna,
            kind="agreement",
            category=Category.EVERYDAY,
            subjects=[course.alma],
            space=course.space,
        )
        row = Agreement(
            item_id=item, space_id=course.space, what="x", due_on=TODAY, made_on=TODAY, person_id=stranger
        )
        with pytest.raises(ProgrammingError, match="people_are_seen"):
            row.save(force_insert=True)
