"""Six hundred tamperings with a real log, by its owner, with every guard taken away: none goes unnoticed.

The attackers know the code: where it helps they compute the seals anew. Each draws from its own seed.
"""

import hashlib
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import namedtuple_row

from samspil.doors.cli.roles import OWNER
from samspil.foundation.audit import verify as checking
from samspil.foundation.audit.verify import Problem, block_hash, row_hash, verify
from tests.audit.writing import SealedLog, some_id

SEEDS = range(100)
REST = "unit, account, membership, role, route, act, kind, reason, criterion, space, outcome, about"
Connection = psycopg.Connection[Any]
Attack = Callable[[Connection, random.Random], None]


# --- the attackers -----------------------------------------------------------------------------------


def edit(connection: Connection, dice: random.Random) -> None:
    """Change one value of one row, of one person in a row, or of one seal."""
    changes = [
        ("log_event", "account = gen_random_uuid()"),
        ("log_event", "membership = gen_random_uuid()"),
        ("log_event", "authority = gen_random_uuid()"),
        ("log_event", "unit = NULL", "unit IS NOT NULL"),
        ("log_event", "role = role || 'x'"),
        ("log_event", "act = 'nothing'"),
        ("log_event", "reason = reason || ' '"),
        ("log_event", "criterion = '-'"),
        ("log_event", "space = gen_random_uuid()"),
        ("log_event", "at = at - interval '1 microsecond'", "subjects = 0"),
        ("log_event", "outcome = 'refused'"),
        ("log_event", "about = gen_random_uuid()"),
        ("log_subject", "categories = categories # 1", "categories > 1"),
        ("log_subject", "subject = gen_random_uuid()"),
        ("log_subject", "owner = gen_random_uuid()"),
        ("log_subject", "kind = kind || 'x'"),
        ("log_subject", "position = position + 1"),
        ("log_block", "count = count + 1"),
        ("log_block", "sealed_at = sealed_at + interval '1 second'"),
        ("log_block", "rows_hash = previous"),
    ]
    table, change, *where = dice.choice(changes)
    assert (
        run(connection, f"UPDATE {table} SET {change} WHERE {one_of(connection, dice, table, *where)}") == 1
    )


def delete(connection: Connection, dice: random.Random) -> None:
    """Remove an event, one person of an event, both, or a seal."""
    what = dice.choice(["event", "person", "both", "seal"])
    if what == "seal":
        run(connection, f"DELETE FROM log_block WHERE {one_of(connection, dice, 'log_block')}")
    elif what == "person":
        run(connection, f"DELETE FROM log_subject WHERE {one_of(connection, dice, 'log_subject')}")
    else:
        event = pick(connection, dice)
        run(connection, "DELETE FROM log_event WHERE id = %s", event.id)
        if what == "both":
            run(connection, "DELETE FROM log_subject WHERE event = %s", event.id)


def swap(connection: Connection, dice: random.Random) -> None:
    """Exchange the places, the makers or the persons of two rows."""
    one, two = pick(connection, dice), pick(connection, dice)
    while two.id == one.id or two.account == one.account:
        two = pick(connection, dice)
    what = dice.choice(["position", "account", "id"])
    for mine, other in ((one, two), (two, one)):
        value = getattr(other, what)
        run(
            connection,
            f"UPDATE log_event SET {what} = %s WHERE position = %s AND id = %s",
            value,
            *place(mine),
        )
        if what == "position":
            continue
    if what == "id" and dice.random() < 0.5:
        for mine, other in ((one, two), (two, one)):
            run(connection, "UPDATE log_event SET at = %s WHERE position = %s", other.at, mine.position)


def insert(connection: Connection, dice: random.Random) -> None:
    """Add an event between sealed ones, also of an authority without seals, or a person to an event."""
    event = pick(connection, dice)
    what = dice.choice(["twin", "stranger", "gap", "person", "person without event"])
    if what == "person":
        sql = "INSERT INTO log_subject VALUES (%s, %s, 1, %s, %s, 4, NULL, 'read')"
        run(connection, sql, event.id, event.at, some_id(dice), some_id(dice))
    elif what == "person without event":
        sql = "INSERT INTO log_subject VALUES (%s, now(), 1, %s, %s, 4, NULL, 'read')"
        run(connection, sql, some_id(dice), some_id(dice), some_id(dice))
    else:
        authority = some_id(dice) if what == "stranger" else event.authority
        position = dice.randrange(1, event.position) if what == "gap" else event.position
        sql = (
            f"INSERT INTO log_event (id, at, position, authority, {REST}, subjects) "
            f"SELECT %s, at, %s, %s, {REST}, subjects FROM log_event WHERE id = %s"
        )
        run(connection, sql, some_id(dice), position, authority, event.id)


def cut_tail(connection: Connection, dice: random.Random) -> None:
    """Remove the last seals of an authority with all their rows: what is left is a shorter, perfect log."""
    authority = pick(connection, dice).authority
    [[last]] = connection.execute(
        "SELECT max(number) FROM log_block WHERE authority = %s", [authority]
    ).fetchall()
    first = dice.randrange(1, last + 1)
    sql = "DELETE FROM log_block WHERE authority = %s AND number >= %s RETURNING from_position"
    start = min(row[0] for row in connection.execute(sql, [authority, first]).fetchall())
    events = "SELECT id FROM log_event WHERE authority = %s AND position > %s"
    run(connection, f"DELETE FROM log_subject WHERE event IN ({events})", authority, start)
    run(connection, "DELETE FROM log_event WHERE authority = %s AND position > %s", authority, start)


def rewrite(connection: Connection, dice: random.Random) -> None:
    """Change a row and compute every seal of its authority anew: nothing in the database is wrong."""
    event = pick(connection, dice)
    if dice.random() < 0.5:
        run(connection, "UPDATE log_event SET account = %s WHERE id = %s", some_id(dice), event.id)
    else:
        run(connection, "UPDATE log_event SET reason = 'Aftalt' WHERE id = %s", event.id)
    seal_anew(connection, event.authority)


ATTACKS: dict[str, Attack] = {
    "edit": edit,
    "delete": delete,
    "swap": swap,
    "insert": insert,
    "cut tail": cut_tail,
    "rewrite": rewrite,
}


# --- their tools -------------------------------------------------------------------------------------


def run(connection: Connection, sql: str, *values: object) -> int:
    return connection.execute(sql.encode(), values or None).rowcount


def one_of(connection: Connection, dice: random.Random, table: str, where: str = "true") -> str:
    """A condition that holds for exactly one row."""
    rows = connection.execute(
        f"SELECT tableoid::regclass, ctid FROM {table} WHERE {where} ORDER BY 1, 2".encode()
    )
    partition, place_ = dice.choice(rows.fetchall())
    return f"tableoid = '{partition}'::regclass AND ctid = '{place_}'"


def pick(connection: Connection, dice: random.Random) -> Any:
    """One sealed event."""
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        return dice.choice(cursor.execute("SELECT * FROM log_event ORDER BY position").fetchall())


def place(event: Any) -> tuple[int, UUID]:
    return event.position, event.id


def seal_anew(connection: Connection, authority: UUID) -> None:
    check = checking._Check(connection, None)  # the verifier's own reading serves the attacker as well
    rows, previous = list(check._stream(authority)), bytes(32)
    for block in check._blocks(authority):
        inside = [row_hash(row) for row in rows if block.from_position < row.position <= block.to_position]
        changed = block._replace(rows_hash=hashlib.sha256(b"".join(inside)).digest(), previous=previous)
        previous = block_hash(changed)
        values = (changed.rows_hash, changed.previous, previous, authority, block.number)
        sql = "UPDATE log_block SET (rows_hash, previous, hash) = (%s, %s, %s)"
        run(connection, f"{sql} WHERE authority = %s AND number = %s", *values)


def unnoticed(sealed_log: SealedLog, attack: Attack, anchor: Path | None, seeds: range = SEEDS) -> list[int]:
    """The seeds of the tamperings that the verifier does not see."""
    missed = []
    with sealed_log.attacked() as connection:
        for seed in seeds:
            with connection.transaction(force_rollback=True):
                attack(connection, random.Random(seed))
                if not verify(connection, anchor).findings:
                    missed.append(seed)
        assert verify(connection, anchor).findings == []  # every attack was undone: each was seen by itself
    return missed


# --- the tests ---------------------------------------------------------------------------------------


def test_an_untouched_log_has_nothing_to_find(sealed_log: SealedLog) -> None:
    result = sealed_log.verified()
    assert (result.rows, result.findings) == (160, [])
    assert result.blocks >= 24


@pytest.mark.parametrize("kind", ATTACKS)
def test_no_tampering_goes_unnoticed(sealed_log: SealedLog, kind: str) -> None:
    assert unnoticed(sealed_log, ATTACKS[kind], sealed_log.anchor) == []


@pytest.mark.parametrize("kind", ["cut tail", "rewrite"])
def test_without_an_anchor_the_strongest_attacks_would_go_unnoticed(sealed_log: SealedLog, kind: str) -> None:
    """The broken twin: what the anchor is for, and that the attackers above are good at it."""
    assert unnoticed(sealed_log, ATTACKS[kind], None) == list(SEEDS)


@pytest.mark.parametrize("kind", ["edit", "swap"])
def test_a_verifier_that_only_counts_would_miss_most(
    sealed_log: SealedLog, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other broken twin: row hashes are what sees an edit."""

    def count_only(block: Any, count: int, digest: bytes) -> list[Any]:
        return [] if block.count == count else [Problem.ROWS_CHANGED]

    monkeypatch.setattr(checking, "_compare", count_only)
    assert len(unnoticed(sealed_log, ATTACKS[kind], sealed_log.anchor, range(40))) > 10


def test_the_guards_stop_the_owner_who_forgets(sealed_log: SealedLog) -> None:
    for table in ("log_event", "log_subject", "log_block", "log_event_default"):
        for act in (f"DELETE FROM {table}", f"TRUNCATE {table}"):
            if act == "DELETE FROM log_event_default":
                continue  # it is empty: a guard for each row has nothing to guard
            with (
                psycopg.connect(sealed_log.database.url(OWNER)) as connection,
                pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed"),
            ):
                run(connection, act)


def test_rows_that_nobody_seals_are_reported(sealed_log: SealedLog) -> None:
    assert problems_of_a_new_row(sealed_log, age="59 seconds") == set()
    assert problems_of_a_new_row(sealed_log, age="2 minutes") == {Problem.ROW_UNSEALED}


def test_a_row_that_claims_to_be_old_is_reported(sealed_log: SealedLog) -> None:
    assert Problem.ROW_BACKDATED in problems_of_a_new_row(sealed_log, age="3 days")


def problems_of_a_new_row(sealed_log: SealedLog, *, age: str) -> set[Problem]:
    sql = (
        f"INSERT INTO log_event (id, at, position, authority, {REST}, subjects) SELECT gen_random_uuid(), "
        f"now() - %s::interval, nextval('audit.position'), authority, {REST}, 0 FROM log_event LIMIT 1"
    )
    with sealed_log.attacked() as connection:
        run(connection, sql, age)
        return {finding.problem for finding in verify(connection, sealed_log.anchor).findings}


def test_seals_that_reach_no_anchor_are_reported(sealed_log: SealedLog, tmp_path: Path) -> None:
    with sealed_log.attacked() as connection:
        check = checking._Check(connection, {})
        blocks = check._blocks(pick(connection, random.Random(1)).authority)
        check.now = blocks[0].sealed_at + checking.PATIENCE / 2  # for a minute they may be on their way
        assert not list(check._against_anchor(blocks[0].authority, blocks))
        check.now = blocks[-1].sealed_at + checking.PATIENCE * 2
        found = {finding.problem for finding in check._against_anchor(blocks[0].authority, blocks)}
        assert found == {Problem.SEAL_NOT_ANCHORED}
