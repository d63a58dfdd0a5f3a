"""The top of every page of a course: whose it is, under which model, and who coordinates."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.collaboration.courses.models import CoursePerson, Participant
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.families.rules.ages import age_on
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.language.when import add_months, shift
from samspil.collaboration.programmes.presenters.versions import model_words, version_words
from samspil.collaboration.programmes.queries import LocalVersion
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.languages import current_language

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody the family can turn to: the coordinator, or the contact person of a sector."""

    name: str
    title: str
    unit: str
    since: str
    is_you: bool
    has_baton: bool
    phone: str = ""

    @property
    def tel(self) -> str:
        """The number as a link that rings."""
        return "tel:" + "".join(sign for sign in self.phone if sign.isdecimal() or sign == "+")


@dataclass(frozen=True, slots=True)
class Head:
    """What the component `courses.head` takes."""

    space: UUID
    name: str
    people: str
    model: str
    """With its version: »VIA Family 2.0 (udkast)«."""
    version: str
    draft: str
    when: str
    contacts: tuple[Contact, ...]
    local: str = ""
    """Whose variant of the model it is, and how many differences there are; empty where it is none."""
    local_url: str = ""


def head_of(found: CourseHead, actor: Actor, today: date) -> Head:
    """The head of a course as it is shown on a day."""
    language, programme = current_language(), found.programme
    return Head(
        space=found.space,
        name=course_name(found.people),
        people=", ".join(_with_age(person, today) for person in found.people),
        model=model_words(programme.title.said(language), programme.version),
        version=version_words(programme.version),
        draft=programme.draft_notice.said(language) if programme.draft_notice else "",
        when=_when(found.course.opened_on, programme, today),
        contacts=tuple(_contacts(found, actor, language)),
        local=_local(found.local) if found.local else "",
        local_url=reverse("programmes:variant", args=[found.local.pk]) if found.local else "",
    )


def _local(one: LocalVersion) -> str:
    """»Jammerbugts udgave: 3 forskelle fra modellen«."""
    number = len(one.differences)
    said = ngettext(
        "%(authority)s runs it with %(number)d difference",
        "%(authority)s runs it with %(number)d differences",
        number,
    )
    return said % {"authority": one.authority_name, "number": number}


def course_name(people: Sequence[CoursePerson]) -> str:
    """»The Lund family«, by the surname most of them have; somebody alone by the whole name."""
    return names_of([person.name for person in people])


def names_of(names: Iterable[str]) -> str:
    """What a course about people with these names is called."""
    known = [name for name in names if name.strip()]
    if not known:
        return _("A family")
    if len(known) == 1:
        return known[0]
    surname, _count = Counter(name.split()[-1] for name in known).most_common(1)[0]
    return _("The %(name)s family") % {"name": surname}


def _with_age(person: CoursePerson, today: date) -> str:
    first = person.name.split()[0] if person.name.strip() else _("Name not known")
    return f"{first} {age_on(person.born, today)}" if person.born else first


def _when(opened: date, programme: Programme, today: date) -> str:
    week = (today - opened).days // DAYS_OF_A_WEEK + 1
    words = {"date": date_format(opened, "j. N Y"), "week": week}
    if programme.lasts is None:
        return _("Opened %(date)s · week %(week)d") % words
    length = shift(programme.lasts)
    ends = add_months(opened, length.months) + timedelta(days=length.days)
    weeks = (ends - opened).days // DAYS_OF_A_WEEK
    return _("Opened %(date)s · week %(week)d of %(weeks)d") % {**words, "weeks": weeks}


def _contacts(found: CourseHead, actor: Actor, language: str) -> Iterable[Contact]:
    """The coordinator first, then who else coordinates a sector by the model."""
    roles = {role.key: role for role in found.programme.roles}
    shown = [
        one for one in found.participants if one.membership_id == found.baton or roles[one.role].coordinator
    ]
    for one in sorted(shown, key=lambda one: one.membership_id != found.baton):
        yield _contact(one, roles[one.role].title.said(language), found, actor)


def _contact(one: Participant, title: str, found: CourseHead, actor: Actor) -> Contact:
    return Contact(
        name=one.membership.staff.name,
        title=title,
        unit=one.unit.authority.name,
        since=date_format(one.accepted_on, "j. N") if one.accepted_on else "",
        is_you=one.membership_id == actor.membership_id,
        has_baton=one.membership_id == found.baton,
        phone=one.membership.staff.phone,
    )
