"""How people and days are said in a course."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.families.rules.ages import age_on


def first_names(people: Sequence[CoursePerson]) -> dict[UUID, str]:
    """What the family's members are called among themselves."""
    return {one.subject_id: _first(one.name) for one in people}


def with_age(person: CoursePerson, day: date) -> str:
    """»Alma, 9 years«: the age of children; a grown-up by the name alone."""
    name = _first(person.name)
    age = age_on(person.born, day) if person.born else None
    if age is None or age >= GROWN_UP:
        return name
    return _("%(name)s, %(age)d years") % {"name": name, "age": age}


GROWN_UP = 18


def joined(subjects: Iterable[UUID], names: dict[UUID, str]) -> str:
    """»Alma and Jens«: those whom the actor knows by name."""
    known = sorted(names[one] for one in subjects if one in names)
    if len(known) < 2:
        return known[0] if known else ""
    return _("%(some)s and %(last)s") % {"some": ", ".join(known[:-1]), "last": known[-1]}


def day(on: date | None, today: date) -> str:
    """A day without the year where it is close."""
    if on is None:
        return ""
    is_near = abs((on - today).days) < NEAR_DAYS
    return date_format(on, "j. N") if is_near else date_format(on, "j. N Y")


NEAR_DAYS = 300


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.strip() else _("Name not known")
