"""People: a record is seen by the unit that keeps it, by whose role reads its category."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import uuid4

from samspil.foundation.kernel import clock
from tests.matrix.cases import (
    FORM,
    SAFE,
    Body,
    Case,
    Values,
    at,
    keeps,
    keeps_child,
    keeps_foreign,
    looks_people_up,
    never,
    no_values,
    nobody,
    subject,
    works_with_families,
)
from tests.matrix.kinds import Kind
from tests.matrix.world import CHILD, FATHER, FOREIGN_PLACE, MOTHER, OTHER, PLACE, STRANGER, World

SEERS: dict[str, Callable[[Kind], bool]] = {
    CHILD: keeps_child,
    MOTHER: keeps,
    FATHER: keeps,
    STRANGER: keeps_foreign,
    OTHER: keeps_foreign,
    PLACE: keeps,
    FOREIGN_PLACE: keeps_foreign,
}


def _persons(methods: tuple[str, ...], body: Body = no_values, *, only_mother: bool = False) -> list[Case]:
    """A page about one person, aimed at each record and at nobody's."""
    make = partial(Case, methods=methods, body=body)
    return [
        make("the mother", keeps, path=subject(MOTHER)),
        make("the child", nobody if only_mother else keeps_child, path=subject(CHILD)),
        make("a foreign person", nobody if only_mother else keeps_foreign, path=subject(STRANGER)),
        make("nobody", nobody, path=at("subject", never)),
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
        Case("nobody's", nobody, FORM, path=at("item", never)),
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
        Case("no words", looks_people_up, SAFE),
        Case("the child's first name", looks_people_up, SAFE, query=lambda world: {"q": CHILD[:8]}),
        Case("a foreign first name", looks_people_up, SAFE, query=lambda world: {"q": STRANGER[:10]}),
    ],
    "families:register": [
        Case("no id", works_with_families, SAFE),
        Case("a new person", works_with_families, ("POST",), body=_new_person),
    ],
    "families:person": _persons(SAFE),
    "workplace:family_courses": _persons(SAFE),
    "families:family": _persons(SAFE),
    "families:location": _persons(SAFE),
    "families:correct": _person_form(_correction, only_mother=True),
    "families:protection": _person_form(_protection),
    "families:number": _person_form(_number),
    "families:note_place": _person_form(_new_place),
    "families:tie": [
        *_persons(SAFE),
        Case("the mother, sent", keeps, ("POST",), path=subject(MOTHER), body=_new_tie(FATHER)),
        Case("the child, sent", keeps_child, ("POST",), path=subject(CHILD), body=_new_tie(FATHER)),
        Case("a foreign person, sent", nobody, ("POST",), path=subject(STRANGER), body=_new_tie(FATHER)),
        Case("to a foreign person", nobody, ("POST",), path=subject(MOTHER), body=_new_tie(STRANGER)),
    ],
    "families:end_place": _items("places", keeps, _ended),
    "families:end_tie": _items("ties", keeps_child, _ended),
    "families:doubt": _items("ties", keeps_child, lambda world: {"reason": "Uenighed"}),
}
