"""Opening a course and noting facts: the act, the refusal, the stranger."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.models import Course, Fact, FactKind, Participant
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.programmes.engine import State
from samspil.collaboration.programmes.vocabulary import KINDS
from samspil.collaboration.sharing.models import Answer, Way
from samspil.collaboration.sharing.rules import Consent, Receiver, Scope
from samspil.foundation.access import actions as access
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose, RelationKind
from tests.factories.access import a_leader, a_stranger, a_subject, a_team_member, acting, an_actor
from tests.factories.courses import OPENED, TODAY, ACourse, a_course, a_version
from tests.factories.families import a_person
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> ACourse:
    return a_course()


def as_written(sql: str, *values: object) -> list[tuple[object, ...]]:
    """What stands in the tables, as their owner sees it."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def states(course: ACourse, step: str, today: date = TODAY) -> list[State]:
    with acting(course.anna) as anna:
        return [one.state for one in queries.due_rows(anna, course.course, today) if one.step == step]


class TestOpenCourse:
    def test_opens_with_its_people_roles_and_what_is_due(self, course: ACourse) -> None:
        with acting(course.anna) as anna:
            assert [one.pk for one in queries.visible_courses(anna)] == [course.course.pk]
            assert next(one.subject_id for one in queries.people_of(anna, course.space)) == course.alma
            assert [row.kind for row in queries.timeline(anna, course.space)] == ["course.opened"]
            [anna_in_it] = queries.participants_of(anna, [course.space], TODAY)
        assert anna_in_it.role == "region_case_manager"
        assert states(course, "check-target-group") == [State.LATE]
        assert len(states(course, "information-and-consent")) == 2

    def test_the_course_is_about_those_in_focus(self, course: ACourse) -> None:
        [(subjects, category)] = as_written(
            "SELECT subjects, category FROM access_item WHERE id = %s", course.course.pk
        )
        assert subjects == [course.alma]
        assert category == Category.IDENTITY

    def test_a_stranger_sees_nothing_of_it(self, course: ACourse) -> None:
        with acting(a_stranger()) as stranger:
            assert list(queries.visible_courses(stranger)) == []
            assert queries.timeline(stranger, course.space) == []
            assert queries.due_rows(stranger, course.course, TODAY) == []
            assert queries.participants_of(stranger, [course.space], TODAY) == []

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"opened_on": TODAY + timedelta(days=1)}, "future"),
            ({"opened_on": date(1887, 1, 1)}, "cannot be right"),
            ({"people": []}, "about somebody"),
            ({"roles_of_child": ("headmaster",)}, "role of the model"),
            ({"roles_of_child": ("parent_ill",)}, "at least 1"),
            ({"role": "child"}, "no such role"),
            ({"role": "evaluator"}, "no such role"),
        ],
    )
    def test_refuses_what_cannot_be(self, change: dict[str, object], why: str) -> None:
        anna, version = an_actor(), a_version()
        child, father = a_subject(anna), a_subject(anna)
        people = [
            Newcomer(child, None, change.get("roles_of_child", ("child",)), in_focus=True),  # type: ignore[arg-type]
            Newcomer(father, None, ("parent_ill",)),
        ]
        with acting(anna), pytest.raises(Refused, match=why):
            actions.open_course(
                actor=anna,
                version=version,
                people=change.get("people", people),  # type: ignore[arg-type]
                opened_on=change.get("opened_on", OPENED),  # type: ignore[arg-type]
                today=TODAY,
                roles={anna.membership_id: change.get("role", "region_case_manager")},  # type: ignore[dict-item]
            )

    def test_another_unit_takes_part_on_a_basis_only(self) -> None:
        anna, bo, version = an_actor(), an_actor(), a_version()
        child = a_subject(anna)
        father, mother = (a_person(anna, born=date(1985, 3, 1)).subject_id for _ in range(2))
        people = [
            Newcomer(child, date(2017, 5, 1), ("child",)),
            Newcomer(father, date(1985, 3, 1), ("parent_ill",), in_focus=True),
            Newcomer(mother, date(1985, 3, 1), ("co_parent",)),
        ]

        def opened(*bases: Consent) -> Course:
            with acting(anna):
                return actions.open_course(
                    actor=anna,
                    version=version,
                    people=people,
                    opened_on=OPENED,
                    today=TODAY,
                    roles={
                        anna.membership_id: "region_case_manager",  # type: ignore[dict-item]
                        bo.membership_id: "municipal_coordinator",  # type: ignore[dict-item]
                    },
                    bases=bases,
                )

        def says(subject: UUID, answer: Answer = Answer.YES) -> Consent:
            receiver = Receiver(HolderKind.UNIT, bo.unit_id, bo.authority_id)  # type: ignore[arg-type]
            topics = Category.IDENTITY | Category.EVERYDAY
            scope = Scope(subject, receiver, topics, Purpose.COORDINATION)
            return Consent(scope, Way.PAPER, frozenset({subject}), TODAY, answer)

        with pytest.raises(Refused, match="consent or a legal basis"):
            opened()
        with pytest.raises(Refused, match="consent or a legal basis"):
            opened(says(mother))
        with pytest.raises(Refused, match="consent or a legal basis"):
            opened(says(father, Answer.NO))
        course = opened(says(father))
        with acting(bo):
            assert [one.pk for one in queries.visible_courses(bo)] == [course.pk]

    def test_a_role_that_opens_no_spaces_may_not(self) -> None:
        worker = an_actor(RoleKey.PROVIDER_WORKER)
        with acting(worker), pytest.raises(NotAllowed):
            actions.open_course(
                actor=worker, version=uuid4(), people=[], opened_on=OPENED, today=TODAY, roles={}
            )

    def test_the_version_it_runs_under_stays(self, course: ACourse) -> None:
        with pytest.raises(IntegrityError):
            as_written("SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM programmes_programmeversion")


class TestNoteFact:
    def test_it_stands_with_its_category_and_people_and_moves_what_is_due(self, course: ACourse) -> None:
        assert states(course, "check-target-group") == [State.LATE]
        fact = course.note("eligibility.checked", OPENED, result="yes")
        assert states(course, "check-target-group") == [State.DONE]
        admitted = course.note("admission", TODAY, person=str(course.father), stay="s1")
        rows = as_written("SELECT category, subjects FROM access_item WHERE id = %s", admitted.pk)
        assert rows == [(Category.HEALTH, [course.father])]
        assert fact.by_role == "region_case_manager"
        acts = [act for (act,) in as_written("SELECT act FROM log_event WHERE kind = 'change'")]
        assert acts.count("admission") == 1

    def test_what_names_nobody_is_about_those_in_focus(self, course: ACourse) -> None:
        fact = course.note("need.stated")
        assert as_written("SELECT subjects FROM access_item WHERE id = %s", fact.pk) == [([course.alma],)]

    @pytest.mark.parametrize(
        ("kind", "on", "attributes", "why"),
        [
            ("meeting.held", TODAY + timedelta(days=1), {}, "not happened"),
            ("meeting.held", date(1850, 1, 1), {}, "cannot be right"),
            ("meeting.held", clock.now(), {}, "Say the day"),
            ("report.received", TODAY, {}, "Say the day"),
            ("report.received", datetime.now(), {}, "Say the day"),  # noqa: DTZ005
            ("report.received", clock.now() + timedelta(minutes=5), {}, "not happened"),
            ("course.closed", TODAY, {}, "Close the course"),
            ("effort.started", TODAY, {"planned_end": "2026-02-30"}, "date that exists"),
            ("meeting.hold", TODAY, {}, "no such kind"),
            ("meeting.held", TODAY, {"weather": "rain"}, "no attribute"),
            ("admission", TODAY, {"person": "00000000-0000-0000-0000-000000000001"}, "not among the people"),
            ("meeting.cancelled", TODAY, {"reason": "Far var syg"}, "holds no text"),
        ],
    )
    def test_refuses_what_cannot_have_been(
        self, course: ACourse, kind: str, on: object, attributes: dict[str, object], why: str
    ) -> None:
        with pytest.raises(Refused, match=why):
            course.note(kind, on, **attributes)
        assert as_written("SELECT kind FROM courses_fact") == [("course.opened",)]

    def test_is_closed_to_whoever_is_not_part_of_the_course(self, course: ACourse) -> None:
        for who in (a_stranger(), an_actor(RoleKey.SCHOOL_CONTACT)):
            with pytest.raises(NotAllowed):
                course.note("need.stated", by=who)

    def test_the_leader_of_the_unit_may(self, course: ACourse) -> None:
        course.note("need.stated", by=a_leader(of=course.space))
        assert states(course, "needs-overview") == [State.DONE_LATE]

    def test_a_category_one_does_not_hold_cannot_be_noted(self, course: ACourse) -> None:
        with pytest.raises(NotAllowed):
            course.note("admission", by=course.teacher(), person=str(course.father))

    def test_emergency_access_reads_and_does_not_note(self, course: ACourse) -> None:
        from tests.factories.access import a_relation

        who = a_stranger()
        a_relation(who, RelationKind.BREAK_GLASS, space=course.space)
        with pytest.raises(NotAllowed):
            course.note("need.stated", by=who)

    def test_in_the_database_too_a_fact_holds_no_text_and_has_its_category(self, course: ACourse) -> None:
        def put(category: Category, **attributes: object) -> None:
            with acting(course.anna) as anna:
                item = access.new_item(
                    actor=anna,
                    kind="fact",
                    category=category,
                    subjects=[course.father],
                    space=course.space,
                )
                Fact.objects.create(
                    item_id=item,
                    space_id=course.space,
                    kind="admission",
                    on_day=TODAY,
                    noted_at=clock.now(),
                    attributes=attributes,
                )

        put(Category.HEALTH, person=str(course.father))
        for category, attributes, name in (
            (Category.EVERYDAY, {}, "category of its kind"),
            (Category.HEALTH, {"stay": "he was found in the street"}, "holds no text"),
            (Category.HEALTH, {"place": "x"}, "no such fact"),
        ):
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                put(category, **attributes)

    def test_the_vocabulary_stands_in_the_database(self) -> None:
        stored = {row.kind: row for row in FactKind.objects.all()}
        assert set(stored) == set(KINDS)
        for name, kind in KINDS.items():
            assert stored[name].category == kind.category
            assert stored[name].attributes == list(kind.attributes)
            assert stored[name].clock == [key for key, one in kind.attributes.items() if one.clock]
        with as_owner():
            FactKind.objects.filter(kind="admission").delete()
            assert actions.load_vocabulary(using="default") == len(KINDS) == FactKind.objects.count()


class TestCorrectFact:
    def test_the_new_one_counts_and_the_old_one_stays(self, course: ACourse) -> None:
        fact = course.note("eligibility.checked", TODAY, result="yes")
        assert states(course, "check-target-group") == [State.DONE_LATE]
        with acting(course.anna) as anna:
            actions.correct_fact(
                actor=anna, fact=fact, reason="Det var den dag, vi åbnede.", on=OPENED, today=TODAY
            )
            newest, first, _opened = sorted(
                queries.timeline(anna, course.space), key=lambda row: row.noted_at, reverse=True
            )
        assert states(course, "check-target-group") == [State.DONE]
        assert (newest.remark, newest.corrects) == ("Det var den dag, vi åbnede.", fact.pk)
        assert first.is_corrected
        assert first.attributes == newest.attributes == {"result": "yes"}

    def test_what_was_noted_by_mistake_no_longer_counts(self, course: ACourse) -> None:
        fact = course.note("eligibility.checked", OPENED, result="yes")
        with acting(course.anna) as anna:
            actions.withdraw_fact(actor=anna, fact=fact, reason="Forkert familie.", today=TODAY)
        assert states(course, "check-target-group") == [State.LATE]

    def test_needs_a_reason_and_happens_once(self, course: ACourse) -> None:
        fact = course.note("need.stated")
        with acting(course.anna) as anna:
            with pytest.raises(Refused, match="why"):
                actions.correct_fact(actor=anna, fact=fact, reason=" ", on=OPENED, today=TODAY)
            actions.correct_fact(actor=anna, fact=fact, reason="Dagen før.", on=OPENED, today=TODAY)
            with pytest.raises(Refused, match="corrected already"):
                actions.withdraw_fact(actor=anna, fact=fact, reason="Igen.", today=TODAY)

    def test_the_opening_is_not_withdrawn(self, course: ACourse) -> None:
        with acting(course.anna) as anna:
            [opened] = queries.facts_of(anna, course.space)
            with pytest.raises(Refused, match="not withdrawn"):
                actions.withdraw_fact(actor=anna, fact=opened, reason="Nej.", today=TODAY)

    def test_another_units_fact_is_corrected_by_that_unit(self, course: ACourse) -> None:
        fact = course.note("need.stated")
        stranger, neighbour = a_stranger(), a_team_member(of=course.space, unit=None)
        with acting(neighbour):
            actions.correct_fact(actor=neighbour, fact=fact, reason="Samme enhed.", on=OPENED, today=TODAY)
        with acting(stranger), pytest.raises(NotAllowed):
            actions.correct_fact(actor=stranger, fact=fact, reason="Nej.", today=TODAY)

    @pytest.mark.parametrize("sql", ["UPDATE courses_fact SET kind = kind", "DELETE FROM courses_fact"])
    def test_nobody_changes_what_was_noted(self, course: ACourse, sql: str) -> None:
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            as_written(sql)


class TestExcuseStep:
    def test_leaves_a_step_out_with_its_reason(self, course: ACourse) -> None:
        with acting(course.anna) as anna:
            fact = actions.excuse_step(
                actor=anna,
                space=course.space,
                step="needs-overview",
                reason="Familien har fortalt det for en måned siden.",
                on=TODAY,
                today=TODAY,
            )
            [row, _opened] = queries.timeline(anna, course.space)
        assert states(course, "needs-overview") == [State.EXCUSED]
        assert row.remark.startswith("Familien")
        assert fact.attributes["reason"] == str(fact.remark_id)

    def test_only_the_coordinator_and_only_with_a_reason(self, course: ACourse) -> None:
        member = a_team_member(of=course.space)
        why = {"space": course.space, "step": "needs-overview", "on": TODAY, "today": TODAY}
        with acting(member), pytest.raises(NotAllowed):
            actions.excuse_step(actor=member, reason="x", **why)  # type: ignore[arg-type]
        with acting(course.anna) as anna:
            with pytest.raises(Refused, match="why"):
                actions.excuse_step(actor=anna, reason="", **why)  # type: ignore[arg-type]
            with pytest.raises(Refused, match="no such step"):
                actions.excuse_step(actor=anna, reason="x", **{**why, "step": "dance"})  # type: ignore[arg-type]

    def test_a_miss_is_never_erased(self) -> None:
        course = a_course(opened_on=TODAY - timedelta(days=400))
        step = next(
            one.step
            for one in _rows(course)
            if one.state is State.MISSED and len([o for o in _rows(course) if o.step == one.step]) > 1
        )
        before = [one.n for one in _rows(course) if one.step == step and one.state is State.MISSED]
        with acting(course.anna) as anna:
            actions.excuse_step(
                actor=anna, space=course.space, step=step, reason="For sent.", on=TODAY, today=TODAY
            )
        assert [one.n for one in _rows(course) if one.step == step and one.state is State.MISSED] == before


def _rows(course: ACourse) -> list:  # type: ignore[type-arg]
    with acting(course.anna) as anna:
        return queries.due_rows(anna, course.course, TODAY)


class TestParticipants:
    def test_named_let_in_and_accepted_by_oneself(self, course: ACourse) -> None:
        bo = an_actor(unit=_unit_of(course))
        with acting(course.anna) as anna:
            named = actions.name_participant(
                actor=anna,
                space=course.space,
                role="municipal_coordinator",
                membership=bo.membership_id,  # type: ignore[arg-type]
                today=TODAY,
            )
            with pytest.raises(Refused, match="Only the one"):
                actions.accept_role(actor=anna, participant=named, today=TODAY)
        with acting(bo):
            fact = actions.accept_role(actor=bo, participant=named, today=TODAY)
            with pytest.raises(Refused, match="said yes already"):
                actions.accept_role(actor=bo, participant=named, today=TODAY)
        assert fact is not None
        assert fact.kind == "coordinator.accepted"
        assert as_written("SELECT subjects FROM access_item WHERE id = %s", fact.pk) == [([course.alma],)]

    def test_only_the_coordinator_names(self, course: ACourse) -> None:
        member = a_team_member(of=course.space)
        with acting(member), pytest.raises(NotAllowed):
            actions.name_participant(
                actor=member,
                space=course.space,
                role="region_team",
                membership=member.membership_id,  # type: ignore[arg-type]
                today=TODAY,
            )

    def test_in_the_database_too(self, course: ACourse) -> None:
        member = a_team_member(of=course.space)
        with acting(member), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Participant.objects.create(
                space_id=course.space,
                role="region_team",
                membership_id=member.membership_id,
                unit_id=member.unit_id,
                starts=TODAY,
            )

    def test_due_items_are_written_by_the_wall_alone(self, course: ACourse) -> None:
        for change in ("UPDATE courses_dueitem SET n = 7", "DELETE FROM courses_dueitem"):
            with (
                acting(course.anna),
                connection.cursor() as cursor,
                pytest.raises(DatabaseError, match="denied"),
                transaction.atomic(),
            ):
                cursor.execute(change)


def _unit_of(course: ACourse):  # type: ignore[no-untyped-def]
    from samspil.foundation.organisations.models import Unit

    return Unit.objects.select_related("authority").get(pk=course.anna.unit_id)
