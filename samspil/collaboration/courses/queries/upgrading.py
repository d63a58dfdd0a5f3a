"""Questions about the versions of a running course: which it may change to, and what earlier ones left."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samspil.collaboration.courses import rules
from samspil.collaboration.courses.models import Course, DueItem, Fact, Participant, Upgrade
from samspil.collaboration.courses.queries.due import due_rows
from samspil.collaboration.courses.queries.mine import my_courses
from samspil.collaboration.courses.rules import Standing
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.engine import State
from samspil.collaboration.programmes.engine.moments import danish_day
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.queries import Version
from samspil.foundation.access import sight
from samspil.foundation.kernel.actor import Actor

SETTLED = {State.DONE, State.DONE_LATE, State.EXCUSED, State.MISSED, State.LATE}


@dataclass(frozen=True, slots=True)
class Left:
    """What an earlier version of the model has left: done, excused or missed under it."""

    programme: Programme
    step: str
    n: int
    person: UUID | None
    state: State
    due: date | None
    done_on: date | None


def other_versions(actor: Actor, course: Course, today: date) -> list[Version]:
    """The other versions of a course's model, each as the actor's authority runs it. Two queries."""
    key = programmes.definition(course.version_id).key
    found = programmes.versions_to_run(actor.authority_id, key, today)
    return [one for one in found if one.pk != course.version_id]


@dataclass(frozen=True, slots=True)
class Replaced:
    """A running course whose version has been replaced by another."""

    course: Course
    names: tuple[str, ...]
    present: Programme
    next: Version

    @property
    def space(self) -> UUID:
        return self.course.space_id


def replaced(actor: Actor, today: date) -> list[Replaced]:
    """The actor's running courses whose version another one supersedes: published, or taken up as a draft."""
    published = programmes.publications()
    bases = {row.base_id for row in programmes.newest_adoptions(actor.authority_id) if not row.is_end}
    following = {
        (one.programme.key, one.programme.supersedes): one
        for one in programmes.versions()
        if one.programme.supersedes
        and ((one.programme.key, one.programme.version) in published or one.pk in bases)
    }
    runs = {
        one.pk: programmes.version_to_run(actor.authority_id, one.pk, today) for one in following.values()
    }
    found = []
    for one in my_courses(actor, today):
        present = programmes.definition(one.course.version_id)
        after = following.get((present.key, present.version))
        if after is not None:
            pk = runs[after.pk]
            found.append(Replaced(one.course, one.names, present, Version(pk, programmes.definition(pk))))
    return found


def upgrade_of(_actor: Actor, space: UUID) -> Upgrade | None:
    """The newest change of version that stands."""
    rows = sight.visible(Upgrade.objects.filter(space=space)).select_related("fact")
    withdrawals = sight.visible(Fact.objects.filter(space=space, kind=rules.WITHDRAWN))
    taken_back = {fact.corrects_id for fact in withdrawals}
    standing = [row for row in rows if row.fact_id not in taken_back]
    return max(standing, key=lambda row: (row.fact.noted_at, row.pk), default=None)


def roles_in(space: UUID, today: date) -> set[str]:
    """The roles that somebody has in the course today."""
    rows = Participant.objects.filter(space=space, starts__lte=today, ends__gt=today)
    return {row.role for row in rows}


def standings(actor: Actor, course: Course, today: date) -> list[Standing]:
    """Every occurrence of the present version as the actor sees it."""
    return [
        Standing(
            one.step,
            one.n,
            one.person,
            None if one.due is None else danish_day(one.due),
            one.state in SETTLED,
        )
        for one in due_rows(actor, course, today)
    ]


def left_rows(_actor: Actor, course: Course) -> list[Left]:
    """What earlier versions have left, as far as the actor sees it, by day. One query."""
    rows = sight.visible(DueItem.objects.filter(space=course.space_id, step__contains="@"))
    return [
        Left(
            programme=programmes.definition(UUID(row.detail["under"])),
            step=row.step.partition("@")[0],
            n=row.n,
            person=row.person_id,
            state=State(row.outcome),
            due=row.due_on,
            done_on=row.done_on,
        )
        for row in rows.order_by("due_on", "step", "n")
    ]


def _day(moment: date | datetime | None) -> date | None:
    return None if moment is None else danish_day(moment)
