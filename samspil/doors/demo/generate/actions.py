"""Writing a whole invented country down, as the owner of the tables: nobody is there yet who could."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from time import monotonic
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.utils.translation import override

from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.collaboration.programmes.queries import definition
from samspil.doors.demo.colleagues import PASSWORD
from samspil.doors.demo.generate import names
from samspil.doors.demo.generate.country import Area, Colleague, Country, made, population
from samspil.doors.demo.generate.items import relation
from samspil.doors.demo.generate.loading import is_put_off, look_anew, put_back, put_off
from samspil.doors.demo.generate.rows import ALWAYS, FALSE, TRUE, Keys, Rows
from samspil.doors.demo.generate.story import MOST_COURSES
from samspil.doors.demo.generate.workers import Progress, load
from samspil.doors.demo.generate.writing import Order
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import HolderKind, RelationKind
from samspil.foundation.organisations.models import FIRST_DAY, Authority, Belonging, Staff

MODEL = "via-family"
INVENTED = "opdigtet."
NO_PASSWORD = "!"  # noqa: S105  nothing matches it
LOGINS = 6


@dataclass(frozen=True, slots=True)
class Done:
    """What was written: courses, rows, seconds by part, and some colleagues one can log in as."""

    courses: int
    rows: int
    seconds: dict[str, float]
    colleagues: tuple[Colleague, ...]


def generate(
    *,
    courses: int,
    seed: int,
    today: date,
    has_invented_names: bool = False,
    processes: int = 2,
    progress: Progress = lambda _done, _all: None,
    using: str = "owner",
) -> Done:
    """Write so many courses of a whole country: all of it or nothing. The same seed and day, the same rows.

    Raises Refused in production, for a number that cannot be, and where a generated country stands already.
    """
    _ready(courses, using)
    with override("da"):
        areas = _invented_areas(seed) if has_invented_names else _areas(today, using)
        version = ProgrammeVersion.objects.using(using).filter(key=MODEL, base=None).latest("loaded_at")
        country = made(areas, courses=courses, seed=seed)
        order = Order(country, definition(version.pk, using=using), version.pk, seed, today, courses)
        able = _able_to_log_in(country)
        first = _country_rows(order, areas if has_invented_names else (), {one.account for one in able})
        seconds: dict[str, float] = {}
        with _clocked(seconds, "keys and indexes"):
            put_off(using)
        try:
            with _clocked(seconds, "rows"):
                total = load(order, first, processes=processes, progress=progress, using=using)
            with _clocked(seconds, "figures for the planner"):
                look_anew(using)
        finally:
            with _clocked(seconds, "keys and indexes"):
                put_back(using)
    return Done(courses, total, seconds, able)


def _ready(courses: int, using: str) -> None:
    if not settings.SAMSPIL_ALLOWS_DEMO_ACCOUNTS:
        raise Refused("Invented people do not exist in production.")
    if not 1 <= courses <= MOST_COURSES:
        raise Refused(f"Say a number of courses from 1 to {MOST_COURSES:,}.")
    if is_put_off(using):
        put_back(using)
    if Staff.objects.using(using).filter(account__login__startswith=INVENTED).exists():
        raise Refused("A generated country stands here already. Begin anew with: make clean-data")


def _areas(today: date, using: str) -> list[Area]:
    """The municipalities of the definitions, each with its region of today."""
    thousands = population()
    belongings: QuerySet[Belonging] = Belonging.objects.using(using).filter(
        starts__lte=today, ends__gt=today, municipality__code__in=thousands
    )
    found = [
        Area(one.municipality.pk, one.municipality.code, one.municipality.name, one.region_id,
             thousands[one.municipality.code])
        for one in belongings.select_related("municipality")
    ]  # fmt: skip
    return sorted(found, key=lambda area: area.code)


def _invented_areas(seed: int) -> list[Area]:
    """As many municipalities of the same sizes under names that are on no map, in five invented regions."""
    root = uuid5(NAMESPACE_URL, f"samspil:invented:{seed}")
    regions = [uuid5(root, f"region:{number}") for number in range(5)]
    return [
        Area(uuid5(root, f"municipality:{number}"), code, f"{name} Kommune", regions[number % 5], thousands)
        for number, ((code, thousands), name) in enumerate(
            zip(sorted(population().items()), names.PLACES, strict=False)
        )
    ]


def _able_to_log_in(country: Country) -> tuple[Colleague, ...]:
    """Some caseworkers and clinicians, and a leader, of the largest places."""
    largest = sorted(country.municipalities, key=lambda one: -one.area.thousands)[: LOGINS // 2]
    found = [one for place in largest for one in (place.caseworkers[0], place.clinicians[0])]
    leader = next(one for one in country.leaders if one.place == found[0].place)
    return tuple(dict.fromkeys([*found, leader]))


def _country_rows(order: Order, invented: Sequence[Area], able: set[str]) -> Rows:
    rows, country = Rows(), order.country
    always = (FIRST_DAY.isoformat(), ALWAYS)
    for number, region in enumerate(dict.fromkeys(area.region for area in invented), 1):
        rows.add(
            "organisations_authority", str(region), Authority.Kind.REGION, "", f"Region {number}", *always
        )
    for area in invented:
        rows.add("organisations_authority", str(area.id), Authority.Kind.MUNICIPALITY, "", area.name, *always)
        rows.add(
            "organisations_belonging", str(uuid5(area.id, "belongs")), str(area.id), str(area.region), *always
        )
    for place in country.places:
        rows.add("organisations_unit", place.id, place.authority, place.kind, place.name, TRUE, *always)
    password = make_password(PASSWORD)
    for one in country.colleagues:
        _add_colleague(rows, one, password if one.account in able else NO_PASSWORD)
    keys = Keys(order.country_chance, 0)
    for leader in country.leaders:
        relation(
            rows, keys, RelationKind.LEADER, leader.post, str(int(ROLES[RoleKey.LEADER].categories)), leader,
            FIRST_DAY, holder_kind=HolderKind.MEMBERSHIP,
        )  # fmt: skip
    return rows


def _add_colleague(rows: Rows, one: Colleague, password: str) -> None:
    authority = one.place.authority
    rows.add("accounts_account", one.account, one.login, "", password, FALSE, TRUE, TRUE)
    rows.add("organisations_staff", one.staff, authority, one.account, one.name, one.title, "")
    rows.add(
        "organisations_membership", one.post, authority, one.staff, one.place.id,
        one.role.value, FIRST_DAY.isoformat(), ALWAYS,
    )  # fmt: skip


@contextmanager
def _clocked(seconds: dict[str, float], part: str) -> Iterator[None]:
    began = monotonic()
    try:
        yield
    finally:
        seconds[part] = seconds.get(part, 0.0) + monotonic() - began
