"""VIA Family 2.0 by hand: each date below was counted in a calendar, not computed."""

from datetime import date

import pytest

from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.engine.facts import fact
from tests.programmes.courses import FAMILY, VIA, asked, noted, of_step

KICKOFF = {"kind": "kickoff", "meeting": "m0"}


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("2026-08-24", "2026-09-07"),  # two plain weeks
        ("2026-12-21", "2027-01-06"),  # 22 23 24 28 29 30 31, then 4 5 6; 25, 26 and 1 are holidays
        ("2026-03-27", "2026-04-15"),  # 30 31 1, then 7 8 9 10 13 14 15; 2 to 6 April is Easter
        ("2026-06-01", "2026-06-15"),  # Grundlovsdag, 5 June, is a working day
    ],
)
def test_ten_working_days(opened: str, due: str) -> None:
    found = asked([noted("course.opened", opened)], opened)
    assert str(of_step(found, "name-municipal-coordinator")[0].due) == due


def test_children_are_heard_around_the_day_a_meeting_is_agreed_for() -> None:
    status = {"kind": "status", "meeting": "m1"}
    facts = [
        noted("course.opened", "2026-08-24"),
        noted("meeting.held", "2026-09-22", **KICKOFF),
        noted("meeting.planned", "2026-11-02", **status, takes_place_on="2026-11-26"),
    ]
    [heard] = [
        one for one in of_step(asked(facts, "2026-11-19"), "child-view-status") if one.person == "alma"
    ]
    assert (str(heard.opens), str(heard.due), heard.state.value) == ("2026-11-19", "2026-11-26", "open")
    moved = [*facts, noted("meeting.planned", "2026-11-10", **status, takes_place_on="2026-12-03")]
    [heard] = [
        one for one in of_step(asked(moved, "2026-11-19"), "child-view-status") if one.person == "alma"
    ]
    assert (str(heard.due), heard.state.value) == ("2026-12-03", "not due")


def test_a_worked_course() -> None:
    facts = [
        noted("course.opened", "2026-08-24"),
        noted("eligibility.checked", "2026-08-24"),
        noted("consent.given", "2026-08-28", person="far"),
        noted("consent.refused", "2026-08-31", person="mor"),
        noted("coordinator.named", "2026-09-11"),
        noted("coordinator.accepted", "2026-09-14"),
        noted("child_view.recorded", "2026-09-18", person="alma"),
        noted("meeting.held", "2026-09-22", **KICKOFF),
        noted("plan.agreed", "2026-10-05"),
        noted("effort.decided", "2026-10-05", effort="e1", sector="municipality", plan=True),
        noted("effort.started", "2026-10-12", effort="e1", sector="municipality", planned_end="2027-03-01"),
    ]
    found = asked(facts, "2026-11-19")
    table = [
        ("check-target-group", None, "2026-08-24", "done"),
        ("information-and-consent", "far", "2026-08-31", "done"),
        ("information-and-consent", "mor", "2026-08-31", "done"),
        ("information-and-consent", "noah", "2026-08-31", "late"),  # 16 years old, not asked
        ("information-and-consent", "alma", "2026-08-31", "not relevant"),  # 9 years old
        ("needs-overview", None, "2026-09-14", "late"),
        ("name-municipal-coordinator", None, "2026-09-07", "done late"),
        ("accept-baton", None, "2026-09-18", "done"),
        ("kickoff-meeting", None, "2026-09-23", "done"),
        ("child-view-kickoff", "alma", "2026-09-22", "done"),
        ("child-view-kickoff", "noah", "2026-09-22", "missed"),  # the week after the meeting is over
        ("shared-plan", None, "2026-10-06", "done"),
        ("safety-plan", None, "2026-11-06", "late"),  # 13 days late
        ("safety-plan-child", "alma", "2026-11-07", "late"),
        ("childs-plan", None, "2027-01-05", "open"),
        ("first-follow-up", None, "2027-01-12", "open"),
        ("transition-note-municipality", None, "2027-01-30", "not due"),
        ("closing-meeting", None, "2028-08-24", "not due"),
        ("follow-up-call", None, "2028-11-24", "not due"),
        ("advice-talk", None, "None", "not relevant"),
        ("event-note", None, "None", "not due"),
    ]
    for step, person, due, state in table:
        one = of_step(found, step, person)[0]
        assert (step, str(one.due), one.state.value) == (step, due, state)
    status = of_step(found, "status-meeting")
    assert [str(one.due) for one in status] == ["2026-12-22", "2027-03-22", "2027-06-22", "2027-09-22"]
    contacts = of_step(found, "coordination-contact")
    assert [str(one.due) for one in contacts][:2] == ["2026-11-03", "2026-12-15"]
    assert [one.state.value for one in contacts][:2] == ["late", "not due"]


def test_the_baton_stays_with_the_region_until_the_municipality_accepts() -> None:
    opened, named = noted("course.opened", "2026-08-24"), noted("coordinator.named", "2026-09-01")
    assert (
        of_step(asked([opened, named], "2026-09-02"), "kickoff-meeting")[0].responsible
        == "region_case_manager"
    )
    accepted = noted("coordinator.accepted", "2026-09-03")
    found = asked([opened, named, accepted], "2026-09-03")
    assert of_step(found, "kickoff-meeting")[0].responsible == "municipal_coordinator"


def test_a_leap_day_and_the_ends_of_months() -> None:
    plan = noted("effort.decided", "2027-11-30", effort="e", sector="municipality", plan=True)
    assert str(of_step(asked([plan], "2027-12-01"), "childs-plan")[0].due) == "2028-02-29"
    young = (engine.Person("ida", date(2012, 2, 29), frozenset({"child"})),)
    for opened, state in (("2027-02-20", "not relevant"), ("2027-02-21", "open")):  # 15 on 28 Feb 2027
        facts = [noted("course.opened", opened)]
        found = engine.occurrences(VIA, facts, young, date.fromisoformat(opened))
        assert of_step(found, "information-and-consent", "ida")[0].state.value == state


def test_the_first_follow_up_is_due_at_the_first_of_the_two() -> None:
    started = noted("effort.started", "2026-01-15", effort="e", sector="municipality")
    assert str(of_step(asked([started], "2026-02-01"), "first-follow-up")[0].due) == "2026-04-15"
    finished = noted("assessment.finished", "2026-03-02", effort="e")
    assert str(of_step(asked([started, finished], "2026-03-02"), "first-follow-up")[0].due) == "2026-03-02"


def test_a_transition_note_follows_the_planned_end_and_a_sudden_one() -> None:
    started = noted("effort.started", "2026-01-15", effort="e", sector="region", planned_end="2026-12-31")
    moved = noted("effort.changed", "2026-06-01", effort="e", planned_end="2026-10-31")
    ended = noted("effort.ended", "2026-07-01", effort="e")
    for facts, due in (
        ([started], "2026-12-01"),
        ([started, moved], "2026-10-01"),
        ([started, moved, ended], "2026-06-01"),
    ):
        (one,) = of_step(asked(facts, "2026-08-01"), "transition-note-region")
        assert str(one.due) == due
    note = noted("note.sent", "2026-07-01", kind="transition", effort="e")
    assert (
        of_step(asked([started, moved, ended, note], "2026-08-01"), "transition-note-region")[0].state
        == "done late"
    )


def test_a_correction_and_a_withdrawal() -> None:
    opened = noted("course.opened", "2026-08-24")
    wrong = noted("coordinator.named", "2026-09-01", id="wrong")
    right = fact("coordinator.named", date(2026, 9, 10), id="right", corrects="wrong")
    assert of_step(asked([opened, wrong], "2026-09-20"), "name-municipal-coordinator")[0].state == "done"
    for facts in ([opened, wrong, right], [right, wrong, opened]):
        one = of_step(asked(facts, "2026-09-20"), "name-municipal-coordinator")[0]
        assert (one.state, one.evidence) == ("done late", ("right",))
    gone = fact("fact.withdrawn", date(2026, 9, 2), id="gone", corrects="wrong")
    assert (
        of_step(asked([opened, wrong, gone], "2026-09-20"), "name-municipal-coordinator")[0].state == "late"
    )


def test_noted_late_is_done_and_was_missed_then() -> None:
    from datetime import UTC, datetime

    opened = noted("course.opened", "2026-08-24")
    kickoff = noted("meeting.held", "2026-09-22", **KICKOFF)
    heard = fact("child_view.recorded", date(2026, 9, 21), id="h", attributes={"person": "noah"},
                 noted_at=datetime(2026, 10, 6, 9, tzinfo=UTC))  # fmt: skip
    facts = [opened, kickoff, heard]
    then = of_step(asked(facts, "2026-10-05", known_by=date(2026, 10, 5)), "child-view-kickoff", "noah")[0]
    now = of_step(asked(facts, "2026-10-06"), "child-view-kickoff", "noah")[0]
    assert (then.state, now.state) == ("missed", "done")
    assert "Noteret senere" in now.why.da


def test_an_excuse_is_kept_apart_and_comes_too_late_for_a_miss() -> None:
    facts = [noted("course.opened", "2026-08-24"), noted("meeting.held", "2026-09-22", **KICKOFF)]
    soon = noted("step.excused", "2026-09-25", step="child-view-kickoff", person="noah", reason="r")
    late = noted("step.excused", "2026-10-25", step="child-view-kickoff", person="noah", reason="r")
    for excuse, state in ((soon, "excused"), (late, "missed")):
        found = asked([*facts, excuse], "2026-11-01")
        assert of_step(found, "child-view-kickoff", "noah")[0].state == state
        assert of_step(found, "child-view-kickoff", "alma")[0].state == "missed"


def test_the_advice_track() -> None:
    facts = [noted("course.opened", "2026-08-24"), noted("track.chosen", "2026-08-24", track="raadgivning")]
    found = asked(facts, "2026-08-25")
    assert str(of_step(found, "advice-talk")[0].due) == "2026-09-07"
    assert of_step(found, "kickoff-meeting")[0].state == "not relevant"
    changed = [*facts, noted("track.chosen", "2026-09-10", track="samarbejde")]
    found = asked(changed, "2026-09-11")
    assert of_step(found, "advice-talk")[0].state == "missed"  # a change of track erases no miss
    assert of_step(found, "advice-decision")[0].state == "done"
    assert of_step(found, "kickoff-meeting")[0].state == "open"


def test_after_the_closing() -> None:
    facts = [noted("course.opened", "2026-08-24"), noted("course.closed", "2026-12-01")]
    found = asked(facts, "2027-01-15")
    assert of_step(found, "kickoff-meeting")[0].state == "missed"
    assert of_step(found, "closing-meeting")[0].state == "not relevant"
    assert str(of_step(found, "follow-up-call")[0].due) == "2027-03-01"


@pytest.mark.parametrize(
    ("ended", "on", "result"),
    [
        ("2023-11-19", "2026-11-19", "yes"),
        ("2023-11-18", "2026-11-19", "no"),
        ("2024-02-29", "2027-02-28", "yes"),
        (None, "2026-11-19", "unknown"),
    ],
)
def test_the_three_year_rule(ended: str | None, on: str, result: str) -> None:
    attributes = {"person": "far", "ongoing": False} | ({"ended_on": ended} if ended else {})
    answers = {"parent-mental-illness": "yes", "needs-advice": "no", "needs-municipal-effort": "yes"}
    facts = [noted("treatment.known", "2026-11-01", **attributes)]
    assert engine.eligibility(VIA, FAMILY, facts, date.fromisoformat(on), answers).result == result
    going_on = [noted("treatment.known", "2020-01-01", person="far", ongoing=True)]
    assert engine.eligibility(VIA, FAMILY, going_on, date.fromisoformat(on), answers).result == "yes"
    no_need = answers | {"needs-municipal-effort": "no"}
    assert engine.eligibility(VIA, FAMILY, going_on, date.fromisoformat(on), no_need).result == "no"


def test_age_and_warnings_refuse_nobody() -> None:
    grown = (engine.Person("x", date(2000, 1, 1), frozenset({"child"})),)
    answers = dict.fromkeys(
        ["parent-mental-illness", "needs-advice", "acute-concern", "no-parent-consent"], "yes"
    )
    facts = [noted("treatment.known", "2026-01-01", ongoing=True)]
    found = engine.eligibility(VIA, grown, facts, date(2026, 1, 2), answers)
    assert found.result == "yes"
    by_key = {one.key: one for one in found.why}
    assert by_key["age-x"].answer == "yes"
    assert by_key["acute-concern"].then == "child-protection-report"


def test_fidelity_by_hand() -> None:
    facts = [
        noted("course.opened", "2026-08-24"),
        noted("coordinator.named", "2026-09-07"),  # in time: 1 of 2
        noted("contact_person.accepted", "2026-09-08"),  # a day late
        noted("meeting.held", "2026-09-22", **KICKOFF),  # in time
        noted(
            "goal.set", "2026-10-05", id="g1", lead_sector="municipality", due_on="2027-01-01", own_words=True
        ),
        noted("goal.set", "2026-10-05", id="g2", lead_sector="region"),  # no date
        noted("plan.agreed", "2026-10-05"),
        noted("consent.given", "2026-09-01", person="far", receiver="kommune", expires_on="2026-10-01"),
        noted("disclosure.made", "2026-09-05", id="d1", person="far", receiver="kommune", basis="consent"),
        noted("disclosure.made", "2026-10-01", id="d2", person="far", receiver="kommune", basis="consent"),
        noted("disclosure.made", "2026-10-01", id="d3", person="mor", receiver="kommune", basis="statute"),
    ]
    found = engine.fidelity(VIA, facts, FAMILY, date(2026, 10, 6))
    points = {one.key: one.points for one in found.criteria}
    assert points == {
        "coordinators-named": 1, "kickoff-in-time": 2, "consent-valid": 1, "goals-led": 1,
        "safety-plan-shared": None, "notes-before-ends": None, "own-words": 2, "child-heard": None,
        "steering-met": None,
    }  # fmt: skip
    scores = {one.element: one.score for one in found.elements}
    assert scores["named-contacts"] == 0.75  # (1 + 2) / (2 · 2)
    assert scores["safety-plan"] is None
    assert found.course == 0.7  # (1 + 2 + 1 + 1 + 2) / (2 · 5)
