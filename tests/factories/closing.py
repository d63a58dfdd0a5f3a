"""A family's course on its way to the end, for tests: with records, custody and a file to give."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.models import ClosingReason, ConsentReview, Course, FamilyCopy
from samspil.collaboration.courses.queries import Ending, OpenThing
from samspil.collaboration.courses.rules import Left, Newcomer
from samspil.collaboration.families.models import PersonRecord, TieKind
from samspil.foundation.access import actions as access
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.sharing import Category
from tests.factories.access import acting, an_actor
from tests.factories.courses import OPENED, TODAY, a_version
from tests.factories.families import a_person, a_tie

PDF = b"%PDF-1.7 invented"


@dataclass
class AnEnd:
    """Signe coordinates the course of Mette, who is ill, Jens, and their children Alma (9) and Noah (16)."""

    signe: Actor
    course: Course
    mette: PersonRecord
    jens: PersonRecord
    alma: PersonRecord
    noah: PersonRecord

    @property
    def space(self) -> UUID:
        return self.course.space_id

    def ending(self) -> Ending:
        with acting(self.signe):
            return queries.ending_of(self.signe, self.course, TODAY)

    def written(self, *left: Left, by: Actor | None = None) -> None:
        """What remains is written down, at least for the whole."""
        with acting(by or self.signe) as actor:
            actions.write_remainders(
                actor=actor, space=self.space, left=left or [Left("Ring til Signe, hvis det bliver svært.")]
            )

    def reviewed(self, answers: dict[UUID, str] | None = None, *, by: Actor | None = None) -> ConsentReview:
        """Everything by which something may be shared was looked at, and kept where nothing is said."""
        answers = {one.pk: "" for one in self.ending().running} if answers is None else answers
        with acting(by or self.signe) as actor:
            return actions.review_consents(actor=actor, space=self.space, answers=answers, today=TODAY)

    def copied(self, reader: PersonRecord, *, by: Actor | None = None) -> FamilyCopy:
        """A copy was made for somebody."""
        with acting(by or self.signe) as actor:
            return actions.keep_family_copy(
                actor=actor,
                space=self.space,
                reader=reader.subject_id,
                content=PDF,
                name="kopi.pdf",
                today=TODAY,
            )

    def given(self, copy: FamilyCopy, on: date = TODAY, *, by: Actor | None = None) -> None:
        """Somebody has got their copy."""
        with acting(by or self.signe) as actor:
            actions.give_family_copy(actor=actor, copy=copy, on=on, today=TODAY)

    def ready(self) -> None:
        """Everything is done but the closing."""
        self.written()
        self.reviewed()
        for reader in (self.mette, self.jens, self.noah):
            self.given(self.copied(reader))

    def closed(self, *, by: Actor | None = None, **fields: Any) -> Any:
        """Signe (or somebody) closes the course, with what the pages show."""
        ending = self.ending()
        values = {
            "course": self.course,
            "closed_on": TODAY,
            "reason": ClosingReason.REACHED,
            "retention_class": "family-case",
            "review": ending.review,
            "family_copies": list(ending.copies.values()),
            "open_things": (),
            "today": TODAY,
            **fields,
        }
        with acting(by or self.signe) as actor:
            return actions.close_course(actor=actor, **values)

    def agreement(self, *people: PersonRecord, category: Category = Category.EVERYDAY) -> OpenThing:
        """Something that is still open, as an app above would have it."""
        with acting(self.signe):
            item = access.new_item(
                actor=self.signe,
                kind="agreement",
                category=category,
                subjects=[person.subject_id for person in people],
                space=self.space,
            )
        return OpenThing(item, "Signe ringer til skolen")


def an_end(*, opened_on: date = OPENED) -> AnEnd:
    """The course, opened, with custody written down and nothing done for its end."""
    signe = an_actor()
    mette = a_person(signe, "Mette Lund", born=date(1985, 3, 1))
    jens = a_person(signe, "Jens Lund", born=date(1983, 7, 2))
    alma = a_person(signe, "Alma Lund", born=date(TODAY.year - 9, 1, 12))
    noah = a_person(signe, "Noah Lund", born=date(TODAY.year - 16, 1, 5))
    for child in (alma, noah):
        for parent in (mette, jens):
            a_tie(signe, parent, TieKind.CUSTODY, child)
    people = [
        Newcomer(alma.subject_id, alma.born, ("child",), in_focus=True, name=alma.name),
        Newcomer(noah.subject_id, noah.born, ("child",), in_focus=True, name=noah.name),
        Newcomer(mette.subject_id, mette.born, ("parent_ill",), name=mette.name),
        Newcomer(jens.subject_id, jens.born, ("co_parent",), name=jens.name),
    ]
    version = a_version()
    with acting(signe):
        course = actions.open_course(
            actor=signe,
            version=version,
            people=people,
            opened_on=opened_on,
            today=TODAY,
            roles={signe.membership_id: "region_case_manager"},  # type: ignore[dict-item]
        )
    return AnEnd(signe, course, mette, jens, alma, noah)
