"""Everything that is measured at one size, in a process of its own; prints one object of JSON.

Started by `python -m bench`, which names the database in the environment.
"""

import argparse
import json
import os
import re
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import cycle
from multiprocessing import get_context
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from bench import meter
from bench.meter import Figure, measured
from samspil.doors.cli import migrate, site

CLIENTS, PROCESSES = 16, 2
F3 = "F3 bare trigram search"
SEED = 1
ROWS = {"F2": rb"<tr>", "overview": rb'class="lane__row"'}
"""What a row looks like on the pages whose rows are counted before anything is timed."""
Figures = dict[str, Any]


def main() -> None:
    """Make the country, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--courses", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--runs", type=int, required=True)
    options = parser.parse_args()
    site.load_django()
    from django.core.management import call_command

    from samspil.doors.demo.generate.actions import generate
    from samspil.foundation.kernel import clock

    call_command("collectstatic", interactive=False, verbosity=0)
    migrate.bring_tables_up_to_date()
    migrate.load_base_data(say=lambda _line: None)
    figures: Figures = {"generated": _kept()}
    if not figures["generated"]:
        _say("the country")
        done = generate(courses=options.courses, seed=SEED, today=clock.today())
        _make_floors({"rows": done.rows, "seconds": done.seconds})
        figures["generated"] = _kept()
    measure(figures, options.runs, options.seconds)
    print(json.dumps(figures))


def measure(figures: Figures, runs: int, seconds: float) -> None:
    """Fill in the figures, page by page and act by act."""
    from bench import site as sites
    from bench.world import asked, desks

    found = desks()
    pages = pages_of(found)
    _say("rows of the tables")
    figures["counts"] = {
        table: asked(f"SELECT count(*) FROM {table}")[0][0]
        for table in (
            "courses_course",
            "courses_fact",
            "courses_dueitem",
            "access_item",
            "families_searchkey",
        )
    }
    _say("statements")
    figures["statements"] = {name: statements(paths) for name, paths in pages.items() if name[0] != "F"}
    server = [int(os.environ["BENCH_POSTMASTER"])]
    with sites.serving() as running:
        roots = [running.pid, *server]
        figures["cold start"] = running.seconds_to_first

        def figure(name: str) -> Figure:
            _say(name)
            paths = pages[name]
            return measured(lambda n: running.ask(paths[n % len(paths)]), roots, runs=runs, seconds=seconds)

        figures["rows"] = {name: _rows(running, pages[name], mark) for name, mark in ROWS.items()}
        figures["pages"] = {name: figure(name).as_dict() for name in pages}
        _say(f"{CLIENTS} clients")
        figures["crowd"] = {
            name: asdict(running.crowd(pages[name], clients=CLIENTS, seconds=seconds * 2))
            for name in ("F2", "overview")
        }
        figures["memory"] = meter.memory(running.pid)
        with without_wall():
            figures["without wall"] = {name: figure(name).as_dict() for name in ("overview", "course page")}
    figures["acts"] = acts(found, [os.getpid(), *server], runs, seconds)
    figures["rebuild"] = rebuild([os.getpid(), *server])
    figures["statements"]["note with audit"] = _statements_of(found)
    figures["crowd"]["notes"] = _crowd_of_notes(found, seconds * 2)


def _say(what: str) -> None:
    """Where one is: the table goes to stdout, this does not."""
    print(f"  {time.strftime('%H:%M:%S')} {what} …", file=sys.stderr, flush=True)


def _rows(running: Any, paths: Sequence[Any], mark: bytes) -> list[int]:
    """The fewest rows of a page, the usual number and the most. Raises where there are none to time."""
    counts = [len(re.findall(mark, running.ask(one))) for one in paths[:100]]
    if not min(counts):
        raise RuntimeError(f"{paths[counts.index(0)].path}: a page without rows")
    return [min(counts), int(statistics.median(counts)), max(counts)]


def pages_of(found: Sequence[Any]) -> dict[str, list[Any]]:
    """Paths with cookies, in an order that never asks for the same twice in a row."""
    from bench.site import Asked
    from bench.world import asked

    items = [key for (key,) in asked("SELECT id FROM access_item LIMIT 2000")]
    spaces = [space for desk in found for space in desk.spaces]
    turns = [(desk, place) for place in range(20) for desk in found]
    return {
        "F1": [Asked(f"/floor/1/{key}") for key in items],
        "F2": [Asked(f"/floor/2/{space}") for space in _full(spaces)],
        "overview": [Asked("/", desk.cookies) for desk in found],
        "course page": [
            Asked(f"/courses/{desk.spaces[place % len(desk.spaces)]}/", desk.cookies) for desk, place in turns
        ],
        "person page": [
            Asked(f"/people/{desk.people[place % len(desk.people)]}/", desk.cookies) for desk, place in turns
        ],
        "family page": [
            Asked(f"/people/{desk.people[place % len(desk.people)]}/family/", desk.cookies)
            for desk, place in turns
        ],
        "person search": [
            Asked(f"/people/?q={desk.names[place % len(desk.names)]}", desk.cookies) for desk, place in turns
        ],
    }


def _full(spaces: Sequence[UUID]) -> list[UUID]:
    """The courses with as many due items as the floor shows."""
    from bench.floors import ROWS as AS_MANY
    from bench.world import asked

    counted = asked(
        "SELECT space_id FROM courses_dueitem WHERE space_id = ANY(%s) GROUP BY 1 HAVING count(*) >= %s",
        list(spaces),
        AS_MANY,
    )
    return [space for (space,) in counted]


# --- acts, without HTTP ------------------------------------------------------------------------------------


def acts(found: Sequence[Any], roots: Sequence[int], runs: int, seconds: float) -> Figures:
    """Queries and changes as a request does them, in this process, and their floors."""
    from bench.world import asked, at_the_desk, grown, with_facts
    from samspil.collaboration.courses import actions, queries
    from samspil.collaboration.families.queries import search_persons
    from samspil.foundation.kernel import clock

    today = clock.today()
    kinds = cycle(("contact.made", "need.stated", "goal.rated", "concern.raised"))

    def note(chosen: Sequence[tuple[Any, UUID]]) -> Callable[[int], object]:
        def operation(number: int) -> None:
            desk, space = chosen[number % len(chosen)]
            with at_the_desk(desk, "bench") as actor:
                actions.note_fact(actor=actor, space=space, kind=next(kinds), on=today, today=today)

        return operation

    def behind(query: Callable[[Any, int], object]) -> Callable[[int], object]:
        def operation(number: int) -> None:
            desk = found[number % len(found)]
            with at_the_desk(desk, "bench") as actor:
                query((actor, desk), number)

        return operation

    def figure(name: str, operation: Callable[[int], object], most: int = 1_000_000) -> dict[str, float]:
        _say(name)
        return measured(operation, roots, runs=runs, seconds=seconds, most=most).as_dict()

    words = [name for desk in found for name in desk.names]
    small = with_facts(list(found), 12, 28, 60)
    operations: dict[str, Callable[[int], object]] = {
        F3: lambda n: _floor_search(words[n % len(words)]),
        "F4 bare insert and commit": _floor_insert,
        "F5 bare group-by": lambda _n: asked(_GROUPED),
        "worklist query": behind(lambda who, _n: queries.worklist(who[0], today)),
        "name search query": behind(
            lambda who, n: search_persons(who[0], who[1].names[n % len(who[1].names)])
        ),
        "note with audit": lambda n: _note(found[n % len(found)], n),
    }
    figures: Figures = {name: figure(name, operation) for name, operation in operations.items()}
    figures["fact noted, about 20 facts"] = figure("fact noted, about 20 facts", note(small), 60)
    figures["worklist rows"] = [_worklist_rows(desk) for desk in found]
    large = grown(list(found))
    figures["fact noted, about 2,000 facts"] = figure("fact noted, about 2,000 facts", note(large), 60)
    return figures


def rebuild(roots: Sequence[int]) -> dict[str, float]:
    """Every course reckoned anew by two processes, as `samspil rebuild-due` does; here nothing differs."""
    from samspil.collaboration.courses import due
    from samspil.foundation.kernel import clock

    due.rebuild_all(today=clock.today())
    before, start = meter.cpu(roots), time.perf_counter()
    count = due.rebuild_all(today=clock.today(), processes=2)
    seconds, most = time.perf_counter() - start, getrusage(RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"cpu": (meter.cpu(roots) - before) / count * 1000, "seconds": seconds, "memory": most}


def _note(desk: Any, number: int) -> None:
    """A colleague writes down something about a child of one of the courses."""
    from bench.world import at_the_desk
    from samspil.collaboration.journal.actions import write_note
    from samspil.collaboration.journal.models import NoteKind
    from samspil.foundation.kernel import clock
    from samspil.foundation.kernel.sharing import Category

    today, (space, child) = clock.today(), desk.children[number // len(desk.children) % len(desk.children)]
    with at_the_desk(desk, "bench") as actor:
        write_note(
            actor=actor,
            space=space,
            category=Category.EVERYDAY,
            subjects=[child],
            kind=NoteKind.NOTE,
            on=today,
            text=f"Opdigtet notat nummer {number}.",
            today=today,
        )


def _statements_of(found: Sequence[Any]) -> list[int]:
    """The fewest and the most statements of a note."""
    counts = []
    with counted() as asked:
        for number, desk in enumerate(found):
            asked.clear()
            _note(desk, number)
            counts.append(len(asked))
    return [min(counts), max(counts)]


def _crowd_of_notes(found: Sequence[Any], seconds: float) -> Figures:
    """Many clients write notes at once, in as many processes as the site has workers."""
    _say(f"notes by {CLIENTS} clients")
    from django.db import connections

    connections.close_all()
    context = get_context("fork")
    answers = context.SimpleQueue()
    writers = [
        context.Process(target=_writers, args=(found, seconds, number, answers))
        for number in range(PROCESSES)
    ]
    for writer in writers:
        writer.start()
    clocks = sorted(clock for _ in writers for clock in answers.get())
    for writer in writers:
        writer.join()
    return {"a_second": len(clocks) / seconds, "p95": clocks[int(len(clocks) * 0.95)] * 1000, "errors": 0}


def _writers(found: Sequence[Any], seconds: float, place: int, answers: Any) -> None:
    from django.db import connections

    clocks: list[float] = []
    end = time.perf_counter() + seconds

    def client(number: int) -> None:
        while (began := time.perf_counter()) < end:
            _note(found[number % len(found)], number)
            clocks.append(time.perf_counter() - began)
            number += CLIENTS
        connections.close_all()

    starts = range(place, CLIENTS, PROCESSES)
    threads = [threading.Thread(target=client, args=(number,)) for number in starts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.put(clocks)


def _worklist_rows(desk: Any) -> int:
    from bench.world import at_the_desk
    from samspil.collaboration.courses import queries
    from samspil.foundation.kernel import clock

    with at_the_desk(desk, "bench") as actor:
        listed = queries.worklist(actor, clock.today())
        return len(listed.mine) + len(listed.others)


_GROUPED = "SELECT version_id, date_trunc('month', opened_on), count(*) FROM courses_course GROUP BY 1, 2"


def _kept() -> Figures:
    """What the making of this database took; nothing where it is still to be made."""
    with psycopg.connect(os.environ["BENCH_SUPERUSER"]) as connection:
        if connection.execute("SELECT to_regclass('bench_made')").fetchone() == (None,):
            return {}
        [made] = connection.execute("SELECT made FROM bench_made").fetchone() or [{}]
        return dict(made)


def _make_floors(made: Figures) -> None:
    """A table of names with a trigram index, and one to write to: no wall, no log; last, what it took."""
    with psycopg.connect(os.environ["BENCH_SUPERUSER"], autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        connection.execute("CREATE TABLE bench_name AS SELECT item_id, name FROM families_personrecord")
        connection.execute("CREATE INDEX ON bench_name USING gin (name gin_trgm_ops)")
        connection.execute(
            "CREATE TABLE bench_row (id uuid DEFAULT gen_random_uuid() PRIMARY KEY, text text)"
        )
        connection.execute("ANALYZE bench_name")
        connection.execute("GRANT ALL ON bench_name, bench_row TO samspil_owner")
        connection.execute("CREATE TABLE bench_made (made jsonb)")
        connection.execute("INSERT INTO bench_made VALUES (%s)", [Jsonb(made)])


def _floor_search(word: str) -> None:
    from bench.world import asked

    asked("SELECT item_id, name FROM bench_name WHERE name ILIKE %s LIMIT 50", f"%{word}%")


def _floor_insert(number: int) -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (text) VALUES (%s)", [f"row {number}"])


# --- what a page asks the database, and what the wall costs ------------------------------------------------


def statements(pages: Sequence[Any]) -> list[int]:
    """The fewest and the most statements of a page, without those of transactions and of the log."""
    from django.test import Client

    counts = []
    with counted() as asked:
        for page in pages[:25]:
            client = Client(HTTP_HOST="localhost", HTTP_COOKIE=page.cookies)
            asked.clear()
            path, _, query = page.path.partition("?")
            answer = client.get(path, QUERY_STRING=query)
            if answer.status_code != 200:
                raise RuntimeError(f"{page.path}: {answer.status_code}")
            counts.append(len(asked))
    return [min(counts), max(counts)]


class counted:  # noqa: N801  read as a word: with counted() as asked
    """The statements of this thread, also those that do not go through Django's own cursor."""

    LEFT_OUT = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SELECT audit.")

    def __enter__(self) -> list[str]:
        self.found: list[str] = []
        self.execute, thread, found = psycopg.Cursor.execute, threading.get_ident(), self.found
        execute = self.execute

        def watched(cursor: Any, query: Any, *rest: Any, **more: Any) -> Any:
            text = query if isinstance(query, str) else str(query)
            if threading.get_ident() == thread and not text.lstrip().startswith(self.LEFT_OUT):
                found.append(text)
            return execute(cursor, query, *rest, **more)

        psycopg.Cursor.execute = watched  # type: ignore[method-assign,assignment]
        return found

    def __exit__(self, *_why: object) -> None:
        psycopg.Cursor.execute = self.execute  # type: ignore[method-assign]


class without_wall:  # noqa: N801  read as words
    """The application's role reads past every policy: the same pages and statements without the rule."""

    def __enter__(self) -> None:
        self._say("BYPASSRLS")

    def __exit__(self, *_why: object) -> None:
        self._say("NOBYPASSRLS")

    @staticmethod
    def _say(word: str) -> None:
        with psycopg.connect(os.environ["BENCH_SUPERUSER"], autocommit=True) as connection:
            connection.execute(f"ALTER ROLE samspil_app {word}")


if __name__ == "__main__":
    main()
