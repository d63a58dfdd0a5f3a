"""Exactly one holds the coordination, whatever anybody does in whatever order; ledger and facts agree."""

import random
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections

from samspil.collaboration.courses import actions, due, queries
from samspil.collaboration.courses.actions import handover as handing
from samspil.collaboration.courses.models import Fact, Handover, HandoverAnswer, Participant
from samspil.foundation.access import actions as access
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import YES, Refused
from samspil.foundation.kernel.gate import NotAllowed
from tests.database import Database
from tests.factories.access import a_leader, acting
from tests.factories.courses import TODAY
from tests.factories.owner import as_owner
from tests.factories.teams import ATeam, a_team

OVERLAP = TODAY + 14 * TODAY.resolution


class World:
    """Five people around one course, who each try whatever they like."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.overlaps = [None, TODAY, OVERLAP]
        self.team: ATeam = a_team()
        self.carl, self.dorte = self.team.neighbour(), self.team.neighbour()
        self.bo, self.leader = self.team.colleague(), a_leader(of=self.team.space)
        self.team.name(self.carl, "municipal_coordinator")
        self.team.name(self.bo, "region_case_manager", succeeds=True)
        self.team.name(self.dorte, "municipal_coordinator", succeeds=True)
        self.people = [self.team.anna, self.bo, self.carl, self.dorte, self.leader]
        self.moves = [
            self.request, self.request, self.accept, self.accept, self.accept_role, self.decline,
            self.withdraw, self.end, self.name,
        ]  # fmt: skip

    def play(self, moves: int) -> Iterator[str]:
        """Every fault found after a move."""
        for _number in range(moves):
            actor, move = self.chance.choice(self.people), self.chance.choice(self.moves)
            before = self.team.batons()
            try:
                with acting(actor):
                    move(actor)
                done = True
            except (Refused, NotAllowed):
                done = False
            yield from self.faults(actor, move.__name__, before, done=done)

    def faults(self, actor: Actor, move: str, before: list[object], *, done: bool) -> Iterator[str]:
        held = self.team.batons()
        if len(held) != 1:
            yield f"{move}: {len(held)} hold the baton"
            return
        if held != before and (not done or not move.startswith("accept") or held != [actor.membership_id]):
            yield f"{move}: the baton moved without the yes of the one who has it now"
        with as_owner():
            roles = [
                row.role
                for row in Participant.objects.filter(
                    space=self.team.space, membership=held[0], ends__gt=TODAY
                )
            ]
        with acting(self.people[0] if self.stands(self.people[0]) else self.leader):
            frame = due.frame_of(self.team.space)
            assert frame is not None
            by_facts = due.holder(frame, TODAY)
        if roles != [by_facts]:
            yield f"{move}: by the facts {by_facts} coordinates, by the ledger {roles}"

    def stands(self, actor: Actor) -> bool:
        with acting(actor):
            return bool(queries.visible_courses(actor).filter(space=self.team.space))

    def part(self, actor: Actor) -> Participant:
        rows = queries.participants_of(actor, [self.team.space], TODAY)
        if not rows:
            raise Refused("sees nobody")
        return self.chance.choice(rows)

    def waiting(self, actor: Actor) -> Handover:
        row = queries.open_handover(actor, self.team.space)
        if row is None:
            raise Refused("nothing waits")
        return row

    def request(self, actor: Actor) -> None:
        to = self.chance.choice(self.people).membership_id
        assert to is not None
        actions.request_handover(
            actor=actor,
            space=self.team.space,
            to=to,
            kind=Handover.Kind.STAFF,
            why="Ny koordinator.",
            overlap_until=self.chance.choice(self.overlaps),
            today=TODAY,
        )

    def accept(self, actor: Actor) -> None:
        actions.accept_handover(actor=actor, handover=self.waiting(actor), today=TODAY)

    def accept_role(self, actor: Actor) -> None:
        part = queries.own_waiting_part(actor, self.team.space, TODAY)
        if part is None:
            raise Refused("no role waits")
        actions.accept_role(actor=actor, participant=part, today=TODAY)

    def decline(self, actor: Actor) -> None:
        actions.decline_handover(actor=actor, handover=self.waiting(actor), reason="Ikke nu.", today=TODAY)

    def withdraw(self, actor: Actor) -> None:
        actions.withdraw_handover(actor=actor, handover=self.waiting(actor), today=TODAY)

    def end(self, actor: Actor) -> None:
        if self.chance.random() < 0.5:
            raise Refused("not often")
        actions.end_participation(actor=actor, participant=self.part(actor), on=TODAY, today=TODAY)

    def name(self, actor: Actor) -> None:
        who = self.chance.choice(self.people).membership_id
        assert who is not None
        role = self.chance.choice(["region_case_manager", "municipal_coordinator"])
        actions.name_participant(
            actor=actor, space=self.team.space, role=role, membership=who, succeeds=True, today=TODAY
        )


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_one_holds_it_and_the_facts_say_the_same(seed: int) -> None:
    assert list(World(seed).play(45)) == []


@pytest.mark.django_db
def test_the_game_moves_the_baton_at_all() -> None:
    world = World(3)
    first = world.team.batons()
    list(world.play(60))
    with as_owner():
        assert len(HandoverAnswer.objects.filter(answer="accepted")) >= 1
    assert world.team.batons() != first


@pytest.mark.django_db
def test_a_handover_that_takes_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: the fact is noted, and the baton stays where it was."""
    monkeypatch.setattr(handing.access, "take_baton", lambda **_everything: None)
    world = World(1)
    world.overlaps = [None]
    assert any("by the facts" in fault for fault in world.play(45))


@pytest.mark.django_db
def test_a_coordinator_who_can_be_sent_away_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: somebody's part is ended while the coordination is theirs."""
    monkeypatch.setattr("samspil.collaboration.courses.rules.ready_to_end", lambda **_everything: YES)
    world = World(1)
    with acting(world.leader) as leader:
        own = queries.standing(leader, world.team.space, TODAY).part_of(world.team.anna.membership_id)
        assert own is not None
        actions.end_participation(actor=leader, participant=own, on=TODAY, today=TODAY)
    assert list(world.faults(world.leader, "end", [world.team.anna.membership_id], done=True)) == [
        "end: 0 hold the baton"
    ]


# --- two at once, over real connections ----------------------------------------------------------------


def at_once(*acts: Callable[[], object]) -> list[bool]:
    """Each act in a thread of its own, begun together; which of them were done."""
    ready = threading.Barrier(len(acts))
    done = [False] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            ready.wait(10)
            act()
            done[number] = True
        except (Refused, NotAllowed):
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return done


@pytest.fixture
def asked(real_roles: Database) -> tuple[ATeam, Actor, Handover]:
    team = a_team()
    carl = team.neighbour()
    team.name(carl, "municipal_coordinator")
    return team, carl, team.ask(carl)


def accepting(who: Actor, row: Handover) -> Callable[[], object]:
    def act() -> None:
        with acting(who):
            actions.accept_handover(actor=who, handover=row, today=TODAY)

    return act


def withdrawing(who: Actor, row: Handover) -> Callable[[], object]:
    def act() -> None:
        with acting(who):
            actions.withdraw_handover(actor=who, handover=row, today=TODAY)

    return act


def test_two_who_accept_at_once_take_it_once(asked: tuple[ATeam, Actor, Handover]) -> None:
    team, carl, row = asked
    assert sorted(at_once(accepting(carl, row), accepting(carl, row))) == [False, True]
    assert team.batons() == [carl.membership_id]
    with as_owner():
        assert len(Fact.objects.filter(kind="handover.accepted")) == 1


def test_taken_and_taken_back_at_once_is_one_of_the_two(asked: tuple[ATeam, Actor, Handover]) -> None:
    team, carl, row = asked
    accepted, withdrawn = at_once(accepting(carl, row), withdrawing(team.anna, row))
    assert accepted != withdrawn
    assert team.batons() == [carl.membership_id if accepted else team.anna.membership_id]


def test_without_the_answer_both_would_be_done(
    asked: tuple[ATeam, Actor, Handover], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The broken twin of the two above: nobody remembers that it was answered, or waits for the other."""
    team, carl, row = asked
    monkeypatch.setattr(handing, "_answer", lambda *_everything: None)
    monkeypatch.setattr(handing, "_take_offer_back", lambda *_everything: None)
    monkeypatch.setattr(access, "lock_space", lambda *, actor, space: None)
    monkeypatch.setattr(handing, "require", lambda *_everything: None)
    done: Any = at_once(accepting(carl, row), withdrawing(team.anna, row))
    assert done == [True, True]
