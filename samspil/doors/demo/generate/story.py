"""How an invented course goes, in marks: which family, which sectors, when it began and was joined. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from random import Random

from samspil.collaboration.families.rules.civil_number import made_up
from samspil.doors.demo.generate.country import Colleague
from samspil.doors.demo.generate.marks import MOST_PEOPLE, MarkedKeys, colleague, mark_of
from samspil.foundation.kernel.roles import RoleKey

MOST_DAYS = 730
MOST_SHAPES = 672
SERIALS, FIRST_SERIAL = 5000, 1000
SLOTS = 12 * 28
MOST_ALIKE = SERIALS * SLOTS // (MOST_SHAPES * MOST_PEOPLE)
MOST_COURSES = MOST_SHAPES * MOST_ALIKE
"""More would share CPR numbers inside one authority. Serials below the first are the demonstration's."""
ILL, OTHER, CHILD = "parent_ill", "co_parent", "child"
REGION, MUNICIPALITY, SCHOOL = "region_case_manager", "municipal_coordinator", "municipal_service"
CLINICIAN = colleague("clinician", RoleKey.CLINICIAN)
CASEWORKER = colleague("caseworker", RoleKey.CASEWORKER)
TEACHER = colleague("teacher", RoleKey.SCHOOL_CONTACT)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the family: a subject for each sector that has written the person down.

    `number` is the place in the family: what is not the same in each course stands under it as a mark.
    """

    number: int
    role: str
    born: date
    subject: str
    other_subject: str

    @property
    def is_child(self) -> bool:
        return self.role == CHILD

    def mark(self, part: str) -> str:
        """What stands for the name, the CPR number, the school or phone of this person."""
        return mark_of(f"person {self.number}.{part}")


@dataclass(frozen=True, slots=True)
class Story:
    """A course. The `opener` has begun it; `joined` is when the other sector said yes, if it has."""

    chance: Random
    keys: MarkedKeys
    today: date
    space: str
    people: tuple[Person, ...]
    opened: date
    joined: date | None
    is_opened_by_region: bool
    is_advice: bool
    has_teacher: bool

    @property
    def opener(self) -> Colleague:
        return CLINICIAN if self.is_opened_by_region else CASEWORKER

    @property
    def other(self) -> Colleague:
        return CASEWORKER if self.is_opened_by_region else CLINICIAN

    @property
    def teacher(self) -> Colleague | None:
        return TEACHER if self.has_teacher else None

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


def told(shape: int, shapes: int, *, seed: int, today: date) -> Story:
    """The story of this shape, of so many: the first began longest ago. The same for the same seed."""
    chance = Random(f"{seed}:{shape}")
    age = _age((shape + chance.random()) / shapes)
    opened = today - timedelta(days=age)
    keys = MarkedKeys()
    waited = chance.randrange(4, 20)
    has_joined = waited < age and chance.random() < 0.94
    return Story(
        chance=chance,
        keys=keys,
        today=today,
        space=keys.new(),
        people=_family(chance, keys, shape, opened),
        opened=opened,
        joined=opened + timedelta(days=waited) if has_joined else None,
        is_opened_by_region=chance.random() < 0.6,
        is_advice=chance.random() < 0.25,
        has_teacher=chance.random() < 0.35,
    )


def _age(share: float) -> int:
    """How many days ago the course began before which this share of all began.

    The model spreads: three times as many families begin now as did on the first day, two years ago.
    """
    return min(int(MOST_DAYS * (3 - sqrt(1 + 8 * share)) / 2), MOST_DAYS - 1)


def _family(chance: Random, keys: MarkedKeys, shape: int, opened: date) -> tuple[Person, ...]:
    """One or two parents and one to three children."""
    roles = [ILL, *([OTHER] if chance.random() < 0.8 else [])]
    children = chance.choices((1, 2, 3), (45, 40, 15))[0]
    youngest = chance.randrange(1, 14)
    years = [opened.year - youngest - 2 * place - 1 for place in range(children)]
    parents = [min(years) - chance.randrange(21, 38) for _role in roles]
    return tuple(
        Person(number, role, birthday(shape, number, max(year, 1940)), keys.new(), keys.new())
        for number, (role, year) in enumerate(zip(roles + [CHILD] * children, parents + years, strict=True))
    )


def birthday(shape: int, person: int, year: int) -> date:
    """A day of the year for somebody in the families of a shape."""
    slot = (shape * MOST_PEOPLE + person) % SLOTS
    return date(year, slot // 28 + 1, slot % 28 + 1)


def civil_number(shape: int, person: int, born: date, course: int) -> str:
    """A made-up CPR number that nobody else in any course has. `course` counts those of the shape."""
    lane = (shape * MOST_PEOPLE + person) // SLOTS
    return made_up(born, FIRST_SERIAL + lane * MOST_ALIKE + course)
