"""One invented family and its course: who they are, who works with them, and when it began. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from samspil.collaboration.families.rules.civil_number import made_up
from samspil.doors.demo.generate import names
from samspil.doors.demo.generate.country import Colleague, Country
from samspil.doors.demo.generate.rows import Keys

MOST_DAYS = 730
SERIALS, FIRST_SERIAL = 5000, 1000
SLOTS = 12 * 28
MOST_PEOPLE = 5
MOST_COURSES = SERIALS * (SLOTS // MOST_PEOPLE)
"""More would share CPR numbers inside one authority. Serials below the first are the demonstration's."""
ILL, OTHER, CHILD = "parent_ill", "co_parent", "child"
REGION, MUNICIPALITY, SCHOOL = "region_case_manager", "municipal_coordinator", "municipal_service"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the family: a subject for each sector that has written the person down."""

    name: str
    born: date
    role: str
    number: str
    subject: str
    other_subject: str

    @property
    def is_child(self) -> bool:
        return self.role == CHILD


@dataclass(frozen=True, slots=True)
class Story:
    """A course. The `opener` has begun it; `joined` is when the other sector said yes, if it has."""

    number: int
    chance: Random
    keys: Keys
    today: date
    space: str
    people: tuple[Person, ...]
    opened: date
    joined: date | None
    clinician: Colleague
    caseworker: Colleague
    teacher: Colleague | None
    is_opened_by_region: bool
    is_advice: bool

    @property
    def opener(self) -> Colleague:
        return self.clinician if self.is_opened_by_region else self.caseworker

    @property
    def other(self) -> Colleague:
        return self.caseworker if self.is_opened_by_region else self.clinician

    @property
    def children(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people if person.is_child)

    @property
    def parents(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people if not person.is_child)

    @property
    def team(self) -> list[tuple[Colleague, str, date]]:
        """Who takes part, in which role, from when."""
        found = [(self.opener, REGION if self.is_opened_by_region else MUNICIPALITY, self.opened)]
        if self.joined:
            found.append((self.other, MUNICIPALITY if self.is_opened_by_region else REGION, self.joined))
            if self.teacher:
                found.append((self.teacher, SCHOOL, self.joined))
        return found


def told(country: Country, number: int, *, seed: int, today: date) -> Story:
    """The course of this number. The same for the same seed, whichever process tells it."""
    chance = Random(f"{seed}:{number}")
    keys = Keys(chance, number)
    age = chance.randrange(MOST_DAYS)
    opened = today - timedelta(days=age)
    place = country.somewhere(chance)
    by_region = chance.random() < 0.6
    waited = chance.randrange(4, 20)
    has_joined = waited < age and chance.random() < 0.94
    return Story(
        number=number,
        chance=chance,
        keys=keys,
        today=today,
        space=keys.new(),
        people=_family(chance, keys, number, opened),
        opened=opened,
        joined=opened + timedelta(days=waited) if has_joined else None,
        clinician=chance.choice(place.clinicians),
        caseworker=chance.choice(place.caseworkers),
        teacher=chance.choice(place.teachers) if chance.random() < 0.35 else None,
        is_opened_by_region=by_region,
        is_advice=chance.random() < 0.12,
    )


def _family(chance: Random, keys: Keys, number: int, opened: date) -> tuple[Person, ...]:
    """One or two parents and one to three children, under one family name or two."""
    surname, second = chance.choice(names.FAMILIES), chance.choice(names.FAMILIES)
    roles = [ILL, *([OTHER] if chance.random() < 0.8 else [])]
    children = chance.choices((1, 2, 3), (45, 40, 15))[0]
    youngest = chance.randrange(1, 14)
    years = [opened.year - youngest - 2 * place - 1 for place in range(children)]
    parents = [min(years) - chance.randrange(21, 38) for _role in roles]
    found = []
    for place, (role, year) in enumerate(zip(roles + [CHILD] * children, parents + years, strict=True)):
        name = f"{names.first_name(chance)} {second if role == OTHER else surname}"
        born, civil_number = _birthday(number, place, max(year, 1940))
        found.append(Person(name, born, role, civil_number, keys.new(), keys.new()))
    return tuple(found)


def _birthday(number: int, place: int, year: int) -> tuple[date, str]:
    """A day of the year and a made-up CPR number that no other person of any course has."""
    round_, serial = divmod(number, SERIALS)
    slot = (_first_slot(serial) + round_ * MOST_PEOPLE + place) % SLOTS
    born = date(year, slot // 28 + 1, slot % 28 + 1)
    return born, made_up(born, FIRST_SERIAL + serial)


@lru_cache(maxsize=SERIALS)
def _first_slot(serial: int) -> int:
    return Random(serial).randrange(SLOTS)
