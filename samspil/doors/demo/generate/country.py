"""The invented country: units, staff and posts in every municipality and region, by its size. Pure."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from samspil.collaboration.courses.rules import Owner
from samspil.doors.demo.generate import names
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Unit

CASELOAD = 20
"""Courses that one caseworker or clinician has, on average."""
TEAM_SIZE = 8
POPULATION = Path(__file__).with_name("population.csv")


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality in force: its key, code, name, region, and thousands of inhabitants."""

    id: UUID
    code: str
    name: str
    region: UUID
    thousands: int


@dataclass(frozen=True, slots=True)
class Place:
    """A unit; each is a sharing unit. Keys are texts, as rows hold them; `owner` is for the engine."""

    id: str
    authority: str
    name: str
    kind: Unit.Kind
    owner: Owner


@dataclass(frozen=True, slots=True)
class Colleague:
    """An invented professional with one post. `login` begins with a word that says so."""

    account: str
    staff: str
    post: str
    place: Place
    role: RoleKey
    login: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """Who of a municipality takes part in courses, and the teams of its region that it works with."""

    area: Area
    caseworkers: tuple[Colleague, ...]
    teachers: tuple[Colleague, ...]
    clinicians: tuple[Colleague, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """Everybody who works there, and the municipalities with their weights."""

    places: tuple[Place, ...]
    colleagues: tuple[Colleague, ...]
    leaders: tuple[Colleague, ...]
    municipalities: tuple[Municipality, ...]
    weights: tuple[int, ...]

    def somewhere(self, chance: Random) -> Municipality:
        """A municipality, the large ones more often."""
        return chance.choices(self.municipalities, cum_weights=self.weights)[0]


def population() -> dict[str, int]:
    """Thousands of inhabitants by the code of the municipality."""
    with POPULATION.open() as file:
        return {row["code"]: int(row["thousands"]) for row in csv.DictReader(file)}


def made(areas: Sequence[Area], *, courses: int, seed: int) -> Country:
    """The country for so many courses: at least one of everybody everywhere."""
    builder = _Builder(seed)
    share = courses / sum(area.thousands for area in areas)
    regions: dict[UUID, float] = {}
    for area in areas:
        regions[area.region] = regions.get(area.region, 0.0) + area.thousands * share
    teams = {region: builder.region(region, expected) for region, expected in sorted(regions.items())}
    found = [builder.municipality(area, area.thousands * share, teams[area.region]) for area in areas]
    return Country(
        tuple(builder.places),
        tuple(builder.colleagues),
        tuple(builder.leaders),
        tuple(found),
        tuple(accumulate(area.thousands for area in areas)),
    )


class _Builder:
    def __init__(self, seed: int) -> None:
        self.root = uuid5(NAMESPACE_URL, f"samspil:generated:{seed}")
        self.chance = Random(f"{seed}:country")
        self.places: list[Place] = []
        self.colleagues: list[Colleague] = []
        self.leaders: list[Colleague] = []

    def region(self, region: UUID, expected: float) -> list[list[Colleague]]:
        """The teams of a region, each with its leader and clinicians."""
        clinicians = max(2, round(expected / CASELOAD))
        teams = []
        for number, size in enumerate(_shared_out(clinicians, TEAM_SIZE), 1):
            place = self._place(region, f"VIA-team {number}", Unit.Kind.OUTPATIENT)
            self._leader(place)
            teams.append([self._colleague(place, RoleKey.CLINICIAN, "Psykolog") for _ in range(size)])
        return teams

    def municipality(self, area: Area, expected: float, teams: list[list[Colleague]]) -> Municipality:
        """The units of a municipality. It works with one team of the region, a large one with all."""
        caseworkers: list[Colleague] = []
        sizes = _shared_out(max(1, round(expected / CASELOAD)), TEAM_SIZE)
        for number, size in enumerate(sizes, 1):
            name = f"Børn og Familie {number}" if len(sizes) > 1 else "Børn og Familie"
            place = self._place(area.id, name, Unit.Kind.CHILD_AND_FAMILY)
            self._leader(place)
            caseworkers += [
                self._colleague(place, RoleKey.CASEWORKER, "Familierådgiver") for _ in range(size)
            ]
        teachers = []
        for _number in range(max(1, round(expected / CASELOAD / 2))):
            school = self._place(area.id, f"{self.chance.choice(names.PLACES)} Skole", Unit.Kind.SCHOOL)
            teachers.append(self._colleague(school, RoleKey.SCHOOL_CONTACT, "Lærer"))
        jobs = self._place(area.id, "Jobcenter", Unit.Kind.JOBCENTRE)
        self._colleague(jobs, RoleKey.JOBCENTRE_WORKER, "Jobrådgiver")
        centre = self._place(area.id, "Rusmiddelcenter", Unit.Kind.SUBSTANCE_TREATMENT)
        self._colleague(centre, RoleKey.SUBSTANCE_WORKER, "Rusmiddelbehandler")
        near = teams if len(sizes) > 1 else [self.chance.choice(teams)]
        return Municipality(
            area, tuple(caseworkers), tuple(teachers), tuple(one for team in near for one in team)
        )

    def _place(self, authority: UUID, name: str, kind: Unit.Kind) -> Place:
        unit = uuid5(self.root, f"unit:{len(self.places)}")
        place = Place(str(unit), str(authority), name, kind, Owner(unit, authority))
        self.places.append(place)
        return place

    def _leader(self, place: Place) -> None:
        self.leaders.append(self._colleague(place, RoleKey.LEADER, "Leder"))

    def _colleague(self, place: Place, role: RoleKey, title: str) -> Colleague:
        number = len(self.colleagues)
        account, staff, post = (
            str(uuid5(self.root, f"{what}:{number}")) for what in ("account", "staff", "post")
        )
        found = Colleague(
            account,
            staff,
            post,
            place,
            role,
            f"opdigtet.{number}",
            names.full_name(self.chance),
            title,
        )
        self.colleagues.append(found)
        return found


def _shared_out(count: int, most: int) -> list[int]:
    """So many into groups of nearly the same size, none larger than `most`."""
    groups = -(-count // most)
    return [count // groups + (number < count % groups) for number in range(groups)]
