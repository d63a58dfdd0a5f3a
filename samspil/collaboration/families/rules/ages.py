"""Ages, what changes on a birthday, and who gives consent for a child on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.sharing import Category

ADULT = 18
OWN_CONSENT = 15
NOTICE_DAYS = (90, 30, 7)
"""How long before a birthday that changes something the coordinator is told."""

OWN_FROM_15 = Category.HEALTH | Category.SUBSTANCE | Category.CONFIDENTIAL_YOUTH
"""What a young person of 15 decides on alone: the law on health lets them consent for themselves."""


@dataclass(frozen=True, slots=True)
class AgeChange:
    """One thing that is different from the day a person reaches an age."""

    age: int
    key: str
    text: Text
    basis: Text
    provision: str
    """The provision in `definitions/law` that says so."""


CHANGES = (
    AgeChange(
        10,
        "party",
        _("Is a party in the decisions the Child Act lists."),
        _("Child Act § 3"),
        "party-at-10",
    ),
    AgeChange(
        13,
        "own-login",
        _("Can get MitID."),
        _("MitID's terms"),
        "mitid-at-13",
    ),
    AgeChange(
        15,
        "own-health-consent",
        _("Decides alone about sharing health information."),
        _("Health Act §§ 17 and 43"),
        "health-consent-at-15",
    ),
    AgeChange(
        15,
        "own-post",
        _("Gets Digital Post; the parents no longer do."),
        _("Act on Digital Post"),
        "digital-post-at-15",
    ),
    AgeChange(
        15,
        "asked-beside-parents",
        _("Is asked beside the custody holders about all other sharing."),
        _("Samspil's practice"),
        "own-yes-at-15",
    ),
    AgeChange(
        16,
        "youth-plan",
        _("Gets a youth plan; the transition is prepared."),
        _("Child Act § 108"),
        "youth-plan-at-16",
    ),
    AgeChange(
        18,
        "adult",
        _("Is an adult. Custody and the parents' access end."),
        _("Guardianship Act § 1"),
        "adult-at-18",
    ),
)
OLDEST = max(change.age for change in CHANGES)
"""Who is older has nothing more ahead."""


def birthday(born: date, age: int) -> date:
    """The day a person reaches an age; born on 29 February: in a common year 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def age_on(born: date, day: date) -> int:
    """Whole years lived on a day; a child not born yet is 0."""
    years = day.year - born.year
    return max(0, years if day >= birthday(born, years) else years - 1)


def changes_in_force(born: date, day: date) -> list[AgeChange]:
    """What already holds on a day, youngest age first. It holds from the morning of the birthday."""
    return [change for change in CHANGES if birthday(born, change.age) <= day]


def changes_ahead(
    born: date, day: date, *, within_days: int = NOTICE_DAYS[0]
) -> list[tuple[date, AgeChange]]:
    """What changes after `day` and at most `within_days` later, with its date."""
    if birthday(born, OLDEST) <= day:
        return []
    last = day + timedelta(days=within_days)
    dated = [(birthday(born, change.age), change) for change in CHANGES]
    return [(on, change) for on, change in dated if day < on <= last]


@dataclass(frozen=True, slots=True)
class ConsentGivers:
    """Who must each say yes before something about a person is shared, and why them."""

    people: frozenset[UUID]
    why: Text


def consent_givers(
    person: UUID,
    *,
    born: date | None,
    custody_holders: Iterable[UUID],
    custody_is_disputed: bool,
    category: Category,
    day: date,
) -> ConsentGivers:
    """Who gives consent for one person and one category on a day. Nobody, where nobody can."""
    if born is not None and age_on(born, day) >= ADULT:
        return ConsentGivers(frozenset({person}), _("An adult decides alone."))
    is_old_enough = born is not None and age_on(born, day) >= OWN_CONSENT
    if is_old_enough and category & OWN_FROM_15:
        return ConsentGivers(frozenset({person}), _("From 15 years a young person decides alone about this."))
    if custody_is_disputed:
        return ConsentGivers(frozenset(), _("Custody is in doubt. Nobody can consent until it is settled."))
    holders = frozenset(custody_holders)
    if not holders:
        return ConsentGivers(frozenset(), _("We do not know who has custody. Write that down first."))
    if is_old_enough:
        return ConsentGivers(
            holders | {person}, _("From 15 years the young person is asked beside the custody holders.")
        )
    return ConsentGivers(holders, _("Everyone who has custody must say yes."))
