"""What a course in one's own unit can begin under: models in use, courses that run, the target group."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samspil.collaboration.courses.queries.family import FamilyCourse, courses_about
from samspil.collaboration.courses.rules.referral import Included
from samspil.collaboration.families.rules.ages import ConsentGivers
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.sharing import queries as sharing
from samspil.collaboration.sharing.models import Basis
from samspil.collaboration.sharing.rules import givers
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.sharing import Category


def in_use(actor: Actor, today: date) -> dict[UUID, Programme]:
    """The models as the own organisation runs them today, by the version new courses pin. One query."""
    found = programmes.in_use(actor.authority_id, today)
    return {one.pk: one.programme for one in found}


def running(actor: Actor, key: str, subjects: Collection[UUID]) -> list[FamilyCourse]:
    """The running courses of a model about these people that the actor stands in. Four queries at most."""
    known = courses_about(actor, subjects)
    return [one for one in known if one.programme.key == key and not one.is_closed]


def judged(
    programme: Programme, people: Sequence[Included], answers: Mapping[str, str], today: date
) -> engine.Eligibility:
    """Is the family in the target group, by who it is and what was answered? No query."""
    members = [engine.Person(str(one.subject), one.born, frozenset({one.role})) for one in people]
    return engine.eligibility(programme, members, [], today, answers=dict(answers))


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody with who must say yes before anything is shared, and what stands already."""

    subject: UUID
    givers: ConsentGivers
    bases: tuple[Basis, ...]


def bases_standing(actor: Actor, subjects: Sequence[UUID], today: date) -> list[Standing]:
    """For each person who must be asked, and which own bases are in force. Five queries a person."""
    rows = sharing.own_bases(actor).filter(subject__in=subjects)
    standing = [row for row in rows if row.state == Basis.State.GIVEN and row.relation and row.ends > today]
    return [
        Standing(
            one,
            givers(sharing.person(actor, one, today), Category.EVERYDAY, today),
            tuple(row for row in standing if row.subject_id == one),
        )
        for one in subjects
    ]
