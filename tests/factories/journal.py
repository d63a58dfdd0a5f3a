"""What is written in a course, for tests: always through the actions."""

from datetime import date
from typing import Any
from uuid import UUID

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.courses.models import Participant
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.journal import actions, queries
from samspil.collaboration.journal.models import (
    ChildView,
    Document,
    Heard,
    Note,
    NoteKind,
    Sector,
    SentKind,
    SentNote,
)
from samspil.collaboration.journal.queries import Paper
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category, HolderKind, RelationKind
from samspil.foundation.organisations.models import Authority
from tests.factories.access import a_relation, a_subject, a_team_member, acting, an_actor
from tests.factories.courses import OPENED, TODAY, ACourse, a_course, a_version
from tests.factories.organisations import a_post, a_professional, a_unit, actor_of, an_authority
from tests.factories.owner import as_owner

ADULT = {
    "signs": [{"sign": "Sover ikke", "act": "Ringer til Karim"}],
    "tasks": [{"who": "Farmor Inge", "what": "Henter Alma", "phone": "12 34 56 78"}],
    "tells": "Far siger det selv til Alma.",
    "children": "Alma sover hos farmor.",
}
CHILD = {
    "may": [{"text": "Jeg må ringe til farmor. Også om natten."}, {"text": "Jeg må sove hos farmor."}],
    "people": [{"name": "Farmor", "phone": "12 34 56 78"}],
    "adults": [{"text": "Farmor henter mig."}],
}
NETWORK = {
    "matters": "At vi spiser sammen.",
    "people": [
        {"name": "Inge Lund", "tie": "Farmor", "near": "close", "helps": "Henter Alma"},
        {"name": "Ole", "tie": "Nabo", "near": "far"},
    ],
}
TRANSITION = {
    "ends": "Familiegruppen.",
    "remains": "Samtaler i kommunen.",
    "treatment": "Far går til kontrol hver måned.",
    "tasks": [{"what": "Kontakt til skolen", "who": "Signe"}],
    "calls": [{"name": "Signe Holm", "phone": "12345678"}],
    "family": "Vi er glade for, at Signe bliver.",
}


def the_lunds() -> ACourse:
    """The Lunds in a course that Karim of the region coordinates; Signe of the municipality comes later."""
    with as_owner():
        region = an_authority(Authority.Kind.REGION, name="Region Nord")
        unit = a_unit(region, name="VIA-teamet")
        karim = actor_of(
            a_post(RoleKey.CLINICIAN, unit=unit, staff=a_professional(region, name="Karim Aziz"))
        )
    alma, jens, mette = a_subject(karim), a_subject(karim), a_subject(karim)
    people = [
        Newcomer(alma, date(TODAY.year - 9, 5, 1), ("child",), in_focus=True, name="Alma Lund"),
        Newcomer(jens, date(1985, 3, 1), ("parent_ill",), name="Jens Lund"),
        Newcomer(mette, date(1987, 3, 1), ("co_parent",), name="Mette Lund"),
    ]
    with acting(karim):
        course = courses.open_course(
            actor=karim,
            version=a_version(),
            people=people,
            opened_on=OPENED,
            today=TODAY,
            roles={karim.membership_id: "region_case_manager"},
        )
    return ACourse(course, karim, alma, jens, mette)


def signe_of(course: ACourse) -> Actor:
    """Signe of the municipality, in the team: she knows that the course is about Alma, and nothing more."""
    with as_owner():
        town = an_authority(Authority.Kind.MUNICIPALITY, name="Aabybro Kommune")
        unit = a_unit(town, name="Familiehuset")
        post = a_post(RoleKey.CASEWORKER, unit=unit, staff=a_professional(town, name="Signe Holm"))
    signe = actor_of(post)
    a_relation(signe, RelationKind.TEAM, space=course.space)
    a_yes(course, signe, course.alma, categories=Category.IDENTITY)
    return takes_part(course, signe, "municipal_coordinator")


def a_note(course: ACourse, *subjects: UUID, by: Actor | None = None, **fields: Any) -> Note:
    """A note by Anna (where nobody is named) about Alma, about everyday life."""
    actor = by or course.anna
    said: dict[str, Any] = {
        "category": Category.EVERYDAY,
        "kind": NoteKind.NOTE,
        "on": TODAY,
        "text": "Alma er glad for sin klasse.",
        **fields,
    }
    with acting(actor):
        return actions.write_note(
            actor=actor, space=course.space, subjects=subjects or [course.alma], today=TODAY, **said
        )


def a_child_view(course: ACourse, *, by: Actor | None = None, **fields: Any) -> ChildView:
    """What Alma has said to Anna, in her own words."""
    actor = by or course.anna
    said: dict[str, Any] = {
        "person": course.alma,
        "words": "Jeg vil gerne vide, hvem jeg må ringe til.",
        "how": Heard.TALK,
        "own_words": True,
        "on": TODAY,
        **fields,
    }
    with acting(actor):
        return actions.record_child_view(actor=actor, space=course.space, today=TODAY, **said)


def a_document(
    course: ACourse,
    tool: str = "safety-plan",
    audience: str = "adult",
    *,
    by: Actor | None = None,
    **fields: Any,
) -> Document:
    """A tool that is finished: the father's safety plan, where nothing else is said."""
    actor = by or course.anna
    usual = {
        ("safety-plan", "adult"): (course.father, ADULT),
        ("safety-plan", "child"): (course.alma, CHILD),
        ("network-map", "adult"): (course.alma, NETWORK),
        ("transition-note", "adult"): (course.alma, TRANSITION),
    }
    person, data = usual[tool, audience]
    said: dict[str, Any] = {"person": person, "data": data, "on": TODAY, **fields}
    with acting(actor):
        return actions.complete_document(
            actor=actor, space=course.space, tool=tool, audience=audience, today=TODAY, **said
        )


def a_sent_note(course: ACourse, **fields: Any) -> SentNote:
    """A note that Anna has sent to the family, after a talk about what the municipality offers."""
    said: dict[str, Any] = {
        "kind": SentKind.ADVICE,
        "to_sector": Sector.FAMILY,
        "category": Category.EVERYDAY,
        "subjects": [course.alma],
        "text": "Vi talte om, hvad kommunen kan hjælpe med.",
        "whom_to_call": "Signe Holm, 12 34 56 78",
        **fields,
    }
    with acting(course.anna) as anna:
        return actions.send_note(actor=anna, space=course.space, today=TODAY, **said)


def the_paper(course: ACourse, document: Document, actor: Actor | None = None) -> Paper:
    """A document as somebody (Anna) sees it."""
    reader = actor or course.anna
    with acting(reader):
        found = queries.paper(reader, course.space, document.pk)
    assert found is not None
    return found


def another_sector(course: ACourse, kind: str = "municipality", role: RoleKey = RoleKey.CASEWORKER) -> Actor:
    """Somebody of another authority in the team, without any basis."""
    with as_owner():
        unit = a_unit(an_authority(Authority.Kind(kind)))
    return takes_part(course, a_team_member(course.space, role, unit=unit))


def takes_part(course: ACourse, actor: Actor, role: str = "municipal_service") -> Actor:
    """Somebody of the team, by name in a role of the model."""
    with as_owner():
        Participant.objects.create(
            space_id=course.space,
            role=role,
            membership_id=actor.membership_id,
            unit_id=actor.unit_id,
            starts=TODAY,
        )
    return actor


def a_regional_course(**more: Any) -> ACourse:
    """The course, led by a clinician of a region: she keeps the records, and works with health."""
    with as_owner():
        unit = a_unit(an_authority(Authority.Kind.REGION))
    return a_course(an_actor(RoleKey.CLINICIAN, unit=unit), **more)


def a_yes(course: ACourse, receiver: Actor, *subjects: UUID, categories: Category) -> None:
    """A basis of Anna's unit for these people and matters to the unit of somebody."""
    assert receiver.unit_id is not None
    for subject in subjects:
        a_relation(
            receiver.unit_id,
            RelationKind.CONSENT,
            holder_kind=HolderKind.UNIT,
            space=course.space,
            subject=subject,
            categories=categories,
            giver=course.anna.unit_id,
            authority=course.anna.authority_id,
        )
