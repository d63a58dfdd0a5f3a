"""An invented family for a model: somebody in each of its roles, of an age that fits. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from samspil.collaboration.programmes.engine import Person
from samspil.collaboration.programmes.language import Programme, Role
from samspil.collaboration.programmes.language.when import add_months

SURNAMES = (
    "Aagaard", "Balle", "Brink", "Dall", "Elkjær", "Fuglsang", "Gade", "Hede", "Iversholt", "Juul",
    "Kjeldgaard", "Lindeskov", "Mosegaard", "Nørby", "Odgaard", "Præst", "Rugholm", "Skovly", "Tange", "Vang",
)  # fmt: skip
GROWN_UP = ("Anette", "Bent", "Carina", "Dennis", "Elin", "Flemming", "Gitte", "Hassan", "Iben", "Jesper")
YOUNG = ("Asta", "Bjørn", "Clara", "Elias", "Filippa", "Gustav", "Hannah", "Ibrahim", "Johanne", "Kalle")
FIRST_GROWN_UP, LAST_GROWN_UP = 38, 56
YOUNGEST, OLDEST = 3, 16
YOUTH_FROM = 15


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody of the family, as the model sees them."""

    name: str
    born: date
    role: str
    in_focus: bool

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]


def family(programme: Programme, opened: date, chance: Random) -> tuple[Relative, ...]:
    """One in each role of the family, at times one more child; the young first, as in a record."""
    surname = chance.choice(SURNAMES)
    young, grown_up = list(YOUNG), list(GROWN_UP)
    chance.shuffle(young)
    chance.shuffle(grown_up)
    found: list[Relative] = []
    about = programme.target_group.age.of if programme.target_group.age else ""
    for role in programme.roles:
        if role.sector != "family":
            continue
        is_young = role.key == about
        for _number in range(_how_many(role, chance, is_young=is_young)):
            name = f"{(young if is_young else grown_up).pop()} {surname}"
            born = _born(programme, opened, chance) if is_young else _grown_up(opened, chance)
            found.append(Relative(name, born, role.key, is_young))
    if all(one.in_focus for one in found) and (near := _of_grown_ups(programme, about)):
        name = f"{grown_up.pop()} {surname}"
        found.append(Relative(name, _grown_up(opened, chance), near, in_focus=False))
    return tuple(sorted(found, key=lambda one: not one.in_focus))


def _of_grown_ups(programme: Programme, about: str) -> str:
    """A role for a grown-up of the family; empty where the model has none."""
    roles = [role.key for role in programme.roles if role.sector == "family" and role.key != about]
    return roles[0] if roles else ""


def people(relatives: tuple[Relative, ...]) -> tuple[Person, ...]:
    """The same for the engine, called by their first names."""
    return tuple(Person(one.first_name, one.born, frozenset({one.role})) for one in relatives)


def _how_many(role: Role, chance: Random, *, is_young: bool) -> int:
    if is_young and role.max is None:
        return 2 if chance.random() < 0.4 else 1
    return 1 if role.min or chance.random() < 0.8 else 0


def _born(programme: Programme, opened: date, chance: Random) -> date:
    """Inside the ages that the model is for; where it is for young people, around the move at 18."""
    age = programme.target_group.age
    first, last = age.warn_outside if age else (YOUNGEST, OLDEST)
    if first < YOUTH_FROM:
        months = chance.randrange(12 * max(first, YOUNGEST), 12 * min(last, OLDEST))
    else:
        months = chance.choice((12 * first - 6, 12 * first + 3, 12 * first + 11, 12 * first + 18, 12 * 19))
        months += chance.randrange(6)
    return add_months(opened, -months) - timedelta(days=chance.randrange(28))


def _grown_up(opened: date, chance: Random) -> date:
    years = chance.randrange(FIRST_GROWN_UP, LAST_GROWN_UP)
    return add_months(opened, -12 * years) - timedelta(days=chance.randrange(300))
