"""A log with something in it: rows of three authorities and of nobody, written over the door and sealed."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg

from samspil.doors.cli.roles import OWNER
from samspil.foundation.audit import log, sealing
from samspil.foundation.audit.log import Collector, Kind
from samspil.foundation.audit.verify import Verification, verify
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category
from tests.database import Database

PATIENCE_SECONDS = 20


def some_id(dice: random.Random) -> UUID:
    return UUID(int=dice.getrandbits(128), version=4)


def some_actor(dice: random.Random, authority: UUID | None) -> Actor:
    if authority is None:
        return Actor(account_id=some_id(dice))
    ids = [some_id(dice) for _ in range(3)]
    return Actor(ids[0], ids[1], ids[2], authority, dice.choice(list(RoleKey)))


def some_row(dice: random.Random, actor: Actor | None, owners: list[UUID], persons: list[UUID]) -> Collector:
    row = Collector(
        route="courses:course",
        act=dice.choice(["course.read", "plan.agreed", "personer.søgt"]),
        kind=dice.choice(list(Kind)),
        actor=actor,
        reason=dice.choice(["", "Æøå: 'et' \"citat\", (parentes) {klamme} \\ \n ny linje", "NULL"]),
        space=some_id(dice) if dice.random() < 0.5 else None,
    )
    for person in dice.sample(persons, dice.choice([0, 1, 1, 2, 4])):
        row.seen(person, dice.choice(owners), Category(dice.randrange(1, 512)))
    return row


@dataclass(frozen=True, slots=True)
class SealedLog:
    """A database whose log is sealed to the last row, and its anchor."""

    database: Database
    anchor: Path

    @contextmanager
    def attacked(self) -> Iterator[psycopg.Connection]:
        """The owner's connection, with every guard taken away; what was done is undone at the end."""
        with psycopg.connect(self.database.url(OWNER)) as connection:
            for table in ("log_event", "log_subject", "log_block"):
                connection.execute(f"DROP TRIGGER stays ON {table}".encode())
            yield connection
            connection.rollback()

    def verified(self) -> Verification:
        with psycopg.connect(self.database.url(OWNER)) as connection:
            return verify(connection, self.anchor)


def write_and_seal(anchor: Path, dice: random.Random, *, batches: int, rows: int) -> None:
    """Over Django's connections, which must lead to real roles."""
    authorities = [some_id(dice) for _ in range(3)]
    persons = [some_id(dice) for _ in range(8)]
    for _ in range(batches):
        for _ in range(rows):
            authority = dice.choice([*authorities, None])
            log.flush(some_row(dice, some_actor(dice, authority), authorities, persons))
        seal_everything(anchor)


def seal_everything(anchor: Path) -> int:
    """Seal to the last row; transactions of other tests on this server may delay it for a moment."""
    from django.db import connections

    seals = sealing.seal(anchor)
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT h.sealed >= p.last_value FROM log_horizon h, audit.position p")
            [[is_done]] = cursor.fetchall()
        if is_done:
            return seals
        time.sleep(0.05)
        seals += sealing.seal(anchor)
    raise TimeoutError("somebody holds a transaction open")
