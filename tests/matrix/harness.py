"""Makes the world in a database of its own, opens every session, and asks; in one process or several."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from multiprocessing import get_context
from unittest.mock import patch

from django.db import ProgrammingError, connection, transaction

from samspil.doors.cli import databases
from samspil.foundation.access import cookies, sight, wall
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
WALLED = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relrowsecurity AND relnamespace = 'public'::regnamespace
    AND has_table_privilege('samspil_app', oid, 'SELECT')
    AND relname NOT LIKE ALL ('{desk_draft,desk_news,desk_submission,log%,access_ledger}')
ORDER BY 1
"""
"""What is about people and behind the wall. Left out: one's own drafts and relations, and the log."""


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


def rows_shown(world: World, sessions: Sessions, kind: str) -> Counter[str]:
    """How many rows of each walled table the database hands a kind that asks it without any page."""
    secret = sessions[kind].get(cookies.name(), "")
    with wall.unguarded(), transaction.atomic():
        try:
            with wall.entering(secret), connection.cursor() as cursor:
                cursor.execute(WALLED)
                return +Counter({table: _count(table) for (table,) in cursor.fetchall()})
        except wall.NoSession:  # the post is over
            return Counter()


def _count(table: str) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            [[number]] = cursor.fetchall()
            return int(number)
    except ProgrammingError:  # nobody stands before the wall: the policies raise
        return 0


@contextmanager
def a_hole_in_the_wall() -> Iterator[None]:
    """The rule of every item says yes to everybody: what the matrix must then find."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE POLICY hole ON access_item FOR SELECT TO samspil_app USING (true)")
    try:
        yield
    finally:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("DROP POLICY hole ON access_item")


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
