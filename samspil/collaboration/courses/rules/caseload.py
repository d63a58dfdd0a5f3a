"""How much a coordinator carries on a day, against the ceiling that holds there. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.language import Programme, Text
from samspil.collaboration.programmes.language.programme import Weight
from samspil.foundation.kernel.decisions import YES, Decision, no

FEWEST = 5
"""Fewer coordinators than these are never shown as a figure: one could work out who carries what."""
MONTHS = 6
"""So many months a trend goes back."""
MOST_ALLOWED = Decimal(200)
NEARLY = Decimal("0.8")
"""The share of coordinators within the ceiling from which a site keeps it in part."""


@dataclass(frozen=True, slots=True)
class Held:
    """Who fills a role in a course, from when to when. `post` is empty where it is not to be known."""

    post: str
    unit: str
    role: str
    starts: date
    ends: date
    accepted_on: date | None


@dataclass(frozen=True, slots=True)
class Load:
    """One course as it is weighed: its model, who filled which role, and the facts that count."""

    course: str
    programme: Programme
    parts: Sequence[Held]
    facts: Sequence[engine.Fact]


@dataclass(frozen=True, slots=True)
class Carried:
    """A course that somebody coordinates on a day, what it weighs, and by which rule (None: the default)."""

    course: str
    title: Text
    weight: Decimal
    by: Weight | None
    post: str
    unit: str


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What a unit has set from a day on; None: no ceiling any more."""

    unit: str
    starts: date
    set_at: datetime
    most: Decimal | None


def coordinator_on(load: Load, day: date) -> Held | None:
    """Who coordinates a course on a day: who said yes last to the role that has the baton then."""
    role = engine.holder(load.programme, load.facts, day)
    having = [one for one in load.parts if one.role == role and one.starts <= day < one.ends]
    said_yes = [one for one in having if one.accepted_on is not None and one.accepted_on <= day]
    if said_yes:
        return max(said_yes, key=lambda one: (one.accepted_on or date.min, one.starts))
    first = role == load.programme.baton.starts
    return min(having, key=lambda one: one.starts, default=None) if first else None


def carried_on(loads: Iterable[Load], day: date) -> list[Carried]:
    """The open courses of a day, each for the one who coordinates it, the heaviest first."""
    found = []
    for load in loads:
        who = coordinator_on(load, day)
        weighed = engine.weighed(load.programme, load.facts, day)
        if who is not None and who.post and weighed.weight:
            title = load.programme.title
            weight = Decimal(str(weighed.weight))
            found.append(Carried(load.course, title, weight, weighed.by, who.post, who.unit))
    return sorted(found, key=lambda one: (-one.weight, one.title.da, one.course))


def total(carried: Iterable[Carried]) -> Decimal:
    """What all of it weighs."""
    return sum((one.weight for one in carried), Decimal(0))


def mean(values: Collection[Decimal]) -> Decimal:
    """The mean of at least one value."""
    return sum(values, Decimal(0)) / len(values)


def by_post(carried: Iterable[Carried]) -> dict[str, Decimal]:
    """What each coordinator carries."""
    found: dict[str, Decimal] = {}
    for one in carried:
        found[one.post] = found.get(one.post, Decimal(0)) + one.weight
    return found


def ceiling_on(ceilings: Iterable[Ceiling], above: Sequence[str], day: date) -> Decimal | None:
    """The ceiling of a unit on a day: its own, else that of the nearest unit above. None: nobody has set one.

    `above` is the unit and those over it, the nearest first.
    """
    begun = [one for one in ceilings if one.starts <= day]
    for unit in above:
        own = [one for one in begun if one.unit == unit]
        if own:
            newest = max(own, key=lambda one: (one.starts, one.set_at))
            if newest.most is not None:
                return newest.most
    return None


def by_models(programmes: Iterable[Programme]) -> Decimal | None:
    """The lowest ceiling that a model itself sets; None where all leave it to the local unit."""
    set_by = [one.caseload.ceiling for one in programmes if one.caseload.ceiling != "local"]
    return Decimal(min(set_by)) if set_by else None


def month_ends(today: date, months: int = MONTHS) -> list[date]:
    """The last days of the months before this one, and today."""
    found = [today]
    while len(found) < months:
        found.append(found[-1].replace(day=1) - timedelta(days=1))
    return found[::-1]


def may_be_shown(count: int, *, own: int = 0) -> Decision:
    """May a figure over so many coordinators be shown to who knows the figures of `own` of them?

    Never fewer than five, and never so that the rest can be worked out when they are fewer than five.
    """
    others = count - own
    if count < FEWEST or 0 < others < FEWEST:
        return no(_("Fewer than five coordinators: a figure would tell what one person carries."))
    return YES


def kept(loads: Mapping[str, Decimal], most: Mapping[str, Decimal | None]) -> tuple[int | None, Decision]:
    """Is the ceiling set, and is it kept? 2 yes, 1 nearly (8 of 10), 0 no; None where nobody coordinates.

    `loads` and `most` are by coordinator.
    """
    if not loads:
        return None, no(_("Nobody coordinates a course."))
    if all(most.get(post) is None for post in loads):
        return 0, no(_("No ceiling has been set."))
    within = sum(1 for post, load in loads.items() if (top := most.get(post)) is not None and load <= top)
    if within == len(loads):
        return 2, YES
    share = Decimal(within) / len(loads)
    words = {"within": within, "all": len(loads)}
    return int(share >= NEARLY), no(_("%(within)d of %(all)d are within the ceiling."), **words)


def ready_to_set(
    most: Decimal | None, *, starts: date, today: date, standing: Collection[Ceiling], unit: str
) -> Decision:
    """A ceiling is above nothing and begins today or later: what held before is not changed afterwards."""
    if most is not None and not 0 < most <= MOST_ALLOWED:
        return no(_("A ceiling lies between 0.5 and %(most)d."), most=int(MOST_ALLOWED))
    if starts < today:
        return no(_("A ceiling begins today or later. What held before stands."))
    if most is None and not any(one.unit == unit and one.most is not None for one in standing):
        return no(_("No ceiling has been set here."))
    return YES
