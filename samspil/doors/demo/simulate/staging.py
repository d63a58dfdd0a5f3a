"""The stage of a course: colleagues for the roles of a model, a family on record, and the course opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.courses import queries as course_queries
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.families import actions as families
from samspil.collaboration.families.models import PersonRecord, TieKind, TieSource
from samspil.collaboration.families.rules.ages import ADULT, OWN_CONSENT, OWN_FROM_15, age_on
from samspil.collaboration.families.rules.people import Particulars
from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.collaboration.sharing import actions as sharing
from samspil.collaboration.sharing import queries as sharing_queries
from samspil.collaboration.sharing.models import Way
from samspil.collaboration.sharing.rules import Consent, Receiver, Scope
from samspil.doors.demo.colleagues import MUNICIPALITY, REGION, Colleague, Place
from samspil.doors.demo.courses.telling import by, post
from samspil.doors.demo.simulate.asked import Asked
from samspil.doors.demo.simulate.families import Relative
from samspil.doors.demo.simulate.playing import Stage
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose
from samspil.foundation.organisations.models import Unit

SHARED = Category.IDENTITY | Category.EVERYDAY | Category.SOCIAL | Category.HEALTH
OFFICES = {
    "municipality": (MUNICIPALITY, Unit.Kind.CHILD_AND_FAMILY, RoleKey.CASEWORKER),
    "region": (REGION, Unit.Kind.OUTPATIENT, RoleKey.CLINICIAN),
    "other": (MUNICIPALITY, Unit.Kind.OTHER, RoleKey.PROVIDER_WORKER),
}
"""Where the roles of a sector work, and with which rights."""


@dataclass(frozen=True)
class Company:
    """The invented units and colleagues of one simulation: one for each role that answers for something."""

    places: dict[str, Place]
    cast: dict[str, Colleague]
    understudies: tuple[Colleague, ...] = field(default=())

    @property
    def colleagues(self) -> list[Colleague]:
        return [*self.cast.values(), *self.understudies]


def company(asked: Asked, name: str) -> Company:
    """The colleagues for a model, all of them under one name of the simulation."""
    sectors = {asked.roles[role] for role in asked.team}
    places = {
        sector: Place(OFFICES[sector][0], f"{name}, {sector}", OFFICES[sector][1])
        for sector in sorted(sectors)
    }
    login = name.lower().replace(" ", ".")
    titles = {role.key: role.title.da for role in asked.programme.roles}

    def colleague(role: str, number: int) -> Colleague:
        place = places[asked.roles[role]]
        right = OFFICES[asked.roles[role]][2]
        return Colleague(
            f"{login}.{role}.{number}",
            f"Opdigtet {titles[role]} {number}",
            titles[role][:80],
            ((place, right),),
            "",
        )

    passes_to = asked.programme.baton.passes_to
    return Company(
        places,
        {role: colleague(role, 1) for role in asked.team},
        tuple(colleague(passes_to, number) for number in (2, 3)),
    )


def opened(
    asked: Asked,
    cast: Mapping[str, Colleague],
    relatives: Sequence[Relative],
    on: date,
    *,
    understudies: Sequence[Colleague] = (),
    records: Mapping[str, PersonRecord] | None = None,
) -> Stage:
    """The family is written down, says yes to each unit that takes part, and the course is opened."""
    programme, opener = asked.programme, cast[asked.programme.baton.starts]
    with by(opener, on) as actor:
        known = dict(records or {}) or _records(actor, relatives, on)
        version = ProgrammeVersion.objects.get(key=programme.key, version=programme.version, base=None).pk
        course = courses.open_course(
            actor=actor,
            version=version,
            people=[_newcomer(one, known) for one in relatives],
            opened_on=on,
            today=on,
            roles={post(one): role for role, one in cast.items()},
            categories={post(one): _topics(one) for one in cast.values()},
            bases=[
                consent
                for place in _others(opener, [*cast.values(), *understudies])
                for consent in _consents(relatives, known, place, on)
            ],
            attributes=_started(asked),
        )
    stage = Stage(
        asked,
        course.space_id,
        on,
        dict(cast),
        {one.first_name: known[one.name] for one in relatives},
        tuple(one.first_name for one in relatives if one.in_focus),
        list(understudies),
    )
    share_back(stage, on)
    say_yes(stage, on)
    return stage


def share_back(stage: Stage, on: date) -> None:
    """Each unit that was shared with shares back on the same answers."""
    opener = stage.cast[stage.asked.programme.baton.starts]
    for one in {one.posts[0][0].id: one for one in stage.cast.values()}.values():
        if one.posts[0][0] == opener.posts[0][0] or one.posts[0][1] is RoleKey.PROVIDER_WORKER:
            continue
        with by(one, on) as actor:
            for basis in sharing_queries.confirmable(actor, stage.space, on):
                sharing.confirm_basis(actor=actor, basis=basis, today=on)


def say_yes(stage: Stage, on: date) -> None:
    """Each colleague whose yes is no step of the model says yes at once."""
    for role, colleague in stage.cast.items():
        if role in stage.asked.waits_for:
            continue
        with by(colleague, on) as actor:
            part = course_queries.own_waiting_part(actor, stage.space, on)
            if part is not None:
                courses.accept_role(actor=actor, participant=part, today=on)


def _records(actor: object, relatives: Sequence[Relative], on: date) -> dict[str, PersonRecord]:
    """Everybody is written down by the unit that begins, with who has custody of whom."""
    known = {
        one.name: families.register_person(
            actor=actor,  # type: ignore[arg-type]
            particulars=Particulars(one.name, one.born),
            despite_likeness=True,
            today=on,
        )
        for one in relatives
    }
    children = [one for one in relatives if age_on(one.born, on) < ADULT]
    grown_up = [one for one in relatives if not one.in_focus]
    for child in children:
        for parent in grown_up:
            for kind in (TieKind.PARENT, TieKind.CUSTODY):
                families.tie_persons(
                    actor=actor,  # type: ignore[arg-type]
                    person=known[parent.name],
                    kind=kind,
                    to=known[child.name],
                    starts=None,
                    source=TieSource.REGISTER,
                    today=on,
                )
    return known


def _newcomer(one: Relative, known: Mapping[str, PersonRecord]) -> Newcomer:
    return Newcomer(known[one.name].subject_id, one.born, (one.role,), one.in_focus, one.name)


def _topics(colleague: Colleague) -> Category:
    return ROLES[colleague.posts[0][1]].categories


def _others(opener: Colleague, colleagues: Sequence[Colleague]) -> list[Place]:
    """The units beside the one that begins."""
    places = {one.posts[0][0].id: one.posts[0][0] for one in colleagues}
    places.pop(opener.posts[0][0].id, None)
    return list(places.values())


def _consents(
    relatives: Sequence[Relative], known: Mapping[str, PersonRecord], place: Place, on: date
) -> list[Consent]:
    """Who has custody answers for a child, from 15 years the young person too; each adult for oneself."""
    parents = frozenset(known[one.name].subject_id for one in relatives if not one.in_focus)
    found = []
    for one in relatives:
        subject, age = known[one.name].subject_id, age_on(one.born, on)
        receiver = Receiver(HolderKind.UNIT, place.id, place.authority, place.kind.value)
        for topics, said_by in _said_by(subject, age, parents):
            scope = Scope(subject, receiver, topics, Purpose.COORDINATION)
            found.append(Consent(scope, Way.MEETING, said_by, on))
    return found


def _said_by(subject: UUID, age: int, parents: frozenset[UUID]) -> list[tuple[Category, frozenset[UUID]]]:
    """Who answers about which topics: from 15 years a young person alone about health."""
    if age >= ADULT:
        return [(SHARED, frozenset({subject}))]
    if age < OWN_CONSENT:
        return [(SHARED, parents)]
    alone = SHARED & OWN_FROM_15
    return [(SHARED & ~alone, parents | {subject}), (alone, frozenset({subject}))]


def _started(asked: Asked) -> dict[str, object]:
    sector = asked.roles[asked.programme.baton.starts]
    return {"started_by": sector} if sector in asked.programme.starts_from else {}


def ids_of(stage: Stage) -> dict[str, str]:
    """What each id of a person or colleague stands for, in a report."""
    people = {str(record.subject_id): name for name, record in stage.records.items()}
    posts: dict[UUID, str] = {post(one): role for role, one in stage.cast.items()}
    return people | {str(key): role for key, role in posts.items()}
