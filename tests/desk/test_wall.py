"""Whose the rows are: asked of the database itself, in the application's role; red when the wall is down."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from samspil.foundation.access import wall
from samspil.foundation.desk import actions, queries
from samspil.foundation.desk.models import Draft, News, Submission
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from tests.desk.conftest import Desk
from tests.desk.pages import RECEIVER
from tests.factories.access import acting
from tests.factories.owner import as_owner


def write(actor: Actor) -> None:
    with acting(actor):
        now = clock.now()
        actions.keep_draft(
            actor=actor, form="test.note", thing="", text={"text": ["Noah"]}, version="", page="/", now=now
        )
        actions.claim_submission(actor=actor, key="k" * 24, digest="0" * 64, now=now)
        actions.announce(actor=actor, to=[RECEIVER[0]], about=uuid4(), now=now)


def seen_by(actor: Actor) -> dict[str, int]:
    with acting(actor):
        return {model.__name__: model.objects.count() for model in (Draft, Submission, News)}


def touched_by(actor: Actor) -> int:
    """How many rows of others an account can change or delete."""
    with acting(actor):
        changed = Draft.objects.update(sealed=b"x") + Submission.objects.update(location="/x/")
        return changed + Draft.objects.all().delete()[0] + Submission.objects.all().delete()[0]


def test_drafts_and_keys_are_seen_by_their_account_alone(me: Desk, colleague: Desk) -> None:
    write(me.actor)

    assert seen_by(me.actor) == {"Draft": 1, "Submission": 1, "News": 0}
    assert seen_by(colleague.actor) == {"Draft": 0, "Submission": 0, "News": 0}
    assert touched_by(colleague.actor) == 0
    with acting(colleague.actor):
        assert queries.own_draft(me.actor, "test.note") is None  # also asked for in the other's name
    with acting(me.actor) as actor:
        assert queries.own_draft(actor, "test.note") is not None


def test_the_broken_twin_shows_them(me: Desk, colleague: Desk) -> None:
    write(me.actor)
    with as_owner(), connection.cursor() as cursor:
        for table in ("draft", "submission", "news"):
            cursor.execute(f"ALTER TABLE desk_{table} DISABLE ROW LEVEL SECURITY")
    try:
        assert all(seen_by(colleague.actor).values())
    finally:
        with as_owner(), connection.cursor() as cursor:
            for table in ("draft", "submission", "news"):
                cursor.execute(f"ALTER TABLE desk_{table} ENABLE ROW LEVEL SECURITY")


def test_even_past_the_wall_a_draft_opens_for_nobody_else(me: Desk, colleague: Desk) -> None:
    write(me.actor)
    with as_owner():
        Draft.objects.update(account_id=colleague.actor.account_id)

    with acting(colleague.actor) as actor:
        assert queries.own_draft(actor, "test.note") is None


def test_nobody_writes_in_anothers_name(me: Desk, colleague: Desk) -> None:
    for model, values in [
        (Draft, {"form": "test.note", "sealed": b"x", "saved_at": clock.now()}),
        (Submission, {"key": "k" * 24, "digest": "0" * 64, "made_at": clock.now()}),
    ]:
        with pytest.raises(ProgrammingError), acting(me.actor):
            model.objects.create(account_id=colleague.actor.account_id, **values)


@pytest.mark.parametrize(
    "table", ["desk_draft", "desk_submission", "desk_news", "desk_held", "desk_stored_file"]
)
def test_without_a_session_nothing_is_shown(me: Desk, table: str) -> None:
    write(me.actor)

    with pytest.raises((ProgrammingError, wall.NoContext)), transaction.atomic(), wall.entering(""):
        _count(table)


def _count(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")


def test_held_texts_are_closed_to_the_application(me: Desk) -> None:
    for statement in (
        "SELECT * FROM desk_held",
        "DELETE FROM desk_held",
        "SELECT wall.hold('x', '\\x00', '\\x00')",
    ):
        with pytest.raises(ProgrammingError), acting(me.actor), connection.cursor() as cursor:
            cursor.execute(statement)


def test_what_is_old_is_forgotten_and_what_is_not_stays(me: Desk) -> None:
    write(me.actor)
    assert actions.forget_what_is_old() == 0
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE desk_submission SET made_at = made_at - interval '25 hours'")
        cursor.execute("UPDATE desk_draft SET saved_at = saved_at - interval '31 days'")

    assert actions.forget_what_is_old() == 2
    assert seen_by(me.actor) == {"Draft": 0, "Submission": 0, "News": 0}
    with as_owner():
        assert News.objects.count() == 1  # not yet sent


def test_a_key_is_claimed_inside_the_transaction_of_its_act(me: Desk) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        actions.claim_submission(actor=me.actor, key="k" * 24, digest="0" * 64, now=clock.now())
