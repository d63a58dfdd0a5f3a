"""Processes that work rows out and copy them in, each over a connection of its own; all commit, or none."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from django.db import connections, transaction

from samspil.doors.demo.generate.loading import Loader
from samspil.doors.demo.generate.rows import Rows
from samspil.doors.demo.generate.writing import Order, written

Progress = Callable[[int, int], None]
READY, COMMIT = "ready", "commit"


class Stopped(RuntimeError):  # noqa: N818 - named after what it says
    """A process ended before its work was done. It has said why on stderr."""


def load(order: Order, first: Rows, *, processes: int, progress: Progress, using: str) -> int:
    """Write these rows and every course. Answers how many rows. All of it or nothing."""
    done, rows = 0, first.count
    with _working(order, first, processes, using) as pipes:
        busy: list[Any] = list(pipes)
        while busy:
            for pipe in wait(busy):
                said = _heard(pipe)
                if said == READY:
                    busy.remove(pipe)
                else:
                    done, rows = done + said[0], rows + said[1]
                    progress(done, order.courses)
        for pipe in pipes:
            pipe.send(COMMIT)
        for pipe in pipes:
            _heard(pipe)
    return rows


def _heard(pipe: Any) -> Any:
    try:
        return pipe.recv()
    except EOFError as end:
        raise Stopped("A process that worked rows out has ended too early.") from end


@contextmanager
def _working(order: Order, first: Rows, processes: int, using: str) -> Iterator[list[Connection]]:
    """So many processes at work, each on every so-manieth shape. Inside the block they wait to be heard."""
    context = get_context("fork")
    pipes, workers = [], []
    try:
        for number in range(processes):
            here, there = context.Pipe()
            shapes = range(number, order.shapes, processes)
            work = (order, shapes, first if number == 0 else Rows(), there, using)
            worker = context.Process(target=_work, args=work, daemon=True)
            worker.start()
            there.close()
            pipes.append(here)
            workers.append(worker)
        yield pipes
    except BaseException:
        for worker in workers:
            worker.terminate()
        raise
    finally:
        for worker in workers:
            worker.join()


def _work(order: Order, shapes: range, first: Rows, pipe: Connection, using: str) -> None:
    """One process: copies its rows in, says how far it is, and commits when it is told to."""
    _begin()
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        loader = Loader(cursor)
        loader.copy(first.blocks())
        for batch in written(order, shapes):
            loader.copy(batch.blocks)
            pipe.send((batch.courses, batch.rows))
        loader.check_facts()
        pipe.send(READY)
        pipe.recv()
    connections[using].close()
    pipe.send(COMMIT)


def _begin() -> None:
    """A forked process uses no connection of its parent's, and ends with it, however the parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for alias in connections:
        connections[alias].connection = None
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
