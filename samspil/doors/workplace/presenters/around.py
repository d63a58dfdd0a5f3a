"""The people around a family, by the unit that they share what they know with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.collaboration.courses.models import Participant
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.families.models import PersonRecord, Tie
from samspil.doors.workplace.presenters.model import first_name, spoken
from samspil.doors.workplace.presenters.standing import short
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.languages import current_language


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody: the name, what they are here, and a link or that it is the reader."""

    name: str
    note: str
    link: str = ""
    url: str = ""
    is_you: bool = False
    phone: str = ""

    @property
    def tel(self) -> str:
        """The number as a link that rings."""
        return "tel:" + "".join(sign for sign in self.phone if sign.isdecimal() or sign == "+")


@dataclass(frozen=True, slots=True)
class Group:
    """People of the family, or of one unit."""

    title: str
    people: list[Figure]


def people_around(
    found: CourseHead,
    ties: Sequence[Tie],
    near: Mapping[UUID, PersonRecord],
    shared: Mapping[UUID, int],
    actor: Actor,
    today: date,
    *,
    language: str,
) -> list[Group]:
    """The family first, with whom they name themselves; then each unit with its people, the own one first."""
    groups = [Group(_("The family"), [*_family(found, language), *_named(found, ties, near)])]
    units: dict[UUID, list[Participant]] = {}
    for one in found.participants:
        units.setdefault(one.unit_id, []).append(one)
    titles = {role.key: role.title.said(language) for role in found.programme.roles if role.coordinator}
    link = reverse("workplace:sharing", args=[found.space])
    ordered = sorted(units.values(), key=lambda rows: (rows[0].unit_id != actor.unit_id, rows[0].unit.name))
    for rows in ordered:
        said = "" if rows[0].unit_id == actor.unit_id else _shared(shared.get(rows[0].unit_id, 0))
        people = [
            _participant(titles, found, one, actor, today, said if number == 0 else "", link)
            for number, one in enumerate(rows)
        ]
        groups.append(Group(rows[0].unit.name, people))
    return groups


def _shared(count: int) -> str:
    if not count:
        return _("Nothing is shared with them")
    return ngettext("%(count)d thing is shared", "%(count)d things are shared", count) % {"count": count}


def _family(found: CourseHead, language: str) -> Iterable[Figure]:
    titles = spoken(found.programme, language).roles
    for person in found.people:
        note = ", ".join(titles.get(role, role) for role in person.roles)
        url = reverse("sharing:bases", args=[found.space, person.subject_id])
        yield Figure(person.name or _("Name not known"), note, _("What is shared"), url)


def _named(found: CourseHead, ties: Sequence[Tie], near: Mapping[UUID, PersonRecord]) -> Iterable[Figure]:
    """Those near the family who are not in the course, with the tie that is known."""
    inside = found.names
    shown: dict[UUID, list[str]] = {}
    for tie in ties:
        if tie.to_id in inside and tie.person_id in near:
            words = _("%(tie)s of %(name)s") % {
                "tie": tie.get_kind_display().capitalize(),
                "name": first_name(inside[tie.to_id]),
            }
            shown.setdefault(tie.person_id, []).append(words)
    for subject, notes in shown.items():
        yield Figure(near[subject].name, ", ".join(dict.fromkeys(notes)))


def _participant(
    titles: Mapping[str, str],
    found: CourseHead,
    one: Participant,
    actor: Actor,
    today: date,
    said: str,
    link: str,
) -> Figure:
    note = titles.get(one.role) or one.membership.staff.title or _role(found, one.role)
    if one.membership_id == found.baton:
        note = _("%(role)s · coordinator") % {"role": note}
    elif one.membership_id == found.offered:
        note = _("%(role)s · is asked to coordinate") % {"role": note}
    if one.accepted_on is None:
        note = _("%(role)s · has not answered yet") % {"role": note}
    else:
        note = _("%(role)s since %(day)s") % {"role": note, "day": short(one.accepted_on, today)}
    staff, is_you = one.membership.staff, one.membership_id == actor.membership_id
    return Figure(staff.name, note, said, link if said else "", is_you, "" if is_you else staff.phone)


def _role(found: CourseHead, key: str) -> str:
    """What the model calls a role, in the reader's language."""
    language = current_language()
    return next((role.title.said(language) for role in found.programme.roles if role.key == key), key)
