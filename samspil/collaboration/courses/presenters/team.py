"""Who takes part, as the page of people and the forms of the team show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.collaboration.courses import rules
from samspil.collaboration.courses.models import Handover, Participant
from samspil.collaboration.courses.queries import CourseHead, HandoverCase, Standing
from samspil.collaboration.courses.queries.facts import FROM_OUTSIDE, chosen_by_family
from samspil.collaboration.courses.rules import title_of
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.presenters.measures import measure_titles
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.organisations.models import Authority, Membership, Unit


@dataclass(frozen=True, slots=True)
class PartRow:
    """One person in a role, since when, and whether the yes is there."""

    part: UUID
    name: str
    role: str
    mark: str
    state: str
    note: str
    is_you: bool
    coordinates: bool
    may_end: bool
    is_waiting_for_you: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one unit."""

    title: str
    rows: tuple[PartRow, ...]


@dataclass(frozen=True, slots=True)
class EmptyRole:
    """A role of the model that nobody fills yet and that it asks for."""

    title: str
    does: str
    url: str = ""
    """Where the yes of somebody from outside is written down."""


def groups_of(
    found: Standing, head: CourseHead, actor: Actor, authorities: Sequence[Authority], *, may_steer: bool
) -> list[Group]:
    """Who takes part, unit by unit, the coordinator's first."""
    names = {one.pk: one.name for one in authorities}
    units: dict[UUID, list[Participant]] = {}
    for part in sorted(found.parts, key=lambda one: one.membership_id != found.baton):
        units.setdefault(part.unit_id, []).append(part)
    return [
        Group(
            ", ".join(
                text for text in (parts[0].unit.name, names.get(parts[0].unit.authority_id, "")) if text
            ),
            tuple(_row(part, found, head.programme, actor, may_steer=may_steer) for part in parts),
        )
        for parts in units.values()
    ]


def empty_roles(programme: Programme, found: Standing) -> list[EmptyRole]:
    """The roles of professionals that the model asks for and nobody fills."""
    language = current_language()
    filled = {part.role for part in found.parts}
    return [
        EmptyRole(role.title.said(language), role.does.said(language))
        for role in programme.roles
        if role.min and role.key not in filled and rules.fills(programme, role.key)
    ]


def chosen_roles(head: CourseHead) -> list[EmptyRole]:
    """The roles that the family itself chooses somebody for, and the page for that person's yes."""
    language = current_language()
    address = reverse("courses:note_fact", args=[head.space])
    return [
        EmptyRole(
            role.title.said(language),
            role.does.said(language),
            f"{address}?{urlencode({'kind': FROM_OUTSIDE})}",
        )
        for role in chosen_by_family(head.programme)
    ]


def _row(
    part: Participant, found: Standing, programme: Programme, actor: Actor, *, may_steer: bool
) -> PartRow:
    coordinates = part.membership_id == found.baton
    is_you = part.membership_id == actor.membership_id
    mark, state = _state(part)
    return PartRow(
        part=part.pk,
        name=part.membership.staff.name,
        role=title_of(programme, part.role),
        mark=mark,
        state=state,
        note=_since(part),
        is_you=is_you,
        coordinates=coordinates,
        may_end=may_steer and not coordinates,
        is_waiting_for_you=is_you and part.accepted_on is None,
    )


def _state(part: Participant) -> tuple[str, str]:
    if part.accepted_on is None:
        return "waiting", _("Has not answered yet")
    return "done", _("Said yes %(date)s") % {"date": date_format(part.accepted_on, "j. N Y")}


def _since(part: Participant) -> str:
    words = {"from": date_format(part.starts, "j. N Y")}
    if part.ends < NEVER:
        last_day = part.ends - date.resolution
        return _("Takes part from %(from)s until %(to)s") % {**words, "to": date_format(last_day, "j. N Y")}
    return _("Takes part from %(from)s") % words


# --- choices of the forms ------------------------------------------------------------------------------


def authority_choices(authorities: Iterable[Authority]) -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in authorities]


def unit_choices(units: Iterable[Unit]) -> list[tuple[str, str]]:
    return [(str(one.pk), f"{one.name}, {one.authority.name}") for one in units]


def colleague_choices(posts: Iterable[Membership]) -> list[tuple[str, str]]:
    """A colleague by name, with what tells two of the same name apart."""
    return [
        (
            str(one.pk),
            f"{one.staff.name} – {ROLES[RoleKey(one.role)].title}, {one.unit.name}, {one.authority.name}",
        )
        for one in posts
    ]


def role_choices(programme: Programme, found: Standing) -> list[tuple[str, str]]:
    """The roles of professionals; where one is filled, by whom."""
    holders: dict[str, list[str]] = {}
    for part in found.parts:
        holders.setdefault(part.role, []).append(part.membership.staff.name)
    choices = []
    for role in programme.roles:
        if not rules.fills(programme, role.key):
            continue
        title = title_of(programme, role.key)
        names = ", ".join(holders.get(role.key, []))
        has = _("%(role)s (now %(names)s)") % {"role": title, "names": names}
        choices.append((role.key, has if names else title))
    return choices


def next_choices(programme: Programme, found: Standing) -> list[tuple[str, str]]:
    """Those of the team who may take the coordination over."""
    coordinating = {role.key for role in programme.roles if role.coordinator}
    return [
        (
            str(one.membership_id),
            f"{one.membership.staff.name} – {_role_and_place(title_of(programme, one.role), one.unit.name)}",
        )
        for one in found.parts
        if one.membership_id != found.baton
        and one.role in coordinating
        and one.ends == NEVER
        and Permission.COURSE_STEER in ROLES[RoleKey(one.membership.role)].permissions
    ]


# --- handover ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenStep:
    """One thing that stood open when the coordination was handed over."""

    title: str
    due: str
    role: str
    person: str


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """One handover, as whoever takes part reads it."""

    mark: str
    state: str
    giver: str
    giver_role: str
    receiver: str
    receiver_role: str
    occasion: str
    asked_on: str
    answered_on: str
    overlap: str
    why: str
    matters: str
    reply: str
    has_words: bool
    steps: tuple[OpenStep, ...]
    is_waiting: bool
    is_accepted: bool
    is_mine: bool


STATES = {"": "waiting", "accepted": "done", "declined": "refused", "withdrawn": "withdrawn"}


def handover_page(case: HandoverCase, head: CourseHead, actor: Actor) -> HandoverPage:
    """A handover with its receipt."""
    row, programme = case.handover, head.programme
    asked = case.asked
    return HandoverPage(
        mark=STATES[case.state],
        state=_handover_state(case),
        giver=row.giver.staff.name,
        giver_role=title_of(programme, row.from_role),
        receiver=row.receiver.staff.name,
        receiver_role=title_of(programme, row.to_role),
        occasion=str(Handover.Kind(row.kind).label),
        asked_on=date_format(row.requested_on, "j. F Y"),
        answered_on=date_format(case.answer.on, "j. F Y") if case.answer else "",
        overlap=date_format(row.overlap_until, "j. F Y") if row.overlap_until else "",
        why=asked.why if asked else "",
        matters=asked.matters if asked else "",
        reply=case.reply,
        has_words=asked is not None,
        steps=tuple(steps_of(asked.open_steps if asked else [], head)),
        is_waiting=case.state == "",
        is_accepted=case.state == "accepted",
        is_mine=row.receiver_id == actor.membership_id,
    )


def _handover_state(case: HandoverCase) -> str:
    words = {"name": case.handover.receiver.staff.name}
    match case.state:
        case "accepted":
            return _("%(name)s has said yes") % words
        case "declined":
            return _("%(name)s has said no") % words
        case "withdrawn":
            return _("Taken back")
        case _waiting:
            return _("Waiting for %(name)s") % words


def steps_of(rows: Iterable[dict[str, str]], head: CourseHead) -> Iterable[OpenStep]:
    """The steps that stood open, in the reader's language."""
    language = current_language()
    names = {str(subject): name for subject, name in head.names.items()}
    measures = measure_titles(head.programme, language)
    for one in rows:
        titles: dict[str, str] = one["title"]  # type: ignore[assignment]
        yield OpenStep(
            title=measures.get(one["step"]) or titles.get(language, titles["da"]),
            due=date_format(date.fromisoformat(one["due"]), "j. N Y") if one["due"] else "",
            role=title_of(head.programme, one["responsible"]),
            person=names.get(one["person"] or "", ""),
        )


def asked_of(part: Participant | None, head: CourseHead, actor: Actor) -> dict[str, object]:
    """What somebody is asked to say yes to, in the model's own words."""
    if part is None:
        return {}
    role = next(one for one in head.programme.roles if one.key == part.role)
    language = current_language()
    takes = rules.coordinates(head.programme, role) and head.offered == actor.membership_id
    return {"role": role.title.said(language), "does": role.does.said(language), "coordinates": takes}


def _role_and_place(title: str, unit: str) -> str:
    """A unit that the title names already is not said twice."""
    return title if unit in title else f"{title}, {unit}"
