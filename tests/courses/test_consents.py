"""An answer about sharing is a fact of the course: one transaction, no topic told to who may not see it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import resolve, reverse

from samspil.collaboration.courses import due, queries
from samspil.collaboration.courses.actions import consents
from samspil.collaboration.courses.models import Fact
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.engine import State
from samspil.collaboration.sharing.models import Answer, Basis, Ending, Way
from samspil.collaboration.sharing.rules import Consent, Receiver, Scope
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose
from tests.factories.access import a_stranger, acting, an_actor
from tests.factories.courses import OPENED, TODAY, ACourse, a_version
from tests.factories.families import a_person
from tests.factories.owner import as_owner
from tests.factories.sharing import ADULT_BORN, a_family
from tests.factories.teams import PLAIN

pytestmark = pytest.mark.django_db


class World:
    """Anna's course about Mette, who is asked, with Bo of another authority's unit as receiver."""

    def __init__(self) -> None:
        from samspil.collaboration.courses import actions

        self.anna, self.bo = an_actor(), an_actor()
        mette = a_person(self.anna, "Mette Lund", born=ADULT_BORN)
        alma = a_person(self.anna, "Alma Lund")
        people = [
            Newcomer(mette.subject_id, mette.born, ("parent_ill",), in_focus=True, name="Mette Lund"),
            Newcomer(alma.subject_id, alma.born, ("child",), name="Alma Lund"),
        ]
        version = a_version()
        assert self.anna.membership_id is not None
        with acting(self.anna) as anna:
            course = actions.open_course(
                actor=anna,
                version=version,
                people=people,
                opened_on=OPENED,
                today=TODAY,
                roles={self.anna.membership_id: "region_case_manager"},
            )
        self.course = ACourse(course, self.anna, mette.subject_id, mette.subject_id, mette.subject_id)
        self.mette = mette.subject_id

    @property
    def space(self) -> UUID:
        return self.course.space

    def consent(self, answer: Answer = Answer.YES, categories: Category = PLAIN, **more: Any) -> Consent:
        assert self.bo.unit_id is not None
        assert self.bo.authority_id is not None
        receiver = Receiver(HolderKind.UNIT, self.bo.unit_id, self.bo.authority_id)
        scope = Scope(self.mette, receiver, categories, Purpose.COORDINATION)
        said_on = more.pop("said_on", TODAY)
        return Consent(scope, Way.MEETING, frozenset({self.mette}), said_on, answer, **more)

    def says(self, *words: Any, by: Actor | None = None, **more: Any) -> list[Basis]:
        actor = by or self.anna
        with acting(actor):
            return consents.register_consent(
                actor=actor, space=self.space, consent=self.consent(*words, **more), today=TODAY
            )

    def ends(self, basis: Basis, ending: Ending) -> None:
        with acting(self.anna) as anna:
            consents.end_basis(
                actor=anna, basis=basis, ending=ending, reason="Hun ombestemte sig.", on=TODAY, today=TODAY
            )

    def let_bo_in(self) -> None:
        from samspil.collaboration.courses import actions

        assert self.bo.membership_id is not None
        with acting(self.anna) as anna:
            actions.name_participant(
                actor=anna,
                space=self.space,
                role="municipal_coordinator",
                membership=self.bo.membership_id,
                today=TODAY,
            )

    def facts(self, kind: str) -> list[dict[str, Any]]:
        with as_owner():
            return [row.attributes for row in Fact.objects.filter(kind=kind).order_by("pk")]

    def state(self) -> State:
        with acting(self.anna) as anna:
            rows = queries.due_rows(anna, self.course.course, TODAY)
            return next(row.state for row in rows if row.step == "information-and-consent")

    def covered(self) -> engine.CriterionScore:
        with acting(self.anna) as anna:
            head = queries.course_head(anna, self.space, TODAY)
            assert head is not None
            frame = due.frame_of(self.space)
            assert frame is not None
            noted = [one.fact for one in due.wall.course_facts(self.space)]
        found = engine.fidelity(head.programme, noted, frame.people, TODAY)
        return next(one for one in found.criteria if one.key == "consent-valid")


@pytest.fixture
def world() -> World:
    return World()


class TestAYes:
    def test_is_a_fact_of_the_day_and_shows_the_step_done(self, world: World) -> None:
        assert world.state() is State.LATE
        said_on = OPENED + timedelta(days=3)
        world.says(said_on=said_on)
        [fact] = world.facts("consent.given")
        assert fact["person"] == str(world.mette)
        assert fact["receiver"] == str(world.bo.unit_id)
        assert fact["expires_on"] > TODAY.isoformat()
        assert "categories" not in fact
        assert world.state() in (State.DONE, State.DONE_LATE)

    def test_to_guarded_topics_alone_names_no_receiver(self, world: World) -> None:
        world.says(categories=Category.SUBSTANCE)
        [fact] = world.facts("consent.given")
        assert "receiver" not in fact

    def test_that_cannot_be_leaves_neither_basis_nor_fact(self, world: World) -> None:
        with pytest.raises(Refused):
            world.says(said_on=TODAY + timedelta(days=1))
        assert world.facts("consent.given") == []
        with as_owner():
            assert not Basis.objects.all()

    def test_is_all_or_nothing(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_everything: object, **_more: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(consents, "write_fact_and_due", broken)
        with pytest.raises(RuntimeError):
            world.says()
        with as_owner():
            assert not Basis.objects.all()

    def test_by_a_stranger_is_refused(self, world: World) -> None:
        with pytest.raises(NotAllowed):
            world.says(by=a_stranger())

    def test_in_a_space_without_a_course_is_a_basis_and_no_fact(self) -> None:
        family = a_family()
        receiver = an_actor()
        scope = Scope(
            family.mette.subject_id,
            Receiver(HolderKind.UNIT, receiver.unit_id, receiver.authority_id),  # type: ignore[arg-type]
            PLAIN,
            Purpose.COORDINATION,
        )
        consent = Consent(scope, Way.MEETING, frozenset({family.mette.subject_id}), TODAY)
        with acting(family.coordinator) as coordinator:
            rows = consents.register_consent(
                actor=coordinator, space=family.space, consent=consent, today=TODAY
            )
            assert len(rows) == 2
        with as_owner():
            assert not Fact.objects.all()


class TestANo:
    def test_is_a_fact_too(self, world: World) -> None:
        world.says(Answer.NO)
        assert len(world.facts("consent.refused")) == 1
        assert world.facts("consent.withdrawn") == []
        assert world.state() in (State.DONE, State.DONE_LATE)

    def test_after_a_yes_takes_it_back(self, world: World) -> None:
        world.says()
        world.says(Answer.NO)
        assert len(world.facts("consent.withdrawn")) == 1


class TestTheEnd:
    def test_is_noted_when_nothing_of_the_yes_is_left(self, world: World) -> None:
        first, second = world.says()
        world.ends(first, Ending.WITHDRAWN)
        assert world.facts("consent.withdrawn") == []
        world.ends(second, Ending.WITHDRAWN)
        [fact] = world.facts("consent.withdrawn")
        assert fact["person"] == str(world.mette)

    def test_given_and_withdrawn_on_one_day(self, world: World) -> None:
        [only] = world.says(categories=Category.EVERYDAY)
        world.ends(only, Ending.WITHDRAWN)
        assert len(world.facts("consent.given")) == len(world.facts("consent.withdrawn")) == 1

    def test_of_what_was_no_longer_needed_is_no_withdrawal(self, world: World) -> None:
        for row in world.says():
            world.ends(row, Ending.NOT_NEEDED)
        assert world.facts("consent.withdrawn") == []

    def test_of_a_mistake_takes_the_fact_back(self, world: World) -> None:
        rows = world.says()
        for row in rows:
            world.ends(row, Ending.MISTAKE)
        assert len(world.facts("fact.withdrawn")) == 1
        assert world.state() is State.LATE


class TestWhatIsShared:
    def test_is_noted_when_somebody_of_the_receiver_takes_part(self, world: World) -> None:
        world.says()
        assert world.facts("disclosure.made") == []
        world.let_bo_in()
        [fact] = world.facts("disclosure.made")
        assert fact == {
            "person": str(world.mette),
            "receiver": str(world.bo.unit_id),
            "basis": "consent",
        }

    def test_and_when_the_yes_comes_after_the_colleague(self, world: World) -> None:
        world.says()
        world.let_bo_in()
        world.says()
        assert len(world.facts("disclosure.made")) == 2

    def test_rests_on_a_valid_yes_as_the_model_asks(self, world: World) -> None:
        world.says()
        world.let_bo_in()
        score = world.covered()
        assert (score.due, score.met) == (1, 1)

    def test_without_the_yes_the_measure_would_say_so(self, world: World) -> None:
        """The broken twin: what was shared is noted, the yes is not."""
        world.says()
        world.let_bo_in()
        with acting(world.anna) as anna:
            [given] = [one for one in queries.facts_of(anna, world.space) if one.kind == "consent.given"]
            from samspil.collaboration.courses import actions

            actions.withdraw_fact(actor=anna, fact=given, reason="Forsøg.", today=TODAY)
        score = world.covered()
        assert (score.due, score.met) == (1, 0)


def test_the_pages_of_sharing_write_the_facts() -> None:
    address = reverse("sharing:register", args=["0" * 8 + "-0000-0000-0000-" + "0" * 12] * 2)
    assert resolve(address).kwargs["write"] is consents
