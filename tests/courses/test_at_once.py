"""Real roles, real connections: two who note at once lose nothing; a psql prompt gets no further."""

import threading
import time
from collections.abc import Callable

import psycopg
import pytest
from django.db import connections

from samspil.collaboration.courses import actions, due
from samspil.doors.cli.roles import APP, DOOR
from samspil.foundation.access import actions as access
from samspil.foundation.kernel.actor import Actor
from tests.database import Database
from tests.factories.access import a_stranger, a_team_member, acting
from tests.factories.courses import TODAY, ACourse, a_course


@pytest.fixture
def course(real_roles: Database) -> ACourse:
    return a_course()


def note_slowly(course: ACourse, actor: Actor, effort: str, noted: threading.Event, wait: float) -> None:
    """Note that an effort was decided, and commit only after a while."""
    try:
        with acting(actor):
            actions.note_fact(
                actor=actor,
                space=course.space,
                kind="effort.decided",
                on=TODAY,
                today=TODAY,
                attributes={"effort": effort, "sector": "municipality", "plan": True},
            )
            noted.set()
            time.sleep(wait)
    finally:
        connections.close_all()


def both_at_once(course: ACourse) -> None:
    """Bo begins while Anna has noted and not yet committed."""
    bo = a_team_member(of=course.space)
    noted = threading.Event()
    anna = threading.Thread(target=note_slowly, args=(course, course.anna, "e1", noted, 0.5))
    anna.start()
    assert noted.wait(10)
    other = threading.Thread(target=note_slowly, args=(course, bo, "e2", threading.Event(), 0))
    other.start()
    for thread in (anna, other):
        thread.join(20)


def test_two_who_note_at_once_lose_nothing(course: ACourse) -> None:
    both_at_once(course)
    assert list(due.differences()) == []


def test_without_the_lock_due_items_are_lost(course: ACourse, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: what the test above is there to see."""
    monkeypatch.setattr(access, "lock_space", lambda *, actor, space: None)
    both_at_once(course)
    assert [one.space for one in due.differences()] == [course.space]
    assert list(due.differences(processes=2)) == list(due.differences())
    due.rebuild_all(today=TODAY, processes=2)
    assert list(due.differences()) == []


# --- the application's role and a psql prompt -----------------------------------------------------------


@pytest.fixture
def prompt(course: ACourse, real_roles: Database) -> Callable[..., list[tuple[object, ...]]]:
    """Ask as the application, before the wall as a stranger or, with `as_anna`, as the coordinator."""
    mallory = a_stranger()
    with psycopg.connect(real_roles.url(DOOR), autocommit=True) as door:
        secrets = {
            who.account_id: door.execute(
                "SELECT wall.open(%s, %s)", (who.account_id, who.membership_id)
            ).fetchone()[0]  # type: ignore[index]
            for who in (mallory, course.anna)
        }

    def ask(sql: str, *values: object, as_anna: bool = False) -> list[tuple[object, ...]]:
        with psycopg.connect(real_roles.url(APP)) as connection:
            who = course.anna if as_anna else mallory
            connection.execute("SELECT FROM wall.enter(%s)", (secrets[who.account_id],))
            found = connection.execute(sql, values)
            return found.fetchall() if found.description else []

    return ask


ATTACKS = [
    "SELECT * FROM wall.course_facts(%s, NULL)",
    "SELECT * FROM wall.course_frame(%s)",
    "SELECT wall.put_due(%s, current_date, NULL, '[]')",
    "SELECT wall.lock_space(%s)",
    "SELECT * FROM wall.facts_of(ARRAY[%s]::uuid[], NULL)",
    "SELECT * FROM wall.frames_of(ARRAY[%s]::uuid[])",
    "SELECT wall.write_due(%s, current_date, NULL, '[]')",
    "DELETE FROM courses_dueitem WHERE space_id = %s",
    "UPDATE courses_projection SET through = current_date WHERE space_id = %s",
    "INSERT INTO courses_projection (space_id, through) VALUES (%s, current_date)",
]


@pytest.mark.parametrize("sql", ATTACKS)
def test_a_stranger_is_refused(course: ACourse, prompt: Callable[..., object], sql: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        prompt(sql, course.space)


@pytest.mark.parametrize("sql", ATTACKS[4:])
def test_so_is_the_coordinator_past_the_functions(
    course: ACourse, prompt: Callable[..., object], sql: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        prompt(sql, course.space, as_anna=True)


@pytest.mark.parametrize(
    "table", ["course", "courseperson", "fact", "remark", "participant", "dueitem", "projection"]
)
def test_a_stranger_sees_no_row(course: ACourse, prompt: Callable[..., object], table: str) -> None:
    assert prompt(f"SELECT 1 FROM courses_{table} WHERE space_id = %s", course.space) == []


def test_a_course_cannot_be_laid_over_anothers_space(course: ACourse, prompt: Callable[..., object]) -> None:
    """A unique space would tell whether it has a course: the item decides first."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        prompt(
            "INSERT INTO courses_course (item_id, space_id, version_id, opened_on) "
            "VALUES (%s, %s, %s, current_date)",
            course.course.pk,
            course.space,
            course.course.version_id,
        )
