"""People, ties and places as pages say them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.collaboration.families.models import PersonRecord, Tie, TieKind
from samspil.collaboration.families.presenters.drawing import Drawing, Portrait, drawn
from samspil.collaboration.families.queries import (
    Family,
    Hit,
    KeptFamily,
    KeptPerson,
    LookAlikes,
    bond_of,
    has_ended,
)
from samspil.collaboration.families.rules.ages import ADULT, AgeChange, age_on, changes_ahead
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.web.navigation import addresses

BACK: dict[TieKind, Text] = {
    TieKind.PARENT: gettext_lazy("child"),
    TieKind.CUSTODY: gettext_lazy("child in custody"),
    TieKind.STEP_PARENT: gettext_lazy("stepchild"),
    TieKind.FOSTER_PARENT: gettext_lazy("foster child"),
    TieKind.GRANDPARENT: gettext_lazy("grandchild"),
}
"""What the other is to a person who stands first in the tie."""


def age_text(record: PersonRecord | KeptPerson, today: date) -> str:
    """»9 years«, »not born yet«, or that we do not know."""
    if record.is_unborn:
        return _("not born yet")
    if record.born is None:
        return _("age not known")
    years = age_on(record.born, today)
    if years == 0:
        return _("under 1 year")
    return ngettext("%(years)d year", "%(years)d years", years) % {"years": years}


def is_child(record: PersonRecord, today: date) -> bool:
    """Under 18 or not born yet; somebody of unknown age is drawn as an adult."""
    return record.is_unborn or (record.born is not None and age_on(record.born, today) < ADULT)


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """One line of the search."""

    name: str
    note: str
    url: str


def found(hits: Sequence[Hit], today: date) -> list[FoundPerson]:
    """The hits as lines: name, age, and the former name where that was met."""
    lines = []
    for hit in hits:
        note = age_text(hit.record, today)
        if hit.former_name:
            note = _("%(age)s, formerly %(name)s") % {"age": note, "name": hit.former_name}
        lines.append(FoundPerson(hit.record.name, note, person_url(hit.record.subject_id)))
    return lines


def alike(known: LookAlikes, today: date) -> list[FoundPerson]:
    """Those one may know already, to look at before writing somebody down twice."""
    return [
        FoundPerson(record.name, age_text(record, today), person_url(record.subject_id))
        for record in known.perhaps
    ]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a family on an overview."""

    name: str
    age: str
    subject: UUID
    url: str


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """A family on an overview: its name, who is in it, and whether anybody in it is protected."""

    name: str
    url: str
    members: list[Member]
    is_protected: bool


def family_lines(
    families: Sequence[KeptFamily], today: date, *, page: str = "families:person"
) -> list[FamilyLine]:
    """Families as lines, in the order they came; each person leads to their `page`."""
    person_page, family_page = addresses(page), addresses("families:family")
    return [
        FamilyLine(
            family_name(family),
            family_page(family.middle),
            [
                Member(one.name, age_text(one, today), one.subject_id, person_page(one.subject_id))
                for one in family.people
            ],
            is_protected=any(record.is_protected for record in family.people),
        )
        for family in families
    ]


def family_name(family: Family | KeptFamily) -> str:
    """»The Lund family«, by the surname that most of them have; somebody alone by the whole name."""
    if len(family.people) == 1:
        return family.people[0].name
    surnames = Counter(record.name.split()[-1] for record in family.people if not record.is_unborn)
    return _("The %(name)s family") % {"name": surnames.most_common(1)[0][0]} if surnames else _("A family")


@dataclass(frozen=True, slots=True)
class Birthday:
    """Somebody of a family reaches an age that changes something."""

    family: str
    name: str
    age: int
    url: str
    on: date
    days: int
    notices: "list[Notice]"


def birthdays_ahead(families: Sequence[KeptFamily], today: date) -> list[Birthday]:
    """Whose birthday changes something within 90 days, the nearest first."""
    found = [
        Birthday(
            family_name(family),
            record.name,
            changes[0].age,
            person_url(record.subject_id),
            changes[0].on,
            (changes[0].on - today).days,
            changes,
        )
        for family in families
        for record in family.people
        if (changes := notices(record, today))
    ]
    return sorted(found, key=lambda birthday: birthday.on)


@dataclass(frozen=True, slots=True)
class TieLine:
    """One tie of a person, as a line on their page."""

    tie: Tie
    name: str
    url: str
    what: Text
    since: date | None
    until: date | None
    is_over: bool

    @property
    def can_be_doubted(self) -> bool:
        return self.tie.kind == TieKind.CUSTODY and not has_ended(self.tie)


def tie_lines(
    family: Family, middle: PersonRecord, today: date, *, is_asked_for: bool = False
) -> list[TieLine]:
    """A person's ties to others, those in force first; homes of the protected only where asked for."""
    in_force = {tie.pk for tie in family.ties_on(today)}
    lines = [
        _tie_line(tie, middle, family, is_over=tie.pk not in in_force)
        for tie in family.ties
        if middle.subject_id in (tie.person_id, tie.to_id) and (is_asked_for or not _tells_where(tie, family))
    ]
    return sorted(lines, key=lambda line: (line.is_over, line.name))


def _tells_where(tie: Tie, family: Family) -> bool:
    ends = [family.record(subject) for subject in (tie.person_id, tie.to_id)]
    return tie.kind == TieKind.LIVES_WITH and any(end is None or end.is_protected for end in ends)


def _tie_line(tie: Tie, middle: PersonRecord, family: Family, *, is_over: bool) -> TieLine:
    is_first = tie.person_id == middle.subject_id
    other = family.record(tie.to_id if is_first else tie.person_id)
    kind = TieKind(tie.kind)
    return TieLine(
        tie=tie,
        name=other.name if other else "",
        url=person_url(other.subject_id) if other else "",
        what=BACK[kind] if is_first and kind in BACK else kind.label,
        since=tie.starts,
        until=tie.ends if has_ended(tie) else None,
        is_over=is_over,
    )


def family_drawing(family: Family, today: date) -> Drawing:
    """The family as a picture and in words, from the person one came from."""
    middle = family.record(family.middle)
    in_force = family.ties_on(today)
    now = {tie.pk for tie in in_force}
    return drawn(
        _("The family around %(name)s") % {"name": middle.name if middle else ""},
        [_portrait(record, today) for record in family.people],
        [bond_of(tie) for tie in in_force],
        [bond_of(tie) for tie in family.ties if tie.pk not in now and has_ended(tie)],
    )


def _portrait(record: PersonRecord, today: date) -> Portrait:
    return Portrait(
        id=record.subject_id,
        name=record.name,
        age=age_text(record, today),
        is_child=is_child(record, today),
        is_unborn=record.is_unborn,
        is_protected=record.is_protected,
        url=person_url(record.subject_id),
    )


def person_url(subject: UUID) -> str:
    return reverse("families:person", args=[subject])


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that changes on a birthday soon."""

    on: date
    age: int
    text: Text
    basis: Text


def notices(record: PersonRecord | KeptPerson, today: date) -> list[Notice]:
    """What changes within the next 90 days."""
    if record.born is None:
        return []
    return [_notice(on, change) for on, change in changes_ahead(record.born, today)]


def _notice(on: date, change: AgeChange) -> Notice:
    return Notice(on, change.age, change.text, change.basis)
