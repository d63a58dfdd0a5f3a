"""Clocks by hand: hours, rhythms by track, birthdays, the first of two, episodes of a setting."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.engine.facts import fact
from samspil.collaboration.programmes.engine.moments import danish_day
from samspil.collaboration.programmes.language import Phase, Programme
from samspil.foundation.kernel.clock import COPENHAGEN
from tests.programmes.courses import FAMILY, VIA, noted

WORDS = {"da": "Et trin", "en": "A step"}


def only(*, tracks: dict[str, object] | None = None, **step: object) -> Programme:
    """A programme of one step, `step` by name, in a phase with these tracks."""
    made = {
        "key": "step", "title": WORDS, "summary": WORDS, "responsible": "municipal_coordinator",
        "provenance": "proposal", "evidence": {"fact": "follow_up.held"}, **step,
    }  # fmt: skip
    phase = {"key": "one", "title": WORDS, "provenance": "proposal", "tracks": tracks, "steps": [made]}
    only_phase = Phase.model_validate_json(json.dumps(phase))
    return VIA.model_copy(update={"phases": (only_phase,), "measures": ()})


def answers(
    programme: Programme, facts: list[engine.Fact], on: str, people: tuple[engine.Person, ...] = FAMILY
) -> list[engine.Occurrence]:
    return engine.occurrences(programme, facts, people, date.fromisoformat(on))


def at(kind: str, instant: str, **attributes: object) -> engine.Fact:
    return fact(kind, datetime.fromisoformat(instant), id=f"{kind} {instant}", attributes=attributes)


# --- hours -------------------------------------------------------------------------------------------

ASSESSED_IN_A_DAY = only(
    due={"after": {"each": "report.received", "by": "report"}, "within": "PT24H"},
    evidence={"fact": "report.assessed"},
)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-09-04T16:30:00+02:00", "2026-09-05T16:30:00+02:00"),  # a Friday: hours know no weekend
        ("2026-10-24T12:00:00+02:00", "2026-10-25T11:00:00+01:00"),  # that night has 25 hours
        ("2027-03-27T12:00:00+01:00", "2027-03-28T13:00:00+02:00"),  # that night has 23
        ("2026-12-31T22:15:00+00:00", "2027-01-01T23:15:00+01:00"),  # said in UTC, answered in Danish time
    ],
)
def test_hours_are_real_hours(received: str, due: str) -> None:
    (one,) = answers(ASSESSED_IN_A_DAY, [at("report.received", received, report="r")], "2027-06-01")
    assert isinstance(one.due, datetime)
    assert one.due.isoformat() == due
    assert one.closes == one.due


@pytest.mark.parametrize(
    ("on", "state"), [("2026-09-04", "open"), ("2026-09-05", "due"), ("2026-09-06", "late")]
)
def test_a_clock_in_hours_is_asked_by_the_day(on: str, state: str) -> None:
    received = at("report.received", "2026-09-04T16:30:00+02:00", report="r")
    assert [one.state for one in answers(ASSESSED_IN_A_DAY, [received], on)] == [state]


@pytest.mark.parametrize(
    ("assessed", "state"),
    [("2026-09-05T16:30:00+02:00", "done"), ("2026-09-05T16:30:01+02:00", "done late"),
     ("2026-09-05T14:30:00+00:00", "done")],
)  # fmt: skip
def test_a_second_too_late_is_late(assessed: str, state: str) -> None:
    received = at("report.received", "2026-09-04T16:30:00+02:00", report="r")
    facts = [received, at("report.assessed", assessed, report="r")]
    (one,) = answers(ASSESSED_IN_A_DAY, facts, "2026-09-10")
    assert (one.state, one.evidence) == (state, (facts[1].id,))
    assert "kl. 16.30" in one.why.da


def test_the_hour_that_comes_twice() -> None:
    """Due at half past two in summer time; a quarter past two in winter time is 45 minutes later."""
    received = at("report.received", "2026-10-24T02:30:00+02:00", report="r")
    for instant, state in (
        (datetime(2026, 10, 25, 2, 15, tzinfo=COPENHAGEN), "done"),
        (datetime(2026, 10, 25, 2, 15, tzinfo=COPENHAGEN, fold=1), "done late"),
    ):
        assessed = fact("report.assessed", instant, id="a", attributes={"report": "r"})
        (one,) = answers(ASSESSED_IN_A_DAY, [received, assessed], "2026-11-01")
        assert one.state == state


def test_the_same_instant_is_the_same_answer_in_any_time_zone() -> None:
    said = [("2026-09-04T16:30:00+02:00"), ("2026-09-04T14:30:00+00:00")]
    rows = [
        [
            (one.opens, one.due, one.state)
            for one in answers(ASSESSED_IN_A_DAY, [at("report.received", when, report="r")], "2026-09-05")
        ]
        for when in said
    ]
    assert rows[0] == rows[1]


def test_hours_from_a_day_count_from_its_first_instant() -> None:
    programme = only(due={"after": "course.opened", "within": "PT36H"})
    (one,) = answers(programme, [noted("course.opened", "2026-08-24")], "2026-08-24")
    assert one.due == datetime(2026, 8, 25, 12, tzinfo=COPENHAGEN)


# --- rhythms by track --------------------------------------------------------------------------------

BY_TRACK = only(
    tracks={
        "chosen_by": ["municipal_coordinator"], "reason": "required", "default": "loose",
        "options": {
            "tight": {"title": WORDS, "every": "P1M", "provenance": "proposal"},
            "loose": {"title": WORDS, "every": "P3M", "provenance": "proposal"},
        },
    },
    due={"after": "course.opened"},
    repeats={"every": "track", "window": "P7D"},
)  # fmt: skip


def rhythm(facts: list[engine.Fact], on: str, count: int) -> list[str]:
    return [str(one.due) for one in answers(BY_TRACK, facts, on)][:count]


def test_the_rhythm_of_the_track() -> None:
    opened = noted("course.opened", "2026-01-31")
    assert rhythm([opened], "2026-02-01", 4) == ["2026-04-30", "2026-07-31", "2026-10-31", "2027-01-31"]
    tight = noted("track.chosen", "2026-01-31", track="tight", phase="one")
    assert rhythm([opened, tight], "2026-02-01", 3) == ["2026-02-28", "2026-03-31", "2026-04-30"]


def test_a_change_of_rhythm_begins_a_new_count_on_its_day() -> None:
    opened = noted("course.opened", "2026-01-31")
    tight = noted("track.chosen", "2026-05-10", track="tight", phase="one")
    loose = noted("track.chosen", "2026-08-01", track="loose", phase="one")
    facts = [opened, tight, loose]
    wanted = ["2026-04-30", "2026-06-10", "2026-07-10", "2026-11-01", "2027-02-01"]
    assert rhythm(facts, "2026-09-01", 5) == wanted
    met = noted("follow_up.held", "2026-06-15")
    states = [one.state.value for one in answers(BY_TRACK, [*facts, met], "2026-09-01")][:4]
    assert states == ["missed", "done", "late", "not due"]  # 10 July can be done until 24 October
    late = answers(BY_TRACK, [*facts, noted("follow_up.held", "2026-08-30")], "2026-09-01")
    assert [one.state.value for one in late][:3] == ["missed", "missed", "done late"]


def test_a_repeat_in_its_window() -> None:
    (first, *_rest) = answers(BY_TRACK, [noted("course.opened", "2026-01-31")], "2026-04-23")
    assert (str(first.opens), str(first.closes), first.state) == ("2026-04-23", "2026-05-07", "open")


# --- birthdays ---------------------------------------------------------------------------------------

ADULT = only(
    for_each="child",
    due={"after": {"birthday": 18}, "within": "-P6M", "window": {"early": "P1M"}},
    evidence={"fact": "youth_plan.ready"},
)


def test_half_a_year_before_the_eighteenth_birthday() -> None:
    found = {one.person: one for one in answers(ADULT, [], "2027-10-15")}
    noah = found["noah"]  # born 12 May 2010
    assert [str(day) for day in (noah.opens, noah.due, noah.closes)] == [
        "2027-10-12", "2027-11-12", "2027-11-12",
    ]  # fmt: skip
    assert noah.state == "open"
    assert "18 års fødselsdag" in noah.why.da
    assert str(found["alma"].due) == "2034-11-01"  # born 1 May 2017
    ready = noted("youth_plan.ready", "2027-11-01", person="noah")
    assert {one.person: one.state.value for one in answers(ADULT, [ready], "2027-11-13")} == {
        "noah": "done", "alma": "not due",
    }  # fmt: skip


@pytest.mark.parametrize(("age", "due"), [(16, "2028-02-29"), (18, "2030-02-28")])
def test_who_is_born_on_a_leap_day(age: int, due: str) -> None:
    programme = only(for_each="child", due={"after": {"birthday": age}, "within": "P0D"})
    ida = (engine.Person("ida", date(2012, 2, 29), frozenset({"child"})),)
    assert [str(one.due) for one in answers(programme, [], "2026-01-01", ida)] == [due]


def test_an_unknown_birthday_is_listed_without_a_date() -> None:
    unborn = (engine.Person("x", None, frozenset({"child"})),)
    (one,) = answers(ADULT, [], "2026-01-01", unborn)
    assert (one.due, one.state, one.person) == (None, "not due", "x")
    assert "18 års fødselsdag" in one.why.da


# --- the first of two --------------------------------------------------------------------------------

FIRST_OF_TWO = only(
    due={"first_of": [
        {"after": "admission", "within": "P30D"},
        {"after": "discharge", "within": "P7D"},
    ]},
)  # fmt: skip


@pytest.mark.parametrize(
    ("discharged", "due", "counted_from"),
    [
        (None, "2026-03-31", "Indlæggelse"),
        ("2026-03-10", "2026-03-17", "Udskrivning"),  # the second comes first
        ("2026-03-28", "2026-03-31", "Indlæggelse"),  # 4 April is later
        ("2026-03-24", "2026-03-31", "Indlæggelse"),  # the same day: the rule that stands first
    ],
)
def test_the_first_of_two(discharged: str | None, due: str, counted_from: str) -> None:
    facts = [noted("admission", "2026-03-01", person="far")]
    facts += [noted("discharge", discharged, person="far")] if discharged else []
    (one,) = answers(FIRST_OF_TWO, facts, "2026-03-30")
    assert str(one.due) == due
    assert counted_from in one.why.da


def test_the_first_of_two_where_only_the_second_is_known() -> None:
    (one,) = answers(FIRST_OF_TWO, [noted("discharge", "2026-03-10")], "2026-03-12")
    assert (str(one.due), one.state) == ("2026-03-17", "open")
    (none,) = answers(FIRST_OF_TWO, [], "2026-03-12")
    assert (none.due, none.state) == (None, "not due")


# --- episodes of a setting ---------------------------------------------------------------------------

EPISODES = only(
    for_each="child",
    due={
        "after": {"each": "setting.changed", "where": {"setting": "foster"}, "same_person": True},
        "within": "P14D",
    },
)


def episodes(facts: list[engine.Fact], on: str) -> list[tuple[str | None, int, str, str]]:
    return [(one.person, one.n, str(one.due), one.state.value) for one in answers(EPISODES, facts, on)]


def test_each_episode_of_a_child_has_its_own_clock() -> None:
    facts = [
        noted("setting.changed", "2026-09-01", person="alma", setting="foster", intensity=3),
        noted("setting.changed", "2026-09-15", person="noah", setting="foster", intensity=3),
        noted("setting.changed", "2026-11-02", person="alma", setting="home", intensity=1),
        noted("setting.changed", "2027-01-04", person="alma", setting="foster", intensity=3),
        noted("follow_up.held", "2026-09-10", person="alma"),
    ]
    assert episodes(facts, "2026-12-01") == [
        ("alma", 1, "2026-09-15", "done"),
        ("noah", 1, "2026-09-29", "late"),
    ]
    assert episodes(facts, "2027-01-05") == [
        ("alma", 1, "2026-09-15", "done"),
        ("alma", 2, "2027-01-18", "open"),
        ("noah", 1, "2026-09-29", "late"),
    ]


def test_one_talk_shows_one_episode() -> None:
    facts = [
        noted("setting.changed", "2026-09-01", id="a", person="alma", setting="foster"),
        noted("setting.changed", "2026-09-05", id="b", person="alma", setting="foster"),
        noted("follow_up.held", "2026-09-10", person="alma"),
    ]
    assert [row for row in episodes(facts, "2026-10-01") if row[0] == "alma"] == [
        ("alma", 1, "2026-09-15", "done"),
        ("alma", 2, "2026-09-19", "late"),
    ]


def test_a_setting_of_the_whole_family_counts_for_each_child() -> None:
    facts = [noted("setting.changed", "2026-09-01", setting="foster")]
    assert [row[0] for row in episodes(facts, "2026-09-02") if row[2] == "2026-09-15"] == ["alma", "noah"]


# --- the baton ---------------------------------------------------------------------------------------


def test_who_holds_the_baton_on_a_day() -> None:
    facts = [
        noted("coordinator.accepted", "2026-09-03"),
        noted("handover.accepted", "2026-12-01", to_role="region_case_manager"),
    ]
    holders = [
        engine.holder(VIA, facts, date.fromisoformat(day))
        for day in ("2026-09-02", "2026-09-03", "2026-12-01")
    ]
    assert holders == ["region_case_manager", "municipal_coordinator", "region_case_manager"]


def test_a_danish_day_of_utc_is_the_same_by_the_short_way_in_every_hour_of_a_year() -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC)
    hours = [first + timedelta(hours=hour) for hour in range(365 * 24)]
    assert [danish_day(one) for one in hours] == [one.astimezone(COPENHAGEN).date() for one in hours]
