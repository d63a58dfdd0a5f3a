"""What must happen, written from the policy and not from the code: which request of whom succeeds.

A *case* is one way to aim a request: the ids in path, query and body. `lawful` names the kinds for whom it
must succeed; for everybody else it must be refused, and nothing of anybody may show.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from functools import partial
from uuid import uuid4

from samspil.foundation.kernel import clock
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import RelationKind
from tests.matrix.kinds import KINDS, Kind, Stands
from tests.matrix.world import (
    CHILD,
    FATHER,
    FOREIGN_PLACE,
    MOTHER,
    NOBODY,
    OTHER,
    PLACE,
    RECEIVER,
    STRANGER,
    World,
)

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


def home_administrator(kind: Kind) -> bool:
    """The administrator of the authority that leads the course."""
    return kind.role == RoleKey.ADMINISTRATOR and kind.unit == "family"


def any_administrator(kind: Kind) -> bool:
    """An administrator, each of its own authority."""
    return kind.role == RoleKey.ADMINISTRATOR and kind.stands == Stands.STAFF


def _id(name: str, find: Callable[[World], object]) -> Callable[[World], Values]:
    return lambda world: {name: find(world)}


def _never(world: World) -> object:
    return NOBODY


HOME_STAFF, FOREIGN_STAFF = "caseworker, same unit, not in the team", "caseworker of another municipality"


def _post(kind: str, world: World) -> object:
    return world.knockers[kind].membership


def _membership(world: World) -> Values:
    return {"membership": _post("caseworker, coordinator", world)}


def _unit(name: str, world: World) -> object:
    return world.units[name]


def _staff(kind: str, world: World) -> object:
    return world.staff_of(kind)


def _three(
    parameter: str, own: Callable[[World], object], foreign: Callable[[World], object], **more: object
) -> list[Case]:
    """Own, another authority's and nobody's id in the path; only the own one can succeed."""
    make = partial(Case, **more)  # type: ignore[arg-type]
    return [
        make("own id", home_administrator, path=_id(parameter, own)),
        make("another authority's id", _foreign_administrator, path=_id(parameter, foreign)),
        make("nobody's id", nobody, path=_id(parameter, _never)),
    ]


def _foreign_administrator(kind: Kind) -> bool:
    return kind.role == RoleKey.ADMINISTRATOR and kind.unit == "elsewhere"


def _new_post(kind: str, unit: str) -> Callable[[World], Values]:
    def body(world: World) -> Values:
        return {
            "staff": _staff(kind, world),
            "unit": _unit(unit, world),
            "role": RoleKey.SCHOOL_CONTACT.value,
            "starts": (clock.today() + timedelta(days=3)).isoformat(),
        }

    return body


def _under(unit: str) -> Callable[[World], Values]:
    return lambda world: {**_fresh_name(world), "parent": _unit(unit, world)}


def _fresh_name(world: World) -> Values:
    return {"name": f"Ny {uuid4().hex[:8]}", "kind": "school", "login": f"ny-{uuid4().hex[:8]}"}


# --- people: a record is seen by the unit that keeps it, by whose role reads its category ------------------

WORKS_WITH_FAMILIES = frozenset({RoleKey.CASEWORKER, RoleKey.CLINICIAN, RoleKey.LEADER})


def works_with_families(kind: Kind) -> bool:
    """Staff whose role finds and writes down people, with a post in force."""
    return kind.stands == Stands.STAFF and kind.role in WORKS_WITH_FAMILIES and not kind.post_is_over


def keeps(kind: Kind) -> bool:
    """Whoever works for the unit that keeps the family's records."""
    return works_with_families(kind) and kind.unit == "family"


def keeps_child(kind: Kind) -> bool:
    """The same, less those who are blocked towards the child."""
    return keeps(kind) and not kind.is_blocked


def keeps_foreign(kind: Kind) -> bool:
    """Whoever works for the unit elsewhere that keeps the other family."""
    return works_with_families(kind) and kind.unit == "elsewhere"


SEERS: dict[str, Callable[[Kind], bool]] = {
    CHILD: keeps_child,
    MOTHER: keeps,
    FATHER: keeps,
    STRANGER: keeps_foreign,
    OTHER: keeps_foreign,
    PLACE: keeps,
    FOREIGN_PLACE: keeps_foreign,
}


def canaries() -> dict[str, frozenset[str]]:
    """Each canary, with the kinds in whose answers it may stand."""
    return {canary: frozenset(name for name in KINDS if sees(KINDS[name])) for canary, sees in SEERS.items()}


def _subject(name: str) -> Callable[[World], Values]:
    return lambda world: {"subject": world.records[name].subject_id}


def _persons(methods: tuple[str, ...], body: Body = no_values, *, only_mother: bool = False) -> list[Case]:
    """A page about one person, aimed at each record and at nobody's."""
    make = partial(Case, methods=methods, body=body)
    return [
        make("the mother", keeps, path=_subject(MOTHER)),
        make("the child", nobody if only_mother else keeps_child, path=_subject(CHILD)),
        make("a foreign person", nobody if only_mother else keeps_foreign, path=_subject(STRANGER)),
        make("nobody", nobody, path=_id("subject", _never)),
    ]


def _person_form(body: Body, *, only_mother: bool = False) -> list[Case]:
    """A form about one person. `only_mother`: what is sent makes sense for her record alone."""
    sent = _persons(("POST",), body, only_mother=only_mother)
    return [*_persons(SAFE), *(replace(case, name=f"{case.name}, sent") for case in sent)]


def _items(which: str, lawful: Callable[[Kind], bool], body: Callable[[World], Values]) -> list[Case]:
    """A page about one tie or place, by the id of its item."""

    def path(name: str) -> Callable[[World], Values]:
        return lambda world: {"item": getattr(world, which)[name]}

    return [
        Case("own", lawful, SAFE, path=path("own")),
        Case("own, sent", lawful, ("POST",), path=path("own"), body=body),
        Case("foreign", keeps_foreign, SAFE, path=path("foreign")),
        Case("foreign, sent", keeps_foreign, ("POST",), path=path("foreign"), body=body),
        Case("nobody's", nobody, FORM, path=_id("item", _never)),
        Case("the id of something else", nobody, FORM, path=lambda world: {"item": world.records[MOTHER].pk}),
    ]


def _correction(world: World) -> Values:
    record = world.records[MOTHER]
    return {"name": "Rettet Navn", "born": record.born, "reason": "Stavet forkert", "based_on": record.pk}


def _protection(world: World) -> Values:
    return {"reason": "Bopæl er beskyttet"}


def _new_place(world: World) -> Values:
    return {"kind": "phone", "text": "00 00 00 00"}


def _number(world: World) -> Values:
    return {"civil_number": "720517-4000"}


def _new_tie(name: str) -> Callable[[World], Values]:
    def body(world: World) -> Values:
        return {"kind": "is:partner", "other": world.records[name].subject_id, "source": "family"}

    return body


def _new_person(world: World) -> Values:
    return {"name": f"Nyperson {uuid4().hex[:6]}", "born": "2019-03-04", "despite_likeness": "on"}


def _ended(world: World) -> Values:
    return {"ends": clock.today().isoformat()}


PEOPLE: dict[str, list[Case]] = {
    "families:search": [
        Case("no words", works_with_families, SAFE),
        Case("the child's first name", works_with_families, SAFE, query=lambda world: {"q": CHILD[:8]}),
        Case("a foreign first name", works_with_families, SAFE, query=lambda world: {"q": STRANGER[:10]}),
    ],
    "families:register": [
        Case("no id", works_with_families, SAFE),
        Case("a new person", works_with_families, ("POST",), body=_new_person),
    ],
    "families:person": _persons(SAFE),
    "families:family": _persons(SAFE),
    "families:location": _persons(SAFE),
    "families:correct": _person_form(_correction, only_mother=True),
    "families:protection": _person_form(_protection),
    "families:number": _person_form(_number),
    "families:note_place": _person_form(_new_place),
    "families:tie": [
        *_persons(SAFE),
        Case("the mother, sent", keeps, ("POST",), path=_subject(MOTHER), body=_new_tie(FATHER)),
        Case("the child, sent", keeps_child, ("POST",), path=_subject(CHILD), body=_new_tie(FATHER)),
        Case("a foreign person, sent", nobody, ("POST",), path=_subject(STRANGER), body=_new_tie(FATHER)),
        Case("to a foreign person", nobody, ("POST",), path=_subject(MOTHER), body=_new_tie(STRANGER)),
    ],
    "families:end_place": _items("places", keeps, _ended),
    "families:end_tie": _items("ties", keeps_child, _ended),
    "families:doubt": _items("ties", keeps_child, lambda world: {"reason": "Uenighed"}),
}


# --- sharing: what stands in the course is seen by its team, inside the authority or with a basis -----------

OPEN_AT_HOME = frozenset({"school", "jobcentre", "substance", "family"})


def in_home_team(kind: Kind) -> bool:
    """In the team today, of the authority that leads the course, and not refused by a block."""
    return (
        kind.relation == RelationKind.TEAM
        and kind.unit in OPEN_AT_HOME
        and not (kind.is_over or kind.post_is_over or kind.is_blocked)
    )


def sees_everyday(kind: Kind) -> bool:
    """The home team, the leader of the leading unit, and the region's clinician by the parent's yes."""
    leads = kind.role == RoleKey.LEADER and kind.unit == "family"
    return in_home_team(kind) or leads or "clinician in the team" in kind.name


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
        Case("the child", sees_everyday, SAFE, path=_in_space(CHILD)),
        Case("the mother, of whom nothing stands there", nobody, SAFE, path=_in_space(MOTHER)),
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
        Case("the yes", sees_everyday, SAFE, path=_basis),
        Case("nobody's", nobody, SAFE, path=_id("item", _never)),
    ],
    "sharing:end": [
        Case("the yes", coordinates, SAFE, path=_basis),
        Case("the yes, sent", coordinates, ("POST",), path=_basis, body=_ending),
        Case("nobody's", nobody, FORM, path=_id("item", _never)),
    ],
}


# --- the log: whoever keeps a record sees what was changed in it, the owner's privacy officer everything ----


def home_officer(kind: Kind) -> bool:
    """The privacy officer of the authority whose unit keeps the family's records."""
    return kind.role == RoleKey.PRIVACY_OFFICER and kind.unit == "family"


def works_here(kind: Kind) -> bool:
    """Staff with a post in force, in whatever role: each has a front page."""
    return kind.stands == Stands.STAFF and not kind.post_is_over


def reads_a_log(kind: Kind) -> bool:
    """Whose role reads who has seen what."""
    return works_with_families(kind) or home_officer(kind)


LOG: dict[str, list[Case]] = {
    "workplace:course": [
        Case("a space without a course", nobody, SAFE, path=_id("space", lambda w: w.space))
    ],
    "workplace:overview": [Case("no id", works_here, SAFE)],
    "workplace:logs": [
        Case("no id", reads_a_log, SAFE),
        Case(
            "nobody's number",
            nobody,
            ("POST",),
            body=lambda world: {"civil_number": "720517-4999"},
            may=home_officer,
        ),
    ],
    "workplace:log": [
        Case("the mother", lambda kind: keeps(kind) or home_officer(kind), SAFE, path=_subject(MOTHER)),
        Case("the child", lambda kind: keeps_child(kind) or home_officer(kind), SAFE, path=_subject(CHILD)),
        Case("a foreign person", keeps_foreign, SAFE, path=_subject(STRANGER)),
        Case("nobody", nobody, SAFE, path=_id("subject", _never)),
    ],
}


def _public(*methods: str) -> list[Case]:
    return [Case("no id", everybody, methods)]


def _own_account(*methods: str) -> list[Case]:
    """Pages about one's own log-in: no other account can be named. What they answer depends on its set-up."""
    return [Case("no id", nobody, methods, may=logged_in)]


POLICY: dict[str, list[Case]] = {
    **PEOPLE,
    **SHARING,
    **LOG,
    "workplace:health": _public(*SAFE),
    "web:design": _public(*SAFE),
    "web:language": [Case("a language", everybody, ("POST",), body=lambda world: {"language": "en"})],
    "account_login": [Case("no id", lambda kind: kind.stands == Stands.NOWHERE, SAFE, may=everybody)],
    "account_logout": [Case("no id", nobody, FORM, may=everybody)],
    "account_inactive": [Case("no id", everybody, SAFE, may=everybody)],
    "mfa_authenticate": [Case("no id", nobody, FORM, may=logged_in)],
    "mfa_login_webauthn": [Case("no id", nobody, FORM, may=everybody)],
    "mfa_index": [Case("no id", logged_in, SAFE)],
    "account_change_password": [Case("no id", logged_in, SAFE, may=logged_in)],
    "account_reauthenticate": _own_account(*FORM),
    "mfa_reauthenticate": _own_account(*FORM),
    "mfa_reauthenticate_webauthn": _own_account(*FORM),
    "mfa_activate_totp": _own_account(*FORM),
    "mfa_deactivate_totp": _own_account(*FORM),
    "mfa_list_webauthn": [Case("no id", logged_in, SAFE)],
    "mfa_add_webauthn": _own_account(*FORM),
    "mfa_edit_webauthn": [Case("nobody's id", nobody, path=lambda world: {"pk": 999_999})],
    "mfa_remove_webauthn": [Case("nobody's id", nobody, path=lambda world: {"pk": 999_999})],
    "mfa_view_recovery_codes": _own_account(*SAFE),
    "mfa_generate_recovery_codes": _own_account(*FORM),
    "access:act_for": [
        Case("no id", nobody, SAFE, may=logged_in),
        Case("nothing chosen", nobody, ("POST",), may=logged_in),
        Case("somebody else's post", nobody, ("POST",), body=_membership, may=has_one_post),
        Case("nobody's post", nobody, ("POST",), body=lambda world: {"membership": NOBODY}, may=has_one_post),
    ],
    "desk:keep": [Case("no form", nobody, ("POST",), may=acts)],
    "organisations:overview": [Case("no id", any_administrator, SAFE)],
    "organisations:new_unit": [
        Case("no id", any_administrator, SAFE),
        Case("a name", any_administrator, ("POST",), body=_fresh_name),
        Case("under another authority's unit", nobody, ("POST",), body=_under("via team")),
        Case(
            "under nobody's unit",
            nobody,
            ("POST",),
            body=lambda world: {**_fresh_name(world), "parent": NOBODY},
        ),
    ],
    "organisations:declare_sharing_unit": _three(
        "unit_id",
        partial(_unit, "school"),
        partial(_unit, "elsewhere"),
        methods=("POST",),
        body=lambda world: {"declared": "yes"},
    ),
    "organisations:new_staff": [
        Case("no id", any_administrator, SAFE),
        Case("a name", any_administrator, ("POST",), body=_fresh_name),
    ],
    "organisations:first_link": _three(
        "staff_id", partial(_staff, HOME_STAFF), partial(_staff, FOREIGN_STAFF)
    ),
    "organisations:new_post": [
        Case("no id", any_administrator, SAFE),
        Case(
            "own staff in the query", any_administrator, SAFE, query=_id("staff", partial(_staff, HOME_STAFF))
        ),
        Case("own staff, own unit", home_administrator, ("POST",), body=_new_post(HOME_STAFF, "school")),
        Case(
            "own staff, another authority's unit", nobody, ("POST",), body=_new_post(HOME_STAFF, "via team")
        ),
        Case(
            "another authority's staff",
            nobody,
            ("POST",),
            body=_new_post("region's clinician in the team", "school"),
        ),
        Case(
            "both another authority's",
            nobody,
            ("POST",),
            body=_new_post("region's clinician in the team", "via team"),
        ),
    ],
    "organisations:end_post": [
        *_three(
            "membership_id",
            partial(_post, HOME_STAFF),
            partial(_post, FOREIGN_STAFF),
            methods=FORM,
            body=lambda world: {"on": clock.today().isoformat()},
        ),
    ],
    "organisations:first_password": [
        Case(
            "a guessed token",
            nobody,
            FORM,
            path=lambda world: {"account_id": world.knockers[HOME_STAFF].account, "token": "abc-123"},
            body=lambda world: {"password": "en anden lang sætning", "again": "en anden lang sætning"},
        ),
        Case(
            "nobody's account",
            nobody,
            FORM,
            path=lambda world: {"account_id": NOBODY, "token": "abc-123"},
        ),
    ],
}
"""Route → its cases. A route of the url configuration that stands not here makes the matrix red."""


class Verdict(StrEnum):
    """What the policy says of one request."""

    MUST = "must succeed"
    MAY = "may succeed: it concerns nobody but the asker"
    REFUSED = "must be refused"


def verdict(case: Case, method: str, kind: Kind) -> Verdict:
    """What must happen. HEAD may be answered where GET is; an unknown method is refused to everybody."""
    if method == "HEAD":
        return Verdict.REFUSED if verdict(case, "GET", kind) == Verdict.REFUSED else Verdict.MAY
    if method in case.methods and case.lawful(kind):
        return Verdict.MUST
    if case.may(kind):
        return Verdict.MAY
    return Verdict.REFUSED


def cases(name: str) -> Collection[Case]:
    """The cases of a route; none where the policy forgot it."""
    return POLICY.get(name, [])
