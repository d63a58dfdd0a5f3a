"""How a request is aimed, and who succeeds with it: what every policy of the matrix is written in.

A *case* is one way to aim a request: the ids in path, query and body. `lawful` names the kinds for whom it
must succeed; for everybody else it must be refused, and nothing of anybody may show.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from samspil.foundation.kernel.roles import RoleKey
from tests.matrix.kinds import Kind, Stands
from tests.matrix.world import NOBODY, World

SAFE = ("GET",)
FORM = ("GET", "POST")

Values = Mapping[str, object]
Body = Callable[[World], Values]


def no_values(world: World) -> Values:
    """Aims with nothing."""
    return {}


def _refused(kind: Kind) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Case:
    """One aim of requests to a route: `methods` are those that can succeed with it."""

    name: str
    lawful: Callable[[Kind], bool]
    methods: tuple[str, ...] = SAFE
    path: Callable[[World], Values] = no_values
    query: Callable[[World], Values] = no_values
    body: Callable[[World], Values] = no_values
    may: Callable[["Kind"], bool] = _refused


def everybody(kind: Kind) -> bool:
    """Public: also without a session."""
    return True


def nobody(kind: Kind) -> bool:
    """Refused to all."""
    return False


def logged_in(kind: Kind) -> bool:
    """Whoever has an account that is open, also without a context."""
    return kind.stands != Stands.NOWHERE


def acts(kind: Kind) -> bool:
    """Whoever stands before the wall today: staff with a post in force, or a citizen."""
    return kind.stands in {Stands.CITIZEN, Stands.STAFF} and not kind.post_is_over


def has_one_post(kind: Kind) -> bool:
    """With one post, or as a citizen, there is nothing to choose: the own one is opened, whatever is sent."""
    return logged_in(kind) and not kind.post_is_over


def works_here(kind: Kind) -> bool:
    """Staff with a post in force, in whatever role: each has a front page."""
    return kind.stands == Stands.STAFF and not kind.post_is_over


WORKS_WITH_FAMILIES = frozenset({RoleKey.CASEWORKER, RoleKey.CLINICIAN, RoleKey.LEADER})


def works_with_families(kind: Kind) -> bool:
    """Staff whose role finds and writes down people, with a post in force."""
    return kind.stands == Stands.STAFF and kind.role in WORKS_WITH_FAMILIES and not kind.post_is_over


def looks_people_up(kind: Kind) -> bool:
    """These, and a school's professional, who finds whom the own unit has written down."""
    is_of_school = kind.stands == Stands.STAFF and kind.role == RoleKey.SCHOOL_CONTACT
    return works_with_families(kind) or (is_of_school and not kind.post_is_over)


def keeps(kind: Kind) -> bool:
    """Whoever works for the unit that keeps the family's records."""
    return works_with_families(kind) and kind.unit == "family"


def keeps_child(kind: Kind) -> bool:
    """The same, less those who are blocked towards the child."""
    return keeps(kind) and not kind.is_blocked


def keeps_foreign(kind: Kind) -> bool:
    """Whoever works for the unit elsewhere that keeps the other family."""
    return works_with_families(kind) and kind.unit == "elsewhere"


def at(name: str, find: Callable[[World], object]) -> Callable[[World], Values]:
    """Aims with one id."""
    return lambda world: {name: find(world)}


def never(world: World) -> object:
    """An id that belongs to nobody and nothing."""
    return NOBODY


def subject(name: str) -> Callable[[World], Values]:
    """Aims at one person's record."""
    return lambda world: {"subject": world.records[name].subject_id}
