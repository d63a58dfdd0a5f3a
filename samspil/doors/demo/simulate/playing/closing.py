"""Deeds of the end: consents looked through, copies given, the course closed."""

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.courses import queries as course_queries
from samspil.collaboration.courses.models import ClosingReason
from samspil.collaboration.courses.rules import Left
from samspil.doors.demo.simulate.playing.facts import PAPER
from samspil.doors.demo.simulate.playing.stage import REASONS, WORDS, Stage
from samspil.doors.demo.simulate.telling import Deed
from samspil.doors.workplace import papers
from samspil.foundation.kernel.actor import Actor


def review_consents(stage: Stage, deed: Deed, actor: Actor) -> None:
    """It is written what remains, and each consent is kept until its own end."""
    course = course_queries.visible_courses(actor).get(space=stage.space)
    words = deed.words.get("left", WORDS["left"])
    things = papers.open_things(actor, stage.space, deed.day)
    left = [Left(words), *(Left(words, one.item, one.title) for one in things)]
    courses.write_remainders(actor=actor, space=stage.space, left=left)
    running = course_queries.ending_of(actor, course, deed.day).running
    answers = {one.pk: "" for one in running}
    courses.review_consents(actor=actor, space=stage.space, answers=answers, today=deed.day)


def give_copies(stage: Stage, deed: Deed, actor: Actor) -> None:
    """Each in the family who reads a copy of their own has it."""
    for reader in course_queries.readers_of(actor, stage.space, deed.day):
        copy = courses.keep_family_copy(
            actor=actor,
            space=stage.space,
            reader=reader.subject,
            content=PAPER,
            name="kopi.pdf",
            today=deed.day,
        )
        courses.give_family_copy(actor=actor, copy=copy, on=deed.day, today=deed.day)


def close(stage: Stage, deed: Deed, actor: Actor) -> None:
    """The course is closed with what was looked at."""
    course = course_queries.visible_courses(actor).get(space=stage.space)
    ending = course_queries.ending_of(actor, course, deed.day)
    courses.close_course(
        actor=actor,
        course=course,
        closed_on=deed.on,
        reason=REASONS.get(str(deed.attributes.get("reason")), ClosingReason.OTHER),
        retention_class=str(deed.attributes.get("retention", "family-case")),
        review=ending.review,
        family_copies=list(ending.copies.values()),
        open_things=papers.open_things(actor, stage.space, deed.day),
        today=deed.day,
    )
