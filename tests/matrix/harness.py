"""Makes the world in a database of its own, opens every session, and asks; in one process or several."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from multiprocessing import get_context
from unittest.mock import patch

from samspil.doors.cli import databases
from samspil.foundation.access import sight
from samspil.foundation.kernel import gate
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import YES
from samspil.foundation.organisations.models import Membership
from tests import database
from tests.database import Database
from tests.factories.owner import as_owner
from tests.matrix import oracle, runner
from tests.matrix.kinds import KINDS
from tests.matrix.living import live
from tests.matrix.runner import Runner, Tally
from tests.matrix.world import YESTERDAY, World, build, fill, relate, share

Sessions = dict[str, dict[str, str]]
Stub = Callable[[], AbstractContextManager[object]]
OPEN: list[Stub] = [
    lambda: patch.object(gate, "allows", lambda *_: YES),
    lambda: patch.object(Actor, "holds", lambda *_: True),
    lambda: patch.object(sight, "why", lambda *_: YES),
]
"""What makes the application say yes to everybody."""


def prepare(seed: int) -> tuple[World, Sessions]:
    """World and sessions, in the database that Django's real roles see now. Then some posts end."""
    with as_owner():
        world = build(seed)
    fill(world)
    with as_owner():
        relate(world)
    share(world)
    live(world)
    sessions = {name: runner.cookies_of(knocker) for name, knocker in world.knockers.items()}
    with as_owner():
        for name, kind in KINDS.items():
            if kind.post_is_over:
                Membership.objects.filter(pk=world.knockers[name].membership).update(ends=YESTERDAY)
    return world, sessions


def ask(world: World, sessions: Sessions, number: int, seed: int, *, route: str = "") -> Tally:
    """Send `number` requests from here; only to routes whose name holds `route`, if one is given."""
    return _runner(world, sessions).run(runner.drawn(number, seed, route))


def ask_with_the_check_open(world: World, sessions: Sessions, number: int, seed: int) -> Tally:
    """The application's own questions say yes to everybody; what shows is judged: the wall stands alone."""
    with ExitStack() as stack:
        for stub in OPEN:
            stack.enter_context(stub())
        return _runner(world, sessions).run(runner.drawn(number, seed), only_canaries=True)


def ask_in_parallel(number: int, seed: int, cores: int) -> Tally:
    """The same from several processes, each in front of a copy of the world."""
    name = "samspil_matrix"
    origin = database.copy(name)
    with database.pointing_at(origin):
        world, sessions = prepare(seed)
        parts = list(runner.chunks(runner.drawn(number, seed), cores))
    database.close()
    for core in range(cores):
        databases.make_database(database.test_cluster(), f"{name}_{core}", template=name, with_test_role=True)
    total = Tally()
    places = [[ask_.place for ask_ in part] for part in parts]
    with ProcessPoolExecutor(cores, mp_context=get_context("fork")) as pool:
        for tally in pool.map(_in_a_copy, range(cores), [world] * cores, [sessions] * cores, places):
            total.add(tally)
    return total


def _in_a_copy(core: int, world: World, sessions: Sessions, places: list[runner.Place]) -> Tally:
    with database.pointing_at(Database(f"samspil_matrix_{core}")):
        by_place = {ask_.place: ask_ for ask_ in runner.every_ask()}
        return _runner(world, sessions).run([by_place[place] for place in places])


def _runner(world: World, sessions: Sessions) -> Runner:
    return Runner(world, sessions, oracle.canaries())
