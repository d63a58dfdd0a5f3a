"""The house itself: log-in, whom one acts for, and the administrator's pages of the own organisation."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

from samspil.foundation.kernel import clock
from samspil.foundation.kernel.roles import RoleKey
from tests.matrix.cases import (
    FORM,
    SAFE,
    Case,
    Values,
    acts,
    at,
    everybody,
    has_one_post,
    logged_in,
    never,
    nobody,
)
from tests.matrix.kinds import Kind, Stands
from tests.matrix.world import NOBODY, World


def home_administrator(kind: Kind) -> bool:
    """The administrator of the authority that leads the course."""
    return kind.role == RoleKey.ADMINISTRATOR and kind.unit == "family"


def any_administrator(kind: Kind) -> bool:
    """An administrator, each of its own authority."""
    return kind.role == RoleKey.ADMINISTRATOR and kind.stands == Stands.STAFF


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
        make("own id", home_administrator, path=at(parameter, own)),
        make("another authority's id", _foreign_administrator, path=at(parameter, foreign)),
        make("nobody's id", nobody, path=at(parameter, never)),
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


def _public(*methods: str) -> list[Case]:
    return [Case("no id", everybody, methods)]


def _own_account(*methods: str) -> list[Case]:
    """Pages about one's own log-in: no other account can be named. What they answer depends on its set-up."""
    return [Case("no id", nobody, methods, may=logged_in)]


def _read_by_all(**path: str) -> list[Case]:
    """A public page with its key in the address; one that does not exist answers everybody the same."""
    nothing = {**path, next(iter(path)): "nothing"}
    return [
        Case("a key", everybody, SAFE, path=lambda world: dict(path)),
        Case("nothing's key", nobody, SAFE, path=lambda world: nothing),
    ]


VIA = {"key": "via-family", "version": "2.0-draft"}

HOUSE: dict[str, list[Case]] = {
    "catalogue:catalogue": _public(*SAFE),
    "catalogue:entry": _read_by_all(key="tool-safety-plan"),
    "catalogue:leaflet": _read_by_all(key="leaflet-school"),
    "law:provisions": _public(*SAFE),
    "law:provision": _read_by_all(key="barnets-lov-5"),
    "programmes:choose": _public(*SAFE),
    "programmes:try": _read_by_all(**VIA),
    "programmes:try_add": _read_by_all(**VIA),
    "programmes:models": _public(*SAFE),
    "programmes:model": _read_by_all(**VIA),
    "programmes:picture": _read_by_all(**VIA),
    "programmes:step": _read_by_all(**VIA, step="safety-plan"),
    "rollout:initiatives": _public(*SAFE),
    "rollout:initiative": _read_by_all(key="bti"),
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
            "own staff in the query", any_administrator, SAFE, query=at("staff", partial(_staff, HOME_STAFF))
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
