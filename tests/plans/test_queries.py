"""What each sees of a plan: the right rows, at a constant cost, and nothing through another's yes."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspil.collaboration.plans import actions, queries
from samspil.collaboration.plans.models import (
    Agreement,
    AgreementEnd,
    Effort,
    EffortStep,
    EffortView,
    Goal,
    GoalRating,
    Plan,
    PlanVoice,
)
from samspil.collaboration.plans.rules import Doer, Voice
from samspil.foundation.access import sight
from samspil.foundation.access.models import ItemBacked
from samspil.foundation.desk.versions import version_of
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.sharing import Category, HolderKind, RelationKind
from tests.factories.access import a_relation, a_stranger, a_team_member, acting
from tests.factories.courses import TODAY, ACourse, a_course
from tests.factories.organisations import a_unit
from tests.factories.owner import as_owner
from tests.factories.plans import (
    a_goal,
    a_plan,
    a_step,
    an_agreement,
    an_effort,
    goal_text,
    token_of,
    voices_of,
)

pytestmark = pytest.mark.django_db
TABLES = (Goal, GoalRating, Plan, PlanVoice, Agreement, AgreementEnd, Effort, EffortStep, EffortView)
OWN = Category.EVERYDAY | Category.SOCIAL


@pytest.fixture
def course() -> ACourse:
    return a_course()


@pytest.fixture
def full(course: ACourse) -> ACourse:
    """A course with a row in each table: about Alma, and one thing each about Alma with her father."""
    goal = a_goal(course)
    a_goal(course, course.father, words="Jeg vil passe mit arbejde.", said_by=course.father)
    plan = a_plan(course)
    kept = an_agreement(course, goal=goal)
    an_agreement(course, course.father)
    effort = an_effort(course)
    a_step(course, effort, "changed", reason="Noah er med nu.")
    with acting(course.anna) as anna:
        actions.rate_goal(actor=anna, goal=goal, level=-1, on=TODAY, today=TODAY)
        actions.keep_agreement(actor=anna, agreement=kept, on=TODAY, today=TODAY)
        actions.note_view(
            actor=anna, effort=effort, person=course.alma, words="Det er godt.", on=TODAY, today=TODAY
        )
        said = Voice(course.alma, "agreed")
        actions.note_voice(actor=anna, plan=plan, voice=said, on=TODAY, today=TODAY)
    return course


def another_unit(course: ACourse) -> Actor:
    """A clinician's colleague of another authority who stands in the team."""
    with as_owner():
        unit = a_unit()
    return a_team_member(course.space, unit=unit)


def a_yes(course: ACourse, reader: Actor, subject: UUID, categories: Category = OWN) -> None:
    """The person has said yes: the reader's unit may see what Anna's unit has written."""
    assert reader.unit_id is not None
    a_relation(
        reader.unit_id,
        RelationKind.CONSENT,
        holder_kind=HolderKind.UNIT,
        subject=subject,
        categories=categories,
        giver=course.anna.unit_id,
        authority=course.anna.authority_id,
    )


def rows_seen(reader: Actor, table: type[ItemBacked]) -> list[set[UUID]]:
    """Whom each row that somebody sees is about."""
    with acting(reader):
        return [set(row.item.subjects) for row in sight.visible(table.objects.all())]


class TestTheWall:
    def test_the_own_unit_sees_every_table(self, full: ACourse) -> None:
        assert all(rows_seen(full.anna, table) for table in TABLES)

    @pytest.mark.parametrize("who", ["stranger", "team member of another unit without basis"])
    def test_who_has_no_basis_sees_nothing(self, full: ACourse, who: str) -> None:
        reader = a_stranger() if who == "stranger" else another_unit(full)
        assert [rows_seen(reader, table) for table in TABLES] == [[]] * len(TABLES)
        with acting(reader):
            plan = queries.plan_of(reader, full.space)
            assert (plan.goals, plan.ended, plan.versions, plan.agreements) == ((), (), (), ())
            assert queries.efforts_of(reader, full.space, TODAY) == []
            assert queries.goals_shown(reader, full.space, TODAY) == []
            assert queries.open_agreements(reader, full.space) == []

    def test_the_same_goes_red_where_a_policy_stands_open(self, full: ACourse) -> None:
        """The broken twin: with one policy open, who has no basis reads the family's words."""
        reader = another_unit(full)
        with acting(reader):
            assert list(Goal.objects.all()) == []
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("DROP POLICY seen ON plans_goal")
            cursor.execute("CREATE POLICY seen ON plans_goal FOR SELECT TO samspil_app USING (true)")
        with acting(reader):
            assert len(Goal.objects.all()) == 2

    def test_one_yes_opens_that_person_and_nobody_else(self, full: ACourse) -> None:
        reader = another_unit(full)
        a_yes(full, reader, full.alma)
        for table in TABLES:
            assert all(about == {full.alma} for about in rows_seen(reader, table))
        with acting(reader):
            plan = queries.plan_of(reader, full.space)
            assert [set(row.subjects) for row in plan.goals] == [{full.alma}]
            assert plan.versions == ()
            assert len(queries.efforts_of(reader, full.space, TODAY)) == 1

    def test_both_have_said_yes_and_the_plan_is_whole(self, full: ACourse) -> None:
        reader = another_unit(full)
        a_yes(full, reader, full.alma)
        a_yes(full, reader, full.father)
        with acting(reader):
            plan = queries.plan_of(reader, full.space)
            assert len(plan.goals) == 2
            assert plan.current is not None
            assert len(plan.current.goals) == 2
            assert {voice.person_id for voice in plan.current.voices} == {full.alma, full.father}

    def test_a_yes_to_everyday_life_opens_no_social_matter(self, full: ACourse) -> None:
        reader = another_unit(full)
        a_yes(full, reader, full.alma, Category.EVERYDAY)
        with acting(reader):
            assert queries.goals_shown(reader, full.space, TODAY)
            assert queries.efforts_of(reader, full.space, TODAY) == []

    def test_a_goal_of_health_is_not_seen_in_the_agreed_plan(self, course: ACourse) -> None:
        a_goal(course)
        a_goal(course, category=Category.HEALTH, words="Jeg vil tage min medicin.")
        a_plan(course)
        reader = another_unit(course)
        a_yes(course, reader, course.alma)
        with acting(reader):
            plan = queries.plan_of(reader, course.space)
            assert plan.current is not None
            assert len(plan.goals) == len(plan.current.goals) == 1
            assert not plan.is_changed

    def test_nobody_writes_about_a_goal_one_does_not_see(self, full: ACourse) -> None:
        reader = another_unit(full)
        with acting(full.anna) as anna:
            [goal, *_] = queries.goals_standing(anna, full.space)
        with acting(reader), pytest.raises(Refused, match="no such goal"):
            actions.rate_goal(actor=reader, goal=goal, level=1, on=TODAY, today=TODAY)


class TestPlanOf:
    def test_shows_where_one_is_and_who_said_so(self, course: ACourse) -> None:
        goal = a_goal(course)
        with acting(course.anna) as anna:
            before = queries.goals_shown(anna, course.space, TODAY)[0]
            for level, days in [(-1, 9), (0, 2)]:
                on = TODAY - timedelta(days=days)
                actions.rate_goal(
                    actor=anna, goal=goal, level=level, on=on, today=TODAY, by_person=course.father
                )
            [row] = queries.plan_of(anna, course.space).goals
        assert (before.now, row.now) == (-2, 0)
        assert [one.level for one in row.ratings] == [0, -1]

    def test_a_rating_of_an_older_version_still_counts(self, course: ACourse) -> None:
        goal = a_goal(course)
        with acting(course.anna) as anna:
            actions.rate_goal(actor=anna, goal=goal, level=1, on=TODAY, today=TODAY)
            made = an_agreement_for(course, goal)
            actions.revise_goal(
                actor=anna,
                goal=goal,
                text=goal_text(course, due_on=TODAY),
                seen=version_of(goal),
                today=TODAY,
            )
            [row] = queries.plan_of(anna, course.space).goals
        assert row.now == 1
        assert [one.pk for one in row.agreements] == [made.pk]

    def test_says_what_changed_from_version_to_version(self, course: ACourse) -> None:
        goal = a_goal(course)
        a_plan(course)
        with acting(course.anna) as anna:
            assert not queries.plan_of(anna, course.space).is_changed
            actions.revise_goal(
                actor=anna,
                goal=goal,
                text=goal_text(course, due_on=TODAY + timedelta(days=9), lead_sector="municipality"),
                seen=version_of(goal),
                today=TODAY,
            )
            actions.write_goal(
                actor=anna,
                space=course.space,
                subjects=[course.mother],
                text=goal_text(course, words="Jeg vil sove."),
                today=TODAY,
            )
            assert queries.plan_of(anna, course.space).is_changed
            actions.revise_plan(
                actor=anna,
                space=course.space,
                agreed_on=TODAY,
                voices=voices_of(course),
                reason="Nyt",
                seen=token_of(anna, course.space),
                today=TODAY,
            )
            newest, oldest = queries.plan_of(anna, course.space).versions
        assert oldest.changes == ()
        new, changed = newest.changes
        assert (new.before, new.fields) == (None, ())
        assert changed.fields == ("lead_sector", "due_on")


def an_agreement_for(course: ACourse, goal: Goal) -> Agreement:
    return actions.make_agreement(
        actor=course.anna,
        space=course.space,
        subjects=[course.alma],
        what="Ringer til skolen",
        doer=Doer(post=course.anna.membership_id),
        due_on=TODAY,
        made_on=TODAY,
        today=TODAY,
        goal=goal,
    )


class TestMyAgreements:
    def test_are_mine_open_and_soon(self, course: ACourse) -> None:
        mine = an_agreement(course)
        an_agreement(course, due_on=TODAY + timedelta(days=40))
        an_agreement(course, doer=Doer(person=course.father))
        with acting(course.anna) as anna:
            assert [row.pk for row in queries.agreements_of(anna, TODAY)] == [mine.pk]


class TestCost:
    def test_is_the_same_however_much_there_is(self, course: ACourse) -> None:
        def asked() -> list[int]:
            counts = []
            with acting(course.anna) as anna:
                for question in (
                    lambda: queries.plan_of(anna, course.space),
                    lambda: queries.goals_shown(anna, course.space, TODAY),
                    lambda: queries.open_agreements(anna, course.space),
                    lambda: queries.agreements_of(anna, TODAY),
                    lambda: queries.efforts_of(anna, course.space, TODAY),
                ):
                    with CaptureQueriesContext(
                        connection,
                    ) as captured:
                        question()
                    counts.append(len(captured))
            return counts

        first = asked()
        assert first == [6, 5, 2, 1, 3]
        for _ in range(3):
            goal = a_goal(course)
            an_agreement(course, goal=goal)
            an_effort(course)
        a_plan(course)
        assert asked() == first
