"""The log in plain words: what is one thing to a reader stands on one line."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from samspil.doors.workplace.presenters import log_lines
from samspil.foundation.audit.queries import LogRow
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category

SECOND = timedelta(seconds=1)
AT = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)


def a_row(**more: object) -> LogRow:
    from samspil.foundation.audit import queries

    row = LogRow(
        event=uuid4(),
        at=AT,
        position=1,
        authority=None,
        unit=None,
        role=RoleKey.CASEWORKER,
        account=uuid4(),
        membership=None,
        kind=queries.Kind.CHANGE,
        act="tie.noted",
        route="",
        reason="",
        criterion="",
        outcome=queries.Outcome.DONE,
        space=None,
        categories=Category.IDENTITY,
    )
    return replace(row, **more)


def told(*rows: LogRow) -> list[tuple[str, int]]:
    return [(line.what, line.times) for line in log_lines(rows, {})]


def test_a_change_and_the_request_that_did_it_are_one():
    request, act = a_row(route="families:tie"), a_row(at=AT - SECOND)
    assert told(request, act) == [("Skrev en relation til en anden ind", 1)]


def test_the_same_again_within_a_minute_is_counted_and_later_is_its_own_line():
    rows = [a_row(at=AT - number * SECOND) for number in range(4)]
    assert [times for _what, times in told(*rows)] == [4]
    assert len(told(a_row(), a_row(at=AT - timedelta(hours=1)))) == 2


def test_one_event_about_two_linked_records_is_one_line_with_all_categories():
    one = a_row()
    [line] = log_lines([one, replace(one, categories=Category.HEALTH)], {})
    assert line.times == 1
    assert line.categories == "Navn og familie, Helbred"


@pytest.mark.parametrize(
    "other", [{"membership": uuid4()}, {"unit": uuid4()}, {"reason": "x"}, {"act": "tie.ended"}]
)
def test_what_differs_to_a_reader_stays_apart(other):
    assert len(told(a_row(), a_row(**other))) == 2


def test_the_hour_is_the_danish_one_and_an_act_without_words_says_what_kind_it_was():
    [line] = log_lines([a_row(act="something.new")], {})
    assert (line.at.day, line.at.hour, line.what) == (2, 0, "Har ændret")
