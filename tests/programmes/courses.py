"""Short ways to write courses in tests, and random ones for properties."""

from datetime import date, timedelta

from hypothesis import strategies as st

from samspil.collaboration.programmes import engine, loading
from samspil.collaboration.programmes.engine.facts import fact

VIA = loading.library().programme("via-family", "2.0-draft")
ROLES = [role.key for role in VIA.roles]
FAMILY = (
    engine.Person("far", date(1985, 3, 1), frozenset({"parent_ill"})),
    engine.Person("mor", date(1987, 3, 1), frozenset({"co_parent"})),
    engine.Person("alma", date(2017, 5, 1), frozenset({"child"})),
    engine.Person("noah", date(2010, 5, 12), frozenset({"child"})),
)
OPENED = date(2026, 1, 5)


def noted(kind: str, on: str, /, id: str = "", **attributes: object) -> engine.Fact:  # noqa: A002
    """A fact, with an id made of its kind and day where none is given."""
    return fact(kind, date.fromisoformat(on), id=id or f"{kind} {on} {attributes}", attributes=attributes)


def of_step(found: list[engine.Occurrence], step: str, person: str | None = None) -> list[engine.Occurrence]:
    return [one for one in found if one.step == step and person in (None, one.person)]


def asked(facts: list[engine.Fact], on: str, **more: object) -> list[engine.Occurrence]:
    return engine.occurrences(VIA, facts, FAMILY, date.fromisoformat(on), **more)  # type: ignore[arg-type]


_PERSON = st.sampled_from([person.id for person in FAMILY])
_CHILD = st.sampled_from(["alma", "noah"])
_EFFORT = st.sampled_from(["e1", "e2"])
_MEETING = st.sampled_from(["m1", "m2", "m3"])
_SECTOR = st.sampled_from(["region", "municipality"])
_DATE = st.dates(OPENED, OPENED + timedelta(days=900)).map(str)
_STEP = st.sampled_from([step.key for step in VIA.steps])
_SHAPES: list[tuple[str, dict[str, st.SearchStrategy[object]]]] = [
    ("course.opened", {}),
    ("eligibility.checked", {}),
    ("track.chosen", {"track": st.sampled_from(["raadgivning", "samarbejde"])}),
    ("coordinator.named", {}),
    ("coordinator.accepted", {}),
    ("contact_person.accepted", {}),
    ("handover.accepted", {"to_role": st.sampled_from(["region_case_manager", "municipal_coordinator"])}),
    ("consent.given", {"person": _PERSON, "receiver": st.just("k")}),
    ("consent.withdrawn", {"person": _PERSON, "receiver": st.just("k")}),
    ("disclosure.made", {"person": _PERSON, "receiver": st.just("k"), "basis": st.just("consent")}),
    ("need.stated", {}),
    ("meeting.planned", {"meeting": _MEETING, "kind": st.sampled_from(["kickoff", "status"])}),
    (
        "meeting.held",
        {"meeting": _MEETING, "kind": st.sampled_from(["kickoff", "status", "closing", "advice"])},
    ),
    ("meeting.held", {"kind": st.sampled_from(["kickoff", "status", "closing"])}),
    ("meeting.cancelled", {"meeting": _MEETING}),
    ("child_view.recorded", {"person": _CHILD}),
    ("plan.agreed", {}),
    ("goal.set", {"goal": st.just("g"), "own_words": st.booleans()}),
    ("effort.decided", {"effort": _EFFORT, "sector": _SECTOR, "plan": st.booleans()}),
    ("effort.started", {"effort": _EFFORT, "sector": _SECTOR, "planned_end": _DATE}),
    ("effort.changed", {"effort": _EFFORT, "planned_end": _DATE}),
    ("effort.ended", {"effort": _EFFORT}),
    ("assessment.finished", {"effort": _EFFORT}),
    ("child_plan.ready", {}),
    ("follow_up.held", {"effort": _EFFORT}),
    ("tool.completed", {"tool": st.sampled_from(["safety-plan", "effort-overview"])}),
    ("tool.shared", {"tool": st.just("safety-plan"), "audience": st.just("child"), "person": _CHILD}),
    ("contact.made", {"kind": st.sampled_from(["coordination", "follow-up-call"])}),
    ("note.sent", {"kind": st.sampled_from(["event", "transition", "change"])}),
    ("admission", {"person": st.just("far")}),
    ("discharge", {"person": st.just("far")}),
    ("measure.answered", {"instrument": st.just("sam-f"), "informant": st.just("parent"), "person": _PERSON}),
    ("step.excused", {"step": _STEP, "reason": st.just("r")}),
    ("course.closed", {}),
]


@st.composite
def facts(draw: st.DrawFn, most: int = 25) -> list[engine.Fact]:
    """A course as it may really be noted: out of order, twice, nonsense included."""
    found = []
    for index in range(draw(st.integers(0, most))):
        kind, shape = draw(st.sampled_from(_SHAPES))
        day = OPENED + timedelta(days=draw(st.integers(0, 800)) if index else 0)
        attributes = {name: draw(values) for name, values in shape.items()}
        found.append(fact("course.opened" if not index else kind, day, id=f"f{index:02}",
                          attributes=attributes if index else {}))  # fmt: skip
    return found


days = st.integers(0, 1000).map(lambda count: OPENED + timedelta(days=count))
