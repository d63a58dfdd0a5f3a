"""What is due: the same reckoned step by step and as a whole, seen only by who may see all it rests on."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from samspil.collaboration.courses import actions, due, queries, rules, wall
from samspil.collaboration.courses.models import DueItem
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.engine import State
from samspil.collaboration.programmes.engine.moments import danish_day
from samspil.doors.cli import rebuild_due
from samspil.foundation.access import sight
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.sharing import Category, HolderKind, RelationKind
from tests.factories.access import a_relation, a_stranger, a_team_member, acting, an_actor
from tests.factories.courses import TODAY, ACourse, a_course
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
SHAPES: list[tuple[str, dict[str, list[object]]]] = [
    ("eligibility.checked", {"result": ["yes", "no"]}),
    ("track.chosen", {"track": ["raadgivning", "samarbejde"]}),
    ("coordinator.named", {"role": ["municipal_coordinator"]}),
    ("coordinator.accepted", {"role": ["municipal_coordinator"]}),
    ("contact_person.accepted", {"role": ["region_case_manager"], "sector": ["region"]}),
    ("handover.accepted", {"to_role": ["region_case_manager", "municipal_coordinator"]}),
    ("consent.given", {"person": ["father", "mother"], "receiver": ["k"], "purpose": ["research", "help"]}),
    ("consent.withdrawn", {"person": ["father"], "receiver": ["k"]}),
    ("need.stated", {}),
    ("meeting.planned", {"meeting": ["m1", "m2"], "kind": ["kickoff", "status"]}),
    ("meeting.held", {"meeting": ["m1", "m2", "m3"], "kind": ["kickoff", "status", "closing", "advice"]}),
    ("meeting.cancelled", {"meeting": ["m1"]}),
    ("child_view.recorded", {"person": ["alma"]}),
    ("plan.agreed", {}),
    ("effort.decided", {"effort": ["e1", "e2"], "sector": ["region", "municipality"], "plan": [True]}),
    ("effort.started", {"effort": ["e1", "e2"], "sector": ["region", "municipality"]}),
    ("effort.changed", {"effort": ["e1"], "planned_end": ["2027-01-31"]}),
    ("effort.ended", {"effort": ["e1", "e2"]}),
    ("tool.completed", {"tool": ["safety-plan", "effort-overview"]}),
    ("contact.made", {"kind": ["coordination", "follow-up-call"]}),
    ("note.sent", {"kind": ["event", "transition", "change"]}),
    ("admission", {"person": ["father"]}),
    ("discharge", {"person": ["father"]}),
    ("measure.answered", {"instrument": ["sam-f"], "informant": ["parent"], "person": ["father", "mother"]}),
    (
        "step.excused",
        {"step": ["needs-overview", "coordination-contact", "kickoff-meeting"], "reason": ["r"]},
    ),
]


def a_random_act(course: ACourse, chance: random.Random, *, close: bool) -> None:
    """Note, correct or withdraw something, as may happen in a real course: nonsense included."""
    kind, shape = chance.choice(SHAPES)
    attributes = {name: chance.choice(values) for name, values in shape.items()}
    if "person" in attributes:
        attributes["person"] = str(getattr(course, str(attributes["person"])))
    on = TODAY - timedelta(days=chance.randrange(0, 300))
    with acting(course.anna) as anna:
        facts = list(queries.facts_of(anna, course.space))
        old = chance.choice(facts)
        try:
            if chance.random() < 0.12 and old.kind != "course.opened":
                actions.withdraw_fact(actor=anna, fact=old, reason="Fejl", today=TODAY)
            elif chance.random() < 0.12:
                actions.correct_fact(actor=anna, fact=old, reason="Fejl", on=on, today=TODAY)
            elif close:
                course.close(on)
            else:
                actions.note_fact(
                    actor=anna, space=course.space, kind=kind, on=on, today=TODAY, attributes=attributes
                )
        except Refused:
            pass


def as_written(sql: str, *values: object) -> list[tuple[object, ...]]:
    """What stands in the tables, as their owner sees it."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def differing() -> list[due.Difference]:
    with as_owner():
        return list(due.differences(using="default"))


def lived(seed: int, acts: int = 14) -> ACourse:
    course = a_course(opened_on=TODAY - timedelta(days=300))
    chance = random.Random(seed)
    for number in range(acts):
        a_random_act(course, chance, close=number == acts - 3 and seed % 3 == 0)
    return course


class TestOneReckoning:
    @pytest.mark.parametrize("seed", range(6))
    def test_step_by_step_is_the_same_as_the_whole(self, seed: int) -> None:
        lived(seed)
        assert differing() == []

    @pytest.mark.parametrize("seed", [1, 3])
    def test_what_is_kept_says_what_the_engine_says(self, seed: int) -> None:
        """Also on later days, when nothing was written in between."""
        course = lived(seed)
        programme = programmes.definition(course.course.version_id)
        with acting(course.anna) as anna:
            noted = wall.course_facts(course.space)
            frame = wall.course_frame(course.space)
            assert frame is not None
            for later in (0, 1, 13, 45, 100, 250):
                day = TODAY + timedelta(days=later)
                wanted = [
                    one
                    for one in engine.occurrences(programme, [n.fact for n in noted], frame.people, day)
                    if one.state is not State.NOT_RELEVANT and _is_near(one)
                ]
                found = [one for one in queries.due_rows(anna, course.course, day) if _is_near(one)]
                assert [(o.step, o.n, o.person, o.due, o.state, o.evidence) for o in found] == [
                    (o.step, o.n, o.person, o.due, o.state, o.evidence)
                    for o in sorted(wanted, key=lambda o: _place(programme, o))
                ]
                assert [o.why for o in found] == [
                    o.why for o in sorted(wanted, key=lambda o: _place(programme, o))
                ]

    @pytest.mark.parametrize(
        "harm",
        [
            "DELETE FROM courses_dueitem WHERE step = 'needs-overview'",
            "UPDATE courses_dueitem SET due_on = due_on + 1 WHERE step = 'needs-overview'",
            "UPDATE courses_dueitem SET subjects = ARRAY[gen_random_uuid()] WHERE step = 'needs-overview'",
            "UPDATE courses_dueitem SET categories = 8 WHERE step = 'needs-overview'",
            "UPDATE courses_dueitem SET n = 9 WHERE step = 'needs-overview'",
        ],
    )
    def test_a_difference_is_found_and_repaired(self, harm: str, capsys: pytest.CaptureFixture[str]) -> None:
        course = a_course()
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(harm)
            assert rebuild_due.check(using="default") == 1
            assert capsys.readouterr().out == f"{course.space}: needs-overview\n1 courses differ.\n"
            assert rebuild_due.rebuild(using="default") == 0
            assert rebuild_due.check(using="default") == 0

    def test_what_is_right_stays_as_it_was_written(self) -> None:
        a_course()
        sql = "SELECT step, id, xmin::text FROM courses_dueitem WHERE step <> 'needs-overview' ORDER BY id"
        before = as_written(sql)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("UPDATE courses_dueitem SET due_on = due_on + 1 WHERE step = 'needs-overview'")
            due.rebuild_all(today=TODAY, using="default")
        assert as_written(sql) == before
        assert differing() == []

    def test_of_a_course_that_is_right_only_the_marks_are_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The database makes the same mark of a row as the reckoning makes of its line."""
        course = a_course()
        read: list[list[UUID]] = []

        def nothing(_using: str, spaces: list[UUID]) -> set[str]:
            read.append(spaces)
            return set()

        monkeypatch.setattr(wall, "due", nothing)
        assert differing() == []
        assert not read
        with as_owner(), connection.cursor() as cursor:
            assert wall.marks("default", [course.space])[course.space] != 0
            cursor.execute("UPDATE courses_dueitem SET done_on = '2020-01-01' WHERE step = 'needs-overview'")
        assert differing()
        assert read == [[course.space]]

    def test_a_rebuild_in_a_new_month_reaches_further(self) -> None:
        course, later = a_course(), TODAY + timedelta(days=40)
        with as_owner():
            due.rebuild_all(today=later, using="default")
        with acting(course.anna):
            frame = wall.course_frame(course.space)
        assert frame is not None
        assert frame.through == due.reach(later)
        assert differing() == []

    def test_a_fact_that_touches_nothing_writes_nothing(self) -> None:
        course = a_course()
        sql = "SELECT id, xmin::text FROM courses_dueitem ORDER BY id"
        before = as_written(sql)
        course.note("complaint.received", person=str(course.mother))
        assert as_written(sql) == before

    def test_a_broken_twin_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Were a step forgotten among those that a fact touches, the comparison would see it."""
        course = a_course()
        touched = engine.touched
        monkeypatch.setattr(engine, "touched", lambda programme, kind: touched(programme, kind)[:-1])
        course.note("eligibility.checked", result="yes")
        assert [one.steps for one in differing()] == [("check-target-group",)]

    def test_in_a_new_month_the_whole_course_is_reckoned_again(self) -> None:
        course = a_course()
        later = TODAY + timedelta(days=40)
        with acting(course.anna) as anna:
            actions.note_fact(actor=anna, space=course.space, kind="need.stated", on=TODAY, today=later)
            frame = wall.course_frame(course.space)
        assert frame is not None
        assert frame.through == due.reach(later)
        assert differing() == []


def _is_near(one: engine.Occurrence) -> bool:
    return one.due is None or danish_day(one.due) < TODAY + timedelta(days=330)


def _place(programme: object, one: engine.Occurrence) -> tuple[int, str, int]:
    keys = engine.step_keys(programme)  # type: ignore[arg-type]
    return keys.index(one.step), one.person or "", one.n


class TestWhoSees:
    def seen_by(self, actor: object, course: ACourse) -> set[str]:
        with acting(actor):  # type: ignore[arg-type]
            return {one.step for one in queries.due_rows(actor, course.course, TODAY)}  # type: ignore[arg-type]

    def test_a_teacher_on_the_team_does_not_see_what_rests_on_health(self) -> None:
        course = a_course()
        course.note("admission", person=str(course.father), stay="s1")
        everything, teachers = self.seen_by(course.anna, course), self.seen_by(course.teacher(), course)
        programme = programmes.definition(course.course.version_id)
        by_step = {
            rule.key: due.categories_of(rule, None)
            for rule in engine.compiling.compiled(programme).rules  # type: ignore[attr-defined]
        }
        health = {step for step in everything if by_step[step] & Category.HEALTH}
        assert health
        assert not teachers & health
        assert teachers == {
            step
            for step in everything
            if not by_step[step] & ~(Category.IDENTITY | Category.EVERYDAY | Category.SCHOOL)
        }

    def test_every_category_and_not_just_one(self) -> None:
        """A row on health and social matters needs both; two relations may give them together."""
        course = a_course()
        with as_owner():
            DueItem.objects.filter(step="needs-overview").update(
                categories=int(Category.HEALTH | Category.SOCIAL)
            )
        member = a_team_member(of=course.space, categories=Category.HEALTH)
        assert "needs-overview" not in self.seen_by(member, course)
        a_relation(member, RelationKind.TEAM, space=course.space, categories=Category.SOCIAL)
        assert "needs-overview" in self.seen_by(member, course)

    def test_another_unit_needs_a_basis_from_each_owner_for_each_person(self) -> None:
        course, bo = a_course(), an_actor()
        a_relation(bo, RelationKind.TEAM, space=course.space)
        assert self.seen_by(bo, course) == set()

        def consents(subject: UUID, giver: UUID | None = course.anna.unit_id) -> None:
            a_relation(
                bo.unit_id,  # type: ignore[arg-type]
                RelationKind.CONSENT,
                holder_kind=HolderKind.UNIT,
                subject=subject,
                space=course.space,
                giver=giver,
            )

        consents(course.alma)
        assert "needs-overview" in self.seen_by(bo, course)
        assert "information-and-consent" not in self.seen_by(bo, course)
        consents(course.father, giver=bo.unit_id)
        assert "information-and-consent" not in self.seen_by(bo, course)
        consents(course.father)
        assert "information-and-consent" in self.seen_by(bo, course)

    def test_a_block_beats_everything(self) -> None:
        course = a_course()
        member = a_team_member(of=course.space)
        assert self.seen_by(member, course)
        a_relation(member, RelationKind.BLOCK, subject=course.alma)
        assert self.seen_by(member, course) == set()

    def test_what_was_shown_is_logged_person_by_person(self) -> None:
        from samspil.foundation.access.collector import collecting

        course = a_course()
        with acting(course.anna) as anna, collecting() as notes:
            queries.due_rows(anna, course.course, TODAY)
        assert {subject for about in notes.values() if about for subject in about.subjects} == {
            course.alma,
            course.father,
            course.mother,
        }
        assert all(about is not None for about in notes.values())


class TestWhatTheReckoningIsShown:
    def test_no_attribute_that_is_not_the_clocks(self) -> None:
        course = a_course()
        course.note("contact.made", kind="call", duration=25)
        course.note("meeting.cancelled", meeting="m1", reason="sygdom")
        with acting(course.anna), connection.cursor() as cursor:
            cursor.execute("SELECT kind, attributes::text FROM wall.course_facts(%s, NULL)", [course.space])
            shown = dict(cursor.fetchall())
        assert shown == {
            "course.opened": "{}",
            "contact.made": '{"kind": "call"}',
            "meeting.cancelled": '{"meeting": "m1"}',
        }

    def test_only_the_kinds_asked_for(self) -> None:
        course = a_course()
        course.note("need.stated")
        with acting(course.anna):
            assert [n.fact.kind for n in wall.course_facts(course.space, {"need.stated"})] == ["need.stated"]

    @pytest.mark.parametrize(
        "ask",
        [
            lambda course: wall.course_facts(course.space),
            lambda course: wall.course_frame(course.space),
            lambda course: wall.put_due(course.space, TODAY, None, []),
        ],
    )
    def test_nobody_else_is_answered(self, ask: Callable[[ACourse], object]) -> None:
        course = a_course()
        on_emergency, by_referral = a_stranger(), a_stranger()
        a_relation(on_emergency, RelationKind.BREAK_GLASS, space=course.space)
        a_relation(
            by_referral.unit_id,  # type: ignore[arg-type]
            RelationKind.INBOX,
            holder_kind=HolderKind.UNIT,
            space=course.space,
        )
        former = a_team_member(of=course.space)
        a_relation(former, RelationKind.BLOCK, space=course.space)
        for who in (a_stranger(), on_emergency, by_referral, former):
            with acting(who), pytest.raises(DatabaseError, match="do not stand"), transaction.atomic():
                ask(course)
        assert as_written("SELECT 1 FROM courses_dueitem WHERE space_id = %s", course.space)

    @pytest.mark.parametrize("function", ["facts_of", "frames_of", "write_due"])
    def test_what_the_owner_calls_is_closed_to_the_application(self, function: str) -> None:
        course = a_course()
        values = {
            "facts_of": "ARRAY[%s]::uuid[], NULL",
            "frames_of": "ARRAY[%s]::uuid[]",
            "write_due": "%s, current_date, NULL, '[]'",
        }
        with (
            acting(course.anna),
            connection.cursor() as cursor,
            pytest.raises(DatabaseError, match="denied"),
            transaction.atomic(),
        ):
            cursor.execute(f"SELECT wall.{function}({values[function]})", [course.space])

    def test_no_other_persons_or_units_are_named_in_what_is_due(self) -> None:
        course, other = a_course(), a_course()
        with acting(course.anna):
            noted, frame = wall.course_facts(course.space), wall.course_frame(course.space)
            assert frame is not None
            programme = programmes.definition(frame.version)
            [row, *_] = due.projected(programme, frame, noted, due.reach(TODAY))
            for change in (
                {"subjects": [str(other.alma)]},
                {"owner_units": [str(other.anna.unit_id)]},
                {"owner_authorities": [str(other.anna.authority_id)]},
            ):
                with pytest.raises(DatabaseError, match="own space"), transaction.atomic():
                    wall.put_due(course.space, TODAY, [row["step"]], [{**row, **change}])

    def test_one_module_alone_calls_them(self) -> None:
        root = Path(due.__file__).parents[2]
        callers = {
            path.name
            for path in root.rglob("*.py")
            if any(
                f"wall.{name}(" in path.read_text() for name in ("course_facts", "put_due", "course_frame")
            )
        }
        assert callers == {"wall.py", "due.py"}


class TestStates:
    @pytest.mark.parametrize(
        ("day", "state"),
        [
            (1, State.NOT_DUE),
            (5, State.OPEN),
            (10, State.DUE),
            (12, State.DUE),
            (13, State.LATE),
            (20, State.MISSED),
        ],
    )
    def test_by_the_dates_alone(self, day: int, state: State) -> None:
        opens, closing, closes, lapses = (date(2026, 1, n) for n in (5, 10, 12, 20))
        asked = rules.state_on(
            date(2026, 1, day), outcome="", opens=opens, due=closing, closes=closes, lapses=lapses
        )
        assert asked is state


class TestWorklist:
    def test_lanes(self) -> None:
        course = a_course()
        quiet = a_course(course.anna, opened_on=TODAY - timedelta(days=500))
        quiet.close(TODAY - timedelta(days=60))
        with acting(course.anna) as anna:
            found = queries.worklist(anna, TODAY)
        mine = {
            (row.occurrence.step, row.occurrence.state) for row in found.mine if row.space == course.space
        }
        assert ("check-target-group", State.LATE) in mine
        assert {row.role.da for row in found.mine} == {"Kontaktperson i VIA-teamet"}
        assert all(row.by for row in found.mine)
        assert all(row.due <= TODAY for row in found.others)
        assert found.others
        assert [one.space for one in found.quiet] == [quiet.space]
        assert [row.due for row in found.mine] == sorted(row.due for row in found.mine)
        assert found.mine[0].why.da.startswith("Frist")

    def test_a_stranger_has_an_empty_one(self) -> None:
        a_course()
        with acting(a_stranger()) as stranger:
            found = queries.worklist(stranger, TODAY)
        assert (found.mine, found.others, found.quiet) == ((), (), ())

    def test_the_number_of_queries_does_not_grow(
        self, django_assert_num_queries: Callable[..., object]
    ) -> None:
        first = a_course()
        with acting(first.anna) as anna:
            queries.worklist(anna, TODAY)
            with django_assert_num_queries(5):  # type: ignore[attr-defined]
                few = queries.worklist(anna, TODAY)
        for _ in range(4):
            a_course(first.anna)
        with acting(first.anna) as anna, django_assert_num_queries(5):  # type: ignore[attr-defined]
            many = queries.worklist(anna, TODAY)
        assert len(many.mine) == 5 * len(few.mine)


def test_noting_a_fact_costs_a_fixed_number_of_statements(
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    course = a_course()
    for _ in range(3):
        course.note("contact.made", kind="coordination")
    with acting(course.anna) as anna, django_assert_max_num_queries(30) as asked:  # type: ignore[attr-defined]
        actions.note_fact(
            actor=anna,
            space=course.space,
            kind="contact.made",
            on=TODAY,
            today=TODAY,
            attributes={"kind": "coordination"},
        )
    said = [q["sql"] for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(said) <= 9, said


def test_who_may_not_note_learns_so_before_anything_is_read() -> None:
    course = a_course()
    with acting(a_stranger()) as stranger, pytest.raises(NotAllowed):
        actions.note_fact(actor=stranger, space=course.space, kind="need.stated", on=TODAY, today=TODAY)
    assert sight.visible(DueItem.objects.all()) is not None
