"""Two at once, over two real connections: one acts. And the same race with the guard taken away."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from samspil.foundation.desk.actions import drafts, submissions
from tests.desk.conftest import Desk
from tests.factories.owner import as_owner

RACES = 200


def together(*doings: Callable[[], Any]) -> list[Any]:
    """Do all at the same moment, each in a thread with connections of its own; their answers in order."""
    start = threading.Barrier(len(doings))
    answers: list[Any] = [None] * len(doings)

    def run(number: int, doing: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=20)
            answers[number] = doing()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def twin(client: Client) -> Client:
    """A second tab: the same cookies."""
    other = Client(raise_request_exception=False)
    other.cookies.update(client.cookies)
    return other


def race(me: Desk, rounds: int) -> list[tuple[int, int]]:
    """Send the same form from two tabs at once, again and again; the status of both answers each time."""
    statuses = []
    second = twin(me.client)
    tabs = (me.client, second)
    for number in range(rounds):
        form = me.open("/skriv/") | {"text": f"Gang {number}"}
        answers = together(*(lambda tab=tab, form=form: tab.post("/skriv/", form) for tab in tabs))
        statuses.append(tuple(answer.status_code for answer in answers))
    return statuses


@contextmanager
def no_guard(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The broken twin: no lock on the key, and no unique constraint behind it."""
    monkeypatch.setattr(submissions, "lock_key", lambda **_: None)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE desk_submission DROP CONSTRAINT submission_key_once")
    yield
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM desk_submission")
        cursor.execute(
            "ALTER TABLE desk_submission ADD CONSTRAINT submission_key_once UNIQUE (account_id, key)"
        )


def test_two_at_once_act_once(me: Desk) -> None:
    statuses = race(me, RACES)

    assert statuses == [(302, 302)] * RACES
    assert me.news() == RACES


def test_the_race_is_real_without_the_lock_both_act(me: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with no_guard(monkeypatch):
        race(me, 20)

    assert me.news() > 20


def test_the_constraint_alone_lets_only_one_act(me: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submissions, "lock_key", lambda **_: None)

    race(me, 20)

    assert me.news() == 20


def test_sent_and_autosaved_at_once_leaves_no_draft(me: Desk) -> None:
    second = twin(me.client)
    for number in range(30):
        form = me.open("/skriv/") | {"text": f"Gang {number}"}
        together(
            lambda form=form: me.client.post("/skriv/", form), lambda form=form: second.post("/kladde/", form)
        )

        assert me.open("/skriv/")["text"] == "", number


def test_the_autosave_race_is_real_without_the_lock_drafts_come_back(
    me: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The broken twin: the autosave looks for the key without waiting for who holds it."""
    second = twin(me.client)
    monkeypatch.setattr(drafts, "lock_key", lambda **_: None)
    ghosts = 0
    for number in range(60):
        form = me.open("/skriv/") | {"text": f"Gang {number}"}
        together(
            lambda form=form: me.client.post("/skriv/", form), lambda form=form: second.post("/kladde/", form)
        )
        if me.open("/skriv/")["text"]:
            ghosts += 1
            me.client.post("/skriv/", me.open("/skriv/") | {"_discard": "1"})

    assert ghosts


def writing(desk: Desk, text: str) -> Callable[[], Any]:
    """Open the page now, and send it when called."""
    form = desk.open("/ret/") | {"place": "home", "text": text}
    return lambda: desk.client.post("/ret/", form)


def test_two_editing_at_once_lose_nothing(me: Desk, colleague: Desk) -> None:
    for number in range(30):
        doings = [writing(desk, f"{who} {number}") for who, desk in enumerate((me, colleague))]

        statuses = sorted(answer.status_code for answer in together(*doings))

        assert statuses == [200, 302]
        for desk in (me, colleague):
            desk.client.post("/ret/", desk.open("/ret/") | {"_discard": "1"})
