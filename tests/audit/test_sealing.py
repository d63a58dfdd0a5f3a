"""Seals wait for whoever still writes, lose nobody, and their heads reach the disk in order."""

import random
import threading
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from samspil.doors.cli.roles import APP, DOOR, OWNER
from samspil.foundation.audit import anchor, log, sealing
from samspil.foundation.audit.anchor import AnchorBroken, Head
from samspil.foundation.audit.log import Collector
from samspil.foundation.audit.verify import verify
from tests.audit.writing import seal_everything, some_actor
from tests.database import Database

WRITE = (
    b"SELECT audit.write(%s, %s, NULL, NULL, NULL, '', 'r', 'a', 'read', '', '', NULL, 'done', NULL, "
    b"'{}', '{}', '{}')"
)


def sealed_rows(database: Database, authority: UUID) -> int:
    with psycopg.connect(database.url(OWNER)) as owner:
        query = "SELECT coalesce(sum(count), 0) FROM log_block WHERE authority = %s"
        [[count]] = owner.execute(query, [authority]).fetchall()
        return int(count)


def findings(database: Database, folder: Path) -> list[str]:
    with psycopg.connect(database.url(OWNER)) as owner:
        return [str(finding) for finding in verify(owner, folder).findings]


def test_a_row_whose_writer_is_slow_is_neither_lost_nor_left_out(
    real_roles: Database, tmp_path: Path
) -> None:
    authority = uuid4()
    with psycopg.connect(real_roles.url(DOOR)) as slow:
        slow.execute(WRITE, [uuid4(), authority])
        with psycopg.connect(real_roles.url(DOOR)) as quick:
            quick.execute(WRITE, [uuid4(), authority])
        for _ in range(3):
            sealing.seal(tmp_path)
        assert sealed_rows(real_roles, authority) == 0  # the slow one has the earlier position
        slow.commit()
    seal_everything(tmp_path)
    assert sealed_rows(real_roles, authority) == 2
    assert findings(real_roles, tmp_path) == []


def test_many_writers_and_two_sealers_at_once(real_roles: Database, tmp_path: Path) -> None:
    authority, stop = uuid4(), threading.Event()

    def write(seed: int) -> None:
        dice = random.Random(seed)
        with psycopg.connect(real_roles.url(DOOR)) as door:
            for _ in range(40):
                door.execute(WRITE, [uuid4(), authority])
                if dice.random() < 0.5:
                    door.execute(WRITE, [uuid4(), authority])
                door.rollback() if dice.random() < 0.2 else door.commit()

    def keep_sealing() -> None:
        with psycopg.connect(real_roles.url(APP), autocommit=True) as app:
            while not stop.is_set():
                app.execute("SELECT count(*) FROM audit.seal()")

    writers = [threading.Thread(target=write, args=[seed]) for seed in range(4)]
    sealers = [threading.Thread(target=keep_sealing) for _ in range(2)]
    for thread in writers + sealers:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in sealers:
        thread.join()
    sealing.catch_up(tmp_path)
    seal_everything(tmp_path)

    with psycopg.connect(real_roles.url(OWNER)) as owner:
        query = "SELECT count(*) FROM log_event WHERE authority = %s"
        [[rows]] = owner.execute(query, [authority]).fetchall()
    assert sealed_rows(real_roles, authority) == rows > 0
    assert findings(real_roles, tmp_path) == []


def test_sealing_stands_alone_in_its_transaction(real_roles: Database) -> None:
    with psycopg.connect(real_roles.url(APP)) as app:
        app.execute("SELECT pg_current_xact_id()")
        with pytest.raises(psycopg.errors.RaiseException, match="alone"):
            app.execute("SELECT audit.seal()")


def test_seals_go_on_after_the_tables_were_restored_on_another_server(
    real_roles: Database, tmp_path: Path
) -> None:
    """There, transaction numbers begin anew: a mark from the old server lies in the future."""
    authority = uuid4()
    with psycopg.connect(real_roles.url(DOOR)) as door:
        door.execute(WRITE, [uuid4(), authority])
    sealing.seal(tmp_path)
    with psycopg.connect(real_roles.url(OWNER)) as owner:
        owner.execute("UPDATE log_horizon SET xid = '900000000000'")
    seal_everything(tmp_path)
    assert sealed_rows(real_roles, authority) == 1


def test_what_a_full_disk_kept_from_the_anchor_is_added_later(real_roles: Database, tmp_path: Path) -> None:
    folder = tmp_path / "anchor"
    folder.write_text("a file where the folder should be")
    log.flush(Collector("r", "a", actor=some_actor(random.Random(3), uuid4())))
    with pytest.raises(OSError, match="anchor"):
        seal_everything(folder)
    folder.unlink()
    sealing.catch_up(folder)
    assert findings(real_roles, folder) == []
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    sealing.catch_up(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_months_to_come_are_made_once(real_roles: Database) -> None:
    assert sealing.make_months() == 0  # the migration made them
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit.make_months(5)")
        assert cursor.fetchall() == [(4,)]
    assert sealing.make_months() == 0


class TestAnchor:
    def test_refuses_a_chain_that_is_not_the_one_it_knows(self, tmp_path: Path) -> None:
        one, other = uuid4(), uuid4()
        first = Head(one, 1, 5, b"a" * 32, bytes(32))
        anchor.append(tmp_path, [first])
        rewritten = Head(one, 2, 5, b"c" * 32, b"b" * 32)
        honest = Head(other, 1, 1, b"d" * 32, bytes(32))

        with pytest.raises(AnchorBroken, match=str(one)):
            anchor.append(tmp_path, [rewritten, honest])

        said = anchor.read(tmp_path)
        assert (said[one].last, said[other].last) == (
            Head(one, 1, 5, b"a" * 32),
            Head(other, 1, 1, b"d" * 32),
        )

    def test_heals_a_line_that_a_power_cut_tore(self, tmp_path: Path) -> None:
        one = uuid4()
        first, second = Head(one, 1, 5, b"a" * 32, bytes(32)), Head(one, 2, 5, b"b" * 32, b"a" * 32)
        anchor.append(tmp_path, [first])
        path = tmp_path / f"{one}.anchor"
        whole = path.read_bytes()
        for length in range(1, 12):
            path.write_bytes(whole + f"2 5 {second.hash.hex()}"[:length].encode())
            anchor.append(tmp_path, [second])
            said = anchor.read(tmp_path)[one]
            assert (said.last, said.unreadable) == (Head(one, 2, 5, b"b" * 32), 0)

    def test_tells_of_lines_that_somebody_changed(self, tmp_path: Path) -> None:
        one = uuid4()
        anchor.append(tmp_path, [Head(one, 1, 5, b"a" * 32, bytes(32))])
        path = tmp_path / f"{one}.anchor"
        for addition in (
            "nonsense\n2 5 " + "0" * 64 + "\n",
            "1 6 " + "a" * 64 + "".rjust(8, "a") + "\n\n1 6 " + "b" * 64 + "\n",
        ):
            path.write_bytes(path.read_bytes() + addition.encode())
            assert anchor.read(tmp_path)[one].unreadable > 0

    def test_is_for_one_user_only(self, tmp_path: Path) -> None:
        folder = tmp_path / "anchor"
        anchor.append(folder, [Head(uuid4(), 1, 5, b"a" * 32, bytes(32))])
        assert [oct(path.stat().st_mode)[-3:] for path in (folder, *folder.iterdir())] == ["700", "600"]
