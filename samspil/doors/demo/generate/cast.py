"""Who takes part in one course, and where they live: what a shape is filled in with."""

from functools import lru_cache
from random import Random

from samspil.collaboration.families.queries import CPR, cpr_hash
from samspil.collaboration.families.rules.names import sort_key, stored_keys
from samspil.doors.demo.generate import names
from samspil.doors.demo.generate.country import Colleague, Country
from samspil.doors.demo.generate.marks import MOST_PEOPLE, PERSON_PARTS, WHO, Values
from samspil.doors.demo.generate.rows import stamp
from samspil.doors.demo.generate.story import OTHER, Person, Story, civil_number
from samspil.foundation.kernel import ciphers

NOWHERE = "9999 Ingensteds"
_COUNTED = [b"%03x" % number for number in range(len(WHO), 0x1000)]
_NOBODY = [b""] * len(PERSON_PARTS)


def cast(story: Story, country: Country, shape: int, course: int, number: int, seed: int) -> Values:
    """The values of one course, in the order of `WHO`, and its keys behind them.

    `course` counts those of the shape, `number` all. The same for the same seed, whichever process asks.
    """
    chance = Random(f"{seed}:course:{number}")
    place = country.somewhere(chance)
    team = [chance.choice(found) for found in (place.clinicians, place.caseworkers, place.teachers)]
    values = [value.encode() for one in team for value in _colleague(one)]
    values += [_street(chance).encode(), *_both(*sorted(one.place.owner.texts for one in team[:2]))]
    surname, second = chance.choice(names.FAMILIES), chance.choice(names.FAMILIES)
    for person in story.people:
        family = second if person.role == OTHER else surname
        digits = civil_number(shape, person.number, person.born, course)
        values += _person(person, names.first_name(chance), family, digits, chance)
    values += _NOBODY * (MOST_PEOPLE - len(story.people))
    return values + _keys(chance, number, story.keys.made - len(WHO))


def _keys(chance: Random, number: int, count: int) -> Values:
    """Version 7 UUIDs of one millisecond: counted, with the same end."""
    tail = f"{chance.getrandbits(60):015x}"
    begin, end = stamp(number).encode(), f"-8{tail[:3]}-{tail[3:]}".encode()
    return [begin + counted + end for counted in _COUNTED[:count]]


def _colleague(one: Colleague) -> tuple[str, ...]:
    return one.account, one.post, one.place.id, one.place.authority


def _both(one: tuple[str, str], other: tuple[str, str]) -> Values:
    """Both units and both authorities, in the order of the units."""
    return [f"{{{a},{b}}}".encode() for a, b in zip(one, other, strict=True)]


def _street(chance: Random) -> str:
    return f"{chance.choice(names.STREETS)} {chance.randrange(1, 120)}, {NOWHERE}"


def _person(person: Person, first: str, family: str, digits: str, chance: Random) -> Values:
    """The sealed number is the same in the records of both sectors; in real life each seals its own."""
    name = f"{first} {family}"
    where = f"{chance.choice(names.PLACES)} Skole" if person.is_child else _phone(chance)
    return [
        name.encode(),
        sort_key(name).encode(),
        ciphers.seal(digits, CPR).encode(),
        b"\\\\x" + cpr_hash(digits).hex().encode(),
        where.encode(),
        b"\n".join(sorted(_search_keys(first) | _search_keys(family))),
    ]


def _phone(chance: Random) -> str:
    return f"00 {chance.randrange(100):02d} {chance.randrange(100):02d} 00"


@lru_cache(maxsize=8192)
def _search_keys(word: str) -> frozenset[bytes]:
    """What a name of one word is found by. Those of a whole name are those of its words."""
    return frozenset(key.encode() for key in stored_keys(word))
