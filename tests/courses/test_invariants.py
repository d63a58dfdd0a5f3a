"""What is always true of a course, whatever people do in whatever order: a machine over the real actions.

The numbers are those of the domain: 1 one coordinator, 2 nothing is seen without a basis, 3 an agreement has
a doer and a date, 5 a clock of the law is never lost, 6 a course keeps its version, 9 a closing is whole,
10 a yes that runs out opens nothing and leaves its record. Each is shown red on a twin broken in one place.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

import pytest
from django.db import Error, connection, transaction
from django.db.models import Model, QuerySet
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from samspil.collaboration.courses import actions, queries, retention, rules
from samspil.collaboration.courses.actions import consents, team
from samspil.collaboration.courses.models import (
    Closing,
    ClosingReason,
    Course,
    Fact,
    FamilyCopy,
    Handover,
    Participant,
)
from samspil.collaboration.courses.rules import Left
from samspil.collaboration.families.models import PersonRecord
from samspil.collaboration.plans import actions as plans
from samspil.collaboration.plans import rules as plan_rules
from samspil.collaboration.plans.models import Agreement
from samspil.collaboration.plans.rules import Doer
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.collaboration.sharing import actions as sharing
from samspil.collaboration.sharing.models import Answer, Basis, Ending, Way
from samspil.collaboration.sharing.rules import Consent, Receiver, Scope
from samspil.foundation.access.models import Item, Ledger
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.decisions import YES, Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose, RelationKind
from samspil.foundation.organisations.models import Unit
from tests.factories.access import acting, an_actor
from tests.factories.closing import PDF, AnEnd, an_end
from tests.factories.courses import TODAY
from tests.factories.organisations import a_unit
from tests.factories.owner import as_owner

TOPICS = (Category.IDENTITY, Category.EVERYDAY, Category.SOCIAL, Category.HEALTH)
DUE = frozenset({"due", "late", "missed", "done", "done late", "excused"})
"""States of something that has fallen due: it may be done or left out, but it does not go away."""
Row = TypeVar("Row", bound=Model)


@dataclass
class World:
    """Signe coordinates; Bo sits beside her; Carl and Dorte work elsewhere; Ina is a stranger."""

    end: AnEnd
    unit: Unit
    bo: Actor
    carl: Actor
    dorte: Actor
    ina: Actor
    people: list[PersonRecord] = field(default_factory=list)

    @property
    def space(self) -> UUID:
        return self.end.space

    @property
    def staff(self) -> list[Actor]:
        return [self.end.signe, self.bo, self.carl, self.dorte]

    @property
    def strangers(self) -> list[Actor]:
        return [self.carl, self.dorte, self.ina]


def a_world() -> World:
    end = an_end()
    with as_owner():
        own = Unit.objects.select_related("authority").get(pk=end.signe.unit_id)
        unit = a_unit()
    return World(
        end,
        unit,
        an_actor(unit=own),
        an_actor(unit=unit),
        an_actor(RoleKey.CLINICIAN, unit=unit),
        an_actor(),
        [end.mette, end.jens, end.alma, end.noah],
    )


_people = st.integers(0, 3)
_staff = st.integers(0, 3)
_topics = st.sampled_from(TOPICS)
_days = st.integers(0, 30)
_reasons = st.sampled_from(["", "  ", "Familien ønsker det."])


class Life(RuleBasedStateMachine):
    """One course while people do whatever they like. What is refused, is refused: then nothing happened."""

    world: World
    done = refused = 0

    @initialize()
    def begins(self) -> None:
        self.point = transaction.savepoint()
        self.course = self.world.end.course
        with as_owner():
            self.version = rows(Course).get(pk=self.course.pk).version_id
        self.clocks: dict[tuple[str, int, str | None], date] = {}
        self.events = 0
        self.bases = 0
        self.withdrawn = False
        self.left: list[str] = []

    def teardown(self) -> None:
        if hasattr(self, "point"):
            transaction.savepoint_rollback(self.point)

    # --- what people do ----------------------------------------------------------------------------------

    @contextmanager
    def tried(self, actor: Actor) -> Iterator[Actor]:
        """An attempt: it is done whole, or nothing of it."""
        try:
            with acting(actor) as entered:
                yield entered
        except (Refused, NotAllowed):
            self.refused += 1
        else:
            self.done += 1

    @rule(
        who=_staff,
        of=_people,
        topics=st.sets(_topics, min_size=1),
        days=st.integers(1, 200),
        no=st.booleans(),
    )
    def answers_about_sharing(self, who: int, of: int, topics: set[Category], days: int, no: bool) -> None:
        world, person = self.world, self.world.people[of]
        receiver = Receiver(HolderKind.UNIT, world.unit.pk, world.unit.authority_id, world.unit.kind)
        mask = Category(0)
        for one in topics:
            mask |= one
        parents = {world.end.mette.subject_id, world.end.jens.subject_id}
        children = (world.end.alma, world.end.noah)
        said_by = parents | {person.subject_id} if person in children else {person.subject_id}
        with self.tried(world.staff[who]) as actor:
            consents.register_consent(
                actor=actor,
                space=world.space,
                consent=Consent(
                    Scope(person.subject_id, receiver, mask, Purpose.COORDINATION),
                    Way.MEETING,
                    frozenset(said_by),
                    TODAY,
                    Answer.NO if no else Answer.YES,
                    ends=TODAY + timedelta(days=days),
                ),
                today=TODAY,
            )

    @rule(days=st.integers(30, 200))
    def lets_the_municipality_in(self, days: int) -> None:
        """Everybody says yes, and Carl is named."""
        for of in range(len(self.world.people)):
            self.answers_about_sharing(0, of, {Category.IDENTITY, Category.EVERYDAY}, days, no=False)
        self.names_somebody(2, 0, "municipal_coordinator")

    @rule(number=st.integers(0, 20), ending=st.sampled_from([Ending.WITHDRAWN, Ending.NOT_NEEDED]))
    def stops_sharing(self, number: int, ending: Ending) -> None:
        with self.tried(self.world.end.signe) as actor:
            found = list(_bases(self.world.space))
            if found:
                consents.end_basis(
                    actor=actor,
                    basis=found[number % len(found)],
                    ending=ending,
                    reason="Mette vil ikke mere.",
                    on=TODAY,
                    today=TODAY,
                )

    @rule(days=st.integers(1, 120))
    def time_passes_for_what_was_answered(self, days: int) -> None:
        """Every answer was given so many days earlier, and runs out so much sooner."""
        with as_owner(), connection.cursor() as cursor:
            for table, also in (
                ("access_ledger", " AND kind = 'consent'"),
                ("sharing_basis", ""),
            ):
                cursor.execute(
                    f"UPDATE {table} SET starts = starts - %s, ends = greatest(ends - %s, starts - %s)"
                    f" WHERE ends < %s {_in_space(table)}{also}",
                    [days, days, days, NEVER, self.world.space],
                )

    @rule(
        who=_staff,
        by=_staff,
        role=st.sampled_from(["municipal_coordinator", "municipal_service", "region_team"]),
    )
    def names_somebody(self, who: int, by: int, role: str) -> None:
        with self.tried(self.world.staff[by]) as actor:
            membership = self.world.staff[who].membership_id
            assert membership is not None
            actions.name_participant(
                actor=actor, space=self.world.space, role=role, membership=membership, today=TODAY,
                categories=Category.IDENTITY | Category.EVERYDAY | Category.SOCIAL | Category.HEALTH,
                succeeds=role == "municipal_coordinator",
            )  # fmt: skip

    @rule(who=_staff)
    def says_yes(self, who: int) -> None:
        with self.tried(self.world.staff[who]) as actor:
            part = queries.own_waiting_part(actor, self.world.space, TODAY)
            if part is not None:
                actions.accept_role(actor=actor, participant=part, today=TODAY)

    @rule(by=_staff, to=_staff)
    def asks_to_take_over(self, by: int, to: int) -> None:
        with self.tried(self.world.staff[by]) as actor:
            membership = self.world.staff[to].membership_id
            assert membership is not None
            actions.request_handover(
                actor=actor, space=self.world.space, to=membership, kind=Handover.Kind.SECTOR,
                why="Kommunen går forrest nu.", today=TODAY, overlap_until=TODAY,
            )  # fmt: skip

    @rule(who=_staff, no=st.booleans())
    def answers_the_handover(self, who: int, no: bool) -> None:
        with self.tried(self.world.staff[who]) as actor:
            row = queries.open_handover(actor, self.world.space)
            if row is None:
                return
            if no:
                actions.decline_handover(actor=actor, handover=row, reason="Ikke nu.", today=TODAY)
            else:
                actions.accept_handover(actor=actor, handover=row, today=TODAY)

    @rule(by=_staff, number=st.integers(0, 5))
    def ends_a_part(self, by: int, number: int) -> None:
        with self.tried(self.world.staff[by]) as actor:
            found = queries.participants_of(actor, [self.world.space], TODAY)
            if found:
                actions.end_participation(
                    actor=actor, participant=found[number % len(found)], on=TODAY, today=TODAY
                )

    @rule(
        who=_staff,
        days=st.integers(0, 200),
        kind=st.sampled_from(
            ["effort.decided", "effort.started", "follow_up.held", "child_plan.ready", "admission"]
        ),
        effort=st.sampled_from("ab"),
    )
    def notes_what_starts_a_clock(self, who: int, days: int, kind: str, effort: str) -> None:
        said: dict[str, object] = {"effort": effort}
        if kind.startswith("effort."):
            said |= {"sector": "municipality", "type": "family-guidance"}
        if kind == "effort.decided":
            said["plan"] = True
        if kind == "admission":
            said = {"person": str(self.world.end.mette.subject_id)}
        with self.tried(self.world.staff[who]) as actor:
            actions.note_fact(
                actor=actor, space=self.world.space, kind=kind, on=TODAY - timedelta(days=days), today=TODAY,
                attributes=said,
            )  # fmt: skip

    @rule(by=_staff, step=st.integers(0, 60), reason=_reasons)
    def leaves_a_step_out(self, by: int, step: int, reason: str) -> None:
        keys = engine.step_keys(programmes.definition(self.version))
        with self.tried(self.world.staff[by]) as actor:
            actions.excuse_step(
                actor=actor, space=self.world.space, step=keys[step % len(keys)], reason=reason, on=TODAY,
                today=TODAY,
            )  # fmt: skip

    @rule(by=_staff, number=st.integers(0, 30), reason=_reasons)
    def says_it_was_noted_by_mistake(self, by: int, number: int, reason: str) -> None:
        with self.tried(self.world.staff[by]) as actor:
            found = list(queries.facts_of(actor, self.world.space).order_by("pk"))
            if found:
                actions.withdraw_fact(
                    actor=actor, fact=found[number % len(found)], reason=reason, today=TODAY
                )
                self.withdrawn = True

    @rule(who=_staff, table=st.sampled_from(["courses_fact", "courses_course", "sharing_basis", "log_event"]))
    def tries_to_erase(self, who: int, table: str) -> None:
        with self.tried(self.world.staff[who]):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f"DELETE FROM {table}")
            except Error:
                return

    @rule(who=_staff, doer=st.one_of(st.none(), _staff), days=st.integers(-5, 40), what=_reasons)
    def makes_an_agreement(self, who: int, doer: int | None, days: int, what: str) -> None:
        post = self.world.staff[doer].membership_id if doer is not None else None
        with self.tried(self.world.staff[who]) as actor:
            plans.make_agreement(
                actor=actor, space=self.world.space, subjects=[self.world.end.alma.subject_id], what=what,
                doer=Doer(post=post), due_on=TODAY + timedelta(days=days), made_on=TODAY, today=TODAY,
            )  # fmt: skip

    @rule(what=st.sampled_from(["words", "consents", "copies"]), of=_people)
    def prepares_the_end(self, what: str, of: int) -> None:
        end, reader = self.world.end, self.world.people[of]
        with self.tried(end.signe) as actor:
            if what == "words":
                actions.write_remainders(actor=actor, space=end.space, left=[Left("Ring til Signe.")])
            elif what == "consents":
                answers = {one.pk: "" for one in _ending(actor, self.course).running}
                actions.review_consents(actor=actor, space=end.space, answers=answers, today=TODAY)
            else:
                copy = actions.keep_family_copy(
                    actor=actor,
                    space=end.space,
                    reader=reader.subject_id,
                    content=PDF,
                    name="k.pdf",
                    today=TODAY,
                )
                actions.give_family_copy(actor=actor, copy=copy, on=TODAY, today=TODAY)

    @rule()
    def prepares_all_of_the_end(self) -> None:
        """Words, consents, and a copy for each who reads one."""
        self.prepares_the_end("words", 0)
        self.prepares_the_end("consents", 0)
        for reader in (0, 1, 3):
            self.prepares_the_end("copies", reader)

    @rule(by=_staff, kept=st.sampled_from(["family-case", "for-ever", ""]))
    def closes(self, by: int, kept: str) -> None:
        with self.tried(self.world.staff[by]) as actor:
            course = queries.visible_courses(actor).filter(space=self.world.space).first()
            if course is None:
                return
            ending = _ending(actor, course)
            actions.close_course(
                actor=actor, course=course, closed_on=TODAY, reason=ClosingReason.REACHED,
                retention_class=kept,
                review=ending.review, family_copies=list(ending.copies.values()), open_things=(), today=TODAY,
            )  # fmt: skip

    # --- what is always true -----------------------------------------------------------------------------

    @invariant()
    def one_coordinator_who_takes_part(self) -> None:
        with as_owner():
            held = list(
                rows(Ledger).filter(
                    space_id=self.world.space, kind=RelationKind.TEAM, baton=Ledger.Baton.HELD, ends__gt=TODAY
                )
            )
            assert len(held) == 1, f"1: {len(held)} hold the coordination"
            parts = rows(Participant).filter(
                space=self.world.space, membership=held[0].holder, starts__lte=TODAY, ends__gt=TODAY
            )
            found = [one.role for one in parts]
            by_facts = engine.holder(programmes.definition(self.version), _facts(self.world.space), TODAY)
        assert found == [by_facts], f"1: by the facts {by_facts} coordinates, by the wall {found}"

    @invariant()
    def nothing_is_seen_without_a_basis(self) -> None:
        for stranger in self.world.strangers:
            with acting(stranger):
                seen = list(Item.objects.filter(space=self.world.space))
            with as_owner():
                open_ = _opened_to(self.world, stranger)
            for item in seen:
                if item.owner_unit_id == stranger.unit_id:
                    continue
                for subject in item.subjects:
                    assert (subject, item.category) in open_, f"2/10: {item.kind} is seen without a basis"

    @invariant()
    def an_agreement_has_a_doer_and_a_date(self) -> None:
        with as_owner():
            for one in rows(Agreement).filter(space=self.world.space):
                assert one.due_on, "3: an agreement without a date"
                assert one.post_id or one.person_id or one.name, "3: an agreement that nobody keeps"

    @invariant()
    def a_clock_of_the_law_is_never_lost(self) -> None:
        programme = programmes.definition(self.version)
        lawful = {step.key for step in programme.steps if step.is_statutory or step.clock}
        with as_owner():
            facts, people = _facts(self.world.space), _frame(self.world)
            without = [
                fact
                for fact in rows(Fact).filter(space=self.world.space, kind="step.excused")
                if not fact.remark_id or not fact.remark.text.strip()  # type: ignore[union-attr]
            ]
        assert not without, "5: a step was left out without a reason"
        found = {
            (one.step, one.n, one.person): one
            for one in engine.occurrences(programme, facts, people, TODAY)
            if one.step in lawful and one.due is not None
        }
        for key in self.clocks:
            assert self.withdrawn or key in found, f"5: the clock {key} is gone"
            assert self.withdrawn or found[key].state in DUE, f"5: the clock {key} runs no more"
        self.clocks = {key: TODAY for key, one in found.items() if one.state in DUE}
        self.withdrawn = False

    @invariant()
    def the_course_keeps_its_version(self) -> None:
        with as_owner():
            assert rows(Course).get(pk=self.course.pk).version_id == self.version, "6: another version"

    @invariant()
    def a_closing_is_whole(self) -> None:
        with as_owner():
            closing = rows(Closing).filter(space=self.world.space).select_related("review__fact").first()
            noted = rows(Fact).filter(space=self.world.space, kind="course.closed", corrected_by=None)
            assert (closing is not None) == noted.exists(), "9: closed in one place and not in the other"
            if closing is None:
                return
            assert closing.retention in retention.classes(), "9: closed without a class of retention"
            assert closing.review.fact.on_day <= closing.closed_on, "9: the consents were not looked at"
            copies = rows(FamilyCopy).filter(space=self.world.space, superseded_by=None)
            readers = {copy.reader_id for copy in copies}
            adults = {self.world.end.mette.subject_id, self.world.end.jens.subject_id}
            assert adults | {self.world.end.noah.subject_id} <= readers, "9: somebody has no copy"

    @invariant()
    def what_was_shared_stays_on_record(self) -> None:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM log_event")
            [[events]] = cursor.fetchall()
            bases = rows(Basis).filter(item__space=self.world.space).count()
        assert events >= self.events, "10: the log has become shorter"
        assert bases >= self.bases, "10: an answer about sharing is gone"
        self.events, self.bases = events, bases


def rows(model: type[Row]) -> "QuerySet[Row]":
    """All of them, as the owner reads: the wall and its log are not asked."""
    return QuerySet(model=model)


def _in_space(table: str) -> str:
    if table == "sharing_basis":
        return "AND item_id IN (SELECT id FROM access_item WHERE space_id = %s)"
    return "AND space_id = %s"


def _bases(space: UUID) -> Any:
    return Basis.objects.filter(item__space=space, state=Basis.State.GIVEN).order_by("pk")


def _ending(actor: Actor, course: Course) -> Any:
    return queries.ending_of(actor, course, TODAY)


def _facts(space: UUID) -> list[engine.Fact]:
    from samspil.collaboration.programmes.engine.facts import fact

    return [
        fact(
            row.kind, row.at or row.on_day, id=str(row.pk), attributes=row.attributes,
            corrects=str(row.corrects_id) if row.corrects_id else None,
        )
        for row in rows(Fact).filter(space=space)
    ]  # fmt: skip


def _frame(world: World) -> tuple[engine.Person, ...]:
    roles = ("parent_ill", "co_parent", "child", "child")
    return tuple(
        engine.Person(str(person.subject_id), person.born, frozenset({role}))
        for person, role in zip(world.people, roles, strict=True)
    )


def _opened_to(world: World, stranger: Actor) -> set[tuple[UUID, int]]:
    """What the answers open to a unit today, whatever the ledger holds; nothing outside the team."""
    takes_part = rows(Ledger).filter(
        space_id=world.space,
        holder=stranger.membership_id,
        kind=RelationKind.TEAM,
        starts__lte=TODAY,
        ends__gt=TODAY,
    )
    if not takes_part.exists():
        return set()
    given = rows(Basis).filter(item__space=world.space, receiver_unit=stranger.unit_id, answer=Answer.YES)
    ended = {row.supersedes_id for row in rows(Basis).filter(item__space=world.space)}
    return {
        (row.subject_id, row.category)
        for row in given.filter(state=Basis.State.GIVEN, starts__lte=TODAY, ends__gt=TODAY)
        if row.pk not in ended
    }


# --- the machine at work, and its twins ------------------------------------------------------------------

_settings = settings(
    max_examples=10,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def machine(world: World) -> type[Life]:
    """The machine around a world of its own."""
    return type("Here", (Life,), {"world": world})


def test_whatever_people_do(world: World) -> None:
    lives: list[Life] = []

    class Here(machine(world)):  # type: ignore[misc]
        def teardown(self) -> None:
            lives.append(self)
            super().teardown()

    run_state_machine_as_test(Here, settings=_settings)
    assert sum(one.done for one in lives) > sum(one.refused for one in lives) / 3 > 0


def played(world: World, *moves: Callable[[Life], None]) -> None:
    """These moves one after another, with everything asked that is always true."""
    life = machine(world)()
    try:
        life.begins()
        for move in (lambda _life: None, *moves):
            move(life)
            for asked in INVARIANTS:
                asked(life)
    finally:
        life.teardown()


INVARIANTS: tuple[Callable[[Life], None], ...] = (
    Life.one_coordinator_who_takes_part,
    Life.nothing_is_seen_without_a_basis,
    Life.an_agreement_has_a_doer_and_a_date,
    Life.a_clock_of_the_law_is_never_lost,
    Life.the_course_keeps_its_version,
    Life.a_closing_is_whole,
    Life.what_was_shared_stays_on_record,
)


def _lets_in(life: Life) -> None:
    life.lets_the_municipality_in(100)


def _stops_all(life: Life) -> None:
    for _time in range(20):
        life.stops_sharing(0, Ending.WITHDRAWN)


def _decides(life: Life) -> None:
    life.notes_what_starts_a_clock(0, 150, "effort.started", "a")


def _yes(*_given: object, **_more: object) -> object:
    return YES


def _nothing(*_given: object, **_more: object) -> None:
    return None


def _a_yes_moves_nothing(patch: pytest.MonkeyPatch, _world: World) -> None:
    patch.setattr(team.access, "take_baton", _nothing)


def _no_end_reaches_the_wall(patch: pytest.MonkeyPatch, _world: World) -> None:
    patch.setattr(sharing.access, "end", _nothing)


def _nobody_must_do_it(patch: pytest.MonkeyPatch, _world: World) -> None:
    patch.setattr(plan_rules, "ready_agreement", _yes)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'plans_agreement'::regclass AND contype = 'c'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE plans_agreement DROP CONSTRAINT {name}")


def _no_reason_is_needed(patch: pytest.MonkeyPatch, _world: World) -> None:
    patch.setattr(rules, "ready_to_excuse", _yes)


def _a_clock_can_be_dropped(patch: pytest.MonkeyPatch, _world: World) -> None:
    """A twin in which an excuse takes the clock away."""
    whole = engine.occurrences

    def without(*given: Any, **more: Any) -> list[engine.Occurrence]:
        return [one for one in whole(*given, **more) if one.state != engine.State.EXCUSED]

    patch.setattr(engine, "occurrences", without)


def _a_fact_moves_the_version(patch: pytest.MonkeyPatch, world: World) -> None:
    noted = actions.note_fact

    def note(**given: Any) -> Fact:
        found = noted(**given)
        with as_owner():
            other = rows(ProgrammeVersion).exclude(key="via-family").first()
            assert other is not None
            rows(Course).filter(space=world.space).update(version=other)
        return found

    patch.setattr(actions, "note_fact", note)


def _copies_are_not_asked_for(patch: pytest.MonkeyPatch, _world: World) -> None:
    patch.setattr(rules, "ready_to_close", _yes)


def _a_yes_lasts_for_ever(patch: pytest.MonkeyPatch, _world: World) -> None:
    """A twin whose ledger forgets when an answer runs out."""
    granted = sharing.access.grant

    def grant(*, actor: Actor, relation: Any, **more: Any) -> Any:
        return granted(actor=actor, relation=replace(relation, ends=NEVER), **more)

    patch.setattr(sharing.access, "grant", grant)


def _leaves_out(life: Life) -> None:
    keys = engine.step_keys(programmes.definition(life.version))
    [first, *_rest] = sorted(key for key, _n, _person in life.clocks)
    life.leaves_a_step_out(0, keys.index(first), "Familien ønsker det.")


TWINS: list[tuple[str, Callable[[pytest.MonkeyPatch, World], None], list[Callable[[Life], None]]]] = [
    ("1:", _a_yes_moves_nothing, [_lets_in, lambda life: life.says_yes(2)]),
    ("2/10:", _no_end_reaches_the_wall, [_lets_in, _stops_all]),
    ("3:", _nobody_must_do_it, [lambda life: life.makes_an_agreement(0, None, 10, "Ringer")]),
    ("5:", _no_reason_is_needed, [lambda life: life.leaves_a_step_out(0, 3, "")]),
    ("5:", _a_clock_can_be_dropped, [_decides, _leaves_out]),
    ("6:", _a_fact_moves_the_version, [_decides]),
    (
        "9:",
        _copies_are_not_asked_for,
        [
            lambda life: life.prepares_the_end("words", 0),
            lambda life: life.prepares_the_end("consents", 0),
            lambda life: life.closes(0, "family-case"),
        ],
    ),
    ("2/10:", _a_yes_lasts_for_ever, [_lets_in, lambda life: life.time_passes_for_what_was_answered(120)]),
]


@pytest.mark.parametrize(
    ("number", "change", "moves"), TWINS, ids=[change.__name__ for _n, change, _m in TWINS]
)
def test_a_broken_twin_is_seen(world: World, monkeypatch: pytest.MonkeyPatch, number, change, moves) -> None:
    played(world, *moves)
    change(monkeypatch, world)
    with pytest.raises(AssertionError, match=f"^{number}"):
        played(world, *moves)


def test_the_moves_reach_what_they_are_about(world: World) -> None:
    """Red where the machine only ever is refused: then it would ask about nothing."""
    reached: list[str] = []

    def look(life: Life) -> None:
        with acting(world.carl):
            reached.extend(item.kind for item in Item.objects.filter(space=world.space))
        with as_owner():
            reached.extend(one.kind for one in rows(Fact).filter(space=world.space))
            reached.extend("closing" for _one in rows(Closing).filter(space=world.space))
        reached.extend("clock" for _one in life.clocks)

    played(
        world,
        _lets_in,
        _decides,
        look,
        Life.prepares_all_of_the_end,
        lambda life: life.closes(0, "family-case"),
        look,
    )
    assert {"course-person", "clock", "closing", "effort.started", "course.closed", "disclosure.made"} <= set(
        reached
    )
