"""The coordination is handed over: who asks whom, what goes along, what ends; and the wall beneath."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.models import Fact, Handover, HandoverAnswer, HandoverWords, Participant
from samspil.foundation.access.models import Ledger
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category
from tests.factories.access import a_leader, a_stranger, acting
from tests.factories.courses import TODAY
from tests.factories.owner import as_owner
from tests.factories.teams import ATeam, a_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> ATeam:
    return a_team()


def carl_of(team: ATeam) -> Actor:
    carl = team.neighbour()
    team.name(carl, "municipal_coordinator")
    return carl


def taken(who: Actor, row: Handover) -> None:
    with acting(who):
        actions.accept_handover(actor=who, handover=row, today=TODAY)


class TestAsk:
    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"why": "  "}, "Write why"),
            ({"overlap_until": TODAY - timedelta(days=1)}, "in the past"),
            ({"overlap_until": date(3999, 1, 1)}, "a year at most"),
        ],
    )
    def test_refuses_what_cannot_be(self, team: ATeam, change: dict[str, Any], why: str) -> None:
        carl = carl_of(team)
        with pytest.raises(Refused, match=why):
            team.ask(carl, **change)
        with as_owner():
            assert not Handover.objects.all()

    def test_only_who_takes_part_takes_over(self, team: ATeam) -> None:
        with pytest.raises(Refused, match="takes part"):
            team.ask(team.colleague())

    def test_nobody_hands_over_to_themselves(self, team: ATeam) -> None:
        with pytest.raises(Refused, match="already"):
            team.ask(team.anna)

    def test_only_a_role_of_the_model_that_coordinates(self, team: ATeam) -> None:
        bo = team.colleague()
        team.name(bo, "region_team")
        with pytest.raises(Refused, match="Only a coordinator or contact person"):
            team.ask(bo)

    def test_only_a_role_of_staff_that_may_steer(self, team: ATeam) -> None:
        provider = team.neighbour(RoleKey.PROVIDER_WORKER)
        team.name(provider, "municipal_coordinator")
        with pytest.raises(Refused, match="cannot coordinate"):
            team.ask(provider)

    def test_one_at_a_time(self, team: ATeam) -> None:
        carl, dorte = carl_of(team), team.neighbour()
        team.name(dorte, "municipal_coordinator", succeeds=True)
        team.ask(carl)
        with pytest.raises(Refused, match="waiting for an answer"):
            team.ask(dorte)

    def test_in_the_same_role_it_is_said_how_long_both_take_part(self, team: ATeam) -> None:
        bo = team.colleague()
        team.name(bo, "region_case_manager", succeeds=True)
        with pytest.raises(Refused, match="until when both take part"):
            team.ask(bo)

    def test_not_to_one_who_could_not_read_it(self) -> None:
        team = a_team(categories=Category.IDENTITY)
        carl = carl_of(team)
        with pytest.raises(Refused, match="could not read"):
            team.ask(carl)

    def test_only_who_coordinates_or_leads_asks(self, team: ATeam) -> None:
        carl = carl_of(team)
        with pytest.raises(NotAllowed):
            team.ask(carl, by=carl)
        with pytest.raises(NotAllowed):
            team.ask(carl, by=a_stranger())
        assert team.ask(carl, by=a_leader(of=team.space)).giver_id == team.anna.membership_id


class TestWhatGoesAlong:
    def test_everyday_steps_and_nothing_that_needs_more(self, team: ATeam) -> None:
        team.course.note("admission", TODAY, person=str(team.course.father), stay="s1")
        row = team.ask(carl_of(team), matters="Alma vil med.")
        with as_owner():
            words = HandoverWords.objects.get(handover=row)
        steps = {one["step"] for one in words.open_steps}
        assert "kickoff-meeting" in steps
        assert not steps & {"event-note", "information-and-consent", "check-target-group"}
        assert words.matters == "Alma vil med."

    def test_the_words_are_for_who_may_read_everyday_life(self, team: ATeam) -> None:
        row = team.ask(carl_of(team))
        for who, is_seen in ((team.anna, True), (a_stranger(), False)):
            with acting(who):
                case = queries.handover_case(who, team.space, row.pk)
                assert (case is not None and bool(case.words)) is is_seen


class TestTaken:
    def test_leaves_a_receipt_a_fact_and_a_yes(self, team: ATeam) -> None:
        carl = carl_of(team)
        row = team.ask(carl)
        taken(carl, row)
        with as_owner():
            answer = HandoverAnswer.objects.get()
            [fact] = Fact.objects.filter(kind="handover.accepted")
            part = Participant.objects.get(membership=carl.membership_id)
        assert (answer.answer, answer.by_id, answer.on) == ("accepted", carl.membership_id, TODAY)
        assert fact.attributes["to_role"] == "municipal_coordinator"
        assert part.accepted_on == TODAY

    def test_the_former_stays_without_an_overlap(self, team: ATeam) -> None:
        carl = carl_of(team)
        taken(carl, team.ask(carl))
        with as_owner():
            assert Participant.objects.get(membership=team.anna.membership_id).ends == NEVER

    def test_the_former_goes_when_the_overlap_ends(self, team: ATeam) -> None:
        bo = team.colleague()
        team.name(bo, "region_case_manager", succeeds=True)
        until = TODAY + timedelta(days=10)
        taken(bo, team.ask(bo, kind=Handover.Kind.STAFF, overlap_until=until))
        with as_owner():
            part = Participant.objects.get(membership=team.anna.membership_id)
            relation = Ledger.objects.get(holder=team.anna.membership_id, space_id=team.space)
        assert part.ends == relation.ends == until + timedelta(days=1)
        with acting(team.anna) as anna:
            assert queries.course_head(anna, team.space, TODAY) is not None

    def test_there_and_back_again(self, team: ATeam) -> None:
        carl = carl_of(team)
        taken(carl, team.ask(carl))
        with pytest.raises(Refused, match="could not read"):
            team.ask(team.anna, by=carl)  # the municipality has no yes to tell the region


class TestTheWall:
    """What the rules forget, the database refuses."""

    def row(self, team: ATeam, who: Actor, **more: Any) -> dict[str, Any]:
        return {
            "space_id": team.space,
            "kind": "staff",
            "from_role": "region_case_manager",
            "to_role": "municipal_coordinator",
            "giver_id": team.anna.membership_id,
            "receiver_id": who.membership_id,
            "asked_by_id": who.membership_id,
            "requested_on": TODAY,
            **more,
        }

    def refused(self, who: Actor, write: Any) -> None:
        with acting(who), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            write()

    def test_only_who_steers_asks(self, team: ATeam) -> None:
        carl = carl_of(team)
        for who in (carl, a_stranger()):
            self.refused(who, lambda who=who: Handover.objects.create(**self.row(team, who)))

    def test_nobody_asks_in_anothers_name(self, team: ATeam) -> None:
        carl = carl_of(team)
        self.refused(team.anna, lambda: Handover.objects.create(**self.row(team, carl)))

    def test_nobody_answers_for_another(self, team: ATeam) -> None:
        carl = carl_of(team)
        row = team.ask(carl)

        def answer(who: Actor, word: str, by: Actor) -> Any:
            return lambda: HandoverAnswer.objects.create(
                handover=row, answer=word, by_id=by.membership_id, on=TODAY
            )

        self.refused(team.anna, answer(team.anna, "accepted", team.anna))
        self.refused(team.anna, answer(team.anna, "accepted", carl))
        self.refused(carl, answer(carl, "withdrawn", carl))
        self.refused(a_stranger(), answer(carl, "accepted", carl))

    def test_nothing_is_changed_afterwards(self, team: ATeam) -> None:
        row = team.ask(carl_of(team))
        with acting(team.anna), pytest.raises(DatabaseError, match="denied"), transaction.atomic():
            Handover.objects.filter(pk=row.pk).update(overlap_until=TODAY)

    def test_a_stranger_sees_none(self, team: ATeam) -> None:
        team.ask(carl_of(team))
        stranger = a_stranger()
        with acting(stranger):
            assert queries.handovers_of(stranger, team.space) == []
            assert list(HandoverWords.objects.filter(space=team.space)) == []
