"""Sharing: what stands in the course is seen by its team, inside the authority or with a basis."""

from collections.abc import Callable

from tests.matrix.cases import FORM, SAFE, Case, Values, at, never, nobody
from tests.matrix.kinds import UNITS, Kind
from tests.matrix.policy.courses import in_team, sees_daily, sees_parents_daily
from tests.matrix.world import CHILD, MOTHER, NOBODY, RECEIVER, STRANGER, World


def in_home_team(kind: Kind) -> bool:
    """In the team today, of the authority that leads the course, and not refused by a block."""
    return in_team(kind) and UNITS[kind.unit][0] == "home"


def registers(kind: Kind) -> bool:
    """Who is in the team and sees the person may write a basis down."""
    return in_home_team(kind) or "clinician in the team" in kind.name


def coordinates(kind: Kind) -> bool:
    """Alone the coordinator knows who has custody, and so whose yes it takes."""
    return "coordinator" in kind.name


def _in_space(subject: str) -> Callable[[World], Values]:
    return lambda world: {"space": world.space, "subject": world.records[subject].subject_id}


def _consent(world: World) -> Values:
    return {
        "way": "meeting",
        "receiver": f"unit:{world.units[RECEIVER]}",
        "categories": "4",
        "purpose": "coordination",
        "answer": "no",
        "said_by": world.records[MOTHER].subject_id,
    }


def _basis(world: World) -> Values:
    return {"item": world.basis}


def _ending(world: World) -> Values:
    return {"ending": "withdrawn", "reason": "Mor har trukket sit ja tilbage"}


SHARING: dict[str, list[Case]] = {
    "sharing:bases": [
        Case("the child", sees_daily, SAFE, path=_in_space(CHILD)),
        Case("the mother", sees_parents_daily, SAFE, path=_in_space(MOTHER)),
        Case("a foreign person", nobody, SAFE, path=_in_space(STRANGER)),
        Case("nobody's space", nobody, SAFE, path=lambda world: {**_in_space(CHILD)(world), "space": NOBODY}),
    ],
    "sharing:register": [
        Case("the child", registers, SAFE, path=_in_space(CHILD)),
        Case("the child, sent", coordinates, ("POST",), path=_in_space(CHILD), body=_consent),
        Case("a foreign person", nobody, FORM, path=_in_space(STRANGER)),
        Case("a foreign person, sent", nobody, ("POST",), path=_in_space(STRANGER), body=_consent),
    ],
    "sharing:basis": [
        Case("the yes", sees_daily, SAFE, path=_basis),
        Case("nobody's", nobody, SAFE, path=at("item", never)),
    ],
    "sharing:end": [
        Case("the yes", coordinates, SAFE, path=_basis),
        Case("the yes, sent", coordinates, ("POST",), path=_basis, body=_ending),
        Case("nobody's", nobody, FORM, path=at("item", never)),
    ],
}
