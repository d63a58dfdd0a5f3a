"""What people, kinds of meetings and days are called on the pages of meetings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspil.collaboration.courses.models import CoursePerson
from samspil.collaboration.courses.presenters import course_name
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.families.rules.ages import age_on
from samspil.collaboration.meetings import rules
from samspil.collaboration.meetings.queries import GuestRow, MeetingRow
from samspil.collaboration.meetings.rules import Guest
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.kernel.languages import current_language

DAY, TIME = "l j. N", "H.i"


@dataclass(frozen=True, slots=True)
class Names:
    """What everybody is called in one course."""

    people: dict[UUID, CoursePerson]
    posts: dict[UUID, tuple[str, str]]
    """The name, and where they work."""

    def of(self, guest: Guest) -> str:
        if guest.name:
            return guest.name
        if guest.post:
            return self.posts.get(guest.post, (_("A colleague"), ""))[0]
        return self.person(guest.person)

    def person(self, key: UUID | None) -> str:
        found = self.people.get(key) if key else None
        return found.name if found and found.name else _("Somebody in the family")

    def first(self, guest: Guest) -> str:
        """The first name; all of a name in the network, and of »Somebody in the family«."""
        return self.of(guest).split()[0] if self.knows(guest) and not guest.name else self.of(guest)

    def knows(self, guest: Guest) -> bool:
        """Is there a name for a colleague or somebody in the family that one may see?"""
        found = self.people.get(guest.person) if guest.person else None
        return guest.post in self.posts if guest.post else bool(found and found.name)

    def note(self, guest: Guest, today: date) -> str:
        if guest.post:
            return self.posts.get(guest.post, ("", ""))[1]
        if guest.name:
            return _("the family's network")
        found = self.people.get(guest.person) if guest.person else None
        if found is None or found.born is None or not rules.is_child(found.born, today):
            return _("the family")
        return _("%(age)d years") % {"age": age_on(found.born, today)}


def title_of(programme: Programme, kind: str) -> str:
    """What the model calls a meeting of this kind."""
    kinds = rules.kinds_of(programme)
    return kinds.get(kind, kinds[rules.OTHER]).said(current_language())


def names_in(head: CourseHead) -> Names:
    return Names(
        {one.subject_id: one for one in head.people},
        {one.membership_id: (one.membership.staff.name, one.unit.name) for one in head.participants},
    )


def names_at(people: Mapping[UUID, CoursePerson], row: MeetingRow) -> Names:
    """What those who are invited to one meeting are called."""
    posts = [one.invitation.post for one in row.guests if one.invitation.post]
    return Names(dict(people), {one.pk: (one.staff.name, one.unit.name) for one in posts})


def family_first(guests: Iterable[GuestRow]) -> list[GuestRow]:
    """Those who are invited: the family, its network, the staff."""
    return sorted(guests, key=lambda one: (one.guest.post is not None, not one.guest.person))


def listed(names: Sequence[str]) -> str:
    """»Mette, Jens and Alma«."""
    if len(names) < 2:
        return "".join(names)
    said = {"first": ", ".join(names[:-1]), "last": names[-1]}
    return pgettext("a list of names", "%(first)s and %(last)s") % said


def when(row: MeetingRow) -> str:
    """»Thursday 26 Nov. · 14.30–15.30«."""
    starts, ends = localtime(row.starts_at), localtime(row.ends_at)
    return f"{date_format(starts, DAY)} · {date_format(starts, TIME)}–{date_format(ends, TIME)}"


def day_words(day: date) -> str:
    return date_format(day, DAY)


def heading(head: CourseHead, row: MeetingRow) -> str:
    """»Status meeting · The Lund family«."""
    return f"{title_of(head.programme, row.kind)} · {course_name(head.people)}"
