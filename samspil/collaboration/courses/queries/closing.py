"""What a closing rests on: what is left, what may be shared, who gets a copy, and whether it is closed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samspil.collaboration.courses import due
from samspil.collaboration.courses.models import (
    Closing,
    ConsentReview,
    Course,
    CoursePerson,
    Fact,
    FamilyCopy,
    Remainder,
)
from samspil.collaboration.courses.queries.course import people_of
from samspil.collaboration.courses.queries.head import CourseHead
from samspil.collaboration.courses.rules import (
    CLOSED,
    COPIED,
    CopyState,
    Ends,
    Reader,
    asks_first,
    of_a_child,
    reads_own_copy,
)
from samspil.collaboration.families import queries as families
from samspil.collaboration.families.models import Tie, TieKind
from samspil.collaboration.families.rules.ties import Someone, custody_holders
from samspil.collaboration.sharing import queries as sharing
from samspil.collaboration.sharing.models import Basis
from samspil.collaboration.sharing.rules import Standing, standing_of
from samspil.foundation.access import queries as access
from samspil.foundation.access import sight
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Decision
from samspil.foundation.kernel.sharing import ALL_CATEGORIES, Category

RUNNING = frozenset({Standing.GIVEN, Standing.LIMITED, Standing.LAWFUL, Standing.COMING})


@dataclass(frozen=True, slots=True)
class OpenThing:
    """Something that is not finished when a course ends: an agreement, an effort. Its item and its name."""

    item: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Custody:
    """Who has custody of a child of the course, and whether that is in doubt. Ids are those of the course."""

    holders: frozenset[UUID] = frozenset()
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """Everything that is known about how a course ends, as far as the actor sees it."""

    course: Course
    people: tuple[CoursePerson, ...]
    readers: tuple[Reader, ...]
    custody: Mapping[UUID, Custody]
    whole: Remainder | None
    """What happens now, in words for the family."""
    left: Mapping[UUID, Remainder]
    """What is written about each open thing, by its item."""
    bases: tuple[Basis, ...]
    """Everything by which something may be shared now or later."""
    review: ConsentReview | None
    copies: Mapping[UUID, FamilyCopy]
    """The newest copy of each reader."""
    given: Mapping[UUID, date]
    """When which file was given."""
    closing: Closing | None

    @property
    def running(self) -> list[Basis]:
        """The bases that nobody has stopped."""
        return [basis for basis in self.bases if basis.state == Basis.State.GIVEN]

    def ends(self, open_things: Sequence[OpenThing]) -> Ends:
        """The same for the rules."""
        words = [self.whole, *(self.left[one.item] for one in open_things if one.item in self.left)]
        review = self.review
        return Ends(
            opened_on=self.course.opened_on,
            is_closed=self.closing is not None,
            words_at=max(one.noted_at for one in words if one) if self.whole else None,
            without_words=[one.title for one in open_things if one.item not in self.left],
            reviewed_on=review.fact.on_day if review else None,
            reviewed_at=review.fact.noted_at if review else None,
            is_review_whole=review is not None and {one.pk for one in self.running} <= set(review.kept),
            copies=[self._copy(reader) for reader in self.readers],
        )

    def _copy(self, reader: Reader) -> CopyState:
        copy = self.copies.get(reader.subject)
        if copy is None:
            return CopyState(reader.name)
        if copy.file_id is None:
            return CopyState(reader.name, why_not=copy.why_not)
        return CopyState(reader.name, made_at=copy.made_at, is_given=copy.file_id in self.given)


def ending_of(actor: Actor, course: Course, today: date) -> Ending:
    """How far the closing of a course is. At most nine queries, however much there is."""
    space = course.space_id
    people = tuple(people_of(actor, space))
    custody = _custody(actor, people, today)
    facts = _in_force(actor, space)
    remainders = sight.visible(Remainder.objects.filter(space=space, superseded_by=None)).order_by("pk")
    left = {one.thing: one for one in remainders}
    reviews = sight.visible(ConsentReview.objects.filter(space=space, fact__in=facts.keys()))
    closings = sight.visible(Closing.objects.filter(space=space, fact__in=facts.keys()))
    copies = sight.visible(FamilyCopy.objects.filter(space=space, superseded_by=None)).order_by("pk")
    return Ending(
        course=course,
        people=people,
        readers=tuple(_readers(people, custody, today)),
        custody=custody,
        whole=left.get(None),
        left={thing: one for thing, one in left.items() if thing is not None},
        bases=tuple(basis for basis in sharing.bases(actor, space) if standing_of(basis, today) in RUNNING),
        review=reviews.select_related("fact").order_by("-pk").first(),
        copies={one.reader_id: one for one in copies},
        given={
            UUID(str(fact.attributes["document"])): fact.on_day
            for fact in facts.values()
            if fact.kind == COPIED and "document" in fact.attributes
        },
        closing=closings.order_by("-pk").first(),
    )


def ready_by_model(head: CourseHead, today: date) -> Decision | None:
    """May the course end by the model's own condition? None where it has none. Two queries, for the team."""
    if not asks_first(head.programme, CLOSED):
        return None
    frame = due.frame_of(head.space)
    return due.nothing_holds_back(frame, CLOSED, today=today) if frame else None


def closing_of(actor: Actor, space: UUID) -> Closing | None:
    """How a course was closed, where it is closed. Two queries."""
    facts = _in_force(actor, space, (CLOSED,))
    found = Closing.objects.filter(space=space, fact__in=facts.keys())
    return sight.visible(found).order_by("-pk").first() if facts else None


def readers_of(actor: Actor, space: UUID, today: date) -> list[Reader]:
    """Who gets a copy of a course, and what each may have in it. Three queries."""
    people = people_of(actor, space)
    return list(_readers(people, _custody(actor, people, today), today))


def _in_force(
    actor: Actor, space: UUID, kinds: Collection[str] = ("consent.reviewed", COPIED, CLOSED)
) -> dict[UUID, Fact]:
    """The facts of a closing that nobody has corrected or withdrawn. One query."""
    rows = Fact.objects.filter(space=space, kind__in=kinds, corrected_by=None)
    return {fact.pk: fact for fact in sight.visible(rows).order_by("noted_at")}


def _readers(people: Sequence[CoursePerson], custody: Mapping[UUID, Custody], today: date) -> "list[Reader]":
    return [
        Reader(person.subject_id, person.name, person.born, _seen_by(person, people, custody, today))
        for person in people
        if reads_own_copy(person.born, today)
    ]


def _seen_by(
    reader: CoursePerson, people: Sequence[CoursePerson], custody: Mapping[UUID, Custody], today: date
) -> dict[UUID, Category]:
    seen = {reader.subject_id: ALL_CATEGORIES}
    for person in people:
        of = custody.get(person.subject_id, Custody())
        if reader.subject_id in of.holders and not of.is_disputed:
            seen[person.subject_id] = of_a_child(person.born, today)
    return seen


def _custody(actor: Actor, people: Sequence[CoursePerson], today: date) -> dict[UUID, Custody]:
    """Who has custody of whom in the course, by the own authority's ties where it has any. Two queries."""
    groups = access.united_groups([person.subject_id for person in people])
    called = {linked: subject for subject, group in groups.items() for linked in group}
    ties = [
        tie
        for tie in families.ties_between(actor, called.keys())
        if tie.kind == TieKind.CUSTODY and tie.to_id in called
    ]
    return {
        person.subject_id: _held(
            actor, person, [tie for tie in ties if called[tie.to_id] == person.subject_id], called, today
        )
        for person in people
    }


def _held(
    actor: Actor, child: CoursePerson, ties: Sequence[Tie], called: Mapping[UUID, UUID], today: date
) -> Custody:
    own = [tie for tie in ties if tie.authority_id == actor.authority_id] or ties
    holders: set[UUID] = set()
    is_disputed = False
    for tie in own:
        standing = custody_holders([families.bond_of(tie)], Someone(tie.to_id, child.born), today)
        holders |= {called[holder] for holder in standing if holder in called}
        is_disputed = is_disputed or bool(standing and tie.is_disputed)
    return Custody(frozenset(holders), is_disputed)
