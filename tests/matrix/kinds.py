"""Who knocks: every kind of actor, and where it stands towards the one course of the matrix's world.

Written from the threat model, not from the code. A kind without a door of its own yet (the family's portal,
integration tokens) gets a session made by hand, and must be refused everywhere but at the public pages.
"""

from dataclasses import dataclass
from enum import StrEnum

from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import RelationKind


class Stands(StrEnum):
    """How a kind's session is made."""

    NOWHERE = "no session"
    LOGGED_IN = "logged in, acts for nobody"
    CITIZEN = "citizen"
    STAFF = "staff, acts for a unit"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of actor: its session, its post and its relation to the course or to the child."""

    name: str
    stands: Stands
    role: RoleKey | None = None
    unit: str = ""
    relation: RelationKind | None = None
    is_over: bool = False
    is_blocked: bool = False
    post_is_over: bool = False


def _staff(name: str, role: RoleKey, unit: str, **more: object) -> Kind:
    return Kind(name, Stands.STAFF, role, unit, **more)  # type: ignore[arg-type]


def _citizen(name: str, relation: RelationKind | None = None) -> Kind:
    return Kind(name, Stands.CITIZEN, relation=relation)


TEAM, LEADER, CUSTODY, OWN = (
    RelationKind.TEAM,
    RelationKind.LEADER,
    RelationKind.CUSTODY,
    RelationKind.OWN_RECORD,
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("anonymous", Stands.NOWHERE),
        Kind("logged in without a post chosen", Stands.LOGGED_IN, RoleKey.CASEWORKER, "family"),
        _citizen("young person 12-14", OWN),
        _citizen("young person 15-17", OWN),
        _citizen("young person 18+", OWN),
        _citizen("parent, same address", CUSTODY),
        _citizen("parent, shared custody elsewhere", CUSTODY),
        _citizen("parent without custody"),
        _citizen("parent wrongly registered with custody", CUSTODY),
        _citizen("foster parent"),
        _staff("caseworker, coordinator", RoleKey.CASEWORKER, "family", relation=TEAM),
        _staff("caseworker, same unit, not in the team", RoleKey.CASEWORKER, "family"),
        _staff("caseworker, other unit, not in the team", RoleKey.CASEWORKER, "adult social"),
        _staff("caseworker of another municipality", RoleKey.CASEWORKER, "elsewhere"),
        _staff(
            "caseworker of the former municipality", RoleKey.CASEWORKER, "former", relation=TEAM, is_over=True
        ),
        _staff("region's clinician in the team", RoleKey.CLINICIAN, "via team", relation=TEAM),
        _staff("region's clinician, not in the team", RoleKey.CLINICIAN, "other ward"),
        _staff("teacher in the team", RoleKey.SCHOOL_CONTACT, "school", relation=TEAM),
        _staff("school contact, not in the team", RoleKey.SCHOOL_CONTACT, "school"),
        _staff("jobcentre worker in the team", RoleKey.JOBCENTRE_WORKER, "jobcentre", relation=TEAM),
        _staff("substance worker in the team", RoleKey.SUBSTANCE_WORKER, "substance", relation=TEAM),
        _staff(
            "substitute whose post is over", RoleKey.CASEWORKER, "family", relation=TEAM, post_is_over=True
        ),
        _staff("staff and relative", RoleKey.CASEWORKER, "family", relation=TEAM, is_blocked=True),
        _staff("leader of the unit", RoleKey.LEADER, "family", relation=LEADER),
        _staff("leader of another unit", RoleKey.LEADER, "adult social", relation=LEADER),
        _staff("administrator", RoleKey.ADMINISTRATOR, "family"),
        _staff("administrator of another municipality", RoleKey.ADMINISTRATOR, "elsewhere"),
        _staff("privacy officer", RoleKey.PRIVACY_OFFICER, "family"),
        _staff("provider's professional in the team", RoleKey.PROVIDER_WORKER, "provider", relation=TEAM),
        _staff("implementation adviser", RoleKey.IMPLEMENTATION_ADVISER, "agency"),
        _staff("evaluator", RoleKey.EVALUATOR, "agency"),
        _staff("ministry official", RoleKey.MINISTRY_OFFICIAL, "ministry"),
        _staff("researcher", RoleKey.RESEARCHER, "research"),
        _staff("support of the supplier", RoleKey.SUPPLIER, "supplier"),
        _staff("volunteer", RoleKey.VOLUNTEER, "association"),
        Kind("integration token", Stands.LOGGED_IN, RoleKey.SUPPLIER, "supplier"),
    )
}

UNITS: dict[str, tuple[str, str]] = {
    "family": ("home", "municipality"),
    "adult social": ("home", "municipality"),
    "school": ("home", "municipality"),
    "jobcentre": ("home", "municipality"),
    "substance": ("home", "municipality"),
    "elsewhere": ("elsewhere", "municipality"),
    "former": ("former", "municipality"),
    "via team": ("region", "region"),
    "other ward": ("region", "region"),
    "provider": ("provider", "provider"),
    "agency": ("agency", "agency"),
    "ministry": ("ministry", "ministry"),
    "research": ("research", "research"),
    "supplier": ("supplier", "supplier"),
    "association": ("association", "association"),
}
"""Unit → (authority, kind of authority)."""
