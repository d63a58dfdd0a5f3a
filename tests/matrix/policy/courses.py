"""A course: found by whoever stands in its space; each item by topic, role and basis; steered by one."""

from collections.abc import Callable
from functools import partial

from samspil.foundation.kernel import clock
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category, RelationKind
from tests.matrix.cases import FORM, SAFE, Body, Case, Values, no_values, nobody, works_here
from tests.matrix.kinds import UNITS, Kind, Stands
from tests.matrix.world import CHILD, FATHER, MOTHER, NOBODY, World

_PLAIN = Category.IDENTITY | Category.EVERYDAY
_CASEWORK = _PLAIN | Category.WHEREABOUTS | Category.SCHOOL | Category.SOCIAL | Category.HEALTH
READS = {
    RoleKey.CASEWORKER: _CASEWORK | Category.SUBSTANCE | Category.EMPLOYMENT,
    RoleKey.LEADER: _CASEWORK | Category.SUBSTANCE | Category.EMPLOYMENT,
    RoleKey.CLINICIAN: _CASEWORK | Category.SUBSTANCE,
    RoleKey.SCHOOL_CONTACT: _PLAIN | Category.SCHOOL,
    RoleKey.JOBCENTRE_WORKER: _PLAIN | Category.EMPLOYMENT,
    RoleKey.SUBSTANCE_WORKER: _PLAIN | Category.SUBSTANCE | Category.HEALTH,
    RoleKey.PROVIDER_WORKER: _PLAIN,
}
"""Which topics a role reads, by the grid of roles."""

ROUTE = Callable[[World], Values]


# --- who ------------------------------------------------------------------------------------------------


def in_team(kind: Kind) -> bool:
    """In the team today, with a post in force and no block."""
    is_over = kind.is_over or kind.post_is_over or kind.is_blocked
    return kind.stands == Stands.STAFF and kind.relation == RelationKind.TEAM and not is_over


def leads(kind: Kind) -> bool:
    """The leader of the unit that leads the course."""
    return kind.role == RoleKey.LEADER and kind.unit == "family"


def stands(kind: Kind) -> bool:
    """Whoever stands in the space finds the course, and takes part in it."""
    return in_team(kind) or leads(kind)


def coordinator(kind: Kind) -> bool:
    """The one who holds the baton."""
    return in_team(kind) and "coordinator" in kind.name


def steers(kind: Kind) -> bool:
    """The coordinator and the leader of the leading unit."""
    return coordinator(kind) or leads(kind)


def steers_somewhere(kind: Kind) -> bool:
    """Whoever has a role that can coordinate courses; which ones are listed goes by the wall."""
    return works_here(kind) and kind.role in READS and kind.role != RoleKey.PROVIDER_WORKER


def next_one(kind: Kind) -> bool:
    """The region's clinician, who is asked to take over."""
    return in_team(kind) and kind.role == RoleKey.CLINICIAN


def teacher(kind: Kind) -> bool:
    """The teacher, whose part waits for a yes."""
    return in_team(kind) and kind.role == RoleKey.SCHOOL_CONTACT


def is_asked(kind: Kind) -> bool:
    """Of whom a yes is awaited."""
    return teacher(kind) or next_one(kind)


def sees(category: Category, *subjects: str) -> Callable[[Kind], bool]:
    """Who sees a released item that the leading unit has written in the course."""

    def who(kind: Kind) -> bool:
        if not stands(kind) or kind.role is None or not READS[kind.role] & category:
            return False
        is_open = UNITS[kind.unit][0] == "home" and category in {Category.EVERYDAY, Category.SOCIAL}
        has_yes = next_one(kind) and category == Category.EVERYDAY and set(subjects) == {CHILD}
        return kind.unit == "family" or is_open or has_yes

    return who


sees_daily = sees(Category.EVERYDAY, CHILD)
sees_parents_daily = sees(Category.EVERYDAY, MOTHER)
sees_social = sees(Category.SOCIAL, CHILD)
sees_health = sees(Category.HEALTH, FATHER)
knows_family = sees(Category.IDENTITY, CHILD)
"""Who knows the names, and so can say whom something is about."""


def covers_social(kind: Kind) -> bool:
    """Takes part in a role that works with social matters."""
    return stands(kind) and kind.role is not None and bool(READS[kind.role] & Category.SOCIAL)


def asks_consent(kind: Kind) -> bool:
    """Members of the team whose role writes down what was answered about sharing."""
    return in_team(kind) and kind.role != RoleKey.PROVIDER_WORKER


# --- where ----------------------------------------------------------------------------------------------


def here(world: World) -> Values:
    """The course."""
    return {"space": world.space}


def in_course(**things: object) -> ROUTE:
    """The course, with ids (by name of the thing) or words in the path."""

    def path(world: World) -> Values:
        return {**here(world), **{key: world.things.get(str(name), name) for key, name in things.items()}}

    return path


def person(name: str, **things: object) -> ROUTE:
    """The course, with one of its people in the path."""

    def path(world: World) -> Values:
        return {**in_course(**things)(world), "person": world.records[name].subject_id}

    return path


def elsewhere(path: ROUTE = here) -> list[Case]:
    """The same in spaces that are no course, or nobody's."""
    spaces: dict[str, ROUTE] = {
        "nobody's space": lambda world: {"space": NOBODY},
        "the space of an unsent referral": lambda world: {"space": world.spaces["unsent"]},
        "the space of a sent referral": lambda world: {"space": world.spaces["sent"]},
    }

    def moved(space: ROUTE) -> ROUTE:
        return lambda world: {**path(world), **space(world)}

    return [Case(name, nobody, FORM, path=moved(space)) for name, space in spaces.items()]


def wrong(parameter: str, path: ROUTE) -> list[Case]:
    """The course, with the id of something else and with nobody's."""

    def something_else(world: World) -> Values:
        return {**path(world), parameter: world.records[MOTHER].pk}

    def nobodys(world: World) -> Values:
        return {**path(world), parameter: NOBODY}

    return [
        Case("the id of something else", nobody, FORM, path=something_else),
        Case("nobody's id", nobody, FORM, path=nobodys),
    ]


def page(lawful: Callable[[Kind], bool], path: ROUTE = here, **more: object) -> list[Case]:
    """A page to read."""
    return [Case("the course", lawful, path=path, **more), *elsewhere(path)]  # type: ignore[arg-type]


def form(
    opens: Callable[[Kind], bool],
    sends: Callable[[Kind], bool],
    body: Body,
    *,
    path: ROUTE = here,
    query: ROUTE = no_values,
    may: Callable[[Kind], bool] = nobody,
) -> list[Case]:
    """A form: who opens it, who succeeds with this body, who may."""
    return [
        Case("the course", opens, SAFE, path=path, query=query),
        Case("the course, sent", sends, ("POST",), path=path, query=query, body=body, may=may),
        *elsewhere(path),
    ]


def button(presses: Callable[[Kind], bool], path: ROUTE, **more: object) -> list[Case]:
    """A button: there is nothing to fill in."""
    return [Case("the course", presses, ("POST",), path=path, **more), *elsewhere(path)]  # type: ignore[arg-type]


def today(world: World) -> str:
    """Today as it is typed."""
    return f"{clock.today():%d.%m.%Y}"


def subject(name: str, world: World) -> str:
    """One of the people of the course, as a choice."""
    return str(world.records[name].subject_id)


child, father = partial(subject, CHILD), partial(subject, FATHER)


# --- routes ---------------------------------------------------------------------------------------------


def _colleague(world: World) -> Values:
    name = "caseworker, same unit, not in the team"
    post = world.knockers[name].membership
    return {"membership": str(post), "role": "region_team", "categories": "4"}


def _of_own_unit(world: World) -> Values:
    return {"unit": world.units["family"]}


def _handed(world: World) -> Values:
    to = world.knockers["region's clinician in the team"].membership
    return {"to": str(to), "kind": "sector", "why": "Familien flytter"}


def _reason(world: World) -> Values:
    return {"reason": "Skrevet ved en fejl"}


def _contact(world: World) -> Values:
    return {"kind": "other", "on": today(world)}


def _corrected(world: World) -> Values:
    return {"on": today(world), "a_kind": "other", **_reason(world)}


def _need(world: World) -> Values:
    return {"kind": "need.stated"}


def _answers(world: World) -> Values:
    keys = (
        "parent-mental-illness",
        "treated-within-three-years",
        "needs-advice",
        "needs-municipal-effort",
        "no-parent-consent",
        "acute-concern",
    )
    return {f"a_{key}": "yes" for key in keys}


def _step(world: World) -> Values:
    return {"step": "check-target-group"}


_part = in_course(part="part of teacher in the team")
_handover = in_course(handover="handover")
_fact = in_course(fact="fact")

COURSES: dict[str, list[Case]] = {
    "workplace:courses": [Case("no id", works_here, SAFE)],
    "workplace:course": page(stands),
    "workplace:steps": page(stands),
    "workplace:timeline": page(stands),
    "workplace:sharing": page(stands),
    "workplace:one_page": page(stands),
    "workplace:one_page_pdf": page(stands),
    "courses:team": page(stands),
    "courses:name_part": form(steers, steers, _colleague, query=_of_own_unit),
    "courses:end_part": [
        Case("the course", steers, FORM, path=_part),
        *elsewhere(_part),
        *wrong("part", _part),
    ],
    "courses:upgrade": [
        Case("the course", steers, SAFE, path=here),
        Case("the course, without another version", nobody, ("POST",), path=here, body=_reason, may=steers),
        *elsewhere(),
    ],
    "courses:undo_upgrade": [
        Case("the course", steers, SAFE, path=here),
        Case("the course, never changed", nobody, ("POST",), path=here, body=_reason, may=steers),
        *elsewhere(),
    ],
    "courses:upgrades": [Case("no id", steers_somewhere, SAFE, may=steers_somewhere)],
    "courses:accept": [
        Case("the course", stands, SAFE, path=here, may=is_asked),
        Case("the course, the yes", is_asked, ("POST",), path=here, body=lambda world: {"yes": "1"}),
        *elsewhere(),
    ],
    "courses:hand_over": [
        Case("the course", steers, SAFE, path=here, may=steers),
        *form(steers, steers, _handed)[1:],
    ],
    "courses:handover": [*page(stands, _handover), *wrong("handover", _handover)],
    "courses:accept_handover": [*button(next_one, _handover), *wrong("handover", _handover)],
    "courses:decline_handover": [
        *form(next_one, next_one, _reason, path=_handover),  # the others read who is asked, and find no form
        *wrong("handover", _handover),
    ],
    "courses:withdraw_handover": [*button(steers, _handover), *wrong("handover", _handover)],
    "courses:contact": form(stands, stands, _contact),
    "courses:note_fact": [
        Case("the kinds to choose from", stands, SAFE, path=here),
        *form(stands, stands, lambda world: {"on": today(world)}, query=_need),
    ],
    "courses:correct_fact": [
        *form(knows_family, knows_family, _corrected, path=_fact),
        *wrong("fact", _fact),
    ],
    "courses:withdraw_fact": [*form(knows_family, knows_family, _reason, path=_fact), *wrong("fact", _fact)],
    "courses:eligibility": form(stands, covers_social, _answers),
    "courses:excuse": form(steers, steers, _reason, query=_step),
    "courses:consent": [
        *page(asks_consent),
        Case("the course, the child", asks_consent, SAFE, path=here, query=lambda w: {"person": child(w)}),
        Case("the course, a stranger", asks_consent, SAFE, path=here, query=lambda w: {"person": NOBODY}),
    ],
}
