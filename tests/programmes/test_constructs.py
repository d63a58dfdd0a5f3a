"""Each construct of the language by hand: episodes, n-th facts, ages at the start, conditions, weights."""

import json
from datetime import date, datetime

import pytest

from samspil.collaboration.programmes import engine, loading
from samspil.collaboration.programmes.language import Criterion, Programme
from samspil.collaboration.programmes.language.programme import Caseload
from samspil.foundation.kernel.clock import COPENHAGEN
from tests.programmes.courses import FAMILY, VIA, noted
from tests.programmes.test_clocks import answers, only

YOUTH = loading.library().programme("unge-overgang", "2015")


def told(programme: Programme, facts: list[engine.Fact], on: str) -> list[tuple[int, str, str]]:
    return [(one.n, str(one.due), one.state.value) for one in answers(programme, facts, on)]


# --- episodes: a level that goes up and down -----------------------------------------------------------

AT_LEVEL_2 = only(due={"after": {"episode": "level.set", "where": {"level": 2}}, "within": "P21D"})


def level(on: str, number: int) -> engine.Fact:
    return noted("level.set", on, level=number)


@pytest.mark.parametrize(
    ("levels", "followed", "wanted"),
    [
        ([], [], [(1, "None", "not due")]),
        ([("2026-01-05", 1)], [], [(1, "None", "not due")]),
        ([("2026-01-05", 2)], [], [(1, "2026-01-26", "late")]),
        ([("2026-01-05", 2)], ["2026-01-20"], [(1, "2026-01-26", "done")]),
        ([("2026-01-05", 2)], ["2026-01-04"], [(1, "2026-01-26", "late")]),  # before it began
        # down on the 20th, before the due day: no longer relevant
        ([("2026-01-05", 2), ("2026-01-20", 1)], [], [(1, "2026-01-26", "not relevant")]),
        # down after the due day: the miss stays, and later evidence does not help
        ([("2026-01-05", 2), ("2026-02-02", 1)], ["2026-02-10"], [(1, "2026-01-26", "missed")]),
        # done late on the day that ended it
        ([("2026-01-05", 2), ("2026-02-02", 1)], ["2026-02-02"], [(1, "2026-01-26", "done late")]),
        # said again at the same level: the same episode
        ([("2026-01-05", 2), ("2026-01-12", 2)], [], [(1, "2026-01-26", "late")]),
        # up, down and up again: a new clock
        (
            [("2026-01-05", 2), ("2026-01-12", 1), ("2026-02-02", 2)],
            ["2026-02-09"],
            [(1, "2026-01-26", "not relevant"), (2, "2026-02-23", "done")],
        ),
    ],
)
def test_an_episode_has_its_own_clock(
    levels: list[tuple[str, int]], followed: list[str], wanted: list[tuple[int, str, str]]
) -> None:
    facts = [level(*one) for one in levels] + [noted("follow_up.held", day) for day in followed]
    assert told(AT_LEVEL_2, facts, "2026-03-02") == wanted


def test_the_rhythm_of_an_episode_stops_and_begins_anew() -> None:
    programme = only(
        due={"after": {"episode": "level.set", "where": {"level": 1}}},
        repeats={"every": "P8W", "window": "P14D"},
    )
    facts = [level("2026-01-05", 1), level("2026-05-11", 2), level("2026-06-01", 1)]
    facts.append(noted("follow_up.held", "2026-03-04"))
    # 8 weeks after 5 January is 2 March, then 27 April; the third, 22 June, is after 11 May.
    # The new count: 8 weeks after 1 June is 27 July, then 21 September.
    assert told(programme, facts, "2026-06-15")[:4] == [
        (1, "2026-03-02", "done"),
        (2, "2026-04-27", "missed"),
        (3, "2026-07-27", "not due"),
        (4, "2026-09-21", "not due"),
    ]


def test_an_episode_ends_with_the_course() -> None:
    facts = [level("2026-01-05", 2), noted("course.closed", "2026-01-10")]
    (one,) = answers(AT_LEVEL_2, facts, "2026-03-02")
    assert (one.state, "afsluttet" in one.why.da) == ("not relevant", True)
    (one,) = answers(AT_LEVEL_2, [level("2026-01-05", 2), level("2026-01-10", 3)], "2026-03-02")
    assert "Det var slut" in one.why.da


# --- every n-th ----------------------------------------------------------------------------------------


def test_only_every_second_sign_starts_the_clock() -> None:
    programme = only(
        due={"after": {"each": "concern.raised", "every": 2}, "within": {"working_days": 5}},
    )
    signs = [noted("concern.raised", f"2026-03-{day:02}") for day in (2, 30, 31)]
    assert told(programme, signs[:1], "2026-03-20") == [(1, "None", "not due")]
    # From Monday 30 March: 31, 1 (Wednesday), then Easter from Thursday 2 to Monday 6, then 7, 8 and 9.
    assert told(programme, signs, "2026-04-01") == [(1, "2026-04-09", "open")]


# --- what lay ahead ------------------------------------------------------------------------------------

HALF_PAST_SIXTEEN = only(
    for_each="child",
    due={
        "after": {"birthday": 16}, "within": "P6M", "only_ahead": True,
        "window": {"early": "P30D", "late": "P30D"},
    },
)  # fmt: skip


@pytest.mark.parametrize(
    ("opened", "state"),
    [("2026-01-05", "not due"), ("2026-12-12", "late"), ("2026-12-13", "not relevant")],
)
def test_what_fell_due_before_the_start_is_not_relevant(opened: str, state: str) -> None:
    """Noah is born 12 May 2010: 16½ on 12 November 2026, in time until 12 December."""
    found = answers(HALF_PAST_SIXTEEN, [noted("course.opened", opened)], opened)
    (noah,) = [one for one in found if one.person == "noah"]
    assert str(noah.due) == "2026-11-12"
    on = "2026-12-13" if opened == "2026-12-12" else opened
    found = answers(HALF_PAST_SIXTEEN, [noted("course.opened", opened)], on)
    (noah,) = [one for one in found if one.person == "noah"]
    assert noah.state == state
    if state == "not relevant":
        assert "før forløbet begyndte" in noah.why.da


@pytest.mark.parametrize(
    ("opened", "below", "above"),
    [
        ("2028-05-11", "open", "not relevant"),  # the day before he is 18
        ("2028-05-12", "not relevant", "open"),
    ],
)
def test_the_age_at_the_start(opened: str, below: str, above: str) -> None:
    for ages, state, words in (
        ({"starts_below": 18}, below, "Var fyldt 18 år ved start."),
        ({"starts_from": 18}, above, "Var ikke fyldt 18 år ved start."),
    ):
        programme = only(
            for_each=[{"role": "child", **ages}], due={"after": "course.opened", "within": "P60D"}
        )
        found = answers(programme, [noted("course.opened", opened)], opened)
        (noah,) = [one for one in found if one.person == "noah"]
        assert noah.state == state
        assert (words in noah.why.da) == (state == "not relevant")


def test_an_unknown_birthday_hides_nothing() -> None:
    programme = only(
        for_each=[{"role": "child", "starts_below": 18}], due={"after": "course.opened", "within": "P60D"}
    )
    unborn = (engine.Person("x", None, frozenset({"child"})),)
    (one,) = answers(programme, [noted("course.opened", "2026-01-05")], "2026-01-05", unborn)
    assert one.state == "open"


# --- shares --------------------------------------------------------------------------------------------


def score(
    rule: dict[str, object], facts: list[engine.Fact], on: str = "2026-12-01"
) -> tuple[int | None, int, int]:
    criterion = Criterion.model_validate_json(
        json.dumps(
            {
                "key": "c", "core_element": "named-contacts", "text": {"da": "x", "en": "x"},
                "criterion": rule, "provenance": "proposal",
            }
        )
    )  # fmt: skip
    programme = VIA.model_copy(update={"fidelity": (criterion,)})
    (one,) = engine.fidelity(programme, facts, FAMILY, date.fromisoformat(on)).criteria
    return one.points, one.due, one.met


def session(on: str, minutes: int, professional: str = "a", **more: object) -> engine.Fact:
    return noted("contact_session.logged", on, duration=minutes, professional=professional, **more)


EVENINGS = {
    "having": {
        "fact": "contact_session.logged", "has": ["outside_hours"], "weigh": "duration", "at_least": 0.2,
        "when": {"fact": "need.stated", "where": {"kind": "outside-hours"}},
    }
}  # fmt: skip


@pytest.mark.parametrize(
    ("evening", "asked", "points"),
    [(60, True, 2), (45, True, 1), (0, True, 0), (60, False, None)],  # of 300, 285 and 240 minutes
)
def test_the_share_of_hours_in_the_evening(evening: int, asked: bool, points: int | None) -> None:
    """60 of 300 minutes is 20 %; 45 of 285 is 15.8 %, which is more than half of it; 0 is nothing."""
    facts = [session(f"2026-09-{day:02}", 60, outside_hours=False) for day in (1, 8, 15, 22)]
    facts += [session("2026-09-29", evening, outside_hours=True)] if evening else []
    facts += [noted("need.stated", "2026-09-01", kind="outside-hours")] if asked else []
    assert score(EVENINGS, facts)[0] == points


@pytest.mark.parametrize(("others", "points"), [(0, 2), (2, 2), (3, 1)])  # 8 of 8, of 10 and of 11
def test_two_professionals_carry_the_contact(others: int, points: int) -> None:
    few = {"few": {"fact": "contact_session.logged", "by": "professional", "most": 2, "at_least": 0.8}}
    facts = [session(f"2026-09-{day:02}", 60, "a" if day % 2 else "b") for day in range(1, 9)]
    facts += [session(f"2026-10-{day:02}", 60, f"c{day}") for day in range(1, others + 1)]
    assert score(few, facts) == (points, 8 + others, 8)


@pytest.mark.parametrize(
    ("changed", "on", "points"),
    [
        (None, "2026-12-31", None),  # the year is not over
        (None, "2027-01-05", 2),
        ("2026-06-01", "2026-06-02", 0),  # seen at once
        ("2027-01-06", "2027-02-01", 2),  # after the year
    ],
)
def test_a_limit(changed: str | None, on: str, points: int | None) -> None:
    limit = {
        "limit": {
            "fact": "handover.accepted", "where": {"kind": "staff"}, "once": {"fact": "course.opened"},
            "within": "P12M",
        }
    }  # fmt: skip
    facts = [noted("course.opened", "2026-01-05")]
    facts += [noted("handover.accepted", changed, kind="staff")] if changed else []
    facts.append(noted("handover.accepted", "2026-02-01", kind="sector"))
    assert score(limit, facts, on)[0] == points


def test_at_least_two_departments_and_one_of_two_flags() -> None:
    meetings = [
        noted("meeting.held", "2026-09-01", kind="k", departments=2, child_present=True),
        noted("meeting.held", "2026-09-08", kind="k", departments=1, child_declined=True),
        noted("meeting.held", "2026-09-15", kind="other", departments=0),
    ]
    asked = {"fact": "meeting.held", "where": {"kind": "k"}}
    assert score({"having": {**asked, "least": {"departments": 2}}}, meetings) == (1, 2, 1)
    assert score({"having": {**asked, "has_any": ["child_present", "child_declined"]}}, meetings) == (2, 2, 2)


# --- what holds a fact back ----------------------------------------------------------------------------

SAGA = (engine.Person("saga", date(2009, 2, 1), frozenset({"youth"})),)
ADULT = {"role": "caseworker_adult", "sector": "municipality"}
NAMED = {"kind": "adult-help", "outcome": "granted", "person": "saga"}


@pytest.mark.parametrize(
    ("decision", "is_held_back"),
    [
        (None, True),
        ({**NAMED, "role": "caseworker_adult"}, False),
        ({**NAMED, "role": "guide"}, True),  # the child side
        ({**NAMED, "role": "adult_psychiatry"}, True),  # nobody has said yes to that role
        (NAMED, True),  # nobody is named
        ({"kind": "declined-by-youth", "person": "saga"}, False),
        ({"kind": "declined-by-youth"}, False),  # there is just one youth
        ({**NAMED, "role": "caseworker_adult", "person": "another"}, True),
        ({"kind": "closing", "person": "saga"}, True),
    ],
)
def test_the_youth_course_cannot_close(decision: dict[str, object] | None, is_held_back: bool) -> None:
    facts = [noted("course.opened", "2026-01-05"), noted("contact_person.accepted", "2026-02-01", **ADULT)]
    facts += [noted("decision.made", "2026-11-01", **decision)] if decision else []
    on = date(2027, 1, 1)
    for kind, attributes in (("course.closed", {}), ("effort.ended", {"type": "child-side"})):
        found = engine.held_back(YOUTH, facts, SAGA, on, kind, attributes)
        assert bool(found) == is_held_back
        assert all(one.condition.text.da.startswith("Forløbet kan ikke slutte") for one in found)
    assert not engine.held_back(YOUTH, facts, SAGA, on, "effort.ended", {"type": "job"})
    assert not engine.held_back(VIA, facts, FAMILY, on, "course.closed")


def test_a_decision_that_lies_ahead_holds_nothing_open() -> None:
    accepted = noted("contact_person.accepted", "2026-02-01", **ADULT)
    decided = noted("decision.made", "2027-01-15", role="caseworker_adult", **NAMED)
    assert engine.held_back(YOUTH, [accepted, decided], SAGA, date(2027, 1, 14), "course.closed")
    assert not engine.held_back(YOUTH, [accepted, decided], SAGA, date(2027, 1, 15), "course.closed")


# --- weights -------------------------------------------------------------------------------------------

CASELOAD = Caseload.model_validate_json(
    json.dumps(
        {
            "weight_default": 0.25, "ceiling": "local",
            "weights": [
                {"fact": "level.set", "where": {"level": 3}, "weight": 1.0, "provenance": "proposal"},
                {"fact": "level.set", "where": {"level": 2}, "weight": 0.5, "provenance": "proposal"},
            ],
        }
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("on", "weight"),
    [
        ("2026-01-04", 0.0),  # not open
        ("2026-01-05", 0.25),
        ("2026-02-01", 0.5),
        ("2026-03-01", 1.0),
        ("2026-04-01", 0.25),  # level 1 has no weight of its own
        ("2026-05-01", 0.0),  # closed
    ],
)
def test_what_a_course_weighs(on: str, weight: float) -> None:
    facts = [
        noted("course.opened", "2026-01-05"),
        level("2026-02-01", 2),
        level("2026-03-01", 3),
        level("2026-04-01", 1),
        noted("course.closed", "2026-05-01"),
    ]
    programme = VIA.model_copy(update={"caseload": CASELOAD})
    assert engine.weight(programme, facts, date.fromisoformat(on)) == weight


# --- hours, from a day ---------------------------------------------------------------------------------


def test_two_days_and_nights_over_the_night_that_has_25_hours() -> None:
    programme = only(due={"after": "concern.raised", "within": "PT48H"})
    (one,) = answers(programme, [noted("concern.raised", "2026-10-24")], "2026-10-24")
    assert one.due == datetime(2026, 10, 25, 23, tzinfo=COPENHAGEN)


# --- the adult side of the youth model -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "role", "on"),
    [
        (
            "adult-caseworker",
            "caseworker_adult",
            "2025-02-01",
        ),  # invited to the second meeting, a year before
        ("adult-caseworker", "caseworker_adult", "2025-09-01"),
        ("psychiatry-handover", "adult_psychiatry", "2025-08-10"),
    ],
)
def test_the_named_yes_of_the_adult_side_shows_the_step_done(step: str, role: str, on: str) -> None:
    """The step is for the young person, and the yes names the colleague who said it."""
    saga = engine.Person("saga", date(2008, 2, 28), frozenset({"youth"}))
    yes = noted("contact_person.accepted", on, role=role, person="a colleague")
    facts = [noted("course.opened", "2024-01-15"), yes]
    [found] = engine.occurrences(YOUTH, facts, [saga], date(2025, 9, 10), steps=[step])
    assert found.state is engine.State.DONE
