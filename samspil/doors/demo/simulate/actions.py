"""Simulating courses of a model: each told, then lived through by invented colleagues, all or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import override

from samspil.collaboration.programmes import loading
from samspil.doors.demo.actions import make_organisations
from samspil.doors.demo.simulate import families, shown, staging, telling
from samspil.doors.demo.simulate.asked import Asked
from samspil.doors.demo.simulate.playing import Stage, play
from samspil.doors.demo.simulate.staging import Company
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.organisations.models import Unit

MOST = 1000
FEWEST_DAYS, MOST_DAYS, WHERE_A_YES_IS_NEEDED = 30, 700, 350
"""How long ago courses were opened. A yes to another unit holds for a year."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which courses are asked for."""

    key: str
    version: str
    courses: int
    seed: int
    on: date


def simulate(wanted: Wanted, *, say: Callable[[int, int], None] = lambda _done, _all: None) -> dict[str, Any]:
    """Write so many plausible courses of a model through its actions, and say what stands there now.

    The same seed and day, the same courses. Raises Refused in production, for a model that is not there, a
    number that cannot be, and a simulation that stands already.
    """
    asked = _ready(wanted)
    name = f"Simuleret {wanted.key} {wanted.version} {wanted.seed}"
    _not_yet(name)
    company = staging.company(asked, name)
    with override("da"):
        make_organisations(company.places.values(), company.colleagues)
        told = []
        for number in range(wanted.courses):
            with transaction.atomic():
                lived = _live(asked, company, wanted, number)
            told.append(shown.course(*lived, number, wanted.on))
            say(number + 1, wanted.courses)
    return shown.whole(asked.programme, wanted.seed, wanted.on, told)


def _live(
    asked: Asked, company: Company, wanted: Wanted, number: int
) -> tuple[Stage, tuple[families.Relative, ...], str]:
    chance = Random(f"{wanted.key}:{wanted.version}:{wanted.seed}:{number}")  # noqa: S311  no secret
    most = WHERE_A_YES_IS_NEEDED if len(company.places) > 1 else MOST_DAYS
    opened = wanted.on - timedelta(days=chance.randrange(FEWEST_DAYS, most))
    relatives = families.family(asked.programme, opened, chance)
    tale = telling.tell(asked, families.people(relatives), opened, wanted.on, chance)
    stage: Stage = staging.opened(asked, company.cast, relatives, opened, understudies=company.understudies)
    for deed in tale.deeds:
        play(stage, deed)
    return stage, relatives, tale.manner


def _ready(wanted: Wanted) -> Asked:
    if not settings.SAMSPIL_ALLOWS_DEMO_ACCOUNTS:
        raise Refused("Invented people do not exist in production.")
    if not 1 <= wanted.courses <= MOST:
        raise Refused(f"Say a number of courses from 1 to {MOST:,}.")
    for programme in loading.library().programmes:
        if (programme.key, programme.version) == (wanted.key, wanted.version):
            return Asked(programme)
    raise Refused(f"There is no model {wanted.key} {wanted.version}. See: samspil definitions")


def _not_yet(name: str) -> None:
    units: QuerySet[Unit] = QuerySet(model=Unit, using="owner")
    if units.filter(name__startswith=f"{name},").exists():
        raise Refused("This simulation stands here already. Choose another seed, or: make clean-data")
