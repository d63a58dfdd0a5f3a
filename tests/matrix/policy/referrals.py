"""Referrals: an unsent one is its writer's alone; a sent one, the sender's and the receiving unit's."""

from collections.abc import Callable

from samspil.collaboration.courses.presenters import facts
from samspil.collaboration.programmes import queries as versions
from samspil.foundation.kernel.roles import RoleKey
from tests.matrix.cases import (
    FORM,
    SAFE,
    Body,
    Case,
    Values,
    at,
    keeps,
    keeps_foreign,
    never,
    nobody,
    subject,
    works_with_families,
)
from tests.matrix.kinds import Kind
from tests.matrix.living import (
    SENT_CHILD,
    SENT_FATHER,
    SENT_HEALTH,
    SENT_MOTHER,
    SENT_WISH,
    UNSENT_CHILD,
    UNSENT_FATHER,
    UNSENT_MOTHER,
    UNSENT_WISH,
)
from tests.matrix.policy.courses import coordinator, next_one
from tests.matrix.world import KEEPER, MOTHER, NOBODY, STRANGER, World


def keeps_sent(kind: Kind) -> bool:
    """The unit of the region that keeps the family it refers."""
    return next_one(kind)


def receives(kind: Kind) -> bool:
    """Who opens the inbox of the receiving unit; a block towards another child is none here."""
    return keeps(kind) and kind.role in {RoleKey.CASEWORKER, RoleKey.LEADER}


def sees_sent(kind: Kind) -> bool:
    """The sender and the receiving unit."""
    return keeps_sent(kind) or receives(kind)


REFERRAL_SEERS: dict[str, Callable[[Kind], bool]] = {
    UNSENT_CHILD: keeps,
    UNSENT_FATHER: keeps,
    UNSENT_MOTHER: keeps,
    UNSENT_WISH: coordinator,
    SENT_CHILD: sees_sent,
    SENT_FATHER: sees_sent,
    SENT_MOTHER: sees_sent,
    SENT_WISH: sees_sent,
    SENT_HEALTH: keeps_sent,
}


def _unsent(world: World) -> Values:
    return {"space": world.spaces["unsent"]}


def _sent(world: World) -> Values:
    return {"space": world.spaces["sent"]}


def _wrong() -> list[Case]:
    return [
        Case("the space of a course", nobody, FORM, path=at("space", lambda world: world.space)),
        Case("nobody's space", nobody, FORM, path=at("space", never)),
    ]


def _writing(body: Body) -> list[Case]:
    """A page of a draft: its writer's alone, and nobody's once it is sent."""
    return [
        Case("unsent", coordinator, SAFE, path=_unsent),
        Case("unsent, written", coordinator, ("POST",), path=_unsent, body=body),
        Case("sent already", nobody, FORM, path=_sent),
        Case("sent already, written", nobody, ("POST",), path=_sent, body=body),
        *_wrong(),
    ]


def _reading() -> list[Case]:
    return [
        Case("unsent", coordinator, SAFE, path=_unsent),
        Case("sent already", nobody, FORM, path=_sent),
        *_wrong(),
    ]


def _answering(body: Body) -> list[Case]:
    """A page of the receiver's."""
    return [
        Case("sent", receives, SAFE, path=_sent),
        Case("sent, answered", receives, ("POST",), path=_sent, body=body),
        Case("unsent", nobody, FORM, path=_unsent),
        Case("unsent, answered", nobody, ("POST",), path=_unsent, body=body),
        *_wrong(),
    ]


def _id(name: str, world: World) -> str:
    return str(world.records[name].subject_id)


def _people(world: World) -> Values:
    roles = {UNSENT_CHILD: "child", UNSENT_FATHER: "parent_ill", UNSENT_MOTHER: "co_parent"}
    chosen = {f"role_{_id(name, world)}": role for name, role in roles.items()}
    chosen |= {f"included_{_id(name, world)}": "on" for name in roles}
    return {**chosen, f"focus_{_id(UNSENT_CHILD, world)}": "on"}


def _wishes(world: World) -> Values:
    return {"wish": "Ro om morgenen", "wish_by": "Mor", "about": _id(UNSENT_CHILD, world)}


def _target(world: World) -> Values:
    return {"answer_parent-mental-illness": "yes", "answer_needs-advice": "yes"}


def _call(world: World) -> Values:
    return {"name": "Karim Saleh", "phone": "12 34 56 78"}


def _click(world: World) -> Values:
    return {"send": "1"}


def _more(world: World) -> Values:
    return {"text": "Mor har også sagt", "topic": "4", "about": _id(SENT_CHILD, world)}


def _text(world: World) -> Values:
    return {"text": "Hvad siger skolen?"}


def _accepted(world: World) -> Values:
    people = {f"own_{_id(name, world)}": "new" for name in (SENT_CHILD, SENT_FATHER, SENT_MOTHER)}
    roles = {"role": "municipal_coordinator", "sender_role": "region_case_manager"}
    return {**people, **roles, "coordinator": str(world.knockers[KEEPER].membership)}


def _begun(world: World) -> Values:
    return {"version": str(world.things["version"]), "to_unit": str(world.units["via team"])}


def _begins(world: World) -> Values:
    """A course of the model as the home authority runs it, about the family that is not referred yet."""
    programme = versions.definition(world.things["variant"])
    asked = {f"a_{key}": "unknown" for key, _ask in facts.questions(programme)}
    keeper = str(world.knockers[KEEPER].membership)
    more = {"role": "municipal_coordinator", "coordinator": keeper, "despite": "Vi kender dem."}
    return {**asked, **_people(world), **more}


def _here(name: str, which: str = "variant") -> Callable[[World], Values]:
    return lambda world: {"subject": world.records[name].subject_id, "version": world.things[which]}


def _find(world: World) -> Values:
    return {"find": "via team"}


def _person(name: str) -> Callable[[World], Values]:
    return lambda world: {**_unsent(world), "subject": world.records[name].subject_id}


REFERRALS: dict[str, list[Case]] = {
    "courses:referrals": [Case("no id", works_with_families, SAFE)],
    "courses:inbox": [Case("no id", works_with_families, SAFE)],
    "courses:refer": [
        Case("a family of the own unit", keeps, SAFE, path=subject(UNSENT_CHILD)),
        Case(
            "a family of the own unit, sent",
            keeps,
            ("POST",),
            path=subject(UNSENT_CHILD),
            query=_find,
            body=_begun,
        ),
        Case("a family elsewhere", keeps_foreign, SAFE, path=subject(STRANGER)),
        Case("a family of the region", keeps_sent, SAFE, path=subject(SENT_CHILD)),
        Case("nobody", nobody, FORM, path=at("subject", never)),
    ],
    "courses:begin": [
        Case("a family of the own unit", keeps, SAFE, path=subject(UNSENT_CHILD)),
        Case("a family elsewhere", keeps_foreign, SAFE, path=subject(STRANGER)),
        Case("a family of the region", keeps_sent, SAFE, path=subject(SENT_CHILD)),
        Case("nobody", nobody, FORM, path=at("subject", never)),
    ],
    "courses:begin_course": [
        Case("in use here", keeps, SAFE, path=_here(UNSENT_CHILD)),
        Case("in use here, begun", keeps, ("POST",), path=_here(UNSENT_CHILD), body=_begins),
        Case("not as it is run here", nobody, FORM, path=_here(UNSENT_CHILD, "version"), body=_begins),
        Case("in use elsewhere", nobody, FORM, path=_here(STRANGER), body=_begins),
        Case("a family of the region", nobody, FORM, path=_here(SENT_CHILD), body=_begins),
        Case("nobody", nobody, FORM, path=lambda world: {**_here(STRANGER)(world), "subject": NOBODY}),
    ],
    "courses:referral": [
        Case("unsent", coordinator, SAFE, path=_unsent),
        Case("sent", sees_sent, SAFE, path=_sent),
        *_wrong(),
    ],
    "courses:referral_people": _writing(_people),
    "courses:referral_add_person": [
        Case("of the own unit", coordinator, ("POST",), path=_person(MOTHER)),
        Case("of another authority", nobody, ("POST",), path=_person(STRANGER)),
        Case("of nobody", nobody, ("POST",), path=lambda world: {**_unsent(world), "subject": NOBODY}),
        Case(
            "to what is sent",
            nobody,
            ("POST",),
            path=lambda world: {**_sent(world), "subject": world.records[MOTHER].subject_id},
        ),
    ],
    "courses:referral_wishes": _writing(_wishes),
    "courses:referral_target": _writing(_target),
    "courses:referral_consents": _reading(),
    "courses:referral_sharing": _reading(),
    "courses:referral_contact": _writing(_call),
    "courses:referral_send": [
        Case(
            "unsent", coordinator, SAFE, path=_unsent, may=coordinator
        ),  # the click alone sends, once all is there
        *_writing(_click)[1:],
    ],
    "courses:referral_amend": [
        Case("sent", keeps_sent, SAFE, path=_sent),
        Case("sent, amended", keeps_sent, ("POST",), path=_sent, body=_more),
        Case("unsent", nobody, ("POST",), path=_unsent, body=_more, may=coordinator),
        *_wrong(),
    ],
    "courses:referral_withdraw": [
        Case("sent", keeps_sent, ("POST",), path=_sent),
        Case("unsent", nobody, ("POST",), path=_unsent, may=coordinator),
        *_wrong(),
    ],
    "courses:referral_accept": _answering(_accepted),
    "courses:referral_ask": _answering(_text),
    "courses:referral_decline": _answering(_text),
}
